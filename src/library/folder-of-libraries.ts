import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { attributionVersion } from '../attribution/attribution.ts';
import type { Article } from '../news/article.ts';
import { ArticleFile, eraseFile, type NewRow } from './article-file.ts';
import { Attributor } from './attributor.ts';
import { type Desk, purgeFile, UNDO_MILLISECONDS } from './desk.ts';
import { CannotKeep } from './faults.ts';
import { KeptLibrary } from './kept-library.ts';
import { keysOf } from './keys.ts';
import type { Inspected, Libraries, LibrariesOptions } from './libraries.ts';
import type { OpenLibrary, Owner } from './library.ts';
import { Register } from './register.ts';

interface Opened {
  readonly opening: Promise<KeptLibrary>;
  /** `undefined` while it is being opened. */
  library: KeptLibrary | undefined;
  lastUsed: number;
}

const NAME = /^(?:server|person)-[1-9]\d{0,19}$/v;
const HOUR_MILLISECONDS = 60 * 60_000;
const LEFT_MILLISECONDS = 30 * 24 * HOUR_MILLISECONDS;
const IDLE_MILLISECONDS = 10 * 60_000;
const TEND_MILLISECONDS = 30_000;

/** Libraries in files of one folder, opened when they are asked for. */
export class FolderOfLibraries implements Libraries, Inspected {
  readonly #options: LibrariesOptions;
  readonly #register: Register;
  readonly #attributor: Attributor;
  readonly #desk: Desk;
  readonly #timer: NodeJS.Timeout;
  /** By name, the one that was not opened for longest first. */
  readonly #opened = new Map<string, Opened>();
  #seeds: Promise<readonly NewRow[]> | undefined;
  #isClosed = false;

  constructor(options: LibrariesOptions) {
    this.#options = options;
    this.#register = new Register(options.folder);
    this.#attributor = new Attributor(options.processes ?? 1);
    this.#desk = {
      attributor: this.#attributor,
      mostArticles: options.mostArticles,
      now: () => this.#now(),
      report: (sentence, cause) => options.report?.(sentence, cause),
      notePurge: (owner, moment) => this.#register.note('purging', nameOf(owner), moment),
      reopen: owner => this.#open(owner),
      erase: owner => this.erase(owner),
    };
    const tend = () => this.tend().catch(error => this.#desk.report('Libraries could not be tended.', error));
    this.#timer = setInterval(tend, TEND_MILLISECONDS).unref();
  }

  has(owner: Owner): boolean {
    return existsSync(this.#pathOf(nameOf(owner)));
  }

  open(owner: Owner): Promise<OpenLibrary> {
    return this.#open(owner);
  }

  async erase(owner: Owner): Promise<void> {
    await this.#eraseNamed(nameOf(owner));
  }

  left(owner: Owner): void {
    this.#register.note('leaving', nameOf(owner), this.#now() + LEFT_MILLISECONDS);
  }

  returned(owner: Owner): void {
    this.#register.strike('leaving', nameOf(owner));
  }

  async eraseLeft(): Promise<number> {
    let erased = 0;
    for (const name of this.#register.due('leaving', this.#now())) {
      const isThere = existsSync(this.#pathOf(name));
      const outcome = await Promise.allSettled([this.#eraseNamed(name)]);
      // The others must not wait for one that is refused; it is tried again.
      if (outcome[0].status === 'rejected') this.#desk.report(`${name} could not be erased.`, outcome[0].reason);
      else if (isThere) erased += 1;
    }
    return erased;
  }

  state(): ReturnType<Inspected['state']> {
    const open = [...this.#opened.values()].flatMap(({ library }) => (library === undefined ? [] : [library]));
    return { open: open.length, articles: open.reduce((sum, { articles }) => sum + articles.length, 0) };
  }

  async check(): Promise<void> {
    await Promise.resolve(this.#register.due('purging', 0));
  }

  async tend(): Promise<void> {
    for (const name of this.#register.due('purging', this.#now())) {
      await this.#purge(name).catch(error => this.#postponePurge(name, error));
    }
    for (const [name, { library, lastUsed }] of this.#opened) {
      if (this.#now() - lastUsed >= IDLE_MILLISECONDS) this.#closeIdle(name, library);
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#timer);
    const opened = await Promise.allSettled([...this.#opened.values()].map(({ opening }) => opening));
    const libraries = opened.flatMap(each => (each.status === 'fulfilled' ? [each.value] : []));
    await Promise.all(libraries.map(library => library.settled()));
    for (const library of libraries) library.close();
    this.#opened.clear();
    await this.#attributor.close();
    this.#register.close();
  }

  async #open(owner: Owner): Promise<KeptLibrary> {
    const name = nameOf(owner);
    if (this.#isClosed) throw new CannotKeep('The bot is stopping: try again when it is back.');
    const opened = this.#opened.get(name) ?? this.#begin(owner, name);
    // Goes to the end: the others were not used for longer.
    this.#opened.delete(name);
    this.#opened.set(name, opened);
    opened.lastUsed = this.#now();
    const library = await opened.opening;
    this.#closeSurplus(name);
    return library;
  }

  #begin(owner: Owner, name: string): Opened {
    const opening = this.#seedRows().then(seeds => KeptLibrary.open(owner, this.#desk, this.#pathOf(name), seeds));
    const opened: Opened = { opening, library: undefined, lastUsed: this.#now() };
    const settle = (library: KeptLibrary | undefined) => {
      opened.library = library;
      if (library === undefined) this.#opened.delete(name);
    };
    opening.then(settle, () => settle(undefined));
    return opened;
  }

  #closeSurplus(used: string): void {
    for (const [name, { library }] of this.#opened) {
      if (this.#opened.size <= this.#options.mostOpen) return;
      if (name !== used) this.#closeIdle(name, library);
    }
  }

  #closeIdle(name: string, library: KeptLibrary | undefined): void {
    if (library === undefined || library.isBusy) return;
    library.close();
    this.#opened.delete(name);
  }

  async #eraseNamed(name: string): Promise<void> {
    const library = await this.#opened.get(name)?.opening.catch(() => undefined);
    library?.discard();
    this.#opened.delete(name);
    eraseFile(this.#pathOf(name));
    this.#register.strike('leaving', name);
    this.#register.strike('purging', name);
  }

  async #purge(name: string): Promise<void> {
    await this.#opened.get(name)?.opening.catch(() => undefined);
    const library = this.#opened.get(name)?.library;
    const next = library === undefined ? this.#purgeClosed(name) : library.purge();
    this.#register.strike('purging', name);
    if (next !== undefined) this.#register.note('purging', name, next);
  }

  #postponePurge(name: string, cause: unknown): void {
    this.#desk.report(
      `What was removed could not be purged from ${this.#pathOf(name)}: tried again in an hour.`,
      cause,
    );
    this.#register.strike('purging', name);
    this.#register.note('purging', name, this.#now() + HOUR_MILLISECONDS);
  }

  #purgeClosed(name: string): number | undefined {
    if (!existsSync(this.#pathOf(name))) return undefined;
    const file = new ArticleFile(this.#pathOf(name), []);
    try {
      return purgeFile(file, this.#now() - UNDO_MILLISECONDS);
    } finally {
      file.close();
    }
  }

  /** Attributed once for all libraries that are new. */
  #seedRows(): Promise<readonly NewRow[]> {
    this.#seeds ??= Promise.all(this.#options.seeds.map(seed => this.#toRow(seed)));
    this.#seeds.catch(() => {
      this.#seeds = undefined;
    });
    return this.#seeds;
  }

  async #toRow({ paragraphs, ...text }: Article): Promise<NewRow> {
    const derived = await this.#attributor.derive(text);
    return { text, keys: keysOf(text, text.text), derived, madeBy: attributionVersion };
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }

  /** `name` is checked: nothing that somebody sent reaches the file system. */
  #pathOf(name: string): string {
    return join(this.#options.folder, `${name}.sqlite`);
  }
}

function nameOf({ kind, id }: Owner): string {
  const name = `${kind}-${id}`;
  if (!NAME.test(name)) throw new CannotKeep('This is not the id of a server or of a person.');
  return name;
}
