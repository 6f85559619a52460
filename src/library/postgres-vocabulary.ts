import { longestSpelling, misspellingsOf, rangesAround, type SpellingRange } from '../indexing/spellings.ts';
import type { Field, Misspelling, Term } from './library-index.ts';
import type { Asked } from './postgres-connection.ts';
import { headLength } from './postgres-schema.ts';
import { fromColumn, toColumn } from './postgres-values.ts';

/** Columns of a field: how many hold a term, and the power of ten of it, in quarters, by which short beginnings are ordered. */
const columns = {
  text: { count: 'in_text', rank: 'text_rank' },
  name: { count: 'in_names', rank: 'name_rank' },
} as const;

/** So many letters leave few terms. */
const selectiveLength = 4;

/** Whatever begins with a beginning comes before it with this behind it. */
const last = '\u{10ffff}';

/** Of the asked word at this place. */
type Range = SpellingRange & { readonly at: number };
type FoundRow = TermRow & { readonly at: number };
type TermRow = { readonly number: number; readonly term: string; readonly frequency: number };

/** The terms of one library. */
export class PostgresVocabulary {
  readonly #connection: Asked;
  readonly #library: string;

  constructor(connection: Asked, library: string) {
    this.#connection = connection;
    this.#library = library;
  }

  async terms(of: Field, asked: readonly string[], bare: readonly string[]): Promise<readonly Term[]> {
    if (asked.length + bare.length === 0) return [];
    const { count } = columns[of];
    const selected = `SELECT number, term, ${count} AS frequency FROM verbatim.terms WHERE library = $1 AND ${count} > 0`;
    const rows = await this.#connection.read<TermRow>(
      `${selected} AND left(term, ${headLength}) = ANY ($2::text[]) AND term = ANY ($3::text[])
        UNION ${selected} AND bare = ANY ($4::text[])`,
      ...[this.#library, asked.map(headOf), asked.map(toColumn), bare.filter(isShort).map(toColumn)],
    );
    return rows.map(toTerm);
  }

  async begun(of: Field, prefix: string, most: number): Promise<readonly Term[]> {
    const begins = toColumn(prefix);
    if (begins === '') return [];
    const rows =
      [...begins].length > 2 ? await this.#begunLong(of, begins, most) : await this.#begunShort(of, begins, most);
    return rows.filter(({ term }) => term.startsWith(begins)).map(toTerm);
  }

  async misspelt(of: Field, asked: readonly string[], most: number): Promise<readonly (readonly Misspelling[])[]> {
    const ranges = asked.flatMap((word, at) => rangesAround(word).map(range => ({ at, ...range })));
    if (ranges.length === 0) return asked.map(() => []);
    const isSelective = ({ by, begins }: Range) => by === 'term' && begins.length >= selectiveLength;
    const short = ranges.filter(range => !isSelective(range));
    const found = await Promise.all([
      this.#beginning(of, ranges.filter(isSelective)),
      ...(['term', 'reversed'] as const).map(by =>
        this.#within(
          of,
          by,
          short.filter(range => range.by === by),
        ),
      ),
    ]);
    const near = asked.map(() => new Map<number, Term>());
    for (const { at, ...term } of found.flat()) near[at]?.set(term.number, toTerm(term));
    return asked.map((word, at) => misspellingsOf(word, near[at]?.values() ?? [], most));
  }

  #begunLong(of: Field, begins: string, most: number): Promise<readonly TermRow[]> {
    const { count } = columns[of];
    const head = `left(term, ${headLength})`;
    return this.#connection.read<TermRow>(
      `SELECT number, term, ${count} AS frequency FROM verbatim.terms
        WHERE library = $1 AND ${head} >= $2 AND ${head} < $3 AND ${count} > 0 ORDER BY ${count} DESC, term LIMIT $4`,
      ...[this.#library, headOf(begins), headOf(begins) + last, most],
    );
  }

  /** Very many terms begin with one or two letters: those of the highest ranks are enough, and an index has them in order. */
  #begunShort(of: Field, begins: string, most: number): Promise<readonly TermRow[]> {
    const { count, rank } = columns[of];
    const from = `FROM verbatim.terms WHERE library = $1 AND ${rank} > 0 AND left(term, ${[...begins].length}) = $2`;
    return this.#connection.read<TermRow>(
      `SELECT number, term, ${count} AS frequency ${from} AND ${rank} >= coalesce(
          (SELECT ${rank} ${from} ORDER BY ${rank} DESC LIMIT 1 OFFSET $3), 0)
        ORDER BY ${count} DESC, term LIMIT $4`,
      ...[this.#library, begins, Math.max(0, most - 1), most],
    );
  }

  /** Few terms begin so, whatever their length. `OFFSET 0` keeps each range a look-up of its own. */
  #beginning(of: Field, ranges: readonly Range[]): Promise<readonly FoundRow[]> {
    if (ranges.length === 0) return Promise.resolve([]);
    const { count } = columns[of];
    const head = `left(term, ${headLength})`;
    return this.#connection.read<FoundRow>(
      `SELECT asked.at, found.* FROM unnest($2::int[], $3::int[], $4::int[], $5::text[], $6::text[])
          AS asked (at, shortest, longest, begins, beyond)
        CROSS JOIN LATERAL (SELECT number, term, ${count} AS frequency FROM verbatim.terms
          WHERE library = $1 AND ${head} >= asked.begins COLLATE "C" AND ${head} < asked.beyond COLLATE "C"
            AND length BETWEEN asked.shortest AND asked.longest AND ${count} > 0 OFFSET 0) AS found`,
      ...[this.#library, ranges.map(({ at }) => at), ranges.map(({ shortest }) => shortest)],
      ...[ranges.map(({ longest }) => longest), ranges.map(({ begins }) => toColumn(begins))],
      ranges.map(({ begins }) => toColumn(begins) + last),
    );
  }

  /** Very many terms begin or end so: only those of a length are looked up. */
  #within(of: Field, by: 'term' | 'reversed', ranges: readonly Range[]): Promise<readonly FoundRow[]> {
    if (ranges.length === 0) return Promise.resolve([]);
    const { count } = columns[of];
    const asked = ranges.flatMap(({ shortest, longest, ...range }) =>
      Array.from({ length: longest - shortest + 1 }, (_, more) => ({ ...range, length: shortest + more })),
    );
    return this.#connection.read<FoundRow>(
      `SELECT asked.at, found.* FROM unnest($2::int[], $3::int[], $4::text[], $5::text[])
          AS asked (at, length, begins, beyond)
        CROSS JOIN LATERAL (SELECT number, term, ${count} AS frequency FROM verbatim.terms
          WHERE library = $1 AND length = asked.length AND reversed IS NOT NULL AND ${count} > 0
            AND ${by} >= asked.begins COLLATE "C" AND ${by} < asked.beyond COLLATE "C" OFFSET 0) AS found`,
      ...[this.#library, asked.map(({ at }) => at), asked.map(({ length }) => length)],
      ...[asked.map(({ begins }) => toColumn(begins)), asked.map(({ begins }) => toColumn(begins) + last)],
    );
  }
}

/** The part of a term that is in the index, as the server counts it. */
function headOf(term: string): string {
  return [...toColumn(term).slice(0, 2 * headLength)].slice(0, headLength).join('');
}

function isShort(term: string): boolean {
  return term.length <= longestSpelling;
}

function toTerm({ number, term, frequency }: TermRow): Term {
  return { number, term: fromColumn(term), frequency };
}
