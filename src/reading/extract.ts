import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { withoutBoxes } from './boxes.ts';
import type { Element } from './element.ts';
import { INLINE, VOID } from './lexicon/elements.ts';
import { type Line, readLines } from './lines.ts';
import { mask, unmask } from './masks.ts';
import { type Page, readPage } from './page.ts';

interface Extract {
  readonly lines: readonly Line[];
  /** As Readability finds them on the page; empty where it finds none. */
  readonly title: string;
  readonly byline: string;
}

const QUOTE = /"/gv;

/** The lines of a page's article: Readability decides which part of the page that is. */
export function extract(page: Page): Extract {
  const body = joinParts(toParts(withoutBoxes(page.body), false));
  const { document } = parseHTML(`<!doctype html><html><head><title>${mask(page.title)}</title></head>${body}</html>`);
  const found = new Readability(document, { disableJSONLD: true }).parse();
  const article = readPage(found?.content ?? '');
  const lines = article === undefined ? [] : readLines(article.body);
  return {
    lines: lines.map(line => ({ ...line, text: unmask(line.text).trim() })),
    title: unmask(found?.title ?? ''),
    byline: unmask(found?.byline ?? ''),
  };
}

interface Markup {
  readonly html: string;
  /** Begins a line of its own. */
  readonly isBlock: boolean;
}

/** An element as parts of the line or lines that it stands in. Goes as deep as the page, which `readPage` bounds. */
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
  // Blocks end the lines around what holds them, so it goes; but of links it matters what is in them.
  return isLink && !inLink ? parts.map(part => ({ ...part, html: `${start}${part.html}</a>` })) : parts;
}

function toText(text: string): Markup {
  return { html: mask(text), isBlock: false };
}

/**
 * Words that stand between blocks become paragraphs, as they are for a browser: else they would run into one another
 * where Readability takes away what is between them.
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
