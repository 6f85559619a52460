import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { BOX } from './lexicon/boxes.ts';
import { INLINE, VOID } from './lexicon/elements.ts';
import { type Line, readLines } from './lines.ts';
import { type Element, LINE_BREAK, type Page } from './page.ts';

const CAMEL = /(?<before>[a-z0-9])(?=[A-Z])/gv;
const NOT_NAME = /[^a-z0-9\s]+/gv;
const HEADING = /^h[1-6]$/v;

/** A box with a larger share of the page's text than this is the article, whatever its name says. */
const MOST_SHARE = 1 / 3;

/** Removes newsletter boxes, comments, captions and the like, by class, id and role. */
function withoutBoxes(body: Element): Element {
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

/** Whether words before and after a removed box would run together. */
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

/**
 * linkedom makes a node of every entity, so a page of a million `&lt;` would be a million nodes, each time Readability
 * serializes and parses the page. Four noncharacters stand in for the characters that HTML escapes.
 */
const MASKS: ReadonlyMap<string, string> = new Map([
  ['&', '\uFDD0'],
  ['<', '\uFDD1'],
  ['>', '\uFDD2'],
  ['\xA0', '\uFDD3'],
]);
const MASKED: ReadonlyMap<string, string> = new Map([...MASKS].map(([character, mask]) => [mask, character]));

const ESCAPED = /[&<>\xA0\uFDD0-\uFDD3]/gv;
const MASK = /[\uFDD0-\uFDD3]/gv;

/** Returns text that needs no escaping in HTML. */
function mask(text: string): string {
  return text.trim() === ''
    ? ' '.repeat(Math.min(text.length, 1))
    : text.replace(ESCAPED, found => MASKS.get(found) ?? '');
}

/** Undoes `mask`. */
function unmask(text: string): string {
  return text.replace(MASK, found => MASKED.get(found) ?? '');
}

interface Extract {
  readonly lines: readonly Line[];
  /** As Readability finds it; empty if it finds none. */
  readonly title: string;
  readonly byline: string;
}

const QUOTE = /"/gv;
const TEXT_NODE = 3;
/** In characters. A run of spaces much longer than this overflows the stack of V8's regular expressions. */
const LONGEST = 3_500_000;

/** Returns the lines of a page's article, as Readability selects it. */
export function extract(page: Page): Extract {
  const body = joinParts(toParts(withoutBoxes(page.body), false));
  const { document } = parseHTML(`<!doctype html><html><head><title>${mask(page.title)}</title></head>${body}</html>`);
  const found = new Readability(document, { disableJSONLD: true, serializer: toElement }).parse();
  const lines = found?.content && (found.length ?? 0) <= LONGEST ? readLines(found.content) : [];
  return {
    lines: lines.map(line => ({ ...line, text: unmask(line.text).trim() })),
    title: unmask(found?.title ?? ''),
    byline: unmask(found?.byline ?? ''),
  };
}

interface DomNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<DomNode>;
}

/** Returns what Readability found as an element, without parsing it again. */
function toElement(node: DomNode): Element {
  const children = [...node.childNodes].map(child =>
    child.nodeType === TEXT_NODE ? (child.textContent ?? '') : toElement(child),
  );
  return { name: node.nodeName.toLowerCase(), attributes: new Map(), children, size: 0 };
}

interface Markup {
  readonly html: string;
  /** Starts a line of its own. */
  readonly isBlock: boolean;
}

/** Returns an element as parts of the lines it belongs to. Recursion is bounded by `readPage`. */
function toParts(element: Element, inLink: boolean): readonly Markup[] {
  const { name, attributes, children } = element;
  const named = [...attributes].map(([attribute, value]) => ` ${attribute}="${value.replace(QUOTE, '')}"`).join('');
  const start = `<${name}${named}>`;
  if (VOID.has(name)) return [{ html: start, isBlock: name === 'hr' }];
  const isLink = name === 'a';
  const parts = children.flatMap(child =>
    typeof child === 'string' ? toText(child) : toParts(child, inLink || isLink),
  );
  const isParent = parts.some(part => part.isBlock);
  if (!INLINE.has(name)) return [{ html: `${start}${joinParts(parts)}</${name}>`, isBlock: true }];
  if (!isParent) return [{ html: `${start}${joinParts(parts)}</${name}>`, isBlock: false }];
  // Blocks inside an inline element break its line, so it is dropped, but links are kept inside each block.
  return isLink && !inLink ? parts.map(part => ({ ...part, html: `${start}${part.html}</a>` })) : parts;
}

function toText(text: string): Markup {
  return { html: mask(text), isBlock: false };
}

/**
 * Wraps words between blocks in paragraphs, as browsers do, so that they don't run together when Readability removes a
 * block.
 */
function joinParts(parts: readonly Markup[]): string {
  if (parts.every(part => !part.isBlock)) return parts.map(part => part.html).join('');
  let html = '';
  let line = '';
  for (const part of [...parts, { html: '', isBlock: true }]) {
    if (part.isBlock) html += line.trim() === '' ? line : `<p>${line}</p>`;
    line = part.isBlock ? '' : line + part.html;
    if (part.isBlock) html += part.html;
  }
  return html;
}
