import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { withoutBoxes } from './boxes.ts';
import { type Line, readLines } from './lines.ts';
import { mask, unmask } from './masks.ts';
import { type Element, type Page, readPage } from './page.ts';

interface Extract {
  readonly lines: readonly Line[];
  /** As Readability finds them on the page; empty where it finds none. */
  readonly title: string;
  readonly byline: string;
}

const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'wbr', 'col']);
const QUOTE = /"/gv;
const WRAPPER: ReadonlySet<string> = new Set(['html', 'head', 'body']);

/** The lines of a page's article: Readability decides which part of the page that is. */
export function extract(page: Page): Extract {
  const body = toHtml(withoutBoxes(page.body));
  const { document } = parseHTML(
    `<!doctype html><html><head><title>${mask(page.title)}</title></head><body>${body}</body></html>`,
  );
  const found = new Readability(document, { disableJSONLD: true }).parse();
  const article = readPage(found?.content ?? '');
  const lines = article === undefined ? [] : readLines(article.body);
  return {
    lines: lines.map(line => ({ ...line, text: unmask(line.text).trim() })),
    title: unmask(found?.title ?? ''),
    byline: unmask(found?.byline ?? ''),
  };
}

/** As deep as a page may be, which `readPage` sees to. */
function toHtml({ name, attributes, children }: Element): string {
  const inside = children.map(child => (typeof child === 'string' ? mask(child) : toHtml(child))).join('');
  if (WRAPPER.has(name)) return inside;
  const named = [...attributes].map(([attribute, value]) => ` ${attribute}="${value.replace(QUOTE, '')}"`).join('');
  return VOID.has(name) ? `<${name}${named}>` : `<${name}${named}>${inside}</${name}>`;
}
