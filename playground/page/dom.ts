import { opensUp } from './geometry.ts';

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Creates an element. Strings become text nodes: nothing on this page is parsed as HTML. */
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

/** Returns an element of index.html. Throws if it is missing or of another kind. */
export function find<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`index.html has no ${kind.name} with the id "${id}"`);
}

const SVG = 'http://www.w3.org/2000/svg';

/** SVG paths in a 24 by 24 box. */
const PATHS = {
  reply: 'M3 22v-6a5 5 0 0 1 5-5h14',
  answer: 'M9 6L3 12l6 6M3 12h11a6 6 0 0 1 6 6v1',
  bin: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
  eye: 'M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12ZM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z',
  file: 'M6 3h8l5 5v13H6ZM14 3v5h5',
  down: 'M6 9l6 6 6-6',
  apps: 'M5 12h.01M12 12h.01M19 12h.01',
} as const;

/** Creates a decorative icon; the control around it has the label. */
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

/** Returns true if a popup should open upwards. */
export function shouldOpenUp(control: HTMLElement, popup: HTMLElement): boolean {
  const view = control.closest('#scroller') ?? document.documentElement;
  return opensUp(control.getBoundingClientRect(), popup.offsetHeight, view.getBoundingClientRect());
}
