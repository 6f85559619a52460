import { longestSpelling, misspellingsOf, rangesAround } from '../indexing/spellings.ts';
import type { Field, Misspelling, Term } from './library-index.ts';
import type { PostgresConnection } from './postgres-connection.ts';
import { headLength } from './postgres-schema.ts';
import { fromColumn, toColumn } from './postgres-values.ts';

/** Columns of a field: how many hold a term, and the power of ten of it, in quarters, by which short beginnings are ordered. */
const columns = {
  text: { count: 'in_text', rank: 'text_rank' },
  name: { count: 'in_names', rank: 'name_rank' },
} as const;

/** Whatever begins with a beginning comes before it with this behind it. */
const last = '\u{10ffff}';

type TermRow = { readonly number: number; readonly term: string; readonly frequency: number };

/** The terms of one library. */
export class PostgresVocabulary {
  readonly #connection: PostgresConnection;
  readonly #library: string;

  constructor(connection: PostgresConnection, library: string) {
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
    const [byTerm, byReverse] = await Promise.all([
      this.#within(
        of,
        'term',
        ranges.filter(({ by }) => by === 'term'),
      ),
      this.#within(
        of,
        'reversed',
        ranges.filter(({ by }) => by === 'reversed'),
      ),
    ]);
    const near = asked.map(() => new Map<number, Term>());
    for (const { at, ...term } of [...byTerm, ...byReverse]) near[at]?.set(term.number, toTerm(term));
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

  #within(
    of: Field,
    by: 'term' | 'reversed',
    ranges: readonly {
      readonly at: number;
      readonly begins: string;
      readonly shortest: number;
      readonly longest: number;
    }[],
  ): Promise<readonly (TermRow & { readonly at: number })[]> {
    const { count } = columns[of];
    return this.#connection.read<TermRow & { at: number }>(
      `SELECT asked.at, found.* FROM unnest($2::int[], $3::text[], $4::text[], $5::int[], $6::int[])
          AS asked (at, begins, beyond, shortest, longest)
        CROSS JOIN LATERAL generate_series(asked.shortest, asked.longest) AS lengths (length)
        CROSS JOIN LATERAL (SELECT number, term, ${count} AS frequency FROM verbatim.terms
          WHERE library = $1 AND terms.length = lengths.length AND reversed IS NOT NULL AND ${count} > 0
            AND ${by} >= asked.begins COLLATE "C" AND ${by} < asked.beyond COLLATE "C") AS found`,
      ...[this.#library, ranges.map(({ at }) => at), ranges.map(({ begins }) => toColumn(begins))],
      ranges.map(({ begins }) => toColumn(begins) + last),
      ...[ranges.map(({ shortest }) => shortest), ranges.map(({ longest }) => longest)],
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
