import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import { denialOf } from '../attribution/denial.ts';
import { lengthOf } from '../news/span.ts';
import type { Statement } from './find-statements.ts';

/** In UTF-16 units: less says nothing, more is no single quote. */
const [shortest, longest] = [30, 600];

function isSure({ certainty, doubtful, reportedBy }: Attribution): boolean {
  return certainty === 'stated' && !doubtful && (reportedBy === undefined || isSure(reportedBy));
}

/** Whether it can stand alone: somebody's own words, and no doubt whose, nor that they said them. */
export function isPlainQuote({ from, attribution }: Statement): boolean {
  const { type, speaker, content } = attribution;
  const length = lengthOf(content);
  const isOwn = type === 'direct' && speaker !== undefined && isSure(attribution);
  return isOwn && length >= shortest && length <= longest && denialOf(from, attribution) === undefined;
}

/** The quotes of an article that can stand alone. */
export function plainQuotesIn(from: AttributedArticle): readonly Statement[] {
  return from.attributions.map(attribution => ({ from, attribution })).filter(isPlainQuote);
}
