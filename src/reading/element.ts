import { INLINE, KEPT_ATTRIBUTES } from './lexicon/elements.ts';

export interface Element {
  readonly name: string;
  /** Those that the extraction reads, cut to a sensible length. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (Element | string)[];
  /** Characters of text in it, at any depth. */
  readonly size: number;
}

/** One whose end has not come yet. */
export interface OpenElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (Element | string)[];
  size: number;
}

/** Stands for what was left out between words. */
export const LINE_BREAK: Element = { name: 'br', attributes: new Map(), children: [], size: 0 };

/** In characters. */
export const LONGEST_ATTRIBUTE = 200;
const LONGEST_STYLE = 2000;
/** Where they come again, browsers ignore them. Sites hide them until their scripts have run. */
const AROUND_PAGE: ReadonlySet<string> = new Set(['html', 'head', 'body']);
const HIDING = /(?:^|;)\s{0,9}(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)/iv;

/** Whether the element only says how its words look, or stands around the page, so that they can do without it. */
export function isStyle({ name, attributes }: OpenElement): boolean {
  if (AROUND_PAGE.has(name)) return true;
  return name === 'q' || (INLINE.has(name) && name !== 'a' && attributes.size === 0);
}

export function append(parent: OpenElement, child: Element | string): void {
  const before = parent.children.at(-1);
  if (typeof child === 'string' && typeof before === 'string') {
    parent.children[parent.children.length - 1] = before + child;
    return;
  }
  parent.children.push(child);
}

export function isHidden(name: string, attributes: Readonly<Record<string, string>>): boolean {
  if (AROUND_PAGE.has(name)) return false;
  if (attributes.hidden !== undefined || attributes['aria-hidden']?.toLowerCase() === 'true') return true;
  return HIDING.test(attributes.style?.slice(0, LONGEST_STYLE) ?? '');
}

export function keepAttributes(attributes: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const kept = KEPT_ATTRIBUTES.flatMap(name => {
    const value = attributes[name];
    return value === undefined ? [] : ([[name, value.slice(0, LONGEST_ATTRIBUTE)]] as const);
  });
  return new Map(kept);
}
