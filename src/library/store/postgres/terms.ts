import { LONGEST_SPELLING, misspellingsOf, rangesAround, type SpellingRange } from '../../../words/spellings.ts';
import { decodeText, encodeText, toText } from '../columns.ts';
import type { Field, Misspelling, Term } from '../library-index.ts';
import { all, type Row, type Script, together, type Value } from '../script.ts';
import { HEAD_LENGTH } from './schema.ts';

/** The columns with a term's frequency, and with its logarithm, by which short prefixes are ordered. */
const COLUMNS = {
  text: { count: 'in_text', rank: 'text_rank' },
  name: { count: 'in_names', rank: 'name_rank' },
} as const;

/** Few terms share a prefix of this length. */
const SELECTIVE_LENGTH = 4;

/** Sorts after every continuation of a prefix. */
const LAST = '\u{10ffff}';

/** A range around the asked word with this index. */
type Range = SpellingRange & { readonly at: number };

export function* findTerms(field: Field, asked: readonly string[], bare: readonly string[]): Script<readonly Term[]> {
  if (asked.length + bare.length === 0) return [];
  const { count } = COLUMNS[field];
  const selected = `SELECT number, term, ${count} AS frequency FROM verbatim.terms WHERE library = $1 AND ${count} > 0`;
  const rows = yield* all(
    `${selected} AND left(term, ${HEAD_LENGTH}) = ANY ($2::text[]) AND term = ANY ($3::text[])
      UNION ${selected} AND bare = ANY ($4::text[])`,
    ...[asked.map(headOf), asked.map(encodeText), bare.filter(isShort).map(encodeText)],
  );
  return rows.map(toTerm);
}

export function* findTermsWithPrefix(field: Field, prefix: string, limit: number): Script<readonly Term[]> {
  const begins = encodeText(prefix);
  if (begins === '') return [];
  const rows = yield* [...begins].length > 2
    ? withLongPrefix(field, begins, limit)
    : withShortPrefix(field, begins, limit);
  return rows.filter(({ term }) => toText(term).startsWith(begins)).map(toTerm);
}

export function* findMisspellings(
  field: Field,
  asked: readonly string[],
  limit: number,
): Script<readonly (readonly Misspelling[])[]> {
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
}

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
  const asked = ranges.flatMap(({ shortest, longest, ...range }) =>
    Array.from({ length: longest - shortest + 1 }, (_, more) => ({ ...range, length: shortest + more })),
  );
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
