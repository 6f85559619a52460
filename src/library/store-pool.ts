import * as z from 'zod/mini';
import { message } from '../wording/say.ts';
import { StorageError } from './store/errors.ts';
import type { Backend, NewArticleRow, Store } from './store/store.ts';

interface Opened {
  readonly opening: Promise<Store>;
  readonly running: Set<Promise<unknown>>;
  /** See `Store.isExclusive`, once it is open. */
  isExclusive: boolean;
  lastUsed: number;
}

interface StorePoolOptions {
  readonly backend: Backend;
  /** More are open at once only while more are in use. */
  readonly mostOpen: number;
  readonly now: () => number;
  readonly seeds: () => Promise<readonly NewArticleRow[]>;
  /** Called when a store was opened; `isOpen` tells whether it still is. */
  readonly onOpen: (name: string, isOpen: () => boolean) => void;
  readonly report: (sentence: string, cause: unknown) => void;
}

/** A pool of open stores, opened on demand and closed when idle. */
export class StorePool {
  readonly #options: StorePoolOptions;
  /** By name, the least recently used first. */
  readonly #opened = new Map<string, Opened>();
  /** Stores that are being closed or erased; opening one waits for that. */
  readonly #leaving = new Map<string, Promise<void>>();
  #isClosed = false;

  constructor(options: StorePoolOptions) {
    this.#options = options;
  }

  /** Runs `work` on a library's store, which stays open meanwhile. */
  async withStore<Result>(name: string, work: (store: Store) => Promise<Result>): Promise<Result> {
    // Nothing else may run between looking and using it.
    while (this.#leaving.has(name)) await this.#left(name);
    if (this.#isClosed) throw new StorageError(message('keeping.stopping'));
    const opened = this.#opened.get(name) ?? this.#begin(name);
    // Moves it to the end: most recently used.
    this.#opened.delete(name);
    this.#opened.set(name, opened);
    opened.lastUsed = this.#options.now();
    const running = opened.opening.then(work);
    opened.running.add(running);
    try {
      return await running;
    } finally {
      opened.running.delete(running);
      if (opened.isExclusive && opened.running.size === 0 && this.#opened.get(name) === opened) void this.#close(name);
      this.#closeSurplus(name);
    }
  }

  /** Like `withStore`, but if there is no such library, returns `undefined` instead of creating it. */
  async withExisting<Result>(name: string, work: (store: Store) => Promise<Result>): Promise<Result | undefined> {
    for (;;) {
      await this.#left(name);
      const isThere = await this.#options.backend.has(name);
      // It may be erased from now on.
      if (this.#leaving.has(name)) continue;
      return isThere ? await this.withStore(name, work) : undefined;
    }
  }

  /** Asks all open stores, without counting as a use. Those that fail are left out. */
  async ask<Answer>(question: (store: Store) => Promise<Answer>): Promise<readonly Answer[]> {
    const answers = await Promise.allSettled([...this.#opened.values()].map(({ opening }) => opening.then(question)));
    return answers.flatMap(answer => (answer.status === 'fulfilled' ? [answer.value] : []));
  }

  /** Closes stores that were idle for this long. */
  async closeIdle(milliseconds: number): Promise<void> {
    const idle = [...this.#opened].filter(([, each]) => this.#options.now() - each.lastUsed >= milliseconds);
    await Promise.all(idle.filter(([, each]) => each.running.size === 0).map(([name]) => this.#close(name)));
  }

  /** Closes a store, then runs `then` before it can be opened again. */
  async leave(name: string, then: () => Promise<void>): Promise<void> {
    const opened = this.#opened.get(name);
    this.#opened.delete(name);
    const before = this.#leaving.get(name);
    const leaving = (async () => {
      await before?.catch(() => undefined);
      await Promise.allSettled(opened?.running ?? []);
      const store = await opened?.opening.catch(() => undefined);
      await store?.close();
      await then();
    })();
    this.#leaving.set(name, leaving);
    try {
      await leaving;
    } finally {
      if (this.#leaving.get(name) === leaving) this.#leaving.delete(name);
    }
  }

  /** Waits for what is running. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#opened.keys()].map(name => this.#close(name)));
    await Promise.allSettled(this.#leaving.values());
  }

  async #left(name: string): Promise<void> {
    await this.#leaving.get(name)?.catch(() => undefined);
  }

  #begin(name: string): Opened {
    const { backend, seeds, onOpen, now } = this.#options;
    const opened: Opened = {
      opening: backend.open(name, seeds),
      running: new Set(),
      isExclusive: false,
      lastUsed: now(),
    };
    const isOpen = () => !this.#isClosed && this.#opened.get(name) === opened;
    opened.opening.then(
      ({ isExclusive }) => {
        opened.isExclusive = isExclusive;
        onOpen(name, isOpen);
      },
      () => {
        if (this.#opened.get(name) === opened) this.#opened.delete(name);
      },
    );
    return opened;
  }

  #closeSurplus(used: string): void {
    let surplus = this.#opened.size - this.#options.mostOpen;
    for (const [name, { running }] of this.#opened) {
      if (surplus <= 0) return;
      if (name === used || running.size > 0) continue;
      surplus -= 1;
      void this.#close(name);
    }
  }

  async #close(name: string): Promise<void> {
    const nothing = () => Promise.resolve();
    await this.leave(name, nothing).catch(error => this.#options.report(`Cannot close the library ${name}`, error));
  }
}

/** More bring nothing, since one opens in 1 to 2 ms. Each takes about 0.2 MB and its pages. */
const MOST = 500;
/** The database, its write-ahead log, and the index of that. */
const FILES_EACH = 3;
/** Kept free for connections, pictures, backups and the program. */
const OTHERS_FILES = 400;
const FEWEST = 20;

/** Returns how many stores may be open if a process may open this many files. */
export function mostOpenWithin(files: number): number {
  return Math.max(FEWEST, Math.min(MOST, Math.floor((files - OTHERS_FILES) / FILES_EACH)));
}

/** The part of Node's diagnostic report with the limit on open files: a number or `unlimited`. */
const limitsShape = z.object({ userLimits: z.object({ open_files: z.object({ soft: z.unknown() }) }) });

/** Returns how many files this process may open. Node has already raised its limit to the most that the system allows. */
export function openFilesLimit(): number {
  const soft = limitsShape.safeParse(process.report.getReport()).data?.userLimits.open_files.soft;
  return typeof soft === 'number' ? soft : Number.POSITIVE_INFINITY;
}
