import type { Article } from '../news/article.ts';
import { pairQuotations } from '../news/quotations.ts';
import { unite } from '../news/span.ts';
import type { Report } from './attribution.ts';
import { addContinuedContents } from './continued-contents.ts';
import type { Draft } from './drafts.ts';
import { findGovernedContents } from './governed-contents.ts';
import { findHeadlineWithSourceLast } from './headlines.ts';
import { findLaidOut } from './layouts.ts';
import { findSpeeches } from './quoted-contents.ts';
import { findStatements } from './statements.ts';

/** Finds by rules what an article reports of somebody, in the order of the contents; whom the sources mean is left open. */
export function findReports(article: Article): readonly Report[] {
  const quotations = pairQuotations(article.text, article.paragraphs);
  const statements = findStatements(article, quotations);
  const speeches = findSpeeches(article.text, statements);
  const byParagraph = Map.groupBy(quotations, quotation => quotation.paragraph);
  const laidOut = findLaidOut(article, byParagraph);
  const governed = statements
    .filter(statement => !laidOut.has(statement.paragraph))
    .map(statement => ({ statement, drafts: findGovernedContents(statement, speeches) }));
  const headline = findHeadlineWithSourceLast(article, byParagraph.get(1) ?? []);
  const isRead = laidOut.has(1) || governed.some(({ statement, drafts }) => statement.paragraph === 1 && drafts[0]);
  const reports = [
    ...[...laidOut.values()].flat(),
    ...(headline === undefined || isRead ? [] : [headline]),
    ...addContinuedContents(governed, speeches).flatMap(toReport),
  ];
  return reports.sort((one, other) => one.content[0].start - other.content[0].start);
}

function toReport(draft: Draft): readonly Report[] {
  const [first, ...others] = unite(draft.content);
  if (first === undefined) return [];
  return [{ type: draft.type, content: [first, ...others], cue: draft.cue, source: draft.source, rule: draft.rule }];
}
