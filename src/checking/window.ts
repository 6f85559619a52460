import type { AttributedArticle } from '../attribution/attribution.ts';
import { touched } from '../indexing/units.ts';
import { overlaps, type Span, slice } from '../news/span.ts';
import type { Passage } from '../search/passage.ts';
import type { ArticleWord } from './article-word.ts';
import { comparedWords } from './compared-words.ts';

/** A part of an article, long enough to hold a quotation and what it may have left out. */
export interface Window {
  readonly from: AttributedArticle;
  readonly words: readonly ArticleWord[];
}

const inBrackets = /\[[^\[\]\n]{1,200}\]|[\(（][\p{sc=Han}·]{1,30}[\)）]/gv;

/** On either side of a passage, in UTF-16 units. */
const leastAround = 1_500;
/** Passages near each other share a window up to so many times its usual length. */
const mostJoined = 3;

/** The parts of the articles around the passages, in the passages' order; `length` is that of what is compared. */
export function windowsAround(passages: readonly Passage[], length: number): Window[] {
  const around = leastAround + length;
  const spans: { readonly from: AttributedArticle; span: Span }[] = [];
  for (const { from, excerpt } of passages) {
    const span = {
      start: Math.max(excerpt.start - around, 0),
      end: Math.min(excerpt.end + around, from.article.text.length),
    };
    const known = spans.find(
      each =>
        each.from === from && overlaps(each.span, span) && joinedLength(each.span, span) <= mostJoined * (2 * around),
    );
    if (known === undefined) spans.push({ from, span });
    else known.span = { start: Math.min(known.span.start, span.start), end: Math.max(known.span.end, span.end) };
  }
  return spans.map(({ from, span }) => ({ from, words: wordsWithin(from, atSpaces(from.article.text, span)) }));
}

function joinedLength(one: Span, other: Span): number {
  return Math.max(one.end, other.end) - Math.min(one.start, other.start);
}

/** Not inside a word: one cut in two would be a word that the article does not hold. */
function atSpaces(text: string, { start, end }: Span): Span {
  const first = start === 0 ? 0 : text.slice(start, end).search(/\s/v);
  const rest = end === text.length ? 0 : text.slice(start, end).length - text.slice(start, end).search(/\s\S*$/v);
  const cut = { start: start + Math.max(first, 0), end: end - (rest > end - start ? 0 : rest) };
  return cut.start < cut.end ? cut : { start, end };
}

function wordsWithin({ article, attributions }: AttributedArticle, span: Span): ArticleWord[] {
  const words = comparedWords(article.text, span);
  const contents = attributions.flatMap(({ content }) => content.filter(piece => overlaps(piece, span)));
  const brackets = [...slice(article.text, span).matchAll(inBrackets)].map(({ index, 0: whole }) => {
    return { start: span.start + index, end: span.start + index + whole.length };
  });
  const said = flag(words, contents);
  const bracketed = flag(words, brackets);
  return words.map((word, at) => {
    const isBracketed = bracketed[at] === 1;
    return { ...word, said: said[at] === 1 && !isBracketed, bracketed: isBracketed };
  });
}

/** 1 for each word that stands in one of the spans. */
function flag(words: readonly Span[], spans: readonly Span[]): Uint8Array {
  const flags = new Uint8Array(words.length);
  for (const span of spans) {
    const { start, end } = touched(words, span);
    flags.fill(1, start, end);
  }
  return flags;
}
