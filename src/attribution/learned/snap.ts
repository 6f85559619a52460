import type { Quotation } from '../../news/quotations.ts';
import { contains, overlaps, type Span, unite } from '../../news/span.ts';
import type { Candidate } from './candidates.ts';

/** From this share on, a quotation belongs wholly to the content that holds part of it. */
const MOST_OF = 0.5;

/**
 * Settles contents and quotations that cut each other: a quotation is one person's words, so a content takes all of it
 * or, of a small share, none. A cue within the quotation is left alone: it is told by whoever speaks there.
 */
export function snapToQuotations(candidate: Candidate, quotations: readonly Quotation[]): Candidate {
  const outside = quotations.filter(
    quotation => quotation.depth === 0 && !overlaps(quotation, candidate.cue) && !within(candidate.source, quotation),
  );
  const content = outside.reduce(snap, candidate.content);
  return content.length > 0 ? { ...candidate, content } : candidate;
}

function within(source: Span | undefined, quotation: Span): boolean {
  return source !== undefined && contains(quotation, source);
}

function snap(content: readonly Span[], quotation: Quotation): readonly Span[] {
  const length = quotation.end - quotation.start;
  const shared = content.reduce((sum, piece) => sum + sharedLength(piece, quotation), 0);
  if (shared === 0) return content;
  if (shared / length >= MOST_OF) return unite([...content, { start: quotation.start, end: quotation.end }]);
  return content.flatMap(piece => cutOut(piece, quotation));
}

function sharedLength(one: Span, other: Span): number {
  return Math.max(0, Math.min(one.end, other.end) - Math.max(one.start, other.start));
}

function cutOut(piece: Span, hole: Span): readonly Span[] {
  const parts = [
    { start: piece.start, end: Math.min(piece.end, hole.start) },
    { start: Math.max(piece.start, hole.end), end: piece.end },
  ];
  return parts.filter(part => part.start < part.end);
}
