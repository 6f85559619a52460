import type { Attachment } from './discord.ts';

/** In CSS pixels, as a scroller has them. */
export interface Extent {
  readonly scrollTop: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
}

/** Less than a turn of the wheel: more than that is somebody who wants to read further up. */
const NEAR_PIXELS = 24;

/** Whether the reader is at the end after a scroll. One that comes with another size is the browser's doing, not theirs. */
export function isStillAtEnd(was: boolean, before: Extent, now: Extent): boolean {
  if (!isSameSize(before, now)) return was;
  return now.scrollHeight - now.clientHeight - now.scrollTop < NEAR_PIXELS;
}

export function isSameSize(one: Extent, other: Extent): boolean {
  return one.scrollHeight === other.scrollHeight && one.clientHeight === other.clientHeight;
}

interface Stretch {
  readonly top: number;
  readonly bottom: number;
}

/** Whether a popup has to open upwards: it does not fit below its control, and there is more room above. */
export function opensUp(control: Stretch, height: number, view: Stretch): boolean {
  const below = view.bottom - control.bottom;
  return height > below && control.top - view.top > below;
}

const MOST_PIXELS_HIGH = 350;

/** So that the place is kept free until the picture is there. A style makes it narrower where there is less room. */
export function shownSize(of: Pick<Attachment, 'width' | 'height'> | undefined): { width?: number; height?: number } {
  const { width, height } = of ?? {};
  if (!width || !height) return {};
  const scale = Math.min(1, MOST_PIXELS_HIGH / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}
