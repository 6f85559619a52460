import { type Message, message } from '../wording/say.ts';
import type { Masthead } from './article.ts';

/** What is wrong with an article file, before it is known which file it is. */
export interface Flaw {
  /** From 1; `undefined` where it is the whole file. */
  readonly line: number | undefined;
  /** What is wrong and what was expected, in a sentence. */
  readonly expected: Message;
}

/** Why a file is not an article. */
export interface Problem extends Flaw {
  readonly file: string;
}

interface Header {
  /** What it says; `title` is `undefined` where it gives none. */
  readonly masthead: Omit<Masthead, 'title'> & { readonly title: string | undefined };
  readonly flaws: readonly Flaw[];
  /** Where the text begins. */
  readonly textStart: number;
}

const KEYS = ['title', 'outlet', 'byline', 'published', 'url'] as const;
type Key = (typeof KEYS)[number];

interface HeaderLine {
  readonly number: number;
  readonly content: string;
}

const LINE = /(?<content>[^\n\r]*)(?:\r\n|\n|\r|$)/vy;
const KEY_AND_VALUE = /^\s*(?<key>[\p{L}_\-]{1,30})\s*:(?<value>.*)$/sv;
const CONTROL = /[\p{Cc}\u2028\u2029]/v;
/** One pair around the whole: `[Watch] The ferry [live]` is a headline. */
const DESCRIPTIVE = /^\[(?<description>(?:[^\[\]]|\[[^\[\]]*\])*)\]$/v;
const DATE_AND_TIME =
  /^(?<date>\d{4}-\d{2}-\d{2})(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(?:Z|[+\-](?:0\d|1[0-4]):[0-5]\d)?)?$/v;

const LONGEST_VALUE = 1000;
/** After so many flaws the file is plainly something else; naming all would bury the first. */
const MOST_FLAWS = 20;

/** What people call a key who have not read how it is called; by it alone no text has a header. */
const ALSO: Readonly<Record<string, Key>> = { date: 'published', link: 'url' };

const KEYS_EXPECTED = KEYS.map(key => `${key}:`).join(', ');

/**
 * Reads the header in front of an article's text. A text is taken to have one where its first line starts with a known
 * key, or where all lines before the first blank one look like `key: value` and some key is known.
 */
export function readHeader(file: string): Header {
  const { lines, textStart } = linesBeforeBlank(file);
  const entries = lines.map(line => toEntry(line.content));
  const known = entries.map(entry => entry !== undefined && toKey(entry.key) !== undefined);
  const isHeader = known[0] === true || (known.includes(true) && entries.every(entry => entry !== undefined));
  if (!isHeader) return { masthead: toMasthead(new Map()), flaws: [], textStart: 0 };
  const values = new Map<Key, string>();
  const flaws: Flaw[] = [];
  for (const line of lines) {
    const expected = readLine(line.content, values);
    if (expected !== undefined) flaws.push({ line: line.number, expected });
    if (flaws.length >= MOST_FLAWS || toEntry(line.content) === undefined) break;
  }
  return { masthead: toMasthead(values), flaws, textStart };
}

function linesBeforeBlank(file: string): { readonly lines: readonly HeaderLine[]; readonly textStart: number } {
  const lines: HeaderLine[] = [];
  let at = 0;
  while (at < file.length) {
    LINE.lastIndex = at;
    const found = LINE.exec(file);
    const content = found?.groups?.content ?? '';
    at += found?.[0].length ?? file.length;
    if (content.trim() === '') return { lines, textStart: at };
    lines.push({ number: lines.length + 1, content });
  }
  return { lines, textStart: file.length };
}

function toEntry(content: string): { readonly key: string; readonly value: string } | undefined {
  const { key, value } = KEY_AND_VALUE.exec(content)?.groups ?? {};
  return key === undefined || value === undefined ? undefined : { key, value: value.trim() };
}

function toKey(key: string): Key | undefined {
  return KEYS.find(known => known === key.toLowerCase());
}

/** Adds the line's value; where it cannot, says what is wrong and what was expected. */
function readLine(content: string, values: Map<Key, string>): Message | undefined {
  const entry = toEntry(content);
  if (entry === undefined) return message('file.no-header-line', { line: shorten(content), keys: KEYS_EXPECTED });
  const key = toKey(entry.key) ?? ALSO[entry.key.toLowerCase()];
  if (key === undefined) return message('file.unknown-key', { key: entry.key, keys: KEYS_EXPECTED });
  if (values.has(key)) return message('file.second-time', { key });
  values.set(key, entry.value);
  return checkValue(key, entry.value);
}

function checkValue(key: Key, value: string): Message | undefined {
  if (value.length > LONGEST_VALUE) {
    return message('file.too-long', { key, length: String(value.length), most: String(LONGEST_VALUE) });
  }
  if (CONTROL.test(value)) return message('file.control-character', { key });
  if (value === '') return undefined;
  if (key === 'published' && !isDate(value)) return message('file.no-date', { value: shorten(value) });
  if (key === 'url' && toUrl(value) === undefined) return message('file.no-link', { value: shorten(value) });
  return undefined;
}

/** Whether it is a day of the calendar, with a time or without, written as ISO 8601 has it. */
export function isDate(value: string): boolean {
  const date = DATE_AND_TIME.exec(value)?.groups?.date;
  if (date === undefined) return false;
  const read = new Date(`${date}T00:00:00Z`);
  // 30 February is read as 2 March.
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(date);
}

/** The address as a browser writes it; `undefined` unless http or https, without user name and password. */
export function toUrl(value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) return undefined;
  return url.username === '' && url.password === '' ? url.href : undefined;
}

function toMasthead(values: ReadonlyMap<Key, string>): Header['masthead'] {
  return {
    ...readTitle(values.get('title') ?? ''),
    outlet: orUndefined(values.get('outlet')),
    byline: orUndefined(values.get('byline')),
    published: orUndefined(values.get('published')),
    url: toUrl(values.get('url') ?? ''),
  };
}

/** A title in square brackets is a description by whoever wrote the header. */
export function readTitle(value: string): Pick<Header['masthead'], 'title' | 'titleIsDescriptive'> {
  const description = DESCRIPTIVE.exec(value)?.groups?.description?.trim();
  return { title: orUndefined(description ?? value), titleIsDescriptive: description !== undefined };
}

function orUndefined(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function shorten(value: string): string {
  return value.length > 80 ? `${value.slice(0, 79).toWellFormed()}…` : value;
}

/** What newsletters and networks add to a link: it says where a reader came from, not what is read. */
const tracking = /^(?:utm_.*|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ref_src|cmpid|smid)$/iv;
/** A page within a site of which all pages have one path: "#/a", "#!a". Any other fragment is a place on the page. */
const page = /^#[\/!]/v;

export function isTracking(parameter: string): boolean {
  return tracking.test(parameter);
}

/** The part of an address's fragment that tells pages apart; empty in most. */
export function pageIn({ hash }: URL): string {
  return page.test(hash) ? hash : '';
}
