import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CannotKeep, onDisk } from './faults.ts';
import type { List } from './store.ts';

const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/**
 * The one file of a folder of libraries that is about all of them: what is due when. It is locked as long as it is open,
 * which keeps a second process from the folder; the lock is the system's and goes with its process, however that ends.
 */
export class Register {
  readonly #database: DatabaseSync;
  /** What was told to be due and is not struck yet: whether it was noted again meanwhile. */
  readonly #inHand = new Map<string, boolean>();

  /** Throws CannotKeep where another process has the folder. */
  constructor(folder: string) {
    const path = join(folder, 'register.sqlite');
    this.#database = onDisk(() => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return new DatabaseSync(path);
    });
    try {
      onDisk(() => this.#lock());
    } catch (error) {
      this.#database.close();
      throw explain(error, folder, path);
    }
  }

  /** Notes a moment; one that is noted already stays, also where somebody strikes it who was told before that it is due. */
  note(list: List, library: string, moment: number): void {
    const key = `${list} ${library}`;
    if (this.#inHand.has(key)) this.#inHand.set(key, true);
    onDisk(() => this.#database.prepare(`INSERT OR IGNORE INTO ${list} VALUES (?, ?)`).run(library, moment));
  }

  strike(list: List, library: string): void {
    const key = `${list} ${library}`;
    const isAgain = list === 'purging' && this.#inHand.get(key) === true;
    this.#inHand.delete(key);
    if (isAgain) return;
    onDisk(() => this.#database.prepare(`DELETE FROM ${list} WHERE library = ?`).run(library));
  }

  /** The libraries whose moment has come. */
  due(list: List, now: number): readonly string[] {
    const rows = onDisk(() => this.#database.prepare(`SELECT library FROM ${list} WHERE moment <= ?`).all(now));
    const libraries = rows.map(({ library }) => String(library));
    for (const library of libraries) this.#inHand.set(`${list} ${library}`, false);
    return libraries;
  }

  close(): void {
    this.#database.close();
  }

  #lock(): void {
    this.#database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
    this.#database.exec('PRAGMA journal_mode = TRUNCATE; BEGIN EXCLUSIVE');
    for (const list of ['leaving', 'purging']) {
      this.#database.exec(
        `CREATE TABLE IF NOT EXISTS ${list} (library TEXT PRIMARY KEY, moment INTEGER NOT NULL) STRICT`,
      );
    }
    // In this locking mode the lock outlives the transaction.
    this.#database.exec('COMMIT');
  }
}

function explain(error: unknown, folder: string, path: string): unknown {
  if (!(error instanceof CannotKeep) || !(error.cause instanceof Error)) return error;
  const code: unknown = Reflect.get(error.cause, 'errcode');
  if (code === SQLITE_BUSY) return new CannotKeep(`Another process keeps its libraries in ${folder}: stop it first.`);
  if (code !== SQLITE_CORRUPT && code !== SQLITE_NOTADB) return error;
  const way = 'put a backup in its place, or delete it: then the bot forgets which servers it has left';
  return new CannotKeep(`${path} is damaged: ${way}.`, { cause: error.cause });
}
