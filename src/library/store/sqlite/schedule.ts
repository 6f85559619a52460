import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageError, withErrorsAt, withStorageErrors } from '../errors.ts';
import { readTroubledFeeds, type TroubledFeeds } from '../following/feeds.ts';
import { makeFolder } from '../make-folder.ts';
import { play, type Script, type SqlStatement } from '../script.ts';
import type { ScheduledTask, TaskKind } from '../store.ts';
import { inTransaction, translate } from './connection.ts';

const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;
/** Result codes for which the file's place is at fault: its name and what to do about it. */
const PLACE_ERRORS: Readonly<Record<number, readonly [name: string, advice: string]>> = {
  3: ['SQLITE_PERM', 'This user needs read and write access to it.'],
  8: ['SQLITE_READONLY', 'It is read-only: this user needs write access to it.'],
  10: ['SQLITE_IOERR', 'Check the disk.'],
  13: ['SQLITE_FULL', 'Free up space on its disk.'],
  14: ['SQLITE_CANTOPEN', 'This user needs write access to its folder, and the system must allow more open files.'],
};
/** What to do about a damaged file of scheduled tasks. The bot's own backups have none. */
export const REGISTER_ADVICE =
  'Restore it from a copy of the folder, or delete it. Without it, the bot keeps the libraries of servers that it has left for another 30 days.';
/** A backup reads the file for a moment; a writer waits for it at most this long. */
const PATIENCE_MILLISECONDS = 5000;
const TASKS: readonly TaskKind[] = ['leaving', 'erasing', 'purging', 'posting'];
/** Kinds of tasks that stay scheduled if they are scheduled again while in progress. */
const REPEATED: ReadonlySet<TaskKind> = new Set(['purging', 'posting']);

const CREATE_FEEDS = `
  CREATE TABLE IF NOT EXISTS feeds (
    feed TEXT PRIMARY KEY,
    host TEXT NOT NULL,
    next INTEGER NOT NULL,
    state TEXT NOT NULL,
    troubled INTEGER NOT NULL DEFAULT 0,
    renewed INTEGER NOT NULL DEFAULT 0,
    claimed_by TEXT,
    claimed_until INTEGER
  ) STRICT;
  CREATE INDEX IF NOT EXISTS feeds_by_next ON feeds (next, feed);
  CREATE INDEX IF NOT EXISTS feeds_by_claim ON feeds (claimed_until);
  CREATE TABLE IF NOT EXISTS followers (feed TEXT, library TEXT, PRIMARY KEY (feed, library)) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS followers_by_library ON followers (library);
`;

/**
 * The scheduled tasks and the feeds of all libraries in a folder. As long as it is open, a second file is locked, which
 * keeps other processes out of the folder; the system releases the lock when the process ends, however it ends. The lock
 * has a file of its own so that backups can read everything else.
 */
export class Schedule {
  readonly #lock: DatabaseSync;
  readonly #database: DatabaseSync;
  /** Tasks that were returned as due and aren't completed yet; true if one was scheduled again meanwhile. */
  readonly #pending = new Map<string, boolean>();

  /** Throws `StorageError` if another process uses the folder. `libraries` returns the names of those in it. */
  constructor(folder: string, libraries: () => readonly string[]) {
    withErrorsAt(folder, () => makeWritable(folder));
    this.#lock = openOrExplain(folder, 'lock.sqlite', lock);
    try {
      this.#database = openOrExplain(folder, 'register.sqlite', database => prepare(database, libraries));
    } catch (error) {
      this.#lock.close();
      throw error;
    }
  }

  /** Like `Backend.schedule`. */
  add(task: TaskKind, library: string, moment: number): void {
    const key = `${task} ${library}`;
    if (this.#pending.has(key)) this.#pending.set(key, true);
    const earlier = 'UPDATE SET moment = excluded.moment WHERE excluded.moment < moment';
    const sql = `INSERT INTO ${task} VALUES (?, ?) ON CONFLICT DO ${task === 'leaving' ? 'NOTHING' : earlier}`;
    withStorageErrors(() => this.#database.prepare(sql).run(library, moment));
  }

  complete(task: TaskKind, library: string, next?: number): void {
    const key = `${task} ${library}`;
    const isAgain = REPEATED.has(task) && this.#pending.get(key) === true;
    this.#pending.delete(key);
    if (isAgain) return;
    withStorageErrors(() => {
      if (next === undefined) this.#database.prepare(`DELETE FROM ${task} WHERE library = ?`).run(library);
      else this.#database.prepare(`UPDATE ${task} SET moment = ? WHERE library = ?`).run(next, library);
    });
  }

  due(task: TaskKind, now: number, isMine: (name: string) => boolean): readonly string[] {
    const rows = withStorageErrors(() =>
      this.#database.prepare(`SELECT library FROM ${task} WHERE moment <= ?`).all(now),
    );
    const libraries = rows.map(({ library }) => String(library)).filter(isMine);
    for (const key of libraries.map(library => `${task} ${library}`)) {
      // One that is in progress may have been scheduled again.
      if (!this.#pending.has(key)) this.#pending.set(key, false);
    }
    return libraries;
  }

  /** Runs a script on the feeds of all libraries, in one transaction. */
  run<Result>(script: Script<Result>): Result {
    return inTransaction(this.#database, () => play(script, statement => run(this.#database, statement)));
  }

  close(): void {
    this.#database.close();
    this.#lock.close();
  }
}

/** Reads a folder's tasks of one kind for a backup, while another process may be using it. */
export function readSchedule(folder: string, task: TaskKind): readonly ScheduledTask[] {
  const path = join(folder, 'register.sqlite');
  return withStorageErrors(() => {
    if (!existsSync(path)) return [];
    using database = new DatabaseSync(path, { timeout: PATIENCE_MILLISECONDS });
    const rows = database.prepare(`SELECT library, moment FROM ${task} ORDER BY library`).all();
    return rows.map(({ library, moment }) => ({ library: String(library), moment: Number(moment) }));
  });
}

function run(database: DatabaseSync, statement: SqlStatement): readonly Record<string, unknown>[] {
  const [sql, ...values] = translate(statement);
  return database.prepare(sql).all(...values);
}

/** Reads which of a folder's feeds fail; `undefined` if that can't be read, or if there are none yet. */
export function readTroubledFeedsIn(folder: string, limit: number): TroubledFeeds | undefined {
  const path = join(folder, 'register.sqlite');
  if (!existsSync(path)) return undefined;
  using database = new DatabaseSync(path, { readOnly: true, timeout: PATIENCE_MILLISECONDS });
  try {
    return play(readTroubledFeeds(limit), statement => run(database, statement));
  } catch {
    // An older version wrote it, or it is damaged, which another check reports.
    return undefined;
  }
}

/** Returns the folder, or its nearest parent that exists. */
export function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

/** Creates the folder if it's missing. Throws the system's error if nothing can be written there. */
function makeWritable(folder: string): void {
  // On a read-only disk, `mkdirSync` would say that the folder doesn't exist, and SQLite could still be opened.
  accessSync(nearestFolder(resolve(folder)), constants.W_OK);
  makeFolder(resolve(folder));
}

function openOrExplain(folder: string, name: string, ready: (database: DatabaseSync) => void): DatabaseSync {
  const path = join(folder, name);
  let database: DatabaseSync | undefined;
  try {
    return withStorageErrors(() => {
      database = new DatabaseSync(path);
      ready(database);
      return database;
    });
  } catch (error) {
    database?.close();
    throw explain(error, folder, path);
  }
}

/** In this locking mode, the lock outlives the transaction. */
function lock(database: DatabaseSync): void {
  database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
}

function prepare(database: DatabaseSync, libraries: () => readonly string[]): void {
  database.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA journal_mode = TRUNCATE');
  database.exec('BEGIN EXCLUSIVE');
  const isNew = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  for (const task of TASKS) {
    database.exec(`CREATE TABLE IF NOT EXISTS ${task} (library TEXT PRIMARY KEY, moment INTEGER NOT NULL) STRICT`);
  }
  database.exec(CREATE_FEEDS);
  // If it was lost, only the libraries know whether they have something to purge or to post.
  for (const task of isNew ? REPEATED : []) {
    const scheduling = database.prepare(`INSERT INTO ${task} VALUES (?, ?)`);
    for (const name of libraries()) scheduling.run(name, Date.now());
  }
  // Whoever claimed them has ended.
  database.exec('UPDATE feeds SET claimed_by = NULL, claimed_until = NULL WHERE claimed_by IS NOT NULL');
  // Only now: an older version locks this file for as long as it runs, and that must fail at once.
  database.exec(`COMMIT; PRAGMA busy_timeout = ${PATIENCE_MILLISECONDS}`);
}

function explain(error: unknown, folder: string, path: string): unknown {
  if (!(error instanceof StorageError) || !(error.cause instanceof Error)) return error;
  const code: unknown = Reflect.get(error.cause, 'errcode');
  if (code === SQLITE_BUSY)
    return new StorageError(`Another process has the libraries in ${folder} open (SQLITE_BUSY). Stop it first.`);
  const [name, advice] = PLACE_ERRORS[Number(code) & 0xff] ?? [];
  if (name !== undefined) return new StorageError(`${path} can't be used (${name}). ${advice}`, { cause: error.cause });
  if (code !== SQLITE_CORRUPT && code !== SQLITE_NOTADB) return error;
  return new StorageError(`${path} is damaged. ${REGISTER_ADVICE}`, { cause: error.cause });
}
