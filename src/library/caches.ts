import type { AttributedArticle } from '../attribution/attribution.ts';
import type { LibrarySettings } from './store/library-settings.ts';
import type { ArticleRef } from './store/store.ts';

/** Caches articles of all libraries. The least recently used are evicted first. */
export class ArticleCache {
  readonly #mostArticles: number;
  readonly #mostCharacters: number;
  readonly #articles = new Map<string, AttributedArticle>();
  #characters = 0;

  constructor(mostArticles: number, mostCharacters: number) {
    this.#mostArticles = mostArticles;
    this.#mostCharacters = mostCharacters;
  }

  get(library: string, ref: ArticleRef): AttributedArticle | undefined {
    const key = keyOf(library, ref);
    const article = this.#articles.get(key);
    if (article === undefined) return undefined;
    this.#articles.delete(key);
    this.#articles.set(key, article);
    return article;
  }

  keep(library: string, ref: ArticleRef, article: AttributedArticle): void {
    const key = keyOf(library, ref);
    this.#drop(key);
    this.#articles.set(key, article);
    this.#characters += article.article.text.length;
    for (const oldest of this.#articles.keys()) {
      if (this.#articles.size <= this.#mostArticles && this.#characters <= this.#mostCharacters) return;
      this.#drop(oldest);
    }
  }

  forget(library: string): void {
    for (const key of [...this.#articles.keys()]) if (key.startsWith(`${library} `)) this.#drop(key);
  }

  #drop(key: string): void {
    this.#characters -= this.#articles.get(key)?.article.text.length ?? 0;
    this.#articles.delete(key);
  }
}

/** Every change of an article makes another revision, so what is cached under a key never changes. */
function keyOf(library: string, { id, number, revision }: ArticleRef): string {
  return `${library} ${number} ${revision} ${id}`;
}

/** A change by another process is noticed after this time. */
const FRESH_MILLISECONDS = 30_000;

interface Read {
  readonly choices: Promise<LibrarySettings>;
  readonly until: number;
}

/** Caches the settings of libraries, so that no command waits for a query. */
export class SettingsCache {
  readonly #now: () => number;
  readonly #read = new Map<string, Read>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Returns cached settings, or reads them. */
  async of(library: string, read: () => Promise<LibrarySettings>): Promise<LibrarySettings> {
    const known = this.#read.get(library);
    if (known !== undefined && this.#now() < known.until) return await known.choices;
    const reading = this.#keep(library, read());
    try {
      return await reading.choices;
    } catch (error) {
      if (this.#read.get(library) === reading) this.forget(library);
      throw error;
    }
  }

  /** Caches settings that were just saved, even if they are being read. */
  keep(library: string, choices: LibrarySettings): void {
    this.#keep(library, Promise.resolve(choices));
  }

  forget(library: string): void {
    this.#read.delete(library);
  }

  forgetStale(): void {
    for (const [library, { until }] of this.#read) if (this.#now() >= until) this.forget(library);
  }

  #keep(library: string, choices: Promise<LibrarySettings>): Read {
    const read = { choices, until: this.#now() + FRESH_MILLISECONDS };
    this.#read.set(library, read);
    return read;
  }
}
