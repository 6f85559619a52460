import type { AttributedArticle } from '../attribution/attribution.ts';

/** One server's articles. */
export interface Library {
  /** In the order in which they were added. */
  readonly articles: readonly AttributedArticle[];
  /** The article of that id; `undefined` for any other string, which may come from a stranger. */
  article(id: string): AttributedArticle | undefined;
}
