import { type Flaw, hasKey, parseHeader } from '../news/header.ts';
import { entitle, parseText } from '../news/parse.ts';
import { type Message, message } from '../wording/say.ts';
import { boundMetadata, withGiven } from './bounds.ts';
import { type ExtractedArticle, type Reading, type ReadingRefusal, refuse } from './reading.ts';
import { splitTop } from './top.ts';

const BYTE_ORDER_MARK = /^\uFEFF/v;
const FENCED = /^\uFEFF?---[ \t]*\r?\n/v;
const FENCE = /^(?:---|\.\.\.)[ \t]*\r?$/mv;
const WITHOUT_KEY = /^(?:$|[\s#\-])/v;
const YAML_KEY = /^[\w.\-]+\s*:/v;
/** With the blank lines before it. */
const FIRST_LINE = /^\s*(?:#{1,6}[ \t]+)?(?<line>[^\s#][^\n\r]*)(?:\r\n|\n|\r)/v;
/** YAML's marks around a value, but not around parts of one: `title: "X"`. */
const IN_MARKS = /^(?<key>[^:\n]+:)[ \t]*(?<mark>["'])(?<value>(?:(?!\k<mark>)[^\n])*)\k<mark>[ \t]*\r?$/gmv;
const HEADING = /^\s*#[ \t]+(?<title>[^\n\r]{1,300})(?:\r?\n|$)/v;
const CLOSING_MARKS = /[ \t]#{1,6}\s*$/v;

/**
 * Reads an article from text with or without a header. Without one, its first lines may say its title, outlet, author
 * and date. Lines are removed whole or stay unchanged.
 */
export function readText(text: string): Reading {
  return readFileText({ text, lineOf: sameLine });
}

/** A file's text, perhaps without some lines at its start. */
interface FileText {
  readonly text: string;
  /** Returns the number that a line of the text has in the file. */
  readonly lineOf: (line: number) => number;
}

function sameLine(line: number): number {
  return line;
}

function readFileText({ text, lineOf }: FileText): Reading {
  const read = parseText(text);
  if (read.kind === 'flaws') return refuse(toReason(read.flaws, lineOf));
  const hasHeader = read.text.length < text.replace(BYTE_ORDER_MARK, '').length;
  return toArticle(hasHeader ? withoutTitle(read) : withTop(read, undefined));
}

function toArticle({ metadata, text }: Omit<ExtractedArticle, 'kind'>): ExtractedArticle {
  return { kind: 'article', metadata: boundMetadata(metadata), text };
}

/** Removes a first line that repeats the title. */
function withoutTitle({ metadata, text: whole }: Omit<ExtractedArticle, 'kind'>): Omit<ExtractedArticle, 'kind'> {
  const first = FIRST_LINE.exec(whole);
  const text = whole.slice(first?.[0].length ?? 0);
  const isRepeated = !metadata.titleIsDescriptive && first?.groups?.line?.trim() === metadata.title;
  return { metadata, text: isRepeated && WORD.test(text) ? text : whole };
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
 * Reads an article from Markdown: of front matter, removes the fences, the marks around values and all other keys; a
 * first heading is the title if the header has none.
 */
export function readMarkdown(markdown: string): Reading {
  const reading = readFileText(withoutFences(markdown));
  if (reading.kind === 'refused' || !reading.metadata.titleIsDescriptive) return reading;
  const heading = HEADING.exec(reading.text);
  const title = heading?.groups?.title?.replace(CLOSING_MARKS, '');
  const text = reading.text.slice(heading?.[0].length ?? 0);
  if (title === undefined || text.trim() === '') return reading;
  return toArticle(withTop({ metadata: { ...reading.metadata, title, titleIsDescriptive: false }, text }, title, true));
}

function withoutFences(markdown: string): FileText {
  const unchanged = { text: markdown, lineOf: sameLine };
  const opening = FENCED.exec(markdown);
  if (opening === null) return unchanged;
  const rest = markdown.slice(opening[0].length);
  const closing = FENCE.exec(rest);
  if (closing === null) return unchanged;
  const fenced = rest.slice(0, closing.index).split('\n');
  const kept = fenced.map((line, at) => ({ line, number: at + 2 })).filter(({ line }) => !isOtherYaml(line));
  const header = kept.map(({ line }) => `${line}\n`).join('');
  // Otherwise, these are lines between paragraphs.
  if (parseHeader(header).textStart === 0) return unchanged;
  const text = rest.slice(closing.index + closing[0].length).replace(/^\n/v, '');
  return {
    text: `${header.replaceAll(IN_MARKS, '$<key> $<value>')}\n${text}`,
    lineOf: line => kept[line - 1]?.number ?? line + fenced.length - kept.length,
  };
}

/** True for a line of front matter that isn't one of a header: another key, part of a list, a comment, a blank. */
function isOtherYaml(line: string): boolean {
  return WITHOUT_KEY.test(line) || (YAML_KEY.test(line) && !hasKey(line));
}

/** Returns the first flaw with its line, and how many more there are. */
function toReason(flaws: readonly Flaw[], lineOf = sameLine): Message {
  const [first] = flaws;
  if (first === undefined) return message('reading.no-text');
  const { line, expected } = first;
  const flaw =
    line === undefined ? expected : message('reading.at-line', { line: String(lineOf(line)), flaw: expected });
  return flaws.length > 1 ? message('reading.and-more', { flaw, more: String(flaws.length - 1) }) : flaw;
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
  const article = header.textStart > 0 ? withoutTitle({ metadata, text }) : withTop({ metadata, text }, given.title);
  const notices = [
    ...(badLink === undefined ? [] : [message('reading.link-left-out', { reason: badLink })]),
    ...(header.flaws.length === 0 ? [] : [message('reading.header-as-text', { flaw: toReason(header.flaws) })]),
  ];
  return { ...toArticle(article), notices };
}
