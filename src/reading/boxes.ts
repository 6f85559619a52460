import { BOX } from './lexicon/boxes.ts';
import type { Element } from './page.ts';

const CAMEL = /(?<before>[a-z0-9])(?=[A-Z])/gv;
const NOT_NAME = /[^a-z0-9\s]+/gv;
const HEADING = /^h[1-6]$/v;

/** A box with more of the page's text than this share is no box: its name says something else. */
const MOST_SHARE = 1 / 3;

/** The page without newsletter boxes, comments, captions and the like, by what their authors call them. */
export function withoutBoxes(body: Element): Element {
  return prune(body, body.size * MOST_SHARE);
}

function prune(element: Element, mostSize: number): Element {
  const children = element.children
    .filter(child => typeof child === 'string' || child.size > mostSize || !isBox(child))
    .map(child => (typeof child === 'string' ? child : prune(child, mostSize)));
  return { ...element, children };
}

function isBox({ name, attributes }: Element): boolean {
  if (HEADING.test(name)) return false;
  const called = ['class', 'id', 'role'].map(attribute => attributes.get(attribute) ?? '').join(' ');
  return BOX.test(called.replace(CAMEL, '$<before>-').toLowerCase().replace(NOT_NAME, '-'));
}
