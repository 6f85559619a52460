import { told } from '../wording/say.ts';
import { lastCommon } from './common-terms.ts';
import { CannotKeep } from './faults.ts';
import type { Ask } from './postgres-client.ts';

type Counters = Readonly<Record<'revision' | 'article' | 'term' | 'form' | 'articles' | 'units', number>>;

/** What a library counts: the numbers that were given out last, and how much there is. Read and written once a transaction. */
export class Ledger {
  readonly library: string;
  readonly #ask: Ask;
  #revision: number;
  #article: number;
  #term: number;
  #form: number;
  /** How many articles are in the library. */
  articles: number;
  units: number;

  private constructor(library: string, ask: Ask, counters: Counters) {
    this.library = library;
    this.#ask = ask;
    this.#revision = counters.revision;
    this.#article = counters.article;
    this.#term = counters.term;
    this.#form = counters.form;
    this.articles = counters.articles;
    this.units = counters.units;
  }

  /**
   * Begins to count for a library that was not there. Revisions begin with the moment: a library that was erased and is made again
   * never uses one twice, whoever still remembers it. Whether it was made.
   */
  static async make(library: string, ask: Ask): Promise<boolean> {
    const rows = await ask(
      `INSERT INTO verbatim.libraries VALUES ($1, $2, 0, $3, 0, 0, 0) ON CONFLICT DO NOTHING RETURNING library`,
      ...[library, Date.now(), lastCommon],
    );
    return rows.length > 0;
  }

  /** The caller has the library's turn to write. */
  static async open(library: string, ask: Ask): Promise<Ledger> {
    const [row] = await ask<Counters>('SELECT * FROM verbatim.libraries WHERE library = $1', library);
    if (row === undefined) throw new CannotKeep(told('keeping.erased-unchanged'));
    return new Ledger(library, ask, row);
  }

  /** Another one for every change of a row. */
  nextRevision(): number {
    this.#revision += 1;
    return this.#revision;
  }

  nextArticle(): number {
    this.#article += 1;
    return this.#article;
  }

  nextTerm(): number {
    this.#term += 1;
    return this.#term;
  }

  nextForm(): number {
    this.#form += 1;
    return this.#form;
  }

  async write(): Promise<void> {
    await this.#ask(
      `UPDATE verbatim.libraries SET revision = $2, article = $3, term = $4, form = $5, articles = $6, units = $7
        WHERE library = $1`,
      ...[this.library, this.#revision, this.#article, this.#term, this.#form, this.articles, this.units],
    );
  }
}
