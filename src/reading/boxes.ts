import { type Element, LINE_BREAK } from './element.ts';
import { BOX } from './lexicon/boxes.ts';
import { INLINE, VOID } from './lexicon/elements.ts';

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
  const children: (Element | string)[] = [];
  for (const child of element.children) {
    const kept = typeof child === 'string' ? child : pruneChild(child, mostSize);
    if (kept !== undefined) children.push(kept);
    else if (isMidLine(children.at(-1), element)) children.push(LINE_BREAK);
  }
  return { ...element, children };
}

/** Whether words before what was left out, and words after it, would become one. */
function isMidLine(before: Element | string | undefined, parent: Element): boolean {
  if (typeof before === 'string') return before.trim() !== '';
  return INLINE.has((before ?? parent).name);
}

function pruneChild(child: Element, mostSize: number): Element | undefined {
  if (child === LINE_BREAK) return undefined;
  if (VOID.has(child.name)) return child;
  if (child.size <= mostSize && isBox(child)) return undefined;
  const pruned = prune(child, mostSize);
  const isEmpty = pruned.children.every(inside => typeof inside === 'string' && inside.trim() === '');
  return isEmpty && !INLINE.has(child.name) ? undefined : pruned;
}

function isBox({ name, attributes }: Element): boolean {
  if (HEADING.test(name)) return false;
  const called = ['class', 'id', 'role'].map(attribute => attributes.get(attribute) ?? '').join(' ');
  return BOX.test(called.replace(CAMEL, '$<before>-').toLowerCase().replace(NOT_NAME, '-'));
}
