import type { Article } from '../news/article.ts';
import type { AttributedArticle } from './attribution.ts';
import { findNestedReports } from './nested-reports.ts';
import { findReportsByModel } from './network/find-reports.ts';
import { findReportsByRule } from './rules/find-reports.ts';
import { findSpeakers } from './speakers/resolve.ts';
import { weighReports } from './weigh-reports.ts';

/** Finds who said what in an article. Deterministic; time is linear in the length of the text. */
export function attribute(article: Article): AttributedArticle {
  const reports = weighReports(article.text, findReportsByModel(article), findReportsByRule(article));
  return findSpeakers(article, reports, findNestedReports(article, reports));
}
