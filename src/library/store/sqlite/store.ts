import { putArticle } from '../changes.ts';
import { StorageError } from '../errors.ts';
import { first, type Run, type RunnableScript } from '../script.ts';
import type { NewArticleRow, StorageMonitor, Store } from '../store.ts';
import type { SqliteConnection } from './connection.ts';
import { openOrCreate } from './schema.ts';
import type { SqliteThreads, Work } from './threads.ts';

/** One library in a SQLite file. Reads block the event loop, so each must be short. */
export class SqliteStore implements Store {
  readonly #path: string;
  readonly #threads: SqliteThreads | undefined;
  readonly #connection: SqliteConnection;
  /** Resolves when the last change is done. */
  #turn: Promise<void> = Promise.resolve();

  /** Opens the file, or creates it with the seeds. Without threads, all work is done here. Theirs isn't monitored. */
  constructor(
    path: string,
    seeds: readonly NewArticleRow[],
    threads: SqliteThreads | undefined,
    monitor?: StorageMonitor,
  ) {
    this.#path = path;
    this.#threads = threads;
    const fill = (connection: SqliteConnection) => {
      for (const seed of seeds) connection.run(putArticle(seed, Number.POSITIVE_INFINITY));
    };
    this.#connection = openOrCreate(path, fill, monitor);
  }

  get isExclusive(): boolean {
    return this.#connection.isExclusive;
  }

  read: Run = async (script, ...values) =>
    await (this.#runLong('reading', script, values) ?? this.#connection.run(script(...values)));

  write<Values extends readonly unknown[], Result>(
    script: RunnableScript<Values, Result>,
    ...values: Values
  ): Promise<Result> {
    return this.#inTurn(
      () =>
        this.#runLong('writing', script, values) ??
        this.#connection.transaction(() => this.#connection.run(script(...values))),
    );
  }

  erase: Run = (script, ...values) =>
    this.#inTurn(() => {
      const result = this.#connection.transaction(() => this.#connection.run(script(...values)));
      // The write-ahead log still has the pages as they were.
      const outcome = this.#connection.run(first('PRAGMA wal_checkpoint(TRUNCATE)'));
      if (outcome?.busy !== 0) throw new StorageError('Removed articles are still in use and will be purged later.');
      return result;
    });

  close(): Promise<void> {
    return this.#inTurn(() => this.#connection.close());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Runs a long script in a thread, which opens its own connection. Returns `undefined` if it isn't long. */
  #runLong<Values extends readonly unknown[], Result>(
    work: Work,
    { longName, isLong }: RunnableScript<Values, Result>,
    values: Values,
  ): Promise<Result> | undefined {
    if (this.#threads === undefined || this.isExclusive || longName === undefined || isLong === undefined)
      return undefined;
    if (!this.#connection.run(isLong(...values))) return undefined;
    return this.#threads.run<Result>(work, { path: this.#path, name: longName, values });
  }

  /** Writers wait for each other; readers don't wait. */
  #inTurn<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    const mine = this.#turn.then(work);
    this.#turn = mine.then(nothing, nothing);
    return mine;
  }
}

function nothing(): void {}
