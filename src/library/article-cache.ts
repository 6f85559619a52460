import type { AttributedArticle } from '../attribution/attribution.ts';
import type { ArticleRef } from './store/store.ts';

/** Caches articles of all libraries. The least recently used are evicted first. */
export class ReadArticles {
  readonly #mostArticles: number;
  readonly #mostCharacters: number;
  readonly #articles = new Map<string, AttributedArticle>();
  #characters = 0;

  constructor(mostArticles: number, mostCharacters: number) {
    this.#mostArticles = mostArticles;
    this.#mostCharacters = mostCharacters;
  }

  get(library: string, pointer: ArticleRef): AttributedArticle | undefined {
    const key = keyOf(library, pointer);
    const article = this.#articles.get(key);
    if (article === undefined) return undefined;
    this.#articles.delete(key);
    this.#articles.set(key, article);
    return article;
  }

  keep(library: string, pointer: ArticleRef, article: AttributedArticle): void {
    const key = keyOf(library, pointer);
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
