import type { Quotation } from '../../news/quotations.ts';
import type { Span } from '../../news/span.ts';
import type { Candidate } from './candidates.ts';
import { isSpeechLike } from './speech-like.ts';

/** A find is taken from this score on. */
const TAKEN = 0.35;
/** One that gives an otherwise unclaimed quotation its speaker is taken from this score on. */
const TAKEN_FOR_QUOTATION = 0.15;
/** A content without marks that nobody is named for is mostly spurious. */
const TAKEN_WITHOUT_SOURCE = 0.5;
/** Two finds that share more than this much are one. */
const SAME = 0.7;

/** "Asked if it was a success, she said …", "when she was asked": nobody is said to have asked. */
const IS_ASKED =
  /(?:(?:^|[.?!”"’]\s+)Asked|\b(?:[Ww]hen|[Ii]f|[Aa]fter|[Oo]nce|being|be|been|was|were|is|are|got)\s+(?:also\s+|\p{L}+ly\s+)?asked)(?:\s+\p{L}+){0,2}$/v;

/** "who asked not to be named": tells of the source, and of nothing that it said. */
const ASKS_FOR_ANONYMITY = /^\s+(?:not\s+)?(?:to\s+)?be\s+(?:named|identified|quoted)\b/v;

/** Which finds of a paragraph are taken, best first where two claim the same words; in the order of their cues. */
export function accept(
  text: string,
  candidates: readonly Candidate[],
  quotations: readonly Quotation[],
): readonly Candidate[] {
  const taken: Candidate[] = [];
  const speeches = quotations.filter(quotation => quotation.depth === 0 && isSpeechLike(text, quotation));
  for (const candidate of candidates.toSorted((one, other) => other.score - one.score)) {
    if (taken.some(other => isSame(candidate, other))) continue;
    const claims = speeches.some(
      quotation =>
        coverage(candidate.content, quotation) > 0.5 && !taken.some(other => coverage(other.content, quotation) > 0.5),
    );
    if (candidate.score >= leastFor(text, candidate, claims)) taken.push(candidate);
  }
  return taken.sort((one, other) => one.cue.start - other.cue.start);
}

function leastFor(text: string, { cue, source }: Candidate, claims: boolean): number {
  if (IS_ASKED.test(text.slice(Math.max(0, cue.start - 24), cue.end))) return Number.POSITIVE_INFINITY;
  if (ASKS_FOR_ANONYMITY.test(text.slice(cue.end, cue.end + 40))) return Number.POSITIVE_INFINITY;
  if (claims) return TAKEN_FOR_QUOTATION;
  if (source !== undefined) return TAKEN;
  return TAKEN_WITHOUT_SOURCE;
}

function isSame(one: Candidate, other: Candidate): boolean {
  const size = (spans: readonly Span[]): number => spans.reduce((sum, span) => sum + span.end - span.start, 0);
  const shared = one.content.reduce((sum, span) => sum + sharedWith(other.content, span), 0);
  return (2 * shared) / (size(one.content) + size(other.content)) > SAME;
}

function sharedWith(spans: readonly Span[], other: Span): number {
  return spans.reduce(
    (sum, span) => sum + Math.max(0, Math.min(span.end, other.end) - Math.max(span.start, other.start)),
    0,
  );
}

/** Which share of a quotation the spans hold. */
export function coverage(spans: readonly Span[], quotation: Span): number {
  return sharedWith(spans, quotation) / (quotation.end - quotation.start);
}
