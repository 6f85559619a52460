import { DIMENSIONS } from '../../../answering/networks/model.ts';
import { filteredRows } from '../filter.ts';
import { allowsAllArticles, type Filter } from '../library-index.ts';
import { numberIn } from '../numbers.ts';
import { all, allByPlace, first, pick, type Row, type Script } from '../script.ts';
import {
  MOST_COMPARED,
  type NearParagraph,
  nearestOf,
  questionSigns,
  SIGN_BYTES,
  type Signs,
  signsOf,
} from '../vectors.ts';

/**
 * Signs are stored together for this many articles, since reading a row costs more than comparing its signs. More would
 * make saving an article's slower.
 */
const ARTICLES_IN_BLOCK = 16;

/** In articles, some ten paragraphs each: a few milliseconds of work. */
const MAX_SCANNED_HERE = 1_000;

/** What comes before an article's signs in a block: its place among those of the block, and its number of paragraphs. */
const HEAD_BYTES = 8;
const WORD_BYTES = 4;
const SIGN_WORDS = SIGN_BYTES / WORD_BYTES;

/** Returns true if finding the nearest paragraphs would read so many signs that it blocks for long. */
export function* isLongScan(filter: Filter): Script<boolean> {
  // One article's are few.
  if (filter.article !== undefined) return false;
  const last = (yield* first('SELECT max(block) AS last FROM signs'))?.last;
  return (Number(last) + 1) * ARTICLES_IN_BLOCK > MAX_SCANNED_HERE;
}

export function* findNearest(
  model: string,
  question: Int8Array,
  count: number,
  filter: Filter,
): Script<readonly NearParagraph[]> {
  const nearest = new FewestDifferences(questionSigns(question), MOST_COMPARED);
  yield* scan(filter, nearest);
  const sql = `SELECT value AS number, articles.id AS id,
      substr(vectors, (value & ${numberIn(1, 0) - 1}) * ${DIMENSIONS} + 1, ${DIMENSIONS}) AS vector
    FROM json_each(?) CROSS JOIN articles ON articles.number = value / ${numberIn(1, 0)}
      CROSS JOIN vectors ON vectors.number = articles.number
    WHERE encoded_by = ? AND removed_at IS NULL`;
  return nearestOf(question, yield* all(sql, nearest.numbers, model), count);
}

function* scan(filter: Filter, nearest: FewestDifferences): Script<void> {
  const take = (articles?: ReadonlySet<number>) => (row: Row) => {
    nearest.addBlock(Number(row[0]), row[1], articles);
    return false;
  };
  if (allowsAllArticles(filter)) {
    yield* pick(Number.POSITIVE_INFINITY, take(), 'SELECT block, signs FROM signs');
    return;
  }
  const { from, where, values } = filteredRows('articles', filter);
  const among = yield* allByPlace(`SELECT number FROM ${from} WHERE ${where} AND removed_at IS NULL`, ...values);
  const articles = new Set(among.map(row => Number(row[0])));
  const blocks = [...new Set([...articles].map(blockOf))];
  const blocksWith = 'SELECT block, signs FROM json_each(?) CROSS JOIN signs ON block = value';
  yield* pick(Number.POSITIVE_INFINITY, take(articles), blocksWith, blocks);
}

/** Replaces an article's signs; `vectors` are empty if scans are to leave it out. */
export function* setSigns(article: number, vectors: Int8Array): Script<void> {
  const block = blockOf(article);
  const place = article % ARTICLES_IN_BLOCK;
  const stored = (yield* first('SELECT signs FROM signs WHERE block = ?', block))?.signs;
  const others = [...partsOf(stored)].filter(part => part.place !== place).map(({ bytes }) => bytes);
  const parts = vectors.length === 0 ? others : [...others, partOf(place, signsOf(vectors))];
  if (parts.length === 0) yield* all('DELETE FROM signs WHERE block = ?', block);
  else yield* all('INSERT OR REPLACE INTO signs (block, signs) VALUES (?, ?)', block, Buffer.concat(parts));
}

function blockOf(article: number): number {
  return Math.floor(article / ARTICLES_IN_BLOCK);
}

function partOf(place: number, signs: Uint8Array): Buffer {
  const part = Buffer.alloc(HEAD_BYTES + signs.length);
  part.writeUInt32LE(place, 0);
  part.writeUInt32LE(signs.length / SIGN_BYTES, WORD_BYTES);
  part.set(signs, HEAD_BYTES);
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
  for (let start = 0; start + HEAD_BYTES <= block.length; ) {
    const paragraphs = view.getUint32(start + WORD_BYTES, true);
    const end = start + HEAD_BYTES + paragraphs * SIGN_BYTES;
    yield { place: view.getUint32(start, true), paragraphs, at: start + HEAD_BYTES, bytes: block.subarray(start, end) };
    start = end;
  }
}

/** The greatest number of differences: each sign counts up to twice. */
const MOST_DIFFERENCES = 2 * DIMENSIONS;

/** Collects the paragraphs whose signs differ least from a question's. */
class FewestDifferences {
  readonly #signs: Uint32Array;
  readonly #once: Uint32Array;
  readonly #twice: Uint32Array;
  readonly #most: number;
  /** The paragraphs by the number of signs that differ. */
  readonly #found: number[][] = Array.from({ length: MOST_DIFFERENCES + 1 }, () => []);
  /** Those that differ more are not needed. */
  #limit = MOST_DIFFERENCES;
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
      const article = block * ARTICLES_IN_BLOCK + place;
      if (articles !== undefined && !articles.has(article)) continue;
      this.#addArticle(article, words.subarray(at / WORD_BYTES, at / WORD_BYTES + paragraphs * SIGN_WORDS));
    }
  }

  /** The paragraphs' numbers in the library. */
  get numbers(): readonly number[] {
    return this.#found.flat().slice(0, this.#most);
  }

  #addArticle(article: number, words: Uint32Array): void {
    for (let start = 0; start + SIGN_WORDS <= words.length; start += SIGN_WORDS) {
      let differences = 0;
      for (let at = 0; at < SIGN_WORDS; at += 1) {
        const differing = (words[start + at] ?? 0) ^ (this.#signs[at] ?? 0);
        differences += countBits(differing & (this.#once[at] ?? 0)) + countBits(differing & (this.#twice[at] ?? 0));
      }
      if (differences <= this.#limit) this.#add(numberIn(article, start / SIGN_WORDS), differences);
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
