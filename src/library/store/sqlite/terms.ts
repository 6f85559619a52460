import {
  countEdits,
  editsAllowed,
  misspellingsOf,
  rangesAround,
  reverse,
  type SpellingRange,
} from '../../../words/spellings.ts';
import { decodeText, encodeText } from '../columns.ts';
import type { Field, Misspelling, Term } from '../library-index.ts';
import { all, first, type Row, type Script } from '../script.ts';

/** The columns with a term's frequency, and with its power of two. */
const COLUMNS = {
  text: { frequency: 'in_text', magnitude: 'text_magnitude' },
  name: { frequency: 'in_names', magnitude: 'name_magnitude' },
} as const;

/** Sorts after every continuation of a prefix. */
const BEYOND = '\u{10ffff}';

export function* findTerms(field: Field, asked: readonly string[], bare: readonly string[]): Script<readonly Term[]> {
  const { frequency } = COLUMNS[field];
  const among = 'IN (SELECT value FROM json_each(?))';
  const sql = `SELECT number, term, ${frequency} AS frequency FROM terms
    WHERE (term ${among} OR bare ${among}) AND ${frequency} > 0`;
  return (yield* all(sql, asked.map(encodeText), bare.map(encodeText))).map(toTerm);
}

/**
 * Reads the most frequent terms first, one power of two after the other. Within each they are indexed by letters, so
 * that even a short prefix needs no sorting of all its terms.
 */
export function* findTermsWithPrefix(field: Field, prefix: string, limit: number): Script<readonly Term[]> {
  const { frequency, magnitude } = COLUMNS[field];
  const found: Term[] = [];
  const greatest = `SELECT max(${magnitude}) AS greatest FROM terms WHERE ${magnitude} IS NOT NULL`;
  const sql = `SELECT number, term, ${frequency} AS frequency FROM terms
    WHERE ${magnitude} = ? AND term >= ? AND term < ? ORDER BY ${frequency} DESC, term LIMIT ?`;
  const alike = `SELECT number, term, ${frequency} AS frequency FROM terms
    WHERE ${magnitude} = 0 AND term >= ? AND term < ? ORDER BY term LIMIT ?`;
  let at = Number((yield* first(greatest))?.greatest ?? -1);
  for (; at > 0 && found.length < limit; at -= 1) {
    found.push(...(yield* all(sql, at, prefix, prefix + BEYOND, limit - found.length)).map(toTerm));
  }
  if (at < 0 || found.length >= limit) return found;
  // All of these occur once.
  const rows = yield* all(alike, prefix, prefix + BEYOND, limit - found.length);
  return [...found, ...rows.map(toTerm)];
}

export function* findMisspellings(
  field: Field,
  asked: readonly string[],
  limit: number,
): Script<readonly (readonly Misspelling[])[]> {
  const found: (readonly Misspelling[])[] = [];
  for (const word of asked) {
    const allowed = editsAllowed(word);
    const around = new Set(yield* termsAround(word));
    const near = [...around].filter(term => term !== word && countEdits(word, term, allowed) <= allowed);
    found.push(near.length === 0 ? [] : misspellingsOf(word, yield* findTerms(field, near, []), limit));
  }
  return found;
}

/** Returns terms with the length and the beginning or end of a misspelling, some of them twice. */
function* termsAround(word: string): Script<readonly string[]> {
  const ranges = rangesAround(word);
  const around: string[] = [];
  for (const by of ['term', 'reversed'] as const) {
    const these = ranges.filter(range => range.by === by);
    if (these.length === 0) continue;
    const sql = `SELECT ${by} AS found FROM json_each(?) AS range CROSS JOIN json_each(?) AS size CROSS JOIN terms
      WHERE length = size.value AND ${by} >= range.value AND ${by} < range.value || '${BEYOND}'`;
    const begins = these.map(each => each.begins);
    for (const { found } of yield* all(sql, begins, lengthsOf(these))) {
      around.push(by === 'term' ? decodeText(found) : reverse(decodeText(found)));
    }
  }
  return around;
}

/** All ranges around one word have the same lengths. */
function lengthsOf([range]: readonly SpellingRange[]): number[] {
  const { shortest, longest } = range ?? { shortest: 1, longest: 0 };
  return Array.from({ length: longest - shortest + 1 }, (_, at) => shortest + at);
}

function toTerm({ number, term, frequency }: Row): Term {
  return { number: Number(number), term: decodeText(term), frequency: Number(frequency) };
}
