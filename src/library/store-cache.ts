import { message } from '../wording/say.ts';
import { StorageError } from './store/errors.ts';
import type { Backend, NewArticleRow, Store } from './store/store.ts';

interface Opened {
  readonly opening: Promise<Store>;
  /** What is being done with it. */
  readonly running: Set<Promise<unknown>>;
  /** As the store says, once it is open. */
  isExclusive: boolean;
  lastUsed: number;
}

interface OpenStoresOptions {
  readonly place: Backend;
  /** More than this are open at once only while more are in use. */
  readonly mostOpen: number;
  readonly now: () => number;
  readonly seeds: () => Promise<readonly NewArticleRow[]>;
  /** Told when one was opened; `isOpen` tells how long it is. */
  readonly onOpen: (name: string, isOpen: () => boolean) => void;
  readonly report: (sentence: string, cause: unknown) => void;
}

/** The stores of a place that are open: opened when somebody works on one, closed when it is idle. */
export class OpenStores {
  readonly #options: OpenStoresOptions;
  /** By name, the one that was not used for longest first. */
  readonly #opened = new Map<string, Opened>();
  /** Those that are being closed or erased; nobody opens them before that is done. */
  readonly #leaving = new Map<string, Promise<void>>();
  #isClosed = false;

  constructor(options: OpenStoresOptions) {
    this.#options = options;
  }

  /** Does some work on a library's store, which stays open meanwhile. */
  async lend<Result>(name: string, work: (store: Store) => Promise<Result>): Promise<Result> {
    for (let leaving = this.#leaving.get(name); leaving !== undefined; leaving = this.#leaving.get(name)) {
      await leaving.catch(() => undefined);
    }
    if (this.#isClosed) throw new StorageError(message('keeping.stopping'));
    const opened = this.#opened.get(name) ?? this.#begin(name);
    // Goes to the end: the others were not used for longer.
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

  /** What those say that are open; it counts for no use of them. One that cannot answer is left out. */
  async ask<Answer>(question: (store: Store) => Promise<Answer>): Promise<readonly Answer[]> {
    const answers = await Promise.allSettled([...this.#opened.values()].map(({ opening }) => opening.then(question)));
    return answers.flatMap(answer => (answer.status === 'fulfilled' ? [answer.value] : []));
  }

  /** Closes those that nobody has used for so long. */
  async closeIdle(milliseconds: number): Promise<void> {
    const idle = [...this.#opened].filter(([, each]) => this.#options.now() - each.lastUsed >= milliseconds);
    await Promise.all(idle.filter(([, each]) => each.running.size === 0).map(([name]) => this.#close(name)));
  }

  /** Does something for which a store must be closed. */
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

  /** When what is being done is done. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#opened.keys()].map(name => this.#close(name)));
    await Promise.allSettled(this.#leaving.values());
  }

  #begin(name: string): Opened {
    const { place, seeds, onOpen, now } = this.#options;
    const opened: Opened = {
      opening: place.open(name, seeds),
      running: new Set(),
      isExclusive: false,
      lastUsed: now(),
    };
    opened.opening.then(
      ({ isExclusive }) => {
        opened.isExclusive = isExclusive;
        onOpen(name, () => !this.#isClosed && this.#opened.get(name) === opened);
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
    await this.leave(name, nothing).catch(error =>
      this.#options.report(`The library ${name} could not be closed.`, error),
    );
  }
}

/** More are no use: what is asked for once in a while opens in a millisecond or two. Each holds some 0.2 MB besides its pages. */
const most = 500;
/** Its file, the log of that and the log's index. */
const filesEach = 3;
/** For connections to Discord, websites and whoever reads the figures, and for pictures, backups and the program itself. */
const othersFiles = 400;
const fewest = 20;

/** How many libraries may be open at once where a process may have so many files open. */
export function mostOpenWithin(files: number): number {
  return Math.max(fewest, Math.min(most, Math.floor((files - othersFiles) / filesEach)));
}

/** The same for this process. Node has raised what it may to what the system allows at most. */
export function mostOpen(): number {
  const report: unknown = process.report.getReport();
  const limit = [report, 'userLimits', 'open_files', 'soft'].reduce(memberOf);
  return mostOpenWithin(typeof limit === 'number' ? limit : Number.POSITIVE_INFINITY);
}

function memberOf(value: unknown, name: unknown): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, String(name)) : undefined;
}
