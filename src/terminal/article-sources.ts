import { createReadStream, type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Reading } from '../reading/reading.ts';
import { format } from '../wording/say.ts';
import { type EnglishReading, LONGEST_LINE, parseLine, refuseItem } from './article-lines.ts';

/** Returns a reading with its refusal in English, for the terminal. */
export function inEnglish(reading: Reading): EnglishReading {
  return reading.kind === 'refused' ? refuseItem(format(reading.reason, 'en')) : reading;
}

/** A file, or a line of one, that may be an article. */
export interface ImportItem {
  /** Where it is, to print: `news.jsonl:7`. */
  readonly place: string;
  readonly reading: EnglishReading;
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

/** Loads the files one after the other. What can't be read is rejected with its place; the rest is still loaded. */
export async function* loadItems(files: readonly string[]): AsyncGenerator<ImportItem> {
  let before = 0;
  for (const file of files) {
    const size = countBytes([file]);
    if (!existsSync(file)) yield { place: file, reading: refuseItem('there is no such file'), bytesRead: before };
    else if (LINES.test(file)) {
      for await (const item of readLines(file)) yield { ...item, bytesRead: before + item.bytesRead };
    } else yield { place: file, reading: await loadWhole(file), bytesRead: before + size };
    before += size;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function filesIn(folder: string): readonly string[] {
  const isFile = (entry: Dirent) => entry.isFile() || entry.isSymbolicLink();
  const isWanted = (entry: Dirent) => isFile(entry) && (LINES.test(entry.name) || ARTICLE.test(entry.name));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(isWanted);
  return files.map(entry => join(entry.parentPath, entry.name)).sort();
}

async function loadWhole(file: string): Promise<EnglishReading> {
  if (!ARTICLE.test(file)) return refuseItem('expected a .txt, .md, .html, .jsonl or .jsonl.gz file');
  // What reads pages takes longer to load than all else, and lines need none of it.
  const { readFile } = await import('../reading/document.ts');
  try {
    return inEnglish(readFile({ name: basename(file), contentType: undefined, bytes: readFileSync(file) }));
  } catch (error) {
    return refuseItem(explain(error));
  }
}

async function* readLines(file: string): AsyncGenerator<ImportItem> {
  const stored = createReadStream(file);
  // Without a callback, an error between two reads would be uncaught. The next read throws it.
  const plain = /\.gz$/iv.test(file) ? pipeline(stored, createGunzip(), () => undefined) : stored;
  let number = 0;
  try {
    for await (const bytes of splitLines(plain)) {
      number += 1;
      if (isBlank(bytes)) continue;
      yield { place: `${file}:${number}`, reading: parseBytes(bytes), bytesRead: stored.bytesRead };
    }
  } catch (error) {
    yield { place: `${file}:${number + 1}`, reading: refuseItem(explain(error)), bytesRead: stored.bytesRead };
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

function parseBytes(bytes: Uint8Array | undefined): EnglishReading {
  if (bytes === undefined) return refuseItem(`expected at most ${LONGEST_LINE} bytes per line`);
  try {
    return parseLine(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return refuseItem('expected UTF-8');
  }
}

function explain(error: unknown): string {
  return `this file can't be read (${error instanceof Error ? error.message : String(error)})`;
}
