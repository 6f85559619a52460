import type { Article } from '../news/article.ts';
import { pairQuotations } from '../news/quotations.ts';
import type { Report } from './attribution.ts';
import { addContinuedContents } from './continued-contents.ts';
import type { Draft } from './drafts.ts';
import { findGovernedContents } from './governed-contents.ts';
import { findLaidOutContents } from './layouts.ts';
import { findSpeeches } from './quoted-contents.ts';
import { findStatements } from './statements.ts';

/** Finds by rules what an article reports of somebody, in the order of the contents; whom the sources mean is left open. */
export function findReports(article: Article): readonly Report[] {
  const statements = findStatements(article, pairQuotations(article.text, article.paragraphs));
  const speeches = findSpeeches(article.text, statements);
  const laidOut = findLaidOutContents(article.text, article.paragraphs, statements, speeches);
  const settled = new Set(laidOut.map(draft => draft.paragraph));
  const governed = statements
    .filter(statement => !settled.has(statement.paragraph))
    .map(statement => ({ statement, drafts: findGovernedContents(statement, speeches) }));
  const drafts = [...laidOut, ...addContinuedContents(governed, speeches)];
  return drafts.flatMap(toReport).sort((one, other) => one.content[0].start - other.content[0].start);
}

function toReport(draft: Draft): readonly Report[] {
  const [first, ...others] = draft.content.toSorted((one, other) => one.start - other.start);
  if (first === undefined) return [];
  return [{ type: draft.type, content: [first, ...others], cue: draft.cue, source: draft.source, rule: draft.rule }];
}
