import type { Quotation } from '../../news/quotations.ts';
import { contains, type Span } from '../../news/span.ts';
import type { Report } from '../attribution.ts';
import type { Candidate } from './candidates.ts';

export interface ScoredReport extends Report {
  /** 0 to 1: how sure the model is that this was said; 1 for what a rule alone decided. */
  readonly score: number;
}

const OPENING = /^(?:[\s,;:.\-\u2013\u2014]|that\b|it,)+/iv;
/** `MOSCOW (Reuters) —` before the first sentence. */
const DATELINE =
  /^\p{Lu}[\p{Lu} .'’\-]{2,30}(?:, [\p{L} .]{2,20})?\s*(?:\([\p{L} .]{2,20}\)\s*)?[\u2014\u2013\-]{1,2}\s+/v;
/** "According to the report, which came out on Friday, …": about the source, not in its content. */
const ABOUT_SOURCE = /^(?:which|who|whose)\b[^,.“”"]{1,120},\s+/iv;
const CLOSING = /[\s,;:\-\u2013\u2014]+$/v;
const CLOSING_SOURCE = /[\s,;:.\-\u2013\u2014]+$/v;
const SHORTENED = /(?:^|[\s.])(?:\p{L}|Jr|Sr|Inc|Corp|Co|Ltd)\.$/v;
const GAP = /^[\s,;]*$/v;

/** A find as a report: contents without outer marks, `that` and the comma after them. */
export function toReport(text: string, find: Candidate, quotations: readonly Quotation[]): readonly ScoredReport[] {
  const outer = quotations.filter(quotation => quotation.depth === 0);
  const pieces = joinPieces(text, find.content, outer)
    .map(piece => withoutLead(text, piece, find.source))
    .map(piece => trimPiece(text, piece, outer));
  const [first, ...others] = pieces.filter(piece => piece.start < piece.end);
  if (first === undefined) return [];
  const content = [first, ...others] as const;
  const { cue, source, score } = find;
  const report = { type: typeOf(content, outer), content, cue: trimEnd(text, cue, CLOSING), rule: 'learned', score };
  return [{ ...report, source: source === undefined ? undefined : trimSource(text, source) }];
}

/** A quotation that stands alone as a report of nobody named. */
export function quotedReport(inner: Span, rule: string): ScoredReport {
  return { type: 'direct', content: [inner], cue: undefined, source: undefined, rule, score: 1 };
}

function joinPieces(text: string, pieces: readonly Span[], outer: readonly Quotation[]): readonly Span[] {
  const joined: Span[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const touches = last !== undefined && GAP.test(text.slice(last.end, piece.start));
    const quoted = outer.some(quotation => quotation.end === last?.end || quotation.start === piece.start);
    if (touches && !quoted) joined[joined.length - 1] = { start: last.start, end: piece.end };
    else joined.push(piece);
  }
  return joined;
}

function withoutLead(text: string, { start, end }: Span, source: Span | undefined): Span {
  const words = text.slice(start, end);
  const follows = source !== undefined && source.end <= start && GAP.test(text.slice(source.end, start));
  const lead = (follows ? ABOUT_SOURCE : DATELINE).exec(words)?.[0] ?? '';
  return { start: lead.length < words.length ? start + lead.length : start, end };
}

function trimPiece(text: string, piece: Span, outer: readonly Quotation[]): Span {
  const opened = piece.start + (OPENING.exec(text.slice(piece.start, piece.end))?.[0].length ?? 0);
  const words = trimEnd(text, { start: Math.min(opened, piece.end), end: piece.end }, CLOSING);
  const whole = outer.find(quotation => contains(quotation, piece) || isWrapped(text, words, quotation));
  if (whole === undefined) return words;
  return { start: Math.max(piece.start, whole.inner.start), end: Math.min(piece.end, whole.inner.end) };
}

/** Whether nothing but marks stands round the quotation. */
function isWrapped(text: string, piece: Span, quotation: Quotation): boolean {
  if (!contains(piece, quotation)) return false;
  return (
    /^\P{L}*$/v.test(text.slice(piece.start, quotation.start)) && /^\P{L}*$/v.test(text.slice(quotation.end, piece.end))
  );
}

function trimEnd(text: string, span: Span, pattern: RegExp): Span {
  const words = text.slice(span.start, span.end);
  const length = words.length - (pattern.exec(words)?.[0].length ?? 0);
  return length > 0 ? { start: span.start, end: span.start + length } : span;
}

function trimSource(text: string, source: Span): Span {
  const shortened = SHORTENED.test(text.slice(source.start, source.end));
  return trimEnd(text, source, shortened ? CLOSING : CLOSING_SOURCE);
}

function typeOf(content: readonly Span[], outer: readonly Quotation[]): Report['type'] {
  const isQuoted = (piece: Span): boolean => outer.some(quotation => contains(quotation, piece));
  if (content.every(isQuoted)) return 'direct';
  const holds = content.some(piece =>
    outer.some(quotation => contains(piece, quotation.inner) || contains(quotation, piece)),
  );
  return holds ? 'mixed' : 'indirect';
}
