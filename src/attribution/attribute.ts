import type { Article } from '../news/article.ts';
import type { AttributedArticle } from './attribution.ts';
import { findNestedReports } from './nested-reports.ts';
import { findReports } from './network/find-reports.ts';
import { findSpeakers } from './speakers/resolve.ts';
import { keepSpeech } from './speech.ts';

/** Finds who said what in an article. Deterministic; time is linear in the length of the text. */
export async function attribute(article: Article): Promise<AttributedArticle> {
  const found = keepSpeech(article.text, await findReports(article));
  const { outer, nested } = await findNestedReports(article, found);
  return findSpeakers(article, outer, nested);
}
