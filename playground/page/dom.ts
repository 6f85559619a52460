import { opensUp } from './geometry.ts';

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Makes an element. Text always arrives as text nodes: nothing on this page is ever parsed as HTML. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children);
  return made;
}

/** Finds an element that index.html promises, and says which promise is broken when it does not. */
export function find<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`index.html has no ${kind.name} with the id "${id}"`);
}

const SVG = 'http://www.w3.org/2000/svg';

/** Outlines in a box of 24 by 24. */
const PATHS = {
  reply: 'M3 22v-6a5 5 0 0 1 5-5h14',
  eye: 'M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12ZM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z',
  out: 'M9 5H5v14h14v-4M13 4h7v7M20 4l-9 9',
  file: 'M6 3h8l5 5v13H6ZM14 3v5h5',
  down: 'M6 9l6 6 6-6',
  apps: 'M5 12h.01M12 12h.01M19 12h.01',
  check: 'M5 13l4 4L19 7',
} as const;

/** Draws an icon that says nothing by itself: the control around it has the words. */
export function icon(name: keyof typeof PATHS): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

/** Whether a popup has to open upwards, on a page where messages end at the line at the bottom. */
export function hasMoreRoomAbove(control: HTMLElement, popup: HTMLElement): boolean {
  const view = control.closest('#scroller') ?? document.documentElement;
  return opensUp(control.getBoundingClientRect(), popup.offsetHeight, view.getBoundingClientRect());
}
