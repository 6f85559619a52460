import { message } from '../../../wording/say.ts';
import { StorageError } from '../errors.ts';
import { afterPut, type PutEffects } from '../following.ts';
import type { Filter, LibraryIndex } from '../library-index.ts';
import type { Script } from '../script.ts';
import { SqlStore } from '../sql-store.ts';
import type { ArticleRef, Derivation, NewArticleRow, PutResult } from '../store.ts';
import type { NearParagraph } from '../vectors.ts';
import { deriveRow, putRow, removeRow, restoreRow } from './changes.ts';
import { type Database, runScript } from './connection.ts';
import { PostgresIndex } from './index.ts';
import { LibraryTransaction } from './transaction.ts';
import { nearest, saveVectors } from './vectors.ts';

/** One library in a PostgreSQL database. Writers wait for each other, in all processes; readers don't wait. */
export class PostgresStore extends SqlStore {
  readonly index: LibraryIndex;
  readonly isExclusive = false;
  readonly #connection: Database;
  readonly #library: string;
  #isClosed = false;

  constructor(connection: Database, library: string) {
    super();
    this.#connection = connection;
    this.#library = library;
    this.index = new PostgresIndex(connection, library);
  }

  put(row: NewArticleRow, limit: number, effects?: PutEffects): Promise<PutResult> {
    return this.#change(async transaction => {
      const put = await putRow(transaction, row, limit);
      await transaction.play(afterPut(put, effects));
      return put;
    });
  }

  remove(id: string, moment: number): Promise<boolean> {
    return this.#change(transaction => removeRow(transaction, id, moment));
  }

  restore(ref: ArticleRef, derivation: Derivation, limit: number): Promise<'restored' | 'full' | undefined> {
    return this.#change(transaction => restoreRow(transaction, ref, derivation, limit));
  }

  updateDerived(number: number, revision: number, derivation: Derivation): Promise<void> {
    return this.#change(transaction => deriveRow(transaction, { number, revision }, derivation));
  }

  saveVectors(ref: ArticleRef, model: string, vectors: Int8Array): Promise<void> {
    return this.#change(transaction => saveVectors(transaction, ref, model, vectors));
  }

  nearest(model: string, question: Int8Array, count: number, filter: Filter): Promise<readonly NearParagraph[]> {
    return nearest(this.#connection.read, this.#library, { model, question, count, filter });
  }

  close(): Promise<void> {
    this.#isClosed = true;
    return Promise.resolve();
  }

  protected read<Result>(script: Script<Result>): Promise<Result> {
    return runScript(this.#connection.read, this.#library, script);
  }

  protected write<Result>(script: Script<Result>): Promise<Result> {
    return this.#change(transaction => transaction.play(script));
  }

  /** The rows are gone at once; autovacuum frees their pages later. */
  protected erase<Result>(script: Script<Result>): Promise<Result> {
    return this.write(script);
  }

  #change<Result>(change: (transaction: LibraryTransaction) => Promise<Result>): Promise<Result> {
    if (this.#isClosed) throw new StorageError(message('keeping.closed'));
    return this.#connection.transaction(`library ${this.#library}`, query =>
      LibraryTransaction.run(this.#library, query, change),
    );
  }
}
