import type { IndexedName, IndexedUnit } from '../../indexing/index-article.ts';
import {
  countEdits,
  editsAllowed,
  LONGEST_SPELLING,
  misspellingsOf,
  rangesAround,
  reverse,
  type SpellingRange,
} from '../../words/spellings.ts';
import { decodeText, encodeText, toText } from './columns.ts';
import { mapInPieces, piecesOf } from './in-pieces.ts';
import type { Field, Misspelling, Term } from './library-index.ts';
import { HEAD_LENGTH } from './postgres/schema.ts';
import {
  all,
  byDatabase,
  encodeRows,
  first,
  inSteps,
  insertAll,
  place,
  type Row,
  type Script,
  together,
  type Value,
} from './script.ts';
import { commonNumberOf } from './tokens.ts';

/**
 * The columns with a term's frequency, and those that order the terms with a short prefix: its power of two in SQLite,
 * and its logarithm in PostgreSQL.
 */
const COLUMNS = {
  text: { count: 'in_text', magnitude: 'text_magnitude', rank: 'text_rank' },
  name: { count: 'in_names', magnitude: 'name_magnitude', rank: 'name_rank' },
} as const;

/** Sorts after every continuation of a prefix. */
const LAST = '\u{10ffff}';

/** Few terms share a prefix of this length. */
const SELECTIVE_LENGTH = 4;

/** Adds to the counts of terms, and new terms. Returns the number of each term. */
export function* countTerms(
  spellings: readonly Pick<IndexedName, 'terms'>[],
  units: readonly IndexedUnit[],
): Script<ReadonlyMap<string, number>> {
  const [inText, inNames] = [new Map<string, number>(), new Map<string, number>()];
  for (const { terms } of spellings) countEach(inNames, new Set(terms));
  yield* inSteps(mapInPieces(units, ({ terms }) => countEach(inText, new Set(terms))));
  const counts = [...new Set([...inText.keys(), ...inNames.keys()])].map(term => ({
    ...{ term, in_text: inText.get(term) ?? 0, in_names: inNames.get(term) ?? 0 },
  }));
  const numbers = new Map<string, number>();
  for (const piece of piecesOf(counts)) yield* storeTerms(piece, numbers);
  return numbers;
}

interface TermCount {
  readonly term: string;
  readonly in_text: number;
  readonly in_names: number;
}

function* storeTerms(counts: readonly TermCount[], numbers: Map<string, number>): Script<void> {
  const known = yield* all(
    `UPDATE {terms} SET in_text = terms.in_text + more.in_text, in_names = terms.in_names + more.in_names
      FROM {?1 as more (asked text, in_text bigint, in_names bigint)} WHERE {here} AND {is_asked_term}
      RETURNING number, term`,
    encodeRows(counts.map(({ term, ...count }) => ({ asked: encodeText(term), ...count }))),
  );
  for (const { number, term } of known) numbers.set(decodeText(term), Number(number));
  const added = counts.filter(({ term }) => !numbers.has(term));
  const rare = added.filter(({ term }) => commonNumberOf(term) === undefined);
  const taken = yield* takeNumbers('term', rare.length);
  for (const [at, { term }] of rare.entries()) numbers.set(term, taken[at] ?? 0);
  const rows = added.map(({ term, ...count }) => {
    const isShort = term.length <= LONGEST_SPELLING;
    const number = numbers.get(term) ?? commonNumberOf(term) ?? 0;
    numbers.set(term, number);
    return {
      ...{ number, term: encodeText(term), length: term.length, ...count },
      bare: term.includes("'") && isShort ? encodeText(term.replaceAll("'", '')) : null,
      reversed: isShort ? encodeText(reverse(term)) : null,
    };
  });
  yield* insertAll('terms', rows);
  yield* rankTerms(counts.map(({ term }) => numbers.get(term) ?? 0));
}

/** Subtracts counts by term number and deletes unused terms. */
export function* uncountTerms(inText: ReadonlyMap<number, number>, inNames: ReadonlyMap<number, number>): Script<void> {
  const numbers = [...new Set([...inText.keys(), ...inNames.keys()])];
  if (numbers.length === 0) return;
  yield* all(
    `UPDATE {terms} SET in_text = terms.in_text - less.in_text, in_names = terms.in_names - less.in_names
      FROM {?1 as less (asked bigint, in_text bigint, in_names bigint)} WHERE {here} AND number = asked`,
    encodeRows(numbers.map(asked => ({ asked, in_text: inText.get(asked) ?? 0, in_names: inNames.get(asked) ?? 0 }))),
  );
  yield* all('DELETE FROM {terms} WHERE {here} AND {number in ?1} AND in_text = 0 AND in_names = 0', numbers);
  yield* rankTerms(numbers);
}

/**
 * In SQLite, updates the powers of two of terms' frequencies where they changed. PostgreSQL computes its ranks. In
 * SQLite, computed ones would be indexed again with every change of a frequency.
 */
function* rankTerms(numbers: readonly number[]): Script<void> {
  if ((yield* place()).database === 'postgres') return;
  const [text, name] = ['in_text', 'in_names'].map(count => `CASE WHEN ${count} > 0 THEN floor(log2(${count})) END`);
  yield* all(
    `UPDATE terms SET text_magnitude = ${text}, name_magnitude = ${name}
      WHERE {number in ?1} AND (text_magnitude IS NOT ${text} OR name_magnitude IS NOT ${name})`,
    numbers,
  );
}

export function countEach<Item>(counts: Map<Item, number>, items: Iterable<Item>): void {
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
}

/** Returns `count` numbers that were never used in this library. */
export function* takeNumbers(counter: 'article' | 'term' | 'form', count: number): Script<readonly number[]> {
  if (count === 0) return [];
  const sql = `UPDATE {totals} SET ${counter} = ${counter} + ?1 WHERE {here} RETURNING ${counter} AS last`;
  const last = Number((yield* first(sql, count))?.last);
  return Array.from({ length: count }, (_, at) => last - count + 1 + at);
}

/** Returns the library's terms that are in `asked`, or equal one in `bare` except for apostrophes. */
export function* findTerms(field: Field, asked: readonly string[], bare: readonly string[]): Script<readonly Term[]> {
  if (asked.length + bare.length === 0) return [];
  const { count } = COLUMNS[field];
  const selected = `SELECT number, term, ${count} AS frequency FROM {terms} WHERE {here} AND ${count} > 0`;
  const rows = yield* all(
    `${selected} AND {is_among_terms} UNION ${selected} AND {bare in ?2}`,
    ...[asked.map(encodeText), bare.filter(isShort).map(encodeText)],
  );
  return rows.map(toTerm);
}

/** Returns terms with this prefix, most frequent first. */
export const findTermsWithPrefix = byDatabase<[field: Field, prefix: string, limit: number], readonly Term[]>({
  // Reads the most frequent terms first, one power of two after the other. Within each they are indexed by letters, so
  // that even a short prefix needs no sorting of all its terms.
  *sqlite(field, prefix, limit) {
    const { count: frequency, magnitude } = COLUMNS[field];
    const found: Term[] = [];
    const greatest = `SELECT max(${magnitude}) AS greatest FROM terms WHERE ${magnitude} IS NOT NULL`;
    const sql = `SELECT number, term, ${frequency} AS frequency FROM terms
      WHERE ${magnitude} = ? AND term >= ? AND term < ? ORDER BY ${frequency} DESC, term LIMIT ?`;
    const alike = `SELECT number, term, ${frequency} AS frequency FROM terms
      WHERE ${magnitude} = 0 AND term >= ? AND term < ? ORDER BY term LIMIT ?`;
    let at = Number((yield* first(greatest))?.greatest ?? -1);
    for (; at > 0 && found.length < limit; at -= 1) {
      found.push(...(yield* all(sql, at, prefix, prefix + LAST, limit - found.length)).map(toTerm));
    }
    if (at < 0 || found.length >= limit) return found;
    // All of these occur once.
    const rows = yield* all(alike, prefix, prefix + LAST, limit - found.length);
    return [...found, ...rows.map(toTerm)];
  },
  *postgres(field, prefix, limit) {
    const begins = encodeText(prefix);
    if (begins === '') return [];
    const rows = yield* [...begins].length > 2
      ? withLongPrefix(field, begins, limit)
      : withShortPrefix(field, begins, limit);
    return rows.filter(({ term }) => toText(term).startsWith(begins)).map(toTerm);
  },
});

/** Returns for each word the terms that it may misspell (`editsAllowed`), closest first, then most frequent. */
export const findMisspellings = byDatabase<
  [field: Field, asked: readonly string[], limit: number],
  readonly (readonly Misspelling[])[]
>({
  *sqlite(field, asked, limit) {
    const found: (readonly Misspelling[])[] = [];
    for (const word of asked) {
      const allowed = editsAllowed(word);
      const around = new Set(yield* termsAround(word));
      const near = [...around].filter(term => term !== word && countEdits(word, term, allowed) <= allowed);
      found.push(near.length === 0 ? [] : misspellingsOf(word, yield* findTerms(field, near, []), limit));
    }
    return found;
  },
  *postgres(field, asked, limit) {
    const ranges = asked.flatMap((word, at) => rangesAround(word).map(range => ({ at, ...range })));
    if (ranges.length === 0) return asked.map(() => []);
    const isSelective = ({ by, begins }: Range) => by === 'term' && begins.length >= SELECTIVE_LENGTH;
    const short = ranges.filter(range => !isSelective(range));
    const found = yield* together(
      ...inRanges(field, ranges.filter(isSelective)),
      ...(['term', 'reversed'] as const).flatMap(by =>
        inRangesByLength(
          field,
          by,
          short.filter(range => range.by === by),
        ),
      ),
    );
    const near = asked.map(() => new Map<number, Term>());
    for (const row of found.flat()) near[Number(row.at)]?.set(Number(row.number), toTerm(row));
    return asked.map((word, at) => misspellingsOf(word, near[at]?.values() ?? [], limit));
  },
});

/** Returns terms with the length and the beginning or end of a misspelling, some of them twice. */
function* termsAround(word: string): Script<readonly string[]> {
  const ranges = rangesAround(word);
  const around: string[] = [];
  for (const by of ['term', 'reversed'] as const) {
    const these = ranges.filter(range => range.by === by);
    const [range] = these;
    if (range === undefined) continue;
    const sql = `SELECT ${by} AS found FROM json_each(?) AS range CROSS JOIN json_each(?) AS size CROSS JOIN terms
      WHERE length = size.value AND ${by} >= range.value AND ${by} < range.value || '${LAST}'`;
    const begins = these.map(each => each.begins);
    // All ranges around one word have the same lengths.
    for (const { found } of yield* all(sql, begins, lengthsOf(range))) {
      around.push(by === 'term' ? decodeText(found) : reverse(decodeText(found)));
    }
  }
  return around;
}

function lengthsOf({ shortest, longest }: SpellingRange): number[] {
  return Array.from({ length: longest - shortest + 1 }, (_, at) => shortest + at);
}

/** A range around the asked word with this index. */
type Range = SpellingRange & { readonly at: number };

function withLongPrefix(field: Field, begins: string, limit: number): Script<readonly Row[]> {
  const { count } = COLUMNS[field];
  const head = `left(term, ${HEAD_LENGTH})`;
  return all(
    `SELECT number, term, ${count} AS frequency FROM verbatim.terms
      WHERE library = $1 AND ${head} >= $2 AND ${head} < $3 AND ${count} > 0 ORDER BY ${count} DESC, term LIMIT $4`,
    ...[headOf(begins), headOf(begins) + LAST, limit],
  );
}

/** Very many terms share one or two first letters, so only the most frequent are read, in index order. */
function withShortPrefix(field: Field, begins: string, limit: number): Script<readonly Row[]> {
  const { count, rank } = COLUMNS[field];
  const from = `FROM verbatim.terms WHERE library = $1 AND ${rank} > 0 AND left(term, ${[...begins].length}) = $2`;
  return all(
    `SELECT number, term, ${count} AS frequency ${from} AND ${rank} >= coalesce(
        (SELECT ${rank} ${from} ORDER BY ${rank} DESC LIMIT 1 OFFSET $3), 0)
      ORDER BY ${count} DESC, term LIMIT $4`,
    ...[begins, Math.max(0, limit - 1), limit],
  );
}

type SqlWithValues = readonly [sql: string, ...values: Value[]];

/** Few terms share these prefixes, whatever their length. `OFFSET 0` makes each range its own look-up. */
function inRanges(field: Field, ranges: readonly Range[]): readonly SqlWithValues[] {
  if (ranges.length === 0) return [];
  const { count } = COLUMNS[field];
  const head = `left(term, ${HEAD_LENGTH})`;
  const sql = `SELECT asked.at, found.* FROM unnest($2::int[], $3::int[], $4::int[], $5::text[], $6::text[])
      AS asked (at, shortest, longest, begins, beyond)
    CROSS JOIN LATERAL (SELECT number, term, ${count} AS frequency FROM verbatim.terms
      WHERE library = $1 AND ${head} >= asked.begins COLLATE "C" AND ${head} < asked.beyond COLLATE "C"
        AND length BETWEEN asked.shortest AND asked.longest AND ${count} > 0 OFFSET 0) AS found`;
  const lengths = [ranges.map(({ shortest }) => shortest), ranges.map(({ longest }) => longest)];
  const begins = ranges.map(range => encodeText(range.begins));
  return [[sql, ranges.map(({ at }) => at), ...lengths, begins, begins.map(each => each + LAST)]];
}

/** Very many terms share these prefixes or suffixes, so their length is looked up as well. */
function inRangesByLength(field: Field, by: 'term' | 'reversed', ranges: readonly Range[]): readonly SqlWithValues[] {
  if (ranges.length === 0) return [];
  const { count } = COLUMNS[field];
  const asked = ranges.flatMap(range => lengthsOf(range).map(length => ({ ...range, length })));
  const sql = `SELECT asked.at, found.* FROM unnest($2::int[], $3::int[], $4::text[], $5::text[])
      AS asked (at, length, begins, beyond)
    CROSS JOIN LATERAL (SELECT number, term, ${count} AS frequency FROM verbatim.terms
      WHERE library = $1 AND length = asked.length AND reversed IS NOT NULL AND ${count} > 0
        AND ${by} >= asked.begins COLLATE "C" AND ${by} < asked.beyond COLLATE "C" OFFSET 0) AS found`;
  const begins = asked.map(range => encodeText(range.begins));
  return [[sql, asked.map(({ at }) => at), asked.map(({ length }) => length), begins, begins.map(each => each + LAST)]];
}

/** The indexed part of a term, in the server's characters. */
function headOf(term: string): string {
  return [...encodeText(term).slice(0, 2 * HEAD_LENGTH)].slice(0, HEAD_LENGTH).join('');
}

function isShort(term: string): boolean {
  return term.length <= LONGEST_SPELLING;
}

function toTerm({ number, term, frequency }: Row): Term {
  return { number: Number(number), term: decodeText(term), frequency: Number(frequency) };
}
