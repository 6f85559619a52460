import { createReadStream, type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import * as z from 'zod/mini';
import type { Metadata } from '../news/article.ts';
import { isDate, toUrl } from '../news/header.ts';
import { firstWords } from '../news/parse.ts';
import { readFile } from '../reading/file.ts';
import { boundMetadata } from '../reading/metadata.ts';
import type { Reading } from '../reading/reading.ts';
import { format } from '../wording/say.ts';

/** An article, or why a file or a line isn't one, in English for the terminal. */
type ReadItem = Extract<Reading, { readonly kind: 'article' }> | { readonly kind: 'refused'; readonly reason: string };

function refuse(reason: string): ReadItem {
  return { kind: 'refused', reason };
}

/** Returns a reading for the terminal. */
export function inEnglish(reading: Reading): ReadItem {
  return reading.kind === 'refused' ? refuse(format(reading.reason, 'en')) : reading;
}

/** In bytes. Escaped JSON takes up to six per character: enough for the longest text that a library accepts. */
export const LONGEST_LINE = 16_000_000;

/** Empty and `null` count as missing. */
function field(name: string) {
  const given = z.nullish(z.string(`expected "${name}" to be a string`));
  return z.pipe(
    given,
    z.transform(value => value?.trim() || undefined),
  );
}

const published = z.refine<string | undefined>(
  value => value === undefined || isDate(value),
  'expected "published" to be a date such as 2022-03-14',
);
const url = z.refine<string | undefined>(
  value => value === undefined || toUrl(value) !== undefined,
  'expected "url" to be an http or https address',
);

const lineShape = z.object(
  {
    title: field('title'),
    titleIsDescriptive: z.optional(z.unknown()),
    isFromFeed: z.optional(z.unknown()),
    outlet: field('outlet'),
    byline: field('byline'),
    published: field('published').check(published),
    url: field('url').check(url),
    text: z
      .string('expected "text" to be a string')
      .check(z.refine(text => findWords(text) !== undefined, 'expected "text" to contain words')),
  },
  'expected a JSON object',
);

/**
 * Reads an article from a line of JSON, `{"title","text","outlet","byline","published","url"}`, of which only the text
 * is required. The text is kept code unit for code unit. `"titleIsDescriptive": true` marks a title that isn't the
 * publisher's.
 */
export function readLine(line: string): ReadItem {
  const { data, error } = lineShape.safeParse(jsonOf(line));
  if (data === undefined) return refuse(error.issues[0]?.message ?? '');
  const { title, titleIsDescriptive, isFromFeed, text, ...rest } = data;
  const metadata: Metadata = {
    ...rest,
    title: title ?? findWords(text) ?? '',
    titleIsDescriptive: title === undefined || titleIsDescriptive === true,
    url: toUrl(data.url ?? ''),
    ...(isFromFeed === true ? { isFromFeed } : {}),
  };
  return { kind: 'article', metadata: boundMetadata(metadata), text };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function findWords(text: string): string | undefined {
  for (const line of text.split(/[\n\r\u2028\u2029]/v)) {
    if (/[\p{L}\p{N}]/v.test(line)) return firstWords(line, { start: 0, end: line.length });
  }
  return undefined;
}

/** A file, or a line of one, that may be an article. */
export interface Item {
  /** Where it is, to print: `news.jsonl:7`. */
  readonly place: string;
  readonly reading: ReadItem;
  /** Bytes of all files read so far, compressed as they are on disk. */
  readonly bytesRead: number;
}

const LINES = /\.jsonl(?:\.gz)?$/iv;
const ARTICLE = /\.(?:txt|md|markdown|html?|xhtml)$/iv;
const LINE_FEED = 0x0a;

/** Returns the files at the paths and, sorted by name, the files with known extensions in folders at the paths. */
export function findFiles(paths: readonly string[]): readonly string[] {
  return paths.flatMap(path => (isFolder(path) ? filesIn(path) : [path]));
}

/** Returns the size of the files in bytes, not counting unreadable ones. */
export function countBytes(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
}

/** Reads the files one after the other. What can't be read is rejected with its place, and the rest follows. */
export async function* readItems(files: readonly string[]): AsyncGenerator<Item> {
  let before = 0;
  for (const file of files) {
    const size = countBytes([file]);
    if (LINES.test(file)) {
      for await (const item of readLines(file)) yield { ...item, bytesRead: before + item.bytesRead };
    } else yield { place: file, reading: readWhole(file), bytesRead: before + size };
    before += size;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function filesIn(folder: string): readonly string[] {
  const isWanted = (entry: Dirent) => entry.isFile() && (LINES.test(entry.name) || ARTICLE.test(entry.name));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(isWanted);
  return files.map(entry => join(entry.parentPath, entry.name)).sort();
}

function readWhole(file: string): ReadItem {
  if (!ARTICLE.test(file)) return refuse('expected a .txt, .md, .html, .jsonl or .jsonl.gz file');
  try {
    return inEnglish(readFile({ name: basename(file), contentType: undefined, bytes: readFileSync(file) }));
  } catch (error) {
    return refuse(explain(error));
  }
}

async function* readLines(file: string): AsyncGenerator<Item> {
  const stored = createReadStream(file);
  // Without a callback, an error between two reads would be uncaught. The next read throws it.
  const plain = /\.gz$/iv.test(file) ? pipeline(stored, createGunzip(), () => undefined) : stored;
  let number = 0;
  try {
    for await (const bytes of splitLines(plain)) {
      number += 1;
      if (isBlank(bytes)) continue;
      yield { place: `${file}:${number}`, reading: readBytes(bytes), bytesRead: stored.bytesRead };
    }
  } catch (error) {
    yield { place: `${file}:${number + 1}`, reading: refuse(explain(error)), bytesRead: stored.bytesRead };
  }
}

/** Yields the bytes between line feeds, or undefined for a line that is too long. */
async function* splitLines(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | undefined> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    let start = 0;
    for (let feed = chunk.indexOf(LINE_FEED); feed !== -1; feed = chunk.indexOf(LINE_FEED, start)) {
      length += feed - start;
      yield length > LONGEST_LINE ? undefined : Buffer.concat([...pieces, chunk.subarray(start, feed)]);
      start = feed + 1;
      pieces = [];
      length = 0;
    }
    length += chunk.length - start;
    if (length > LONGEST_LINE) pieces = [];
    else pieces.push(chunk.subarray(start));
  }
  if (length > 0) yield length > LONGEST_LINE ? undefined : Buffer.concat(pieces);
}

function isBlank(bytes: Uint8Array | undefined): boolean {
  return bytes?.every(byte => byte === 0x20 || byte === 0x0d || byte === 0x09) ?? false;
}

function readBytes(bytes: Uint8Array | undefined): ReadItem {
  if (bytes === undefined) return refuse(`expected at most ${LONGEST_LINE} bytes per line`);
  try {
    return readLine(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return refuse('expected UTF-8');
  }
}

function explain(error: unknown): string {
  return `this file can't be read (${error instanceof Error ? error.message : String(error)})`;
}
