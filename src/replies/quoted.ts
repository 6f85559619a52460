import { overlaps, type Span, slice } from '../news/span.ts';
import { weight } from './limits.ts';
import { blockQuote, bold, escapeMarkdown } from './markdown.ts';

/** Matches inside the span, in order; those with nothing but a space between them as one, so that the bold runs on. */
function boldSpans(text: string, span: Span, matches: readonly Span[]): readonly Span[] {
  const joined: Span[] = [];
  const inside = matches
    .filter(match => match.end > match.start && overlaps(match, span))
    .map(match => ({ start: Math.max(match.start, span.start), end: Math.min(match.end, span.end) }))
    .sort((one, other) => one.start - other.start);
  for (const match of inside) {
    const before = joined.at(-1);
    if (before !== undefined && (match.start <= before.end || /^\s$/.test(text.slice(before.end, match.start)))) {
      joined[joined.length - 1] = { start: before.start, end: Math.max(before.end, match.end) };
    } else {
      joined.push(match);
    }
  }
  return joined;
}

/** The span's very words as a quoted block, the matches in bold. */
export function quoted(text: string, span: Span, matches: readonly Span[]): string {
  let markdown = '';
  let at = span.start;
  for (const match of boldSpans(text, span, matches)) {
    markdown += escapeMarkdown(text.slice(at, match.start)) + bold(escapeMarkdown(slice(text, match)));
    at = match.end;
  }
  return blockQuote(markdown + escapeMarkdown(text.slice(at, span.end)));
}

/** What the span weighs as a quoted block; for one that is longer than `most`, no more than that it is more. */
export function quotedWeight(text: string, span: Span, matches: readonly Span[], most: number): number {
  return span.end - span.start > most ? Number.POSITIVE_INFINITY : weight(quoted(text, span, matches));
}

/** Where to cut a span so that what comes before weighs at most `room`: between words where there are any. */
export function cutBetweenWords(text: string, span: Span, matches: readonly Span[], room: number): number {
  let end = Math.min(span.end, span.start + room);
  let taken = quotedWeight(text, { start: span.start, end }, matches, room);
  while (end - span.start > 2 && taken > room) {
    end = span.start + Math.floor((end - span.start) * Math.min(0.95, room / taken));
    taken = quotedWeight(text, { start: span.start, end }, matches, room);
  }
  if (end === span.end) return end;
  const space = text.slice(span.start, end + 1).lastIndexOf(' ');
  if (space > (end - span.start) / 2) return span.start + space;
  const insideCharacter = /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(end - 1, end + 1));
  return insideCharacter ? end - 1 : end;
}
