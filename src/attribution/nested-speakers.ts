import type { Span } from '../news/span.ts';
import type { Report } from './attribution.ts';
import type { Gender } from './names.ts';
import type { Decision } from './story.ts';

const PRONOUNS: ReadonlyMap<string, Gender> = new Map([
  ['he', 'male'],
  ['she', 'female'],
]);

/**
 * Whom the source of a report within another's content means: who speaks there is neither the "he" of their own quotation nor
 * told of by themselves. Undefined where it may be the same speaker as the outer one's: "Lee said that she had said".
 */
export function settleWithin(
  text: string,
  { source }: Report,
  decision: Decision,
  outer: Report,
  teller: Decision,
): Decision | undefined {
  const words = wordsOf(text, source);
  const pronoun = PRONOUNS.get(words);
  const isSame =
    words === wordsOf(text, outer.source) ||
    (decision.candidate !== undefined && decision.candidate === teller.candidate);
  if (pronoun === undefined && isSame) return undefined;
  if (pronoun === undefined)
    return decision.certainty === 'inferred' && !decision.rule.startsWith('name')
      ? { ...decision, certainty: 'unclear' }
      : decision;
  const gender = teller.candidate?.gender;
  if (outer.type !== 'direct' && (gender === undefined || gender === pronoun)) return undefined;
  return { candidate: isSame ? undefined : decision.candidate, certainty: 'unclear', rule: 'pronoun within a report' };
}

function wordsOf(text: string, source: Span | undefined): string {
  return source === undefined ? '' : text.slice(source.start, source.end).toLowerCase();
}
