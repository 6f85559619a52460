import { type AttributedArticle, attributionVersion } from '../attribution/attribution.ts';
import type { Article, Masthead } from '../news/article.ts';
import { ArticleFile, type NewRow } from './article-file.ts';
import { readDerived, type Text } from './derived.ts';
import { type Desk, purgeFile, UNDO_MILLISECONDS } from './desk.ts';
import type { Entries, Entry } from './entries.ts';
import { CannotKeep } from './faults.ts';
import { idOf, type Keys, keysOf } from './keys.ts';
import type { Added, Change, OpenLibrary, Owner } from './library.ts';
import { toLine } from './line.ts';
import { readEntries } from './read-entries.ts';

/** In UTF-8: some 300,000 words, far beyond any article. */
const MOST_BYTES = 2_000_000;

/** A library on the disk, with its articles in memory while it is open. The disk is changed first, the memory after it. */
export class KeptLibrary implements OpenLibrary {
  readonly owner: Owner;
  readonly #desk: Desk;
  readonly #file: ArticleFile;
  readonly #entries: Entries;
  readonly #running = new Set<Promise<unknown>>();
  readonly #listeners: ((change: Change) => void)[] = [];
  #state: 'open' | 'closed' | 'erased' = 'open';

  private constructor(owner: Owner, desk: Desk, file: ArticleFile, entries: Entries) {
    this.owner = owner;
    this.#desk = desk;
    this.#file = file;
    this.#entries = entries;
  }

  /** Opens the library's file, or makes one with the seeds in it. Articles whose words are damaged are left out and reported. */
  static async open(owner: Owner, desk: Desk, path: string, seeds: readonly NewRow[]): Promise<KeptLibrary> {
    const file = new ArticleFile(path, seeds);
    try {
      const { entries, stale, damaged } = await readEntries(file, desk.attributor);
      if (damaged > 0) desk.report(`${damaged} articles in ${path} are damaged and were left out.`, undefined);
      const library = new KeptLibrary(owner, desk, file, entries);
      library.#refresh(stale).catch(error => {
        if (library.#state === 'open') desk.report(`Articles in ${path} could not be attributed again.`, error);
      });
      return library;
    } catch (error) {
      file.close();
      throw error;
    }
  }

  get articles(): readonly AttributedArticle[] {
    return this.#entries.articles;
  }

  get isBusy(): boolean {
    return this.#running.size > 0;
  }

  article(id: string): AttributedArticle | undefined {
    const entry = this.#entries.find(id);
    return entry?.removedAt === undefined ? entry?.article : undefined;
  }

  preview(masthead: Masthead, text: string): Promise<AttributedArticle> {
    return this.#use(
      () => this.#preview(masthead, text),
      reopened => reopened.preview(masthead, text),
    );
  }

  add(masthead: Masthead, text: string): Promise<Added> {
    return this.#use(
      () => this.#add(masthead, text),
      reopened => reopened.add(masthead, text),
    );
  }

  remove(id: string): Promise<AttributedArticle | undefined> {
    return this.#use(
      () => this.#remove(id),
      reopened => reopened.remove(id),
    );
  }

  restore(id: string): Promise<AttributedArticle | undefined> {
    return this.#use(
      () => this.#restore(id),
      reopened => reopened.restore(id),
    );
  }

  erase(): Promise<void> {
    return this.#desk.erase(this.owner);
  }

  *lines(): Generator<string> {
    for (const { article } of this.articles) yield toLine(article);
  }

  onChange(listener: (change: Change) => void): void {
    this.#listeners.push(listener);
  }

  /** Leaves nothing of what cannot be had back any more. When the next removed article is due. */
  purge(): number | undefined {
    const before = this.#desk.now() - UNDO_MILLISECONDS;
    const next = purgeFile(this.#file, before);
    for (const { removedAt, article } of this.#entries) {
      if (removedAt !== undefined && removedAt <= before) this.#entries.drop(article.article.id);
    }
    return next;
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  /** Its articles can still be read; whoever changes it opens it again. */
  close(): void {
    if (this.#state !== 'open') return;
    this.#state = 'closed';
    this.#file.close();
  }

  /** Closes it and forgets its articles, before its file is erased. */
  discard(): void {
    this.close();
    this.#state = 'erased';
    this.#entries.clear();
  }

  /** Whoever holds a library that was closed meanwhile changes the one that is open now. */
  async #use<Result>(
    change: () => Promise<Result>,
    changeReopened: (library: OpenLibrary) => Promise<Result>,
  ): Promise<Result> {
    if (this.#state !== 'open') return changeReopened(await this.#desk.reopen(this.owner));
    const running = change();
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  async #preview(masthead: Masthead, text: string): Promise<AttributedArticle> {
    const written: Text = { id: 'draft', ...masthead, updated: false, text };
    return readDerived(written, await this.#desk.attributor.derive(written));
  }

  async #add(masthead: Masthead, text: string): Promise<Added> {
    if (Buffer.byteLength(text) > MOST_BYTES) return { kind: 'too long', most: MOST_BYTES };
    const keys = keysOf(masthead, text);
    const known = this.#decline(keys);
    if (known !== undefined) return known;
    const derived = await this.#desk.attributor.derive({ id: idOf(keys), ...masthead, updated: false, text });
    if (this.#state !== 'open') throw new CannotKeep('The library was erased just now; add the article again.');
    // Somebody may have added it in the meantime.
    return this.#decline(keys) ?? this.#put(masthead, text, keys, derived);
  }

  /** Why an article of these keys is not taken in. */
  #decline(keys: Keys): Added | undefined {
    const same = this.#entries.findText(keys);
    if (same !== undefined) return { kind: 'same', article: same.article };
    const most = this.#desk.mostArticles;
    return this.#entries.findLink(keys) === undefined && this.articles.length >= most
      ? { kind: 'full', most }
      : undefined;
  }

  #put(masthead: Masthead, text: string, keys: Keys, derived: string): Added {
    const former = this.#entries.findLink(keys);
    const id = former?.article.article.id ?? idOf(keys);
    const written: Text = { id, ...masthead, updated: former !== undefined, text };
    const article = readDerived(written, derived);
    if (former !== undefined) this.#desk.notePurge(this.owner, this.#desk.now());
    const number = this.#file.put({ text: written, keys, derived, madeBy: attributionVersion }, former?.number);
    this.#entries.put({ number, keys, removedAt: undefined, article });
    if (former !== undefined) this.#tell('removed', former.article);
    this.#tell('added', article);
    return { kind: former === undefined ? 'added' : 'updated', article };
  }

  async #remove(id: string): Promise<AttributedArticle | undefined> {
    const entry = this.#entries.find(id);
    if (entry === undefined || entry.removedAt !== undefined) return undefined;
    this.#desk.notePurge(this.owner, this.#desk.now() + UNDO_MILLISECONDS);
    await this.#move(entry, this.#desk.now());
    return entry.article;
  }

  async #restore(id: string): Promise<AttributedArticle | undefined> {
    const entry = this.#entries.find(id);
    if (entry?.removedAt === undefined) return entry?.article;
    if (entry.removedAt <= this.#desk.now() - UNDO_MILLISECONDS) return undefined;
    if (this.articles.length >= this.#desk.mostArticles) {
      throw new CannotKeep(
        `The library has ${this.articles.length} articles and takes no more: remove another one first.`,
      );
    }
    await this.#move(entry, undefined);
    return entry.article;
  }

  #move(entry: Entry, removedAt: number | undefined): Promise<void> {
    this.#file.setRemoved(entry.number, removedAt);
    this.#entries.put({ ...entry, removedAt });
    this.#tell(removedAt === undefined ? 'added' : 'removed', entry.article);
    return Promise.resolve();
  }

  /** Attributes again, one by one, what other code attributed; until then that is what is answered from. */
  async #refresh(stale: readonly string[]): Promise<void> {
    for (const id of stale) {
      const before = this.#entries.find(id);
      if (before === undefined) continue;
      const text = toText(before.article.article);
      const derived = await this.#desk.attributor.derive(text);
      if (this.#state !== 'open') return;
      const entry = this.#entries.find(id);
      if (entry?.article !== before.article) continue;
      this.#file.setDerived(entry.number, derived, attributionVersion);
      const article = readDerived(text, derived);
      this.#entries.put({ ...entry, article });
      if (entry.removedAt !== undefined) continue;
      this.#tell('removed', before.article);
      this.#tell('added', article);
    }
  }

  #tell(kind: Change['kind'], article: AttributedArticle): void {
    for (const listener of this.#listeners) listener({ kind, article });
  }
}

function toText({ paragraphs, ...text }: Article): Text {
  return text;
}
