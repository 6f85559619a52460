import type { Article } from '../news/article.ts';
import type { AttributedArticle } from './attribution.ts';
import { findReports } from './find-reports.ts';
import { findSpeakers } from './speakers.ts';

/** Reads out of an article who said what. Pure: the same text gives the same answer. Takes time linear in its length. */
export function attribute(article: Article): AttributedArticle {
  return findSpeakers(article, findReports(article));
}
