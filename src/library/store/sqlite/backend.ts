import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { withStorageErrors, withStorageErrorsAsync } from '../errors.ts';
import { forgetFollower } from '../following/feeds.ts';
import type { Run } from '../script.ts';
import type { Backend, NewArticleRow, Reporter, StorageMonitor, Store, TaskKind } from '../store.ts';
import { eraseFile } from './connection.ts';
import { Schedule } from './schedule.ts';
import { isLongToMigrate } from './schema.ts';
import { SqliteStore } from './store.ts';
import { SqliteThreads } from './threads.ts';

const FILE = /^(?<name>(?:server|person)-\d+)\.sqlite$/v;

export function fileOf(folder: string, name: string): string {
  return join(folder, `${name}.sqlite`);
}

/** Returns the names of the libraries among a folder's entries. */
export function namesIn(entries: readonly string[]): readonly string[] {
  return entries.flatMap(entry => FILE.exec(entry)?.groups?.name ?? []);
}

/** A folder with a SQLite file per library. Throws `StorageError` if another process uses it. */
export class SqliteBackend implements Backend {
  readonly waiting = 0;
  readonly #folder: string;
  readonly #schedule: Schedule;
  readonly #threads = new SqliteThreads();
  readonly #monitor: StorageMonitor | undefined;
  /** In memory, because no other process has the folder. */
  readonly #claims = new Map<string, { readonly claimant: string; readonly until: number }>();

  constructor(folder: string, report?: Reporter, monitor?: StorageMonitor) {
    this.#folder = folder;
    this.#monitor = monitor;
    this.#schedule = new Schedule(folder, () => namesInFolder(folder));
    if (!denyOthers(folder)) {
      report?.(
        `Other users of this machine can read ${folder}, and this user may not change that. Run chmod -R go= on it.`,
      );
    }
  }

  feeds: Run = (script, ...values) => Promise.try(() => this.#schedule.run(script(...values)));

  has(name: string): Promise<boolean> {
    return Promise.try(() => existsSync(this.#pathOf(name)));
  }

  names(): Promise<readonly string[]> {
    return Promise.try(() => namesInFolder(this.#folder));
  }

  async open(name: string, seeds: () => Promise<readonly NewArticleRow[]>): Promise<Store> {
    const path = this.#pathOf(name);
    if (isLongToMigrate(path)) await this.#threads.migrate(path);
    return new SqliteStore(path, existsSync(path) ? [] : await seeds(), this.#threads, this.#monitor);
  }

  erase(name: string): Promise<void> {
    return Promise.try(() => {
      this.#schedule.run(forgetFollower(name));
      eraseFile(this.#pathOf(name));
    });
  }

  schedule(task: TaskKind, name: string, moment: number): Promise<void> {
    return Promise.try(() => this.#schedule.add(task, name, moment));
  }

  complete(task: TaskKind, name: string, next?: number): Promise<void> {
    return Promise.try(() => this.#schedule.complete(task, name, next));
  }

  due(task: TaskKind, now: number, isMine = (_name: string) => true): Promise<readonly string[]> {
    return Promise.try(() => this.#schedule.due(task, now, isMine));
  }

  claim(name: string, claimant: string, milliseconds: number): Promise<boolean> {
    const now = performance.now();
    const held = this.#claims.get(name);
    const isFree = held === undefined || held.claimant === claimant || held.until <= now;
    if (isFree) this.#claims.set(name, { claimant, until: now + milliseconds });
    return Promise.resolve(isFree);
  }

  release(name: string, claimant: string): Promise<void> {
    if (this.#claims.get(name)?.claimant === claimant) this.#claims.delete(name);
    return Promise.resolve();
  }

  async close(): Promise<void> {
    await this.#threads.close();
    this.#schedule.close();
  }

  #pathOf(name: string): string {
    return fileOf(this.#folder, name);
  }
}

const OTHERS = 0o077;

/** Takes all rights on the folder and its files from other users. Returns false if it can't. Windows has no such modes. */
function denyOthers(folder: string): boolean {
  if (process.platform === 'win32') return true;
  return withStorageErrors(() => {
    const files = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isFile());
    return [folder, ...files.map(({ name }) => join(folder, name))].map(makePrivate).every(isPrivate => isPrivate);
  });
}

function makePrivate(path: string): boolean {
  const { mode } = statSync(path);
  if ((mode & OTHERS) === 0) return true;
  try {
    chmodSync(path, mode & ~OTHERS & 0o777);
  } catch {
    return false;
  }
  // Some file systems have no modes.
  return (statSync(path).mode & OTHERS) === 0;
}

/** A copy in several steps starts over whenever the bot writes between two of them. */
const ALL_PAGES = 2 ** 31 - 1;

/** Returns the names of the libraries in a folder; none if there is no folder. */
export function namesInFolder(folder: string): readonly string[] {
  return withStorageErrors(() => (existsSync(folder) ? namesIn(readdirSync(folder)) : []));
}

/**
 * Copies a library's file with SQLite's online backup, while the bot may be using it. Opens it read-only, because
 * whoever closes a writable file last deletes its log by name, which may by then belong to a new library.
 */
export async function copyLibraryFile(from: string, to: string): Promise<void> {
  await withStorageErrorsAsync(async () => {
    using database = new DatabaseSync(from, { readOnly: true, timeout: 5000 });
    await backup(database, to, { rate: ALL_PAGES });
  });
}
