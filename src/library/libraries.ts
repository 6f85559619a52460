import { setTimeout as pause } from 'node:timers/promises';
import type { Article } from '../news/article.ts';
import { message } from '../wording/say.ts';
import { ReadArticles } from './article-cache.ts';
import { Attributor, type Derives } from './attributor.ts';
import { ReadChoices } from './choices-cache.ts';
import type { LibraryContext } from './context.ts';
import type { OpenLibrary, Owner } from './library.ts';
import { eraseLeft, LEFT_MILLISECONDS, purgeDue } from './maintenance.ts';
import { KeptLibrary } from './open-library.ts';
import { refresh } from './refresh.ts';
import { SeedRows } from './seeds.ts';
import { openBackend, type StorageLocation } from './store/backends.ts';
import { StorageError } from './store/errors.ts';
import { defaultSettings, type LibrarySettings } from './store/library-settings.ts';
import type { Backend } from './store/store.ts';
import { OpenStores } from './store-cache.ts';

const form = /^(?:server|person)-[1-9]\d{0,19}$/v;
const beforeServers = 'server-';

/** What a library is called in its place. Checked: nothing that somebody sent reaches the disk or a statement. */
function nameOf({ kind, id }: Owner): string {
  const name = `${kind}-${id}`;
  if (!form.test(name)) throw new StorageError('This is not the id of a server or of a person.');
  return name;
}

/** The id of the server whose library is called so; `undefined` where it is a person's. */
export function serverOf(name: string): string | undefined {
  return name.startsWith(beforeServers) ? name.slice(beforeServers.length) : undefined;
}

const IDLE_MILLISECONDS = 10 * 60_000;
const TEND_MILLISECONDS = 30_000;
const CLOSE_MILLISECONDS = 5_000;
const CLAIM_MILLISECONDS = 10 * 60_000;
/** Some 50 MB with all that is read out of them. */
const MOST_READ = { articles: 2000, characters: 10_000_000 };

type Options = Omit<LibrariesOptions, 'folder' | 'databaseUrl'>;

/** Libraries in any place, opened when they are asked for. */
export class LibrariesInPlace implements Libraries, Inspected {
  readonly #place: Backend;
  readonly #options: Options;
  readonly #attributor: Derives;
  readonly #stores: OpenStores;
  readonly #read = new ReadArticles(MOST_READ.articles, MOST_READ.characters);
  readonly #chosen = new ReadChoices(() => this.#now());
  readonly #changing = new Set<Promise<unknown>>();
  /** How often each was erased: who holds one from before must not bring it back. */
  readonly #erasures = new Map<string, number>();
  /** Those with damaged articles, which was reported. */
  readonly #damaged = new Set<string>();
  readonly #taken = { added: 0, updated: 0 };
  readonly #seeds: SeedRows;
  readonly #timer: NodeJS.Timeout;
  #isClosed = false;

  constructor(place: Backend, options: Options) {
    this.#place = place;
    this.#options = options;
    const most = options.processes ?? 2;
    this.#attributor =
      options.attributor ?? new Attributor({ most, mostForOne: options.processesForOne ?? Math.max(1, most - 1) });
    this.#seeds = new SeedRows(options.seeds, this.#attributor);
    this.#stores = new OpenStores({
      place,
      mostOpen: options.mostOpen,
      now: () => this.#now(),
      seeds: () => this.#seeds.all(),
      onOpen: (name, isOpen) => this.#refresh(name, isOpen),
      report: (sentence, cause) => this.#report(sentence, cause),
    });
    const tend = () => this.tend().catch(error => this.#report('Libraries could not be tended.', error));
    this.#timer = setInterval(tend, TEND_MILLISECONDS).unref();
  }

  async has(owner: Owner): Promise<boolean> {
    return await this.#place.has(nameOf(owner));
  }

  async prepare(): Promise<void> {
    await this.#seeds.all().catch((error: unknown) => {
      if (!this.#isClosed) throw error;
    });
  }

  async open(owner: Owner): Promise<OpenLibrary> {
    const name = nameOf(owner);
    if (this.#isClosed) throw stopping();
    const nothing = () => Promise.resolve();
    // Another process may have erased it: what is open of it takes nothing more.
    if (!(await this.#place.has(name))) await this.#stores.leave(name, nothing);
    await this.#stores.lend(name, nothing);
    return new KeptLibrary(owner, this.#contextOf(name));
  }

  async choices(owner: Owner): Promise<LibrarySettings> {
    const name = nameOf(owner);
    const context = this.#contextOf(name);
    return await this.#chosen.of(name, async () =>
      (await this.#place.has(name)) ? await context.lend(store => store.settings()) : defaultSettings,
    );
  }

  async knownServers(): Promise<readonly string[]> {
    const names = await this.#place.names();
    return names.flatMap(name => serverOf(name) ?? []);
  }

  async erase(owner: Owner): Promise<void> {
    await this.#erase(nameOf(owner));
  }

  async left(owner: Owner): Promise<void> {
    await this.#place.schedule('leaving', nameOf(owner), this.#now() + LEFT_MILLISECONDS);
  }

  async returned(owner: Owner): Promise<void> {
    await this.#place.complete('leaving', nameOf(owner));
  }

  async eraseLeft(isMine: (server: string) => boolean): Promise<number> {
    return await eraseLeft({
      place: this.#place,
      now: this.#now(),
      isMine,
      erase: name => this.#erase(name),
      report: (sentence, cause) => this.#report(sentence, cause),
    });
  }

  async state(): Promise<State> {
    const counts = await this.#stores.ask(store => store.count());
    const articles = counts.reduce((sum, count) => sum + count, 0);
    return { open: counts.length, articles, taken: { ...this.#taken } };
  }

  async check(): Promise<void> {
    await this.#place.due('purging', 0);
  }

  async tend(): Promise<void> {
    const report = (sentence: string, cause: unknown) => this.#report(sentence, cause);
    this.#chosen.forgetStale();
    await purgeDue({ place: this.#place, stores: this.#stores, now: this.#now(), report });
    await this.#stores.closeIdle(IDLE_MILLISECONDS);
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
    // What is still to be attributed is given up: a long article takes longer than an ending process may.
    await this.#attributor.close();
    await changed;
    await this.#stores.close();
    await this.#place.close();
  }

  #contextOf(name: string): LibraryContext {
    const erasures = this.#erasures.get(name);
    return {
      name,
      attributor: this.#attributor,
      mostArticles: this.#options.mostArticles,
      read: this.#read,
      chosen: this.#chosen,
      now: () => this.#now(),
      reportDamage: () => this.#reportDamage(name),
      change: change => this.#change(change),
      lend: async work => {
        if (this.#erasures.get(name) !== erasures) throw new StorageError(message('keeping.erased'));
        return await this.#stores.lend(name, work);
      },
      notePurge: moment => this.#place.schedule('purging', name, moment),
      countTaken: kind => {
        this.#taken[kind] += 1;
      },
      erase: () => this.#erase(name),
      claim: claimant => this.#place.claim(name, claimant, CLAIM_MILLISECONDS),
      release: claimant => this.#place.release(name, claimant),
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
      await this.#place.erase(name);
      await this.#place.complete('leaving', name);
      await this.#place.complete('purging', name);
    });
    this.#read.forget(name);
    this.#chosen.forget(name);
  }

  #refresh(name: string, isOpen: () => boolean): void {
    refresh(this.#contextOf(name), isOpen).catch(error => {
      if (isOpen()) this.#report(`Articles of ${name} could not be read again.`, error);
    });
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }

  #reportDamage(name: string): void {
    if (this.#damaged.has(name)) return;
    this.#damaged.add(name);
    this.#report(`Articles of ${name} are damaged and are left out.`, undefined);
  }

  #report(sentence: string, cause: unknown): void {
    this.#options.report?.(sentence, cause);
  }
}

function stopping(): StorageError {
  return new StorageError(message('keeping.stopping'));
}

/** Everybody's libraries, each apart from all others. What their place refuses is StorageError everywhere. */
export interface Libraries {
  /** Whether there is a library of this owner already. */
  has(owner: Owner): Promise<boolean>;
  /** Attributes what new libraries hold at first, so that the first command in one need not wait for it. */
  prepare(): Promise<void>;
  /** Refuses an owner whose id is no snowflake. */
  open(owner: Owner): Promise<OpenLibrary>;
  /**
   * What was chosen for a library; for none it makes none. Mostly out of memory: what another process chose is noticed within half a
   * minute.
   */
  choices(owner: Owner): Promise<LibrarySettings>;
  /** Ids of the servers that have a library. */
  knownServers(): Promise<readonly string[]>;
  /** Leaves nothing of a library in its place, a damaged one included. */
  erase(owner: Owner): Promise<void>;
  /** The bot was taken out of this server: 30 days later `eraseLeft` erases its library. Told again it stays with the first time. */
  left(owner: Owner): Promise<void>;
  returned(owner: Owner): Promise<void>;
  /**
   * Erases what is due; how many libraries that were. Of servers that are another process's to follow nothing, since it alone
   * knows which of them have the bot back.
   */
  eraseLeft(isMine: (server: string) => boolean): Promise<number>;
  /** Closes what was idle for long and purges what was removed. Done by itself every half minute. */
  tend(): Promise<void>;
  close(): Promise<void>;
}

interface State {
  /** Libraries that are open, and the articles in them. */
  readonly open: number;
  readonly articles: number;
  /** Since the start, by this process: articles that came anew, and those that came in the place of an older text. */
  readonly taken: Readonly<Record<'added' | 'updated', number>>;
}

/** How the libraries are, for whoever watches the bot. */
export interface Inspected {
  state(): Promise<State>;
  /** Resolves where what keeps them answers; rejects with StorageError where it does not. */
  check(): Promise<void>;
}

export interface LibrariesOptions extends StorageLocation {
  /** What a new library holds at first. */
  readonly seeds: readonly Article[];
  readonly mostArticles: number;
  /** More than this are open at once only while more are in use. */
  readonly mostOpen: number;
  /** In how many processes articles are attributed. Default: 2 */
  readonly processes?: number;
  /** How many of these may be at work for one owner. Default: all but one, so that nobody waits for what another one adds. */
  readonly processesForOne?: number;
  /** Attributes articles. Default: these processes. */
  readonly attributor?: Derives;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Takes what goes wrong where nobody waits for an answer. */
  readonly report?: (sentence: string, cause: unknown) => void;
}

/** Throws StorageError where the place cannot be had: another process holds the folder, or no database answers. */
export async function openLibraries(options: LibrariesOptions): Promise<Libraries & Inspected> {
  return new LibrariesInPlace(await openBackend(options), options);
}
