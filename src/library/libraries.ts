import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Encodes } from '../answering/networks/encoder.ts';
import { MODEL_ID } from '../answering/networks/model.ts';
import { Turns } from '../fair-queue.ts';
import { message } from '../wording/say.ts';
import { Attributor, type Derives } from './attributor.ts';
import { BackgroundEncoder } from './background-encoder.ts';
import { ArticleCache, SettingsCache } from './caches.ts';
import { type LibraryContext, UNDO_MILLISECONDS } from './context.ts';
import { type OpenLibrary, StoredLibrary } from './library.ts';
import { nameOf, type Owner, ownerNamed } from './owner.ts';
import { refresh } from './refresh.ts';
import { type Seed, SeedRows } from './seeds.ts';
import { countArticles, countUnencoded, purgeArticles } from './store/articles.ts';
import { openBackend, type StorageLocation } from './store/backends.ts';
import { purgeDrafts } from './store/drafts.ts';
import { StorageError } from './store/errors.ts';
import { registerFollows } from './store/following/feeds.ts';
import { readFollows } from './store/following/following.ts';
import { DEFAULT_SETTINGS, type LibrarySettings, readLibrarySettings } from './store/library-settings.ts';
import type { Run } from './store/script.ts';
import type { Backend, Reporter, StorageMonitor, Store } from './store/store.ts';
import { StorePool } from './store-pool.ts';

/** How long a library is kept after the bot was removed from its server. */
const LEFT_MILLISECONDS = 30 * 24 * 60 * 60_000;

const MINUTE_MILLISECONDS = 60_000;
const HOUR_MILLISECONDS = 60 * MINUTE_MILLISECONDS;
/** A library that is due is erased if it still is after this time. The bot looks daily, and at each start. */
const SECOND_LOOK_MILLISECONDS = 20 * HOUR_MILLISECONDS;

const IDLE_MILLISECONDS = 10 * 60_000;
const TEND_MILLISECONDS = 30_000;
const CLOSE_MILLISECONDS = 5_000;
/** Opening one library after the other would slow down answers. */
const BETWEEN_MILLISECONDS = 100;
const CLAIM_MILLISECONDS = 10 * 60_000;
/** Of how many libraries posts are prepared at once. */
const MOST_PREPARING = 8;
const LONGEST_PREPARING = 10 * MINUTE_MILLISECONDS;
/** About 50 MB with everything derived from them. */
const MOST_READ = { articles: 2000, characters: 10_000_000 };

type Options = Omit<LibrariesOptions, 'folder' | 'databaseUrl' | 'monitor'>;

/** Receives the id of a server whose library is about to be erased. */
type Announce = (server: string, when: 'tomorrow' | 'now') => void;

/**
 * Prepares what is due in a library's outbox. Returns a function that posts it, which returns when to try again, in
 * milliseconds since 1970, if anything is left.
 */
type Prepare = (library: OpenLibrary) => Promise<() => Promise<number | undefined>>;

/** What this process has open and has added. */
interface LibraryCounts {
  /** Open libraries, and the articles in them. */
  readonly open: number;
  readonly articles: number;
  /** Articles without vectors, in open libraries. */
  readonly unencoded: number;
  /** Articles added and updated by this process since it started. */
  readonly taken: Readonly<Record<'added' | 'updated', number>>;
}

/**
 * The libraries of a backend, isolated from each other and opened on demand. Errors of the backend are thrown as
 * `StorageError`.
 */
export class StoredLibraries {
  readonly #backend: Backend;
  readonly #options: Options;
  /** Holds the leases of background tasks. Until one that can't be released expires, only this process can go on. */
  readonly #claimant = randomUUID();
  readonly #now: () => number;
  readonly #report: Reporter;
  readonly #attributor: Derives;
  /** By library, of those that are open. */
  readonly #encoders = new Map<string, BackgroundEncoder>();
  readonly #stores: StorePool;
  readonly #read = new ArticleCache(MOST_READ.articles, MOST_READ.characters);
  readonly #chosen = new SettingsCache(() => this.#now());
  readonly #changing = new Set<Promise<unknown>>();
  /** Number of times each was erased: a handle from before must not bring it back. */
  readonly #erasures = new Map<string, number>();
  /** Libraries whose damage was reported. */
  readonly #damaged = new Set<string>();
  readonly #taken = { added: 0, updated: 0 };
  /** Libraries whose posts are being prepared or sent. */
  readonly #delivering = new Set<string>();
  readonly #preparing = new Turns({ most: MOST_PREPARING, mostPerOwner: 1 });
  readonly #seeds: SeedRows;
  readonly #timer: NodeJS.Timeout;
  #isClosed = false;

  constructor(backend: Backend, options: Options) {
    this.#backend = backend;
    this.#options = options;
    this.#now = options.now ?? (() => Date.now());
    this.#report = options.report ?? (() => undefined);
    const most = options.processes ?? 2;
    this.#attributor =
      options.attributor ?? new Attributor({ most, mostForOne: options.processesForOne ?? Math.max(1, most - 1) });
    this.#seeds = new SeedRows(options.seeds, this.#attributor);
    this.#stores = new StorePool({
      backend,
      mostOpen: options.mostOpen,
      now: this.#now,
      seeds: () => this.#seeds.all(),
      onOpen: (name, isOpen) => this.#beginTasks(name, isOpen),
      report: this.#report,
    });
    const tend = () => this.maintain().catch(error => this.#report('Library maintenance failed', error));
    this.#timer = setInterval(tend, TEND_MILLISECONDS).unref();
  }

  async has(owner: Owner): Promise<boolean> {
    return await this.#backend.has(nameOf(owner));
  }

  /** Attributes the seed articles, so that the first command in a new library needn't wait. */
  async prepare(): Promise<void> {
    await this.#seeds.all().catch((error: unknown) => {
      if (!this.#isClosed) throw error;
    });
  }

  /** Throws if the owner's id isn't a snowflake. */
  async open(owner: Owner): Promise<OpenLibrary> {
    const name = nameOf(owner);
    if (this.#isClosed) throw stopping();
    const nothing = () => Promise.resolve();
    // Another process may have erased it, so the open store must go.
    if (!(await this.#backend.has(name))) await this.#stores.leave(name, nothing);
    await this.#stores.withStore(name, nothing);
    return new StoredLibrary(owner, this.#contextOf(name));
  }

  /** Runs a script of `store/following/feeds.ts` on the feeds that libraries follow. */
  get feeds(): Run {
    return this.#backend.feeds;
  }

  /**
   * Prepares and sends the posts of each library that is due, if `isMine` accepts its owner. A few are prepared at once.
   * Leaves out libraries for which an earlier call isn't done.
   */
  async deliver(isMine: (owner: Owner) => boolean, prepare: Prepare): Promise<void> {
    // Asking for those that are being posted renews their claims.
    const due = await this.#backend.due('posting', this.#now(), name => isMine(ownerNamed(name)));
    const names = due.filter(name => !this.#delivering.has(name));
    const outcomes = await Promise.allSettled(names.map(name => this.#deliver(name, prepare)));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  async #deliver(name: string, prepare: Prepare): Promise<void> {
    this.#delivering.add(name);
    try {
      const next = await this.#post(name, prepare).catch((error: unknown) => {
        this.#report(`Cannot post what is new in ${name}: will retry in a minute`, error);
        return this.#now() + MINUTE_MILLISECONDS;
      });
      await this.#backend.complete('posting', name, next);
    } finally {
      this.#delivering.delete(name);
    }
  }

  /** A library waits for its turn to be read, and for Discord without one. */
  async #post(name: string, prepare: Prepare): Promise<number | undefined> {
    const send = await this.#preparing.run(name, LONGEST_PREPARING, async () => {
      const library = await this.#openExisting(name);
      return library === undefined ? () => Promise.resolve(undefined) : await prepare(library);
    });
    return send === undefined ? this.#now() : await send();
  }

  /** Returns `undefined` if there is no such library. */
  async #openExisting(name: string): Promise<OpenLibrary | undefined> {
    // Made before, so that it fails if the library is erased meanwhile.
    const context = this.#contextOf(name);
    const isThere = await this.#stores.withExisting(name, () => Promise.resolve(true));
    return isThere === undefined ? undefined : new StoredLibrary(ownerNamed(name), context);
  }

  /**
   * Returns a library's settings, usually from a cache: changes by another process show within 30 seconds. Creates no
   * library.
   */
  async choices(owner: Owner): Promise<LibrarySettings> {
    const name = nameOf(owner);
    const context = this.#contextOf(name);
    return await this.#chosen.of(name, async () =>
      (await this.#backend.has(name)) ? await context.read(readLibrarySettings) : DEFAULT_SETTINGS,
    );
  }

  /** Returns the ids of servers that have a library. */
  async knownServers(): Promise<readonly string[]> {
    const names = await this.#backend.names();
    return names.map(ownerNamed).flatMap(({ kind, id }) => (kind === 'server' ? id : []));
  }

  /** Erases a library and everything about it, even if it is damaged. */
  async erase(owner: Owner): Promise<void> {
    await this.#erase(nameOf(owner));
  }

  /**
   * Schedules a server's library to be erased 30 days after `now`, since the bot was removed. Calling it again doesn't
   * postpone that. `now` is in milliseconds since 1970, by a clock that is right even when this machine's isn't.
   */
  async scheduleErasure(owner: Owner, now: number): Promise<void> {
    await this.#backend.schedule('leaving', nameOf(owner), now + LEFT_MILLISECONDS);
  }

  async cancelErasure(owner: Owner): Promise<void> {
    await this.#backend.complete('leaving', nameOf(owner));
    await this.#backend.complete('erasing', nameOf(owner));
  }

  /**
   * Erases libraries that were due a day ago and still are, and returns their number. Skips servers of other processes,
   * which alone know whether the bot is back. Calls `announce` before, and a day before. `now` is by the same clock as
   * for `scheduleErasure`.
   */
  async eraseDue(
    now: number,
    isMine: (server: string) => boolean,
    announce: Announce = () => undefined,
  ): Promise<number> {
    const isOurs = (name: string) => {
      const { kind, id } = ownerNamed(name);
      return kind === 'server' && isMine(id);
    };
    const seenBefore = new Set(await this.#backend.due('erasing', now, isOurs));
    let erased = 0;
    for (const name of await this.#backend.due('leaving', now, isOurs)) {
      announce(ownerNamed(name).id, seenBefore.has(name) ? 'now' : 'tomorrow');
      if (!seenBefore.has(name)) {
        await this.#backend.schedule('erasing', name, now + SECOND_LOOK_MILLISECONDS);
        continue;
      }
      const isThere = await this.#backend.has(name);
      const [outcome] = await Promise.allSettled([this.#erase(name)]);
      // One that can't be erased is tried again later; the others don't wait for it.
      if (outcome.status === 'rejected') this.#report(`Cannot erase the library ${name}`, outcome.reason);
      else if (isThere) erased += 1;
    }
    return erased;
  }

  /** Counts what is in open libraries, for metrics. */
  async state(): Promise<LibraryCounts> {
    const counts = await this.#stores.ask(store => store.read(countArticles));
    const articles = counts.reduce((sum, count) => sum + count, 0);
    const missing = await this.#stores.ask(store => store.read(countUnencoded, MODEL_ID));
    const unencoded = missing.reduce((sum, count) => sum + count, 0);
    return { open: counts.length, articles, unencoded, taken: { ...this.#taken } };
  }

  /** Returns the number of queries that wait for a connection to the database. */
  waiting(): number {
    return this.#backend.waiting;
  }

  /** Throws `StorageError` if the backend doesn't answer. */
  async check(): Promise<void> {
    await this.#backend.due('purging', 0);
  }

  /**
   * Makes the missing vectors of all libraries, one library after another, in the background. Those that another process
   * is working on are left to it.
   */
  async encodeAll(): Promise<void> {
    for (const name of await this.#backend.names()) {
      if (this.#isClosed) return;
      // Opening it starts its tasks. Encoding errors have been reported. Damage is reported when somebody asks.
      const encode = () => this.#stores.withExisting(name, () => Promise.resolve()).then(() => this.#encode(name));
      await encode().catch(() => undefined);
      await pause(BETWEEN_MILLISECONDS, undefined, { ref: false });
    }
  }

  /** Closes idle libraries and purges removed articles. Runs by itself every 30 seconds. */
  async maintain(): Promise<void> {
    this.#chosen.forgetStale();
    for (const name of await this.#backend.due('purging', this.#now())) {
      await this.#purge(name).catch(error => this.#postponePurge(name, error));
    }
    await this.#stores.closeIdle(IDLE_MILLISECONDS);
    for (const [name, { isOpen }] of this.#encoders) if (!isOpen) this.#encoders.delete(name);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#timer);
    const changed = Promise.allSettled(this.#changing);
    const overdue = new AbortController();
    const end = pause(CLOSE_MILLISECONDS, undefined, { signal: overdue.signal }).catch(() => undefined);
    await Promise.race([changed, end]);
    overdue.abort();
    // Attribution in progress is cancelled: it may take longer than shutdown allows.
    await this.#attributor.close();
    await this.#options.encoder?.close();
    await changed;
    await this.#stores.close();
    await this.#backend.close();
  }

  #contextOf(name: string): LibraryContext {
    const erasures = this.#erasures.get(name);
    const withStore = async <Result>(work: (store: Store) => Promise<Result>): Promise<Result> => {
      if (this.#erasures.get(name) !== erasures) throw new StorageError(message('keeping.erased'));
      return await this.#stores.withStore(name, work);
    };
    return {
      name,
      attributor: this.#attributor,
      encoder: this.#options.encoder,
      mostArticles: this.#options.mostArticles,
      articles: this.#read,
      settings: this.#chosen,
      now: this.#now,
      reportDamage: () => this.#reportDamage(name),
      report: this.#report,
      change: change => this.#change(change),
      read: (script, ...values) => withStore(store => store.read(script, ...values)),
      write: (script, ...values) => withStore(store => store.write(script, ...values)),
      schedule: (task, moment) => this.#backend.schedule(task, name, moment),
      countTaken: kind => {
        this.#taken[kind] += 1;
      },
      erase: () => this.#erase(name),
      claim: task => this.#backend.claim(`${name} ${task}`, this.#claimant, CLAIM_MILLISECONDS),
      release: task => this.#backend.release(`${name} ${task}`, this.#claimant),
      encodeMissing: () => this.#encode(name),
    };
  }

  async #change<Result>(change: () => Promise<Result>): Promise<Result> {
    if (this.#isClosed) throw stopping();
    const changing = change();
    this.#changing.add(changing);
    try {
      return await changing;
    } finally {
      this.#changing.delete(changing);
    }
  }

  async #erase(name: string): Promise<void> {
    this.#erasures.set(name, (this.#erasures.get(name) ?? 0) + 1);
    await this.#stores.leave(name, async () => {
      await this.#backend.erase(name);
      for (const task of ['leaving', 'erasing', 'purging', 'posting'] as const)
        await this.#backend.complete(task, name);
    });
    this.#read.forget(name);
    this.#chosen.forget(name);
  }

  /** Purges removed articles and expired drafts, and schedules the next purge. */
  async #purge(name: string): Promise<void> {
    const now = this.#now();
    const purge = async (store: Store) => {
      const removal = await store.erase(purgeArticles, now - UNDO_MILLISECONDS);
      const end = await store.erase(purgeDrafts, now);
      const due = [removal === undefined ? [] : removal + UNDO_MILLISECONDS, end ?? []].flat();
      return due.length === 0 ? undefined : Math.min(...due);
    };
    await this.#backend.complete('purging', name, await this.#stores.withExisting(name, purge));
  }

  async #postponePurge(name: string, cause: unknown): Promise<void> {
    // Another process may have erased it meanwhile.
    const isThere = await this.#backend.has(name).catch(() => true);
    if (!isThere) return await this.#backend.complete('purging', name);
    this.#report(`Cannot purge removed articles from ${name}: will retry in an hour`, cause);
    await this.#backend.complete('purging', name, this.#now() + HOUR_MILLISECONDS);
  }

  #beginTasks(name: string, isOpen: () => boolean): void {
    // Erased while it was being opened, or closed.
    if (!isOpen()) return;
    const context = this.#contextOf(name);
    const reporting = (sentence: string) => (error: unknown) => {
      if (isOpen()) this.#report(sentence, error);
    };
    const register = async ({ read }: Store) => {
      const follows = await read(readFollows);
      if (follows.length > 0) await this.feeds(registerFollows, follows, name, this.#now());
    };
    this.#stores.withStore(name, register).catch(reporting(`Cannot register the feeds that ${name} follows`));
    refresh(context, isOpen).catch(reporting(`Cannot refresh the articles of ${name}`));
    const { encoder, progress = this.#report } = this.#options;
    if (encoder === undefined) return;
    const options = { context, isOpen: () => isOpen() && !this.#isClosed, encoder, progress };
    this.#encoders.set(name, new BackgroundEncoder(options, this.#encoders.get(name)));
    // What can't be encoded was reported.
    this.#encode(name).catch(() => undefined);
  }

  async #encode(name: string): Promise<void> {
    await this.#encoders.get(name)?.encode();
  }

  #reportDamage(name: string): void {
    if (this.#damaged.has(name)) return;
    this.#damaged.add(name);
    this.#report(`Skipped damaged articles of ${name}`);
  }
}

export type Libraries = Pick<StoredLibraries, keyof StoredLibraries>;

function stopping(): StorageError {
  return new StorageError(message('keeping.stopping'));
}

export interface LibrariesOptions extends StorageLocation {
  /** Contents of a new library. */
  readonly seeds: readonly Seed[];
  readonly mostArticles: number;
  /** More are open at once only while more are in use. */
  readonly mostOpen: number;
  /** Number of processes that attribute articles. Default: 2 */
  readonly processes?: number;
  /** Most of them at work for one owner. Default: all but one, so that one owner can't block the others. */
  readonly processesForOne?: number;
  /** Default: an `Attributor` with these processes. */
  readonly attributor?: Derives;
  /** Makes the vectors of articles. Without it, nothing is found by meaning. */
  readonly encoder?: Encodes;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly report?: Reporter;
  /** Called with how far the vectors of many articles are. Default: `report` */
  readonly progress?: (sentence: string) => void;
  readonly monitor?: StorageMonitor;
}

/** Throws `StorageError` if another process holds the folder or the database doesn't answer. */
export async function openLibraries(options: LibrariesOptions): Promise<Libraries> {
  return new StoredLibraries(await openBackend(options, options.report, options.monitor), options);
}
