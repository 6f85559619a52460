import type { Attachment } from './discord.ts';

/** An element's scroll metrics, in CSS pixels. */
export interface ScrollMetrics {
  readonly scrollTop: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
}

/** Less than one notch of the wheel. */
const NEAR_PIXELS = 24;

/**
 * Returns whether the reader is at the end after a scroll. If the size changed, the browser scrolled, not the reader.
 */
export function isStillAtEnd(was: boolean, before: ScrollMetrics, now: ScrollMetrics): boolean {
  if (!isSameSize(before, now)) return was;
  return now.scrollHeight - now.clientHeight - now.scrollTop < NEAR_PIXELS;
}

export function isSameSize(one: ScrollMetrics, other: ScrollMetrics): boolean {
  return one.scrollHeight === other.scrollHeight && one.clientHeight === other.clientHeight;
}

interface VerticalRange {
  readonly top: number;
  readonly bottom: number;
}

/** Returns true if a popup doesn't fit below its control and there is more room above. */
export function opensUp(control: VerticalRange, height: number, view: VerticalRange): boolean {
  const below = view.bottom - control.bottom;
  return height > below && control.top - view.top > below;
}

const MAX_HEIGHT_PIXELS = 350;

/** Returns a picture's size, to reserve its space while it loads. CSS may make it narrower. */
export function shownSize({ width, height }: Pick<Attachment, 'width' | 'height'>): {
  width?: number;
  height?: number;
} {
  if (!width || !height) return {};
  const scale = Math.min(1, MAX_HEIGHT_PIXELS / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}
