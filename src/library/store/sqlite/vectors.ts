import { dimensions } from '../../../meaning/model.ts';
import { decodeText } from '../columns.ts';
import type { Filter } from '../library-index.ts';
import { numberIn, placeOf } from '../numbers.ts';
import {
  mostCompared,
  type NearParagraph,
  nearestOf,
  questionSigns,
  type Signs,
  signBytes,
  signsOf,
  toVectors,
} from '../vectors.ts';
import type { SqliteConnection } from './connection.ts';
import { articleFilterOf, conditionsOf } from './filter.ts';

/**
 * Signs are stored together for this many articles, since reading a row costs more than comparing its signs. More would
 * make saving an article's slower.
 */
const articlesInBlock = 16;

/** What comes before an article's signs in a block: its place among those of the block, and its number of paragraphs. */
const headBytes = 8;
const wordBytes = 4;
const signWords = signBytes / wordBytes;

/** The vectors of one library's paragraphs. Call what changes them within a transaction. */
export class SqliteVectors {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  save(article: number, model: string, vectors: Int8Array): void {
    this.#connection.run('UPDATE articles SET encoded_by = ? WHERE number = ?', model, article);
    this.#connection.run('INSERT OR REPLACE INTO vectors (number, vectors) VALUES (?, ?)', article, bytesOf(vectors));
    this.#setSigns(article, signsOf(vectors));
  }

  /** Deletes an article's vectors if it no longer has them, and otherwise makes the scan find them. */
  settle(article: number): void {
    const sql = `SELECT encoded_by, vectors FROM articles JOIN vectors USING (number) WHERE number = ?`;
    const row = this.#connection.get(sql, article);
    if (row === undefined) return;
    if (row.encoded_by === '') this.#connection.run('DELETE FROM vectors WHERE number = ?', article);
    this.#setSigns(article, row.encoded_by === '' ? undefined : signsOf(toVectors(row.vectors) ?? new Int8Array()));
  }

  /** Makes the scan leave an article out. */
  drop(article: number): void {
    this.#setSigns(article, undefined);
  }

  /** The greatest number of articles that a scan can read. */
  get scanned(): number {
    return (Number(this.#connection.get('SELECT max(block) AS last FROM signs')?.last) + 1) * articlesInBlock;
  }

  nearest(model: string, question: Int8Array, count: number, filter: Filter): NearParagraph[] {
    const nearest = new FewestDifferences(questionSigns(question), mostCompared);
    this.#scan(filter, nearest);
    const sql = `SELECT value, articles.id, substr(vectors, (value & ${numberIn(1, 0) - 1}) * ${dimensions} + 1, ${dimensions})
      FROM json_each(?) CROSS JOIN articles ON articles.number = value / ${numberIn(1, 0)}
        CROSS JOIN vectors ON vectors.number = articles.number
      WHERE encoded_by = ? AND removed_at IS NULL`;
    const rows = this.#connection.allArrays(sql, JSON.stringify(nearest.numbers), model);
    const compared = rows.map(row => ({
      article: decodeText(row[1]),
      paragraph: placeOf(Number(row[0])),
      vector: row[2],
    }));
    return nearestOf(question, compared, count);
  }

  #scan(filter: Filter, nearest: FewestDifferences): void {
    const asked = articleFilterOf(this.#connection, filter);
    if (asked === undefined) return;
    const { sql, values } = conditionsOf(asked);
    if (sql === '') {
      this.#connection.each(row => nearest.addBlock(Number(row[0]), row[1]), 'SELECT block, signs FROM signs');
      return;
    }
    const among = `SELECT number FROM articles WHERE removed_at IS NULL${sql}`;
    const numbers = this.#connection.allArrays(among, ...values).map(row => Number(row[0]));
    const blocks = new Set(numbers.map(blockOf));
    const articles = new Set(numbers);
    this.#connection.each(
      row => nearest.addBlock(Number(row[0]), row[1], articles),
      'SELECT block, signs FROM json_each(?) CROSS JOIN signs ON block = value',
      JSON.stringify([...blocks]),
    );
  }

  /** `undefined`: it has none. */
  #setSigns(article: number, signs: Uint8Array | undefined): void {
    const block = blockOf(article);
    const place = article % articlesInBlock;
    const stored = this.#connection.get('SELECT signs FROM signs WHERE block = ?', block)?.signs;
    const others = [...partsOf(stored)].filter(part => part.place !== place).map(({ bytes }) => bytes);
    const parts = signs === undefined || signs.length === 0 ? others : [...others, partOf(place, signs)];
    if (parts.length === 0) this.#connection.run('DELETE FROM signs WHERE block = ?', block);
    else {
      const sql = 'INSERT OR REPLACE INTO signs (block, signs) VALUES (?, ?)';
      this.#connection.run(sql, block, Buffer.concat(parts));
    }
  }
}

function blockOf(article: number): number {
  return Math.floor(article / articlesInBlock);
}

function bytesOf({ buffer, byteOffset, byteLength }: Int8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function partOf(place: number, signs: Uint8Array): Buffer {
  const part = Buffer.alloc(headBytes + signs.length);
  part.writeUInt32LE(place, 0);
  part.writeUInt32LE(signs.length / signBytes, wordBytes);
  part.set(signs, headBytes);
  return part;
}

interface Part {
  /** Among the articles of the block. */
  readonly place: number;
  readonly paragraphs: number;
  /** Where the signs begin in the block. */
  readonly at: number;
  /** With what comes before the signs. */
  readonly bytes: Uint8Array;
}

/** Yields the articles of a block. */
function* partsOf(block: unknown): Generator<Part> {
  if (!(block instanceof Uint8Array)) return;
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  for (let start = 0; start + headBytes <= block.length; ) {
    const paragraphs = view.getUint32(start + wordBytes, true);
    const end = start + headBytes + paragraphs * signBytes;
    yield { place: view.getUint32(start, true), paragraphs, at: start + headBytes, bytes: block.subarray(start, end) };
    start = end;
  }
}

/** The greatest number of differences: each sign counts up to twice. */
const mostDifferences = 2 * dimensions;

/** Collects the paragraphs whose signs differ least from a question's. */
class FewestDifferences {
  readonly #signs: Uint32Array;
  readonly #once: Uint32Array;
  readonly #twice: Uint32Array;
  readonly #most: number;
  /** The paragraphs by the number of signs that differ. */
  readonly #found: number[][] = Array.from({ length: mostDifferences + 1 }, () => []);
  /** Those that differ more are not needed. */
  #limit = mostDifferences;
  #count = 0;

  constructor({ signs, counted: [once, twice] }: Signs, most: number) {
    this.#signs = wordsOf(signs);
    this.#once = wordsOf(once);
    this.#twice = wordsOf(twice);
    this.#most = most;
  }

  /** With `articles`, only theirs. */
  addBlock(block: number, signs: unknown, articles?: ReadonlySet<number>): void {
    if (!(signs instanceof Uint8Array)) return;
    const words = wordsOf(signs);
    for (const { place, paragraphs, at } of partsOf(signs)) {
      const article = block * articlesInBlock + place;
      if (articles !== undefined && !articles.has(article)) continue;
      this.#addArticle(article, words.subarray(at / wordBytes, at / wordBytes + paragraphs * signWords));
    }
  }

  /** The paragraphs' numbers in the library. */
  get numbers(): readonly number[] {
    return this.#found.flat().slice(0, this.#most);
  }

  #addArticle(article: number, words: Uint32Array): void {
    for (let start = 0; start + signWords <= words.length; start += signWords) {
      let differences = 0;
      for (let at = 0; at < signWords; at += 1) {
        const differing = (words[start + at] ?? 0) ^ (this.#signs[at] ?? 0);
        differences += countBits(differing & (this.#once[at] ?? 0)) + countBits(differing & (this.#twice[at] ?? 0));
      }
      if (differences <= this.#limit) this.#add(numberIn(article, start / signWords), differences);
    }
  }

  #add(number: number, differences: number): void {
    this.#found[differences]?.push(number);
    this.#count += 1;
    for (
      let last = this.#found[this.#limit];
      last !== undefined && this.#count - last.length >= this.#most;
      last = this.#found[this.#limit]
    ) {
      this.#count -= last.length;
      last.length = 0;
      this.#limit -= 1;
    }
  }
}

/** Copies bytes, since words have to begin at a multiple of four. */
function wordsOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(new Uint8Array(bytes).buffer);
}

/** Returns how many bits of a word are set (Hacker's Delight, 5-1). */
function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
