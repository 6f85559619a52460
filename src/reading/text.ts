import { type Problem, readHeader, readTitle } from '../news/header.ts';
import { firstWords, readParts } from '../news/parse.ts';
import { type Message, message } from '../wording/say.ts';
import { readWebAddress } from './addresses.ts';
import { boundMetadata } from './metadata.ts';
import { type Article, type Reading, type Refused, refuse } from './reading.ts';

const FENCED = /^\uFEFF?---[ \t]*(?<lineEnd>\r?\n)/v;
const FENCE = /^(?:---|\.\.\.)[ \t]*\r?$/mv;
const HEADING = /^\s*#[ \t]+(?<title>[^\n\r]{1,300})(?:\r?\n|$)/v;
const CLOSING_MARKS = /[ \t]#{1,6}\s*$/v;

/** Reads an article from text with or without a header. The characters stay unchanged. */
export function readText(text: string): Reading {
  const read = readParts({ name: 'article.txt', bytes: new TextEncoder().encode(text) });
  if (read.kind === 'problems') return refuse(toReason(read.problems));
  return { kind: 'article', metadata: boundMetadata(read.metadata), text: read.text };
}

/**
 * Reads an article from Markdown: removes the fences of front matter; a first heading is the title if the header has
 * none.
 */
export function readMarkdown(markdown: string): Reading {
  const reading = readText(withoutFences(markdown));
  if (reading.kind === 'refused' || !reading.metadata.titleIsDescriptive) return reading;
  const heading = HEADING.exec(reading.text);
  const title = heading?.groups?.title?.replace(CLOSING_MARKS, '');
  const text = reading.text.slice(heading?.[0].length ?? 0);
  if (title === undefined || text.trim() === '') return reading;
  return { kind: 'article', metadata: boundMetadata({ ...reading.metadata, title, titleIsDescriptive: false }), text };
}

function withoutFences(markdown: string): string {
  const opening = FENCED.exec(markdown);
  if (opening === null) return markdown;
  const rest = markdown.slice(opening[0].length);
  const closing = FENCE.exec(rest);
  if (closing === null) return markdown;
  const after = rest.slice(closing.index + closing[0].length);
  return `${rest.slice(0, closing.index)}\n${after.replace(/^\n/v, '')}`;
}

/** Returns the first problem with its line, and how many more there are. */
function toReason(problems: readonly Pick<Problem, 'line' | 'expected'>[]): Message {
  const [first] = problems;
  if (first === undefined) return message('reading.no-text');
  const { line, expected } = first;
  const flaw = line === undefined ? expected : message('reading.at-line', { line: String(line), flaw: expected });
  return problems.length > 1 ? message('reading.and-more', { flaw, more: String(problems.length - 1) }) : flaw;
}

interface Pasted {
  readonly title: string;
  /** Empty if there is none. */
  readonly link: string;
  readonly text: string;
}

/** An article, and what of it couldn't be read: the text is never lost for that. */
interface PastedArticle extends Article {
  readonly told: readonly Message[];
}

const LINE_END = /[\n\r\u2028\u2029]/v;
const WORD = /[\p{L}\p{N}]/v;
const SPACES = /\s+/gv;

/**
 * Reads an article from pasted text, with or without header lines. The text stays unchanged; the link isn't fetched.
 */
export function readPasted({ title, link, text: pasted }: Pasted): PastedArticle | Refused {
  // Lone surrogates, which JSON can contain, can't be stored.
  const whole = pasted.toWellFormed();
  if (whole.includes('\0')) return refuse(message('reading.nul'));
  const header = readHeader(whole);
  const after = whole.slice(header.textStart);
  const isRead = header.flaws.length === 0 && WORD.test(after);
  const text = isRead ? after : whole;
  const first = text.split(LINE_END).find(line => WORD.test(line));
  if (first === undefined) return refuse(message('reading.no-words'));
  const address = link.trim() === '' ? undefined : readWebAddress(link);
  const named = readTitle(title.replace(SPACES, ' ').trim());
  const { title: ownTitle, ...own } = isRead ? header.metadata : readHeader('').metadata;
  const metadata = {
    ...own,
    title: named.title ?? ownTitle ?? firstWords(first, { start: 0, end: first.length }),
    titleIsDescriptive:
      named.title === undefined ? ownTitle === undefined || own.titleIsDescriptive : named.titleIsDescriptive,
    url: address?.kind === 'address' ? address.url.href : own.url,
  };
  const unread = [
    ...(address?.kind === 'refused' ? [message('reading.link-left-out', { reason: address.reason })] : []),
    ...(header.flaws.length === 0 ? [] : [message('reading.header-as-text', { flaw: toReason(header.flaws) })]),
  ];
  return { kind: 'article', metadata: boundMetadata(metadata), text, told: unread };
}
