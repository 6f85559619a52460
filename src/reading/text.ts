import { type Problem, parseHeader } from '../news/header.ts';
import { entitle, parseParts } from '../news/parse.ts';
import { type Message, message } from '../wording/say.ts';
import { boundMetadata, withGiven } from './bounds.ts';
import { type ExtractedArticle, type Reading, type ReadingRefusal, refuse } from './reading.ts';
import { splitTop } from './top.ts';

const BYTE_ORDER_MARK = /^\uFEFF/v;
const FENCED = /^\uFEFF?---[ \t]*\r?\n/v;
const FENCE = /^(?:---|\.\.\.)[ \t]*\r?$/mv;
/** YAML's marks around a value, but not around parts of one: `title: "X"`. */
const IN_MARKS = /^(?<key>[^:\n]+:)[ \t]*(?<mark>["'])(?<value>(?:(?!\k<mark>)[^\n])*)\k<mark>[ \t]*\r?$/gmv;
const HEADING = /^\s*#[ \t]+(?<title>[^\n\r]{1,300})(?:\r?\n|$)/v;
const CLOSING_MARKS = /[ \t]#{1,6}\s*$/v;

/**
 * Reads an article from text with or without a header. Without one, its first lines may say its title, outlet, author
 * and date. Lines are removed whole or stay unchanged.
 */
export function readText(text: string): Reading {
  const read = parseParts({ name: 'article.txt', bytes: new TextEncoder().encode(text) });
  if (read.kind === 'problems') return refuse(toReason(read.problems));
  const hasHeader = read.text.length < text.replace(BYTE_ORDER_MARK, '').length;
  return toArticle(hasHeader ? read : withTop(read, undefined));
}

function toArticle({ metadata, text }: Omit<ExtractedArticle, 'kind'>): ExtractedArticle {
  return { kind: 'article', metadata: boundMetadata(metadata), text };
}

/**
 * Moves title, outlet, author and date from the first lines to the metadata, and removes notices. `given` is a known
 * title.
 */
function withTop(
  { metadata, text: whole }: Omit<ExtractedArticle, 'kind'>,
  given: string | undefined,
  isMarkdown = false,
): Omit<ExtractedArticle, 'kind'> {
  const { text, title, ...top } = splitTop(whole, given, isMarkdown);
  if (!WORD.test(text)) return { metadata, text: whole };
  const { outlet = top.outlet, byline = top.byline, published = top.published } = metadata;
  const read = { ...metadata, outlet, byline, published };
  return { metadata: given === undefined ? entitle({ ...read, title, titleIsDescriptive: false }, text) : read, text };
}

/**
 * Reads an article from Markdown: removes the fences of front matter and the marks around its values; a first heading is
 * the title if the header has none.
 */
export function readMarkdown(markdown: string): Reading {
  const reading = readText(withoutFences(markdown));
  if (reading.kind === 'refused' || !reading.metadata.titleIsDescriptive) return reading;
  const heading = HEADING.exec(reading.text);
  const title = heading?.groups?.title?.replace(CLOSING_MARKS, '');
  const text = reading.text.slice(heading?.[0].length ?? 0);
  if (title === undefined || text.trim() === '') return reading;
  return toArticle(withTop({ metadata: { ...reading.metadata, title, titleIsDescriptive: false }, text }, title, true));
}

function withoutFences(markdown: string): string {
  const opening = FENCED.exec(markdown);
  if (opening === null) return markdown;
  const rest = markdown.slice(opening[0].length);
  const closing = FENCE.exec(rest);
  if (closing === null) return markdown;
  const header = `${rest.slice(0, closing.index).replaceAll(IN_MARKS, '$<key> $<value>')}\n`;
  // Otherwise, these are lines between paragraphs.
  if (parseHeader(header).textStart === 0) return markdown;
  return header + rest.slice(closing.index + closing[0].length).replace(/^\n/v, '');
}

/** Returns the first problem with its line, and how many more there are. */
function toReason(problems: readonly Pick<Problem, 'line' | 'expected'>[]): Message {
  const [first] = problems;
  if (first === undefined) return message('reading.no-text');
  const { line, expected } = first;
  const flaw = line === undefined ? expected : message('reading.at-line', { line: String(line), flaw: expected });
  return problems.length > 1 ? message('reading.and-more', { flaw, more: String(problems.length - 1) }) : flaw;
}

interface PastedFields {
  readonly title: string;
  /** Empty if there is none. */
  readonly link: string;
  readonly text: string;
}

/** An article, with notices of what couldn't be parsed. Its text is always kept. */
interface PastedArticle extends ExtractedArticle {
  readonly notices: readonly Message[];
}

const WORD = /[\p{L}\p{N}]/v;

/**
 * Reads an article from pasted text, with or without header lines, as `readText` does. The link isn't fetched.
 */
export function readPasted({ title, link, text: pasted }: PastedFields): PastedArticle | ReadingRefusal {
  // Lone surrogates, which JSON can contain, can't be stored.
  const whole = pasted.toWellFormed();
  if (whole.includes('\0')) return refuse(message('reading.nul'));
  const header = parseHeader(whole);
  const after = whole.slice(header.textStart);
  const isRead = header.flaws.length === 0 && WORD.test(after);
  if (!WORD.test(whole)) return refuse(message('reading.no-words'));
  const { metadata: given, badLink } = withGiven((isRead ? header : parseHeader('')).metadata, { title, link });
  const text = isRead ? after : whole;
  const metadata = entitle(given, text);
  const article = header.textStart > 0 ? { metadata, text } : withTop({ metadata, text }, given.title);
  const notices = [
    ...(badLink === undefined ? [] : [message('reading.link-left-out', { reason: badLink })]),
    ...(header.flaws.length === 0 ? [] : [message('reading.header-as-text', { flaw: toReason(header.flaws) })]),
  ];
  return { ...toArticle(article), notices };
}
