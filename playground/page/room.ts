import { opensUp } from './geometry.ts';

/** Whether a popup has to open upwards, on a page where messages end at the line at the bottom. */
export function hasMoreRoomAbove(control: HTMLElement, popup: HTMLElement): boolean {
  const view = control.closest('#scroller') ?? document.documentElement;
  return opensUp(control.getBoundingClientRect(), popup.offsetHeight, view.getBoundingClientRect());
}
