import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Library } from './library.ts';

/** A library of articles that are already read. Of two with one id the later one counts. */
export function memoryLibrary(articles: readonly AttributedArticle[]): Library {
  const byId = new Map(articles.map(each => [each.article.id, each]));
  return { articles: [...byId.values()], article: id => byId.get(id) };
}
