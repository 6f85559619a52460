import { type Message, message } from '../wording/say.ts';
import type { DeclaredMetadata } from './article.ts';

/** An error in an article file, before the file is known. */
export interface Flaw {
  /** From 1; `undefined` if it concerns the whole file. */
  readonly line: number | undefined;
  /** What is wrong and what was expected, in one sentence. */
  readonly expected: Message;
}

/** Why a file is not an article. */
export interface Problem extends Flaw {
  readonly file: string;
}

interface Header {
  readonly metadata: DeclaredMetadata;
  readonly flaws: readonly Flaw[];
  /** Offset of the text, in UTF-16 units. */
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
/** Errors after these aren't reported: the file is probably something else. */
const MOST_FLAWS = 20;

/** Other names of keys. On their own they don't make a header. */
const ALSO: ReadonlyMap<string, Key> = new Map([
  ['date', 'published'],
  ['link', 'url'],
]);

const KEYS_EXPECTED = KEYS.map(key => `${key}:`).join(', ');

/**
 * Reads the header before an article's text. A text has a header if its first line starts with a known key, or if every
 * line before the first blank one looks like `key: value` and at least one key is known.
 */
export function parseHeader(file: string): Header {
  const { lines, textStart } = linesBeforeBlank(file);
  const entries = lines.map(line => toEntry(line.content));
  const known = entries.map(entry => entry !== undefined && toKey(entry.key) !== undefined);
  const isHeader = known[0] === true || (known.includes(true) && entries.every(entry => entry !== undefined));
  if (!isHeader) return { metadata: toMetadata(new Map()), flaws: [], textStart: 0 };
  const values = new Map<Key, string>();
  const flaws: Flaw[] = [];
  for (const line of lines) {
    const expected = parseLine(line.content, values);
    if (expected !== undefined) flaws.push({ line: line.number, expected });
    if (flaws.length >= MOST_FLAWS || toEntry(line.content) === undefined) break;
  }
  return { metadata: toMetadata(values), flaws, textStart };
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

function toKeyOrAlso(key: string): Key | undefined {
  return toKey(key) ?? ALSO.get(key.toLowerCase());
}

/** True for a line that has one of the keys. */
export function hasKey(content: string): boolean {
  const entry = toEntry(content);
  return entry !== undefined && toKeyOrAlso(entry.key) !== undefined;
}

/** Stores the line's value, or returns what is wrong and what was expected. */
function parseLine(content: string, values: Map<Key, string>): Message | undefined {
  const entry = toEntry(content);
  if (entry === undefined) return message('file.no-header-line', { line: shorten(content), keys: KEYS_EXPECTED });
  const key = toKeyOrAlso(entry.key);
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

/** Whether the value is a valid ISO 8601 date, with or without a time. */
export function isDate(value: string): boolean {
  const date = DATE_AND_TIME.exec(value)?.groups?.date;
  if (date === undefined) return false;
  const read = new Date(`${date}T00:00:00Z`);
  // JavaScript reads 30 February as 2 March.
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(date);
}

/** Normalizes a URL as browsers do; `undefined` unless it is http or https without credentials. */
export function toUrl(value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) return undefined;
  return url.username === '' && url.password === '' ? url.href : undefined;
}

function toMetadata(values: ReadonlyMap<Key, string>): DeclaredMetadata {
  return {
    ...parseTitle(values.get('title') ?? ''),
    outlet: values.get('outlet') || undefined,
    byline: values.get('byline') || undefined,
    published: values.get('published') || undefined,
    url: toUrl(values.get('url') ?? ''),
  };
}

/** A title in square brackets is a description by the author of the header. */
export function parseTitle(value: string): Pick<DeclaredMetadata, 'title' | 'titleIsDescriptive'> {
  const description = DESCRIPTIVE.exec(value)?.groups?.description?.trim();
  return { title: (description ?? value) || undefined, titleIsDescriptive: description !== undefined };
}

function shorten(value: string): string {
  return value.length > 80 ? `${value.slice(0, 79).toWellFormed()}…` : value;
}

/** Query parameters added by newsletters and social networks for tracking. */
const TRACKING_PARAMETER = /^(?:utm_.*|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ref_src|cmpid|smid)$/iv;
/** A page in a single-page site: "#/a", "#!a". Any other fragment is an anchor on the page. */
const PAGE_HASH = /^#[\/!]/v;

export function isTracking(parameter: string): boolean {
  return TRACKING_PARAMETER.test(parameter);
}

/** Returns the part of the fragment that identifies a page; empty for most URLs. */
export function pageIn({ hash }: URL): string {
  return PAGE_HASH.test(hash) ? hash : '';
}
