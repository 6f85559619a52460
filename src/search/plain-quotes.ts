import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import type { Statement } from './find-statements.ts';

/** In UTF-16 units: less says nothing, more is no single quote. */
const [shortest, longest] = [30, 600];

function isSure({ certainty, doubtful, reportedBy }: Attribution): boolean {
  return certainty === 'stated' && !doubtful && (reportedBy === undefined || isSure(reportedBy));
}

/** Whether it can stand alone: somebody's own words, and no doubt whose. */
export function isPlainQuote({ attribution }: Statement): boolean {
  const { type, speaker, content } = attribution;
  const length = content.reduce((sum, { start, end }) => sum + end - start, 0);
  return type === 'direct' && speaker !== undefined && isSure(attribution) && length >= shortest && length <= longest;
}

/** The quotes of an article that can stand alone. */
export function plainQuotesIn(from: AttributedArticle): readonly Statement[] {
  return from.attributions.map(attribution => ({ from, attribution })).filter(isPlainQuote);
}
