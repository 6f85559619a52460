import { firstWords } from '../news/parse.ts';
import { message } from '../wording/say.ts';
import { extract } from './extract.ts';
import { KEPT_BACK } from './lexicon/lines.ts';
import type { Line } from './lines.ts';
import { type PageMetadata, readMetadata, readRecords } from './metadata.ts';
import { readPage } from './page.ts';
import { type Reading, refuse } from './reading.ts';
import { isNotice, type Publication, readDayLine, readPublication } from './top.ts';

const FEWEST_PARAGRAPHS = 3;
/** Longest line that can be left out for its first words. */
const LONGEST_ASIDE = 200;
/** Minimum length of a complete article on a page marked as not free: metered sites let some readers through. */
const SHORTEST_WHOLE = 2000;
/** Notices of a paywall are within this many last lines. */
const LAST_LINES = 3;

const ENDS_SENTENCE = /[.!?…。！？][\p{Pf}\p{Pe}"'”’\s]*$/v;
const BYLINE = /^(?:by|from|文|記者|记者)[\s:：]/iv;

/** Reads an article from HTML. `address` is where the page was fetched from; `undefined` for a file. */
export function readHtml(html: string, address: URL | undefined): Reading {
  const page = readPage(html);
  if (page === undefined) return refuse(message('reading.unwieldy'));
  const record = readRecords(page.records);
  const found = extract(page);
  const declared = readMetadata(page, record, found, address);
  if (isKeptBack(found.lines, record?.isFree ?? true)) return refuse(message('reading.kept-back'));
  const own = found.lines.filter((line, index) => isOfArticle(line, index, declared));
  const publications = own.map((line, index) => publicationIn(line, index, own.length, declared));
  const lines = own.filter((_, index) => publications[index] === undefined);
  const metadata = publications.reduce(merge, declared);
  const sentences = lines.filter(line => ENDS_SENTENCE.test(line.text)).length;
  if (sentences < FEWEST_PARAGRAPHS)
    return refuse(message('reading.no-article', { fewest: String(FEWEST_PARAGRAPHS) }));
  return toReading(metadata, lines.map(line => line.text).join('\n'));
}

function isKeptBack(lines: readonly Line[], isFree: boolean): boolean {
  const length = lines.reduce((sum, line) => sum + line.text.length, 0);
  if (!isFree && length < SHORTEST_WHOLE) return true;
  return lines.slice(-LAST_LINES).some(({ text }) => isShortAnd(KEPT_BACK, text));
}

function isOfArticle(line: Line, index: number, { title, byline }: PageMetadata): boolean {
  const { text } = line;
  if (isNotice(text) && readDayLine(text) === undefined) return false;
  // A line that is only a link is the headline of another article, unless it is a whole sentence.
  if (line.isLink && text.length <= LONGEST_ASIDE && !ENDS_SENTENCE.test(text)) return false;
  if (line.isHeading && text === title) return false;
  const isByline = byline !== undefined && text.length <= byline.length + 20 && text.includes(byline);
  return !(index < LAST_LINES && isByline && (text === byline || BYLINE.test(text)));
}

/** Reads a line above the article of who wrote it and when, or a day below it. */
function publicationIn(
  { text }: Line,
  index: number,
  count: number,
  { outlet }: PageMetadata,
): Publication | undefined {
  const publication = readPublication(text);
  if (publication === undefined || (publication.byline ?? publication.published ?? outlet) === undefined)
    return undefined;
  const isDayBelow = index >= count - LAST_LINES && readDayLine(text) !== undefined;
  return index < LAST_LINES || isDayBelow ? publication : undefined;
}

/** Keeps what the page declares. */
function merge(declared: PageMetadata, read: Publication | undefined): PageMetadata {
  return {
    ...declared,
    outlet: declared.outlet ?? read?.outlet,
    byline: declared.byline ?? read?.byline,
    published: declared.published ?? read?.published,
  };
}

function isShortAnd(patterns: readonly RegExp[], text: string): boolean {
  return text.length <= LONGEST_ASIDE && patterns.some(pattern => pattern.test(text));
}

function toReading(metadata: PageMetadata, text: string): Reading {
  if (metadata.title !== undefined) {
    return { kind: 'article', metadata: { ...metadata, title: metadata.title, titleIsDescriptive: false }, text };
  }
  return { kind: 'article', metadata: { ...metadata, ...describe(text) }, text };
}

function describe(text: string): { readonly title: string; readonly titleIsDescriptive: true } {
  const end = text.indexOf('\n');
  const first = { start: 0, end: end === -1 ? text.length : end };
  return { title: firstWords(text, first), titleIsDescriptive: true };
}
