import { closeSync, existsSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { withStorageErrors } from '../errors.ts';
import { makeFolder } from '../make-folder.ts';
import { play, type Row, type Script, type SqlStatement, translator } from '../script.ts';
import type { StorageMonitor } from '../store.ts';

/** A cache of the pages of a file. */
interface Cache {
  /** Returns the most bytes it can grow to. */
  extent(): number;
  /** Frees everything it holds. */
  shrink(): void;
}

/**
 * Limits the memory of all open files' page caches together: using a file shrinks the caches that were used least
 * recently. Freed pages are read again from the system's file cache. Freed memory isn't returned to the system but
 * reused, so the limit holds at every moment.
 */
export class PageCaches {
  readonly #mostBytes: number;
  /** In order of use, least recent first. */
  readonly #held = new Map<Cache, number>();
  #bytes = 0;
  #newest: Cache | undefined;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Called before each use. */
  use(cache: Cache): void {
    if (this.#newest === cache) return;
    this.forget(cache);
    const bytes = cache.extent();
    this.#newest = cache;
    this.#held.set(cache, bytes);
    this.#bytes += bytes;
    for (const oldest of this.#held.keys()) {
      if (this.#bytes <= this.#mostBytes || oldest === cache) return;
      this.forget(oldest);
      oldest.shrink();
    }
  }

  forget(cache: Cache): void {
    this.#bytes -= this.#held.get(cache) ?? 0;
    this.#held.delete(cache);
    if (this.#newest === cache) this.#newest = undefined;
  }
}

/** Translates a statement into SQLite's SQL and values. Lists become JSON. */
export function translate(statement: SqlStatement): readonly [sql: string, ...values: SQLInputValue[]] {
  const values = valuesOf(statement).map(value => {
    if (typeof value === 'boolean') return Number(value);
    return typeof value !== 'object' || value === null || value instanceof Uint8Array ? value : JSON.stringify(value);
  });
  return [sqlOf(statement), ...values];
}

const MEBIBYTE = 1024 * 1024;
/** Limits for one file, and for all open files of the process. A library of 200 articles has about 4 MiB. */
const [CACHE_OF_ONE, CACHE_OF_ALL] = [16 * MEBIBYTE, 128 * MEBIBYTE];
const cachesOfAll = new PageCaches(CACHE_OF_ALL);

const NAMES: Readonly<Record<string, string>> = {
  here: 'TRUE',
  library_column: '',
  library_value: '',
  articles_with_metadata: 'articles JOIN texts USING (number)',
  articles_with_vectors: 'articles JOIN vectors USING (number)',
  articles_with_text: 'articles JOIN texts USING (number) LEFT JOIN derived USING (number)',
  no_keys: "'[]'",
  speakers_of_articles: `(SELECT speakers.number, articles.id AS article, shown, said, clear, uncertain, keys,
    articles.published
    FROM speakers CROSS JOIN articles ON articles.number = speakers.number >> 20)`,
  is_asked_term: 'term = asked',
  is_among_terms: 'term IN (SELECT value FROM json_each(?1))',
  each_word: 'json_each(words)',
  // What rows of PostgreSQL repeat of their article.
  keys_of_articles: `(SELECT keys.*, articles.id AS article, outlet
    FROM keys CROSS JOIN articles ON articles.number = keys.speaker >> 20)`,
  units_of_articles: `(SELECT units.*, articles.id AS article, outlet, published
    FROM units CROSS JOIN articles ON articles.number = units.number >> 20)`,
  bearers_of_articles: `(SELECT bearers.*, articles.id AS article, outlet, published
    FROM bearers CROSS JOIN articles ON articles.number = bearers.speaker >> 20)`,
};
const { sqlOf, valuesOf } = translator({
  name: name => NAMES[name] ?? name,
  value: nth => `?${nth}`,
  among: (column, value) => `${column} IN (SELECT value FROM json_each(${value}))`,
  table: (value, alias, columns) => {
    const names = columns.split(', ').map(column => column.split(' ')[0]);
    return `(SELECT ${names.map(name => `value->>'${name}' AS ${name}`).join(', ')} FROM json_each(${value})) AS ${alias}`;
  },
  text: text => JSON.stringify(text),
});

/**
 * An article changes about 300 pages, so the log is written to the file every dozen articles, pages of common words
 * only once. A log of 16 MB doesn't slow down reading.
 */
const PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
  PRAGMA cell_size_check = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA cache_size = -${CACHE_OF_ONE / 1024};
  PRAGMA wal_autocheckpoint = 4000;
`;

/** Keeps the index of the log ("-shm") in memory instead of a file, so that a library can be read on a full disk. */
const ALONE = 'PRAGMA locking_mode = EXCLUSIVE;';

/** An open SQLite file. I/O errors become `StorageError`. */
export class SqliteConnection {
  /** True if no other connection can open the file. */
  readonly isExclusive: boolean;
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #caches: PageCaches;
  readonly #monitor: StorageMonitor | undefined;
  /** Preparing a statement costs more than running most of them. */
  readonly #prepared = new Map<string, StatementSync>();

  constructor(path: string, caches = cachesOfAll, monitor?: StorageMonitor) {
    this.#path = path;
    this.#caches = caches;
    this.#monitor = monitor;
    const { database, isAlone } = withStorageErrors(() => openFile(path));
    this.#database = database;
    this.isExclusive = isAlone;
  }

  /** Runs a script to its end. */
  run<Result>(script: Script<Result>): Result {
    return play(script, statement => this.#run(statement));
  }

  /** Runs statements without values. */
  execute(sql: string): void {
    this.#caches.use(this);
    this.#timed(sql, () => this.#database.exec(sql));
  }

  /** The size of the file and its log, limited to the size of the cache. */
  extent(): number {
    return Math.min(CACHE_OF_ONE, sizeOf(this.#path) + sizeOf(`${this.#path}-wal`));
  }

  /** Frees the cached pages and the prepared statements, which can take as much memory again. */
  shrink(): void {
    this.#prepared.clear();
    withStorageErrors(() => this.#database.exec('PRAGMA shrink_memory'));
  }

  /** Runs `change` in a transaction; rolls back if it throws. */
  transaction<Result>(change: () => Result): Result {
    this.#caches.use(this);
    return inTransaction(this.#database, change, () => this.#timed('COMMIT', () => this.#database.exec('COMMIT')));
  }

  close(): void {
    this.#caches.forget(this);
    this.#prepared.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #run(statement: SqlStatement): readonly Row[] {
    const [sql, ...values] = translate(statement);
    return this.#timed(sql, () => {
      const prepared = this.#prepare(sql);
      prepared.setReturnArrays(statement.isByPlace === true);
      if (statement.accepts === undefined) return prepared.all(...values);
      const { accepts, limit = Number.POSITIVE_INFINITY } = statement;
      const accepted: Row[] = [];
      if (limit <= 0) return accepted;
      for (const row of prepared.iterate(...values)) {
        if (accepts(row)) accepted.push(row);
        if (accepted.length >= limit) break;
      }
      return accepted;
    });
  }

  #timed<Result>(sql: string, run: () => Result): Result {
    const started = performance.now();
    try {
      return withStorageErrors(run);
    } finally {
      this.#monitor?.ran(sql, performance.now() - started);
    }
  }

  #prepare(sql: string): StatementSync {
    this.#caches.use(this);
    const known = this.#prepared.get(sql) ?? this.#database.prepare(sql);
    this.#prepared.set(sql, known);
    return known;
  }
}

/** Runs `change` in a transaction; rolls back if it throws. */
export function inTransaction<Result>(
  database: DatabaseSync,
  change: () => Result,
  commit = () => database.exec('COMMIT'),
): Result {
  return withStorageErrors(() => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = change();
      commit();
      return result;
    } finally {
      // After some errors, SQLite has rolled back by itself.
      if (database.isTransaction) database.exec('ROLLBACK');
    }
  });
}

/** Where values are in the header of a file (https://sqlite.org/fileformat2.html#the_database_header). */
export const HEADER = { length: 100, pageSize: 16, changes: 24, pages: 28, version: 60, validFor: 92 };

/** Returns the header of a file, or all of a shorter one. */
export function readHeader(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(HEADER.length);
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

/** In bytes; 0 if there is no file. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function openFile(path: string): { database: DatabaseSync; isAlone: boolean } {
  makeFolder(dirname(resolve(path)));
  try {
    return { database: begin(path, PRAGMAS), isAlone: false };
  } catch (error) {
    const database = existsSync(path) ? beginAlone(path) : undefined;
    if (database === undefined) throw error;
    return { database, isAlone: true };
  }
}

function begin(path: string, statements: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec(statements);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function beginAlone(path: string): DatabaseSync | undefined {
  try {
    return begin(path, ALONE + PRAGMAS);
  } catch {
    // The first error is the one to report.
    return undefined;
  }
}

/** Deletes a library's file. It must be closed. */
export function eraseFile(path: string): void {
  withStorageErrors(() => {
    for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${ending}`, { force: true });
  });
}
