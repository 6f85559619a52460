import type { Article, Paragraph } from '../../news/article.ts';
import { clippedTo, overlaps, type Span, slice, unite } from '../../news/span.ts';
import type { Say } from '../../wording/say.ts';
import { weight } from '../limits.ts';
import { blockQuote, bold, escapeMarkdown, small } from './markdown.ts';

/** Returns the matches inside the span, in order. Those with only a space between them are joined. */
function boldSpans(text: string, span: Span, matches: readonly Span[]): readonly Span[] {
  const inside = unite(clippedTo(matches, span));
  const between = inside.slice(1).map(({ start }, at) => ({ start: inside[at]?.end ?? start, end: start }));
  return unite([...inside, ...between.filter(gap => /^\s$/v.test(slice(text, gap)))]);
}

/** Returns the span as a block quote, with the matches in bold. */
function quoted(text: string, span: Span, matches: readonly Span[]): string {
  let markdown = '';
  let at = span.start;
  for (const match of boldSpans(text, span, matches)) {
    markdown += escapeMarkdown(text.slice(at, match.start)) + bold(escapeMarkdown(slice(text, match)));
    at = match.end;
  }
  return blockQuote(markdown + escapeMarkdown(text.slice(at, span.end)));
}

/** Returns the weight of the span as a block quote; infinity if it is longer than `most` characters. */
function quotedWeight(text: string, span: Span, matches: readonly Span[], most: number): number {
  return span.end - span.start > most ? Number.POSITIVE_INFINITY : weight(quoted(text, span, matches));
}

/** Returns where to cut a span so that the part before weighs at most `room`, between words if possible. */
function cutBetweenWords(text: string, span: Span, matches: readonly Span[], room: number): number {
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

/** Words of an article to show. */
interface Excerpt {
  readonly article: Article;
  readonly paragraph: Paragraph;
  /** Whole sentences of the paragraph. */
  readonly span: Span;
  readonly matches: readonly Span[];
}

type Cut = 'whole' | 'sentence' | 'word';

/** Returns a part of a sentence that is too long to show, from a little before the match. */
function pieceAround(text: string, sentence: Span, matches: readonly Span[], room: number): Span {
  const match = matches.find(each => overlaps(each, sentence))?.start ?? sentence.start;
  const lead = Math.floor(room / 8);
  const space = text.lastIndexOf(' ', match - lead);
  const near = match - space < 2 * lead ? space + 1 : match;
  const start = match - sentence.start <= lead ? sentence.start : Math.max(near, sentence.start);
  return { start, end: cutBetweenWords(text, { start, end: sentence.end }, matches, room) };
}

/** Returns the sentences from the first match on that fit. If the first alone is too long, it is cut between words. */
function shorten({ article, paragraph, span, matches }: Excerpt, room: number): { span: Span; cut: Cut } {
  if (quotedWeight(article.text, span, matches, room) <= room) return { span, cut: 'whole' };
  const inside = paragraph.sentences.filter(sentence => overlaps(sentence, span));
  const focus = inside.findIndex(sentence => matches.some(match => overlaps(match, sentence)));
  const [first = span, ...following] = inside.slice(Math.max(focus, 0));
  let left = room - quotedWeight(article.text, first, matches, room);
  if (left < 0) return { span: pieceAround(article.text, first, matches, room), cut: 'word' };
  let end = first.end;
  for (const next of following) {
    left -= quotedWeight(article.text, { start: end, end: next.end }, matches, room);
    if (left < 0) break;
    end = next.end;
  }
  return { span: { start: first.start, end }, cut: 'sentence' };
}

/** Maximum weight of the note on a shortened excerpt, in any language. */
const LONGEST_NOTE = 80;

function noteOf(cut: Cut, paragraph: string, say: Say): string {
  if (cut === 'whole') return '';
  const note = cut === 'sentence' ? 'excerpt.shortened' : 'excerpt.inside-sentence';
  return `\n${small(say(note, { paragraph }))}`;
}

/**
 * Returns the excerpt as a block quote of at most `room` weight. If it is shortened, it ends with a sentence and says
 * so below.
 */
export function showExcerpt(excerpt: Excerpt, room: number, say: Say): string {
  const { span, cut } = shorten(excerpt, room - LONGEST_NOTE);
  return quoted(excerpt.article.text, span, excerpt.matches) + noteOf(cut, `${excerpt.paragraph.number}`, say);
}

/** Returns a whole paragraph in pieces of at most `room` weight, of whole sentences if they fit. */
export function paragraphPieces({ text }: Article, paragraph: Paragraph, room: number): readonly string[] {
  const pieces: Span[] = [];
  let start = paragraph.start;
  let end = start;
  let taken = 0;
  const close = (at: number) => {
    if (at > start) pieces.push({ start, end: at });
    start = at;
    taken = 0;
  };
  for (const next of [...paragraph.sentences.map(sentence => sentence.end), paragraph.end]) {
    let more = quotedWeight(text, { start: end, end: next }, [], room);
    if (taken + more > room) close(end);
    while (more > room) {
      close(cutBetweenWords(text, { start, end: next }, [], room));
      more = quotedWeight(text, { start, end: next }, [], room);
    }
    taken += more;
    end = next;
  }
  close(paragraph.end);
  return pieces.map(piece => quoted(text, piece, []));
}
