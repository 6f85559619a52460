import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Keys } from './keys.ts';

/** An article in memory: in the library, or removed and still to be had back. */
export interface Entry {
  /** Its place in the order of adding. */
  readonly number: number;
  readonly keys: Keys;
  /** Milliseconds since 1970; `undefined`: it is in the library. */
  readonly removedAt: number | undefined;
  readonly article: AttributedArticle;
}

/** The articles of a library that is open. */
export class Entries {
  readonly #byId = new Map<string, Entry>();
  readonly #idByKey = new Map<string, string>();
  #articles: readonly AttributedArticle[] | undefined;

  [Symbol.iterator](): Iterator<Entry> {
    return this.#byId.values();
  }

  /** Those in the library, oldest first. */
  get articles(): readonly AttributedArticle[] {
    this.#articles ??= [...this.#byId.values()]
      .filter(entry => entry.removedAt === undefined)
      .sort((one, other) => one.number - other.number)
      .map(({ article }) => article);
    return this.#articles;
  }

  find(id: string): Entry | undefined {
    return this.#byId.get(id);
  }

  /** Only of the library. */
  findLink({ link }: Keys): Entry | undefined {
    return link === undefined ? undefined : this.#findKey(`link ${link}`);
  }

  /** Only of the library. */
  findText({ text }: Keys): Entry | undefined {
    return this.#findKey(`text ${text}`);
  }

  /** Takes an entry in, in place of all with its id or one of its keys. */
  put(entry: Entry): void {
    const { id } = entry.article.article;
    const keys = namesOf(entry.keys);
    for (const former of [id, ...keys.map(key => this.#idByKey.get(key))]) this.drop(former);
    this.#byId.set(id, entry);
    this.#articles = undefined;
    for (const key of keys) this.#idByKey.set(key, id);
  }

  drop(id: string | undefined): void {
    const entry = this.#byId.get(id ?? '');
    if (id === undefined || entry === undefined) return;
    this.#byId.delete(id);
    for (const key of namesOf(entry.keys)) this.#idByKey.delete(key);
    this.#articles = undefined;
  }

  clear(): void {
    for (const id of [...this.#byId.keys()]) this.drop(id);
  }

  #findKey(key: string): Entry | undefined {
    const entry = this.#byId.get(this.#idByKey.get(key) ?? '');
    return entry?.removedAt === undefined ? entry : undefined;
  }
}

function namesOf({ link, text }: Keys): readonly string[] {
  return link === undefined ? [`text ${text}`] : [`link ${link}`, `text ${text}`];
}
