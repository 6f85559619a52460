import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { withStorageErrors } from '../errors.ts';
import { type Script, translator } from '../script.ts';

/** What keeps pages of its file in memory. */
interface Cache {
  /** How many bytes it may come to hold. */
  extent(): number;
  /** Gives back all that it holds. */
  shrink(): void;
}

/**
 * Bounds what all open files of a process hold in memory together: before one that was not used for a while is used again, those that
 * were not used for longest give theirs back. What is given back is read again from the system's own cache of files. Memory
 * that is free is used by the next one, though it is not returned to the system: so the bound holds at every moment, not on
 * the average.
 */
export class PageCaches {
  readonly #mostBytes: number;
  /** By use, the one that was not used for longest first. */
  readonly #held = new Map<Cache, number>();
  #bytes = 0;
  #newest: Cache | undefined;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Is called before each use. */
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

  /** It holds nothing any more. */
  forget(cache: Cache): void {
    this.#bytes -= this.#held.get(cache) ?? 0;
    this.#held.delete(cache);
    if (this.#newest === cache) this.#newest = undefined;
  }
}

const mebibyte = 1024 * 1024;
/** Of one file, and of all that are open in this process. A library of 200 articles has some 4. */
const [cacheOfOne, cacheOfAll] = [16 * mebibyte, 128 * mebibyte];
const cachesOfAll = new PageCaches(cacheOfAll);

const names: Readonly<Record<string, string>> = {
  here: 'TRUE',
  library_column: '',
  library_value: '',
  articles_with_metadata: 'articles JOIN texts USING (number)',
  articles_with_text: 'articles JOIN texts USING (number) LEFT JOIN derived USING (number)',
};
const { sqlOf, valuesOf } = translator({
  name: name => names[name] ?? name,
  value: nth => `?${nth}`,
  among: (column, value) => `${column} IN (SELECT value FROM json_each(${value}))`,
  text: text => JSON.stringify(text),
});

export type SqliteRow = Record<string, SQLOutputValue>;

/**
 * An article changes some 300 pages: every dozen articles the log goes to the file, where common words' pages are then written once.
 * A log of 16 MB slows down no reading.
 */
const pragmas = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
  PRAGMA cell_size_check = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA cache_size = -${cacheOfOne / 1024};
  PRAGMA wal_autocheckpoint = 4000;
`;

/**
 * What others would need to read the file meanwhile ("-shm") is then in this process's memory: where the disk has no room for it, what is
 * there can be read all the same.
 */
const alone = 'PRAGMA locking_mode = EXCLUSIVE;';

/** One SQLite file that is open. All that goes wrong with the disk comes out as StorageError. */
export class SqliteConnection {
  /** Whether nobody else can have the file while this is open. */
  readonly isAlone: boolean;
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #caches: PageCaches;
  /** To prepare a statement costs more than most of them do. */
  readonly #prepared = new Map<string, StatementSync>();
  readonly #preparedByPlace = new Map<string, StatementSync>();

  constructor(path: string, caches = cachesOfAll) {
    this.#path = path;
    this.#caches = caches;
    const { database, isAlone } = withStorageErrors(() => openFile(path));
    this.#database = database;
    this.isAlone = isAlone;
  }

  all(sql: string, ...values: readonly SQLInputValue[]): readonly SqliteRow[] {
    return withStorageErrors(() => this.#prepare(sql).all(...values));
  }

  /** Runs a script to its end. */
  play<Result>(script: Script<Result>): Result {
    let step = script.next();
    while (step.done !== true) {
      const values = valuesOf(step.value).map(value =>
        typeof value === 'object' && value ? JSON.stringify(value) : value,
      );
      step = script.next(this.all(sqlOf(step.value), ...values));
    }
    return step.value;
  }

  /** Rows by their columns' places (`row[0]`) instead of names: half the time where there are thousands. */
  allByPlace(sql: string, ...values: readonly SQLInputValue[]): readonly SqliteRow[] {
    return withStorageErrors(() => this.#prepareByPlace(sql).all(...values));
  }

  /** What `pick` makes of rows, by their columns' places, until it has made so many: no more rows are read. */
  pick<Picked>(
    most: number,
    pick: (row: SqliteRow) => Picked | undefined,
    sql: string,
    ...values: readonly SQLInputValue[]
  ): Picked[] {
    return withStorageErrors(() => {
      const picked: Picked[] = [];
      if (most <= 0) return picked;
      for (const row of this.#prepareByPlace(sql).iterate(...values)) {
        const found = pick(row);
        if (found !== undefined) picked.push(found);
        if (picked.length >= most) break;
      }
      return picked;
    });
  }

  get(sql: string, ...values: readonly SQLInputValue[]): SqliteRow | undefined {
    return withStorageErrors(() => this.#prepare(sql).get(...values));
  }

  /** The row that was inserted last, where this inserted one. */
  run(sql: string, ...values: readonly SQLInputValue[]): number {
    return withStorageErrors(() => Number(this.#prepare(sql).run(...values).lastInsertRowid));
  }

  /** Statements without values, one after the other. */
  execute(sql: string): void {
    this.#caches.use(this);
    withStorageErrors(() => this.#database.exec(sql));
  }

  /** Of the file, as far as it may be kept in memory; pages that are in its log alone are counted there. */
  extent(): number {
    return Math.min(cacheOfOne, sizeOf(this.#path) + sizeOf(`${this.#path}-wal`));
  }

  /** Keeps nothing of the file in memory, nor the statements, which are as much again when all kinds of questions were asked. */
  shrink(): void {
    this.#prepared.clear();
    this.#preparedByPlace.clear();
    withStorageErrors(() => this.#database.exec('PRAGMA shrink_memory'));
  }

  /** Makes a function of this program one of SQL's. */
  define(name: string, compute: (...values: readonly SQLOutputValue[]) => string | number | null): void {
    this.#database.function(name, { deterministic: true, varargs: true }, compute);
  }

  /** All of a change or, where it throws, nothing of it. */
  transaction<Result>(change: () => Result): Result {
    this.#caches.use(this);
    return withStorageErrors(() => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        const result = change();
        this.#database.exec('COMMIT');
        return result;
      } finally {
        // After some errors SQLite has rolled back by itself.
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      }
    });
  }

  close(): void {
    this.#caches.forget(this);
    this.#prepared.clear();
    this.#preparedByPlace.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  #prepareByPlace(sql: string): StatementSync {
    const statement = this.#prepare(sql, this.#preparedByPlace);
    statement.setReturnArrays(true);
    return statement;
  }

  #prepare(sql: string, prepared = this.#prepared): StatementSync {
    this.#caches.use(this);
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  }
}

/** In bytes; of a file that is not there, 0. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function openFile(path: string): { database: DatabaseSync; isAlone: boolean } {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    return { database: begin(path, pragmas), isAlone: false };
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
    return begin(path, alone + pragmas);
  } catch {
    // What kept it from being opened as usual is told.
    return undefined;
  }
}

/** Leaves nothing of a library's file; it must be closed. */
export function eraseFile(path: string): void {
  withStorageErrors(() => {
    for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${ending}`, { force: true });
  });
}

/** What reads or changes a file at once, as a promise: what it throws rejects it. */
export function answer<Result>(give: () => Result): Promise<Result> {
  return new Promise(resolve => resolve(give()));
}
