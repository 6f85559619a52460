import type pg from 'pg';
import { message } from '../../../wording/say.ts';
import { StorageError } from '../errors.ts';
import type { Script } from '../script.ts';
import { lastCommon } from '../tokens.ts';
import { type Query, runScript, type Value } from './connection.ts';

/** The numbers assigned last, and how many articles and units there are. */
type Counters = Record<'revision' | 'article' | 'term' | 'form' | 'articles' | 'units', number>;

/** A transaction that changes one library. The caller holds the library's lock. */
export class LibraryTransaction {
  readonly library: string;
  readonly #query: Query;
  readonly #counters: Counters;

  private constructor(library: string, query: Query, counters: Counters) {
    this.library = library;
    this.#query = query;
    this.#counters = counters;
  }

  /**
   * Creates a library, unless it exists, and runs `change`. Revisions start at the current time, so that a library that
   * was erased and created again never reuses one that a cache may still hold.
   */
  static async create(
    library: string,
    query: Query,
    change: (transaction: LibraryTransaction) => Promise<void>,
  ): Promise<void> {
    const rows = await query(
      'INSERT INTO verbatim.libraries VALUES ($1, $2, 0, $3, 0, 0, 0) ON CONFLICT DO NOTHING RETURNING library',
      ...[library, Date.now(), lastCommon],
    );
    if (rows.length > 0) await LibraryTransaction.run(library, query, change);
  }

  /** Runs `change`, reading the counters before and writing them after it. */
  static async run<Result>(
    library: string,
    query: Query,
    change: (transaction: LibraryTransaction) => Promise<Result>,
  ): Promise<Result> {
    const [counters] = await query<Counters>('SELECT * FROM verbatim.libraries WHERE library = $1', library);
    if (counters === undefined) throw new StorageError(message('keeping.erased-unchanged'));
    const transaction = new LibraryTransaction(library, query, counters);
    const result = await change(transaction);
    const { revision, article, term, form, articles, units } = counters;
    await query(
      `UPDATE verbatim.libraries SET revision = $2, article = $3, term = $4, form = $5, articles = $6, units = $7
        WHERE library = $1`,
      ...[library, revision, article, term, form, articles, units],
    );
    return result;
  }

  get articles(): number {
    return this.#counters.articles;
  }

  /** Runs a statement whose `$1` is the library; the values follow. */
  query<Row extends pg.QueryResultRow>(sql: string, ...values: readonly Value[]): Promise<readonly Row[]> {
    return this.#query<Row>(sql, this.library, ...values);
  }

  play<Result>(script: Script<Result>): Promise<Result> {
    return runScript(this.#query, this.library, script);
  }

  /** Assigns a number that was never used in this library. */
  next(counter: 'revision' | 'article' | 'term' | 'form'): number {
    return this.count(counter, 1);
  }

  /** Adds to a counter and returns it. */
  count(counter: keyof Counters, more: number): number {
    this.#counters[counter] += more;
    return this.#counters[counter];
  }
}
