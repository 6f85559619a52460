import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import type { DeclaredMetadata } from '../news/article.ts';
import { entitle } from '../news/parse.ts';
import { message } from '../wording/say.ts';
import { MOST_BYTES } from './body.ts';
import { decodePage, decodeTextFile } from './decode.ts';
import { INLINE, VOID } from './lexicon/elements.ts';
import { KEPT_BACK } from './lexicon/lines.ts';
import { type Line, linesOf } from './lines.ts';
import { chooseUrl, extractMetadata, parseJsonLd } from './metadata.ts';
import { type Element, LINE_BREAK, type Page, parsePage } from './page.ts';
import { type Reading, refuse } from './reading.ts';
import { readMarkdown, readText } from './text.ts';
import { ENDS_SENTENCE, isNotice, type Publication, parseDayLine, parsePublication } from './top.ts';

interface SentFile {
  readonly name: string;
  readonly contentType: string | undefined;
  readonly bytes: Uint8Array;
}

const ENDING = /\.(?<ending>[a-z0-9]{1,10})$/iv;
const PAGES: readonly string[] = ['html', 'htm', 'xhtml'];
const MARKDOWN: readonly string[] = ['md', 'markdown'];

/** Reads an article from an uploaded file: text, Markdown or a saved page, by its extension. */
export function readFile({ name, contentType, bytes }: SentFile): Reading {
  const ending = ENDING.exec(name)?.groups?.ending?.toLowerCase() ?? '';
  if (bytes.length > MOST_BYTES)
    return refuse(message('reading.file-too-large', { megabytes: String(MOST_BYTES / 1_000_000) }));
  // Discord guesses the charset of a page, so its own declaration is better.
  if (PAGES.includes(ending)) return readHtml(decodePage(bytes, undefined), undefined);
  if (ending !== 'txt' && !MARKDOWN.includes(ending)) return refuse(message('reading.kind-of-file'));
  const text = decodeTextFile(bytes, contentType);
  if (text === undefined) return refuse(message('reading.charset'));
  return ending === 'txt' ? readText(text) : readMarkdown(text);
}

export interface FetchedDocument {
  readonly kind: 'page';
  /** Where it was fetched from. */
  readonly address: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** What a site or a person sent, not yet decoded. */
export type Document = FetchedDocument | ({ readonly kind: 'file' } & SentFile);

const PLAIN = /^text\/(?:plain|markdown)\b/iv;

/** A novel has 10,000. Deriving data from a million paragraphs (40 MB) would block the bot for seconds. */
const MOST_PARAGRAPHS = 50_000;
const PARAGRAPH = /\S.*/gv;

/** Decodes and parses a document. Hostile ones can take long: see `DocumentReader`. */
export function readDocument(document: Document): Reading {
  const reading = document.kind === 'file' ? readFile(document) : readFetched(document);
  const isArticle = reading.kind === 'refused' || (reading.text.match(PARAGRAPH) ?? []).length <= MOST_PARAGRAPHS;
  return isArticle ? reading : refuse(message('reading.too-many-paragraphs', { most: String(MOST_PARAGRAPHS) }));
}

/** Reads an article from a page. Plain text gets the URL that it was fetched from. */
function readFetched({ address, contentType, bytes }: FetchedDocument): Reading {
  const url = new URL(address);
  const content = decodePage(bytes, contentType);
  if (!PLAIN.test(contentType)) return readHtml(content, url);
  const reading = readText(content);
  if (reading.kind === 'refused') return reading;
  return { ...reading, metadata: { ...reading.metadata, url: chooseUrl([], url) } };
}

const WORDS = [
  'newsletters?|sign-?up|subscribe|subscription|subscribers',
  'comments?|comment-list|disqus|respond|replies|discussion',
  'related|read-?more|also-read|more-on|more-from|recirc|recirculation|recommended|recommendations|trending|popular|most-read',
  'promos?|promotion|promotions|adverts?|advertisement|ads?|advertising|sponsor|sponsored|outbrain|taboola|dfp',
  'social|share|sharing|sharebar|sharedaddy|follow-us',
  'captions?|credits?|photo-credit|image-credit',
  'cookies?|consent|gdpr|breadcrumbs?|sidebar|pagination|pager|tags|toolbar|skip-link|author-bio|app-download',
].join('|');

/** Matches classes, ids and roles (lower case, words joined by hyphens) of boxes that aren't part of the article. */
const BOX = new RegExp(`(?:^|[\\s\\-])(?:${WORDS})(?:$|[\\s\\-])`, 'v');

/** How the rest of a sentence starts. */
const GOES_ON = /^\s*[\p{Ll},;:.!?’”\)\-–—]/v;
const OF_AUTHOR = /author|byline|dateline|writtenby/iv;

const CAMEL = /(?<before>[a-z0-9])(?=[A-Z])/gv;
const NOT_NAME = /[^a-z0-9\s]+/gv;
const HEADING = /^h[1-6]$/v;

/** A box with a larger share of the page's text than this is the article, whatever its name says. */
const MOST_SHARE = 1 / 3;

/**
 * Removes newsletter boxes, comments, captions and the like, by class, id and role, but no words in mid-sentence.
 * `inPhrase`: the element is in mid-sentence.
 */
function prune(element: Element, mostSize: number, inPhrase = false): Element {
  const children: (Element | string)[] = [];
  let isBegun = inPhrase;
  for (const [at, child] of element.children.entries()) {
    const isPhrase = isBegun || goesOn(element.children[at + 1]);
    const kept = typeof child === 'string' ? child : pruneChild(child, mostSize, isPhrase);
    if (kept !== undefined) children.push(kept);
    else if (isMidLine(children.at(-1), element)) children.push(LINE_BREAK);
    isBegun = leavesOpen(children.at(-1), isBegun);
  }
  return { ...element, children };
}

/** Whether a sentence goes on in the next part of a line. */
function goesOn(next: Element | string | undefined): boolean {
  return typeof next === 'string' && GOES_ON.test(next);
}

/** Whether a line is in mid-sentence after its next part. */
function leavesOpen(part: Element | string | undefined, wasOpen: boolean): boolean {
  if (typeof part === 'string') return part.trim() === '' ? wasOpen : !ENDS_SENTENCE.test(part);
  if (part === undefined || !INLINE.has(part.name)) return false;
  return part.children.reduce((isOpen, inside) => leavesOpen(inside, isOpen), wasOpen);
}

/** Whether words before and after a removed box would run together. */
function isMidLine(before: Element | string | undefined, parent: Element): boolean {
  if (typeof before === 'string') return before.trim() !== '';
  return INLINE.has((before ?? parent).name);
}

function pruneChild(child: Element, mostSize: number, isPhrase: boolean): Element | undefined {
  if (child === LINE_BREAK) return undefined;
  // Without attributes, Readability keeps these too.
  if (VOID.has(child.name)) return { ...child, attributes: new Map() };
  if (isPhrase && INLINE.has(child.name) && !isAuthor(child))
    return { ...prune(child, mostSize, true), attributes: new Map() };
  if (child.size <= mostSize && isBox(child)) return undefined;
  const pruned = prune(child, mostSize);
  const isEmpty = pruned.children.every(inside => typeof inside === 'string' && inside.trim() === '');
  return isEmpty && !INLINE.has(child.name) ? undefined : pruned;
}

/** Whether Readability takes an element for the article's author. */
function isAuthor({ attributes }: Element): boolean {
  return [...attributes].some(([attribute, value]) => attribute !== 'href' && OF_AUTHOR.test(value));
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
function extractLines(page: Page): Extract {
  const body = joinParts(toParts(prune(page.body, page.body.size * MOST_SHARE), false));
  const { document } = parseHTML(`<!doctype html><html><head><title>${mask(page.title)}</title></head>${body}</html>`);
  const found = new Readability(document, { disableJSONLD: true, serializer: toElement }).parse();
  const lines = found?.content && (found.length ?? 0) <= LONGEST ? linesOf(found.content) : [];
  return {
    lines: lines.map(line => ({ ...line, text: unmask(line.text).trim() })).filter(({ text }) => text !== ''),
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

/** Returns an element as parts of the lines it belongs to. Recursion is bounded by `parsePage`. */
function toParts(element: Element, inLink: boolean): readonly Markup[] {
  const { name, attributes, children } = element;
  const named = [...attributes].map(([attribute, value]) => ` ${attribute}="${value.replace(QUOTE, '')}"`).join('');
  const start = `<${name}${named}>`;
  if (VOID.has(name)) return [{ html: start, isBlock: name === 'hr' }];
  const isLink = name === 'a';
  const parts = children.flatMap(child =>
    typeof child === 'string' ? { html: mask(child), isBlock: false } : toParts(child, inLink || isLink),
  );
  const isParent = parts.some(part => part.isBlock);
  if (!INLINE.has(name)) return [{ html: `${start}${joinParts(parts)}</${name}>`, isBlock: true }];
  if (!isParent) return [{ html: `${start}${joinParts(parts)}</${name}>`, isBlock: false }];
  // Blocks inside an inline element break its line, so it is dropped, but links are kept inside each block.
  return isLink && !inLink ? parts.map(part => ({ ...part, html: `${start}${part.html}</a>` })) : parts;
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

const FEWEST_PARAGRAPHS = 3;
/** Maximum length of a paywall notice, and of a link that is left out as another article's headline. */
const LONGEST_ASIDE = 200;
/** Minimum length of a complete article on a page that says it isn't free: metered sites let some readers through. */
const SHORTEST_WHOLE = 2000;
/** Notices of a paywall are within this many last lines. */
const LAST_LINES = 3;

const BYLINE = /^(?:by|from|文|記者|记者)[\s:：]/iv;

/** Reads an article from HTML. `address` is where the page was fetched from; `undefined` for a file. */
export function readHtml(html: string, address: URL | undefined): Reading {
  const page = parsePage(html);
  if (page === undefined) return refuse(message('reading.unwieldy'));
  const record = parseJsonLd(page.records);
  const found = extractLines(page);
  const declared = extractMetadata(page, record, found, address);
  if (isKeptBack(found.lines, record?.isFree ?? true)) return refuse(message('reading.kept-back'));
  const own = found.lines.filter((line, index) => isOfArticle(line, index, declared));
  const publications = own.map((line, index) => publicationIn(line, index, own.length, declared));
  const lines = own.filter((_, index) => publications[index] === undefined);
  const metadata = publications.reduce(merge, declared);
  const sentences = lines.filter(line => ENDS_SENTENCE.test(line.text)).length;
  if (sentences < FEWEST_PARAGRAPHS)
    return refuse(message('reading.no-article', { fewest: String(FEWEST_PARAGRAPHS) }));
  const text = lines.map(line => line.text).join('\n');
  return { kind: 'article', metadata: entitle(metadata, text), text };
}

function isKeptBack(lines: readonly Line[], isFree: boolean): boolean {
  const length = lines.reduce((sum, line) => sum + line.text.length, 0);
  if (!isFree && length < SHORTEST_WHOLE) return true;
  const asides = lines.slice(-LAST_LINES).filter(({ text }) => text.length <= LONGEST_ASIDE);
  return asides.some(({ text }) => KEPT_BACK.some(pattern => pattern.test(text)));
}

function isOfArticle(line: Line, index: number, { title, byline }: DeclaredMetadata): boolean {
  const { text } = line;
  if (isNotice(text) && parseDayLine(text) === undefined) return false;
  // A line that is only a link is the headline of another article, unless it is a whole sentence.
  if (line.isLink && text.length <= LONGEST_ASIDE && !ENDS_SENTENCE.test(text)) return false;
  if (line.isHeading && text === title) return false;
  const isByline = byline !== undefined && text.length <= byline.length + 20 && text.includes(byline);
  return !(index < LAST_LINES && isByline && (text === byline || BYLINE.test(text)));
}

/** Reads a line above the article that says who wrote it and when, or a day below it. */
function publicationIn(
  { text }: Line,
  index: number,
  count: number,
  { outlet }: DeclaredMetadata,
): Publication | undefined {
  const publication = parsePublication(text);
  if (publication === undefined || (publication.byline ?? publication.published ?? outlet) === undefined)
    return undefined;
  const isDayBelow = index >= count - LAST_LINES && parseDayLine(text) !== undefined;
  return index < LAST_LINES || isDayBelow ? publication : undefined;
}

/** Fills in what the page doesn't declare. */
function merge(declared: DeclaredMetadata, read: Publication | undefined): DeclaredMetadata {
  return {
    ...declared,
    outlet: declared.outlet ?? read?.outlet,
    byline: declared.byline ?? read?.byline,
    published: declared.published ?? read?.published,
  };
}
