import { StorageError } from '../errors.ts';
import type { PutEffects } from '../following.ts';
import type { Filter } from '../library-index.ts';
import type { Script } from '../script.ts';
import { SqlStore } from '../sql-store.ts';
import type { ArticleRef, Derivation, NewArticleRow, PutResult, StorageMonitor } from '../store.ts';
import type { NearParagraph } from '../vectors.ts';
import { type Change, type Changed, SqliteChanges } from './changes.ts';
import { asPromise, type SqliteConnection } from './connection.ts';
import { SqliteIndex } from './index.ts';
import { openOrCreate } from './schema.ts';
import type { SqliteThreads } from './threads.ts';
import { SqliteVectors } from './vectors.ts';

/** In added units, about 30 ms of work: more would block the event loop for too long. */
const maxCostHere = 300;
/** In articles, some ten paragraphs each: a few milliseconds of work. */
const maxScannedHere = 1_000;

/** One library in a SQLite file. */
export class SqliteStore extends SqlStore {
  readonly index: SqliteIndex;
  readonly #path: string;
  readonly #threads: SqliteThreads | undefined;
  readonly #connection: SqliteConnection;
  readonly #changes: SqliteChanges;
  /** Resolves when the last change is done. */
  #turn: Promise<void> = Promise.resolve();

  /** Opens the file, or creates it with the seeds. Without threads, all changes are made here; theirs aren't monitored. */
  constructor(
    path: string,
    seeds: readonly NewArticleRow[],
    threads: SqliteThreads | undefined,
    monitor?: StorageMonitor,
  ) {
    super();
    this.#path = path;
    this.#threads = threads;
    const fill = (connection: SqliteConnection) => {
      const changes = new SqliteChanges(connection);
      for (const seed of seeds) changes.put(seed, Number.POSITIVE_INFINITY);
    };
    this.#connection = openOrCreate(path, fill, monitor);
    this.#changes = new SqliteChanges(this.#connection);
    this.index = new SqliteIndex(this.#connection);
  }

  get isExclusive(): boolean {
    return this.#connection.isExclusive;
  }

  async put(row: NewArticleRow, limit: number, effects?: PutEffects): Promise<PutResult> {
    const changed = await this.#change({ kind: 'put', row, limit, effects });
    return changed.kind === 'put' ? changed.put : mismatch(changed);
  }

  async remove(id: string, moment: number): Promise<boolean> {
    const changed = await this.#change({ kind: 'remove', id, moment });
    return changed.kind === 'remove' ? changed.wasThere : mismatch(changed);
  }

  async restore(ref: ArticleRef, derivation: Derivation, limit: number): Promise<'restored' | 'full' | undefined> {
    const changed = await this.#change({ kind: 'restore', ref, derivation, limit });
    return changed.kind === 'restore' ? changed.restored : mismatch(changed);
  }

  async updateDerived(number: number, revision: number, derivation: Derivation): Promise<void> {
    await this.#change({ kind: 'derive', number, revision, derivation });
  }

  saveVectors(ref: ArticleRef, model: string, vectors: Int8Array): Promise<void> {
    return this.#inTurn(() => this.#changes.saveVectors(ref, model, vectors));
  }

  nearest(model: string, question: Int8Array, count: number, filter: Filter): Promise<readonly NearParagraph[]> {
    const vectors = new SqliteVectors(this.#connection);
    // One article's are few.
    const isLong = filter.article === undefined && vectors.scanned > maxScannedHere;
    // A thread opens its own connection.
    return this.#threads !== undefined && isLong && !this.isExclusive
      ? this.#threads.nearest({ kind: 'nearest', path: this.#path, model, question, count, filter })
      : asPromise(() => vectors.nearest(model, question, count, filter));
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#connection.close());
  }

  protected read<Result>(script: Script<Result>): Promise<Result> {
    return asPromise(() => this.#connection.runScript(script));
  }

  protected write<Result>(script: Script<Result>): Promise<Result> {
    return this.#inTurn(() => this.#connection.transaction(() => this.#connection.runScript(script)));
  }

  protected erase<Result>(script: Script<Result>): Promise<Result> {
    return this.#inTurn(() => {
      const result = this.#connection.transaction(() => this.#connection.runScript(script));
      // The write-ahead log still has the pages as they were.
      const outcome = this.#connection.get('PRAGMA wal_checkpoint(TRUNCATE)');
      if (outcome?.busy !== 0) throw new StorageError('Removed articles are still in use and will be purged later.');
      return result;
    });
  }

  #change(change: Change): Promise<Changed> {
    return this.#inTurn(() => {
      const isLong = this.#threads !== undefined && this.#changes.costOf(change) > maxCostHere;
      // A thread opens its own connection.
      return isLong && !this.isExclusive ? this.#threads.make(this.#path, change) : this.#changes.make(change);
    });
  }

  /** Writers wait for each other; readers don't wait. */
  #inTurn<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    const mine = this.#turn.then(work);
    this.#turn = mine.then(nothing, nothing);
    return mine;
  }
}

function mismatch({ kind }: Changed): never {
  throw new TypeError(`A change was answered with the result of another: ${kind}.`);
}

function nothing(): void {}
