import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import type { Paragraph } from '../news/article.ts';
import { extent, type Span } from '../news/span.ts';
import { type Word, wordsOf } from '../words/words.ts';

/** What a search finds as one: the sentences of a paragraph with one attribution, or a stretch of narration. */
export interface Unit {
  readonly from: AttributedArticle;
  readonly paragraph: Paragraph;
  readonly span: Span;
  readonly attribution: Attribution | undefined;
}

export interface UnitWithWords {
  readonly unit: Unit;
  readonly words: readonly Word[];
}

/** Sentences of a paragraph by index: half-open. */
interface Stretch extends Span {
  readonly attribution: Attribution | undefined;
}

/** Longer units are cut: aligning a query with a text takes time proportional to its length. */
const MOST_WORDS = 256;
/** Maximum number of words of narration in one unit; a query may span sentences. */
const MOST_NARRATION = 100;
/** Contents of one attribution with more sentences than this between them become separate units. */
const MOST_BETWEEN = 2;

/** Returns all units of an article with their words. Time is linear unless contents nest without bound. */
export function unitsOf(from: AttributedArticle): UnitWithWords[] {
  const { paragraphs, text } = from.article;
  const said = new Map<Paragraph, Stretch[]>();
  for (const attribution of from.attributions) {
    for (const [paragraph, stretches] of stretchesOf(attribution, paragraphs)) {
      const quoted = said.get(paragraph) ?? [];
      quoted.push(...stretches);
      said.set(paragraph, quoted);
    }
  }
  return paragraphs.flatMap(paragraph => {
    const words = wordsOf(text, paragraph);
    const quoted = said.get(paragraph) ?? [];
    return [...quoted, ...narrationOf(paragraph, quoted, words)].flatMap(stretch =>
      cut(from, paragraph, stretch, words),
    );
  });
}

/** Binary search: index of the first of ordered, disjoint spans that ends after `at`; `spans.length` if none does. */
function firstEndingAfter(spans: readonly Span[], at: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const after = (spans[middle]?.end ?? 0) > at;
    high = after ? middle : high;
    low = after ? low : middle + 1;
  }
  return low;
}

/** A paragraph without detected sentences counts as one sentence. */
function sentencesOf(paragraph: Paragraph): readonly Span[] {
  return paragraph.sentences.length > 0 ? paragraph.sentences : [paragraph];
}

/** Indices of the spans that overlap `within`. */
export function touched(spans: readonly Span[], within: Span): Span {
  const start = firstEndingAfter(spans, within.start);
  let end = start;
  while (end < spans.length && (spans[end]?.start ?? 0) < within.end) end += 1;
  return { start, end };
}

/** Extends a span to the whole sentences of its paragraph. */
export function wholeSentences(paragraph: Paragraph, span: Span): Span {
  const sentences = sentencesOf(paragraph);
  const { start, end } = touched(sentences, span);
  return extent([span, ...sentences.slice(start, end)]);
}

function stretchesOf(attribution: Attribution, paragraphs: readonly Paragraph[]): Map<Paragraph, Stretch[]> {
  const found = new Map<Paragraph, Stretch[]>();
  for (const content of attribution.content) {
    const held = touched(paragraphs, content);
    for (const paragraph of paragraphs.slice(held.start, held.end)) {
      const stretches = found.get(paragraph) ?? [];
      const next = { ...touched(sentencesOf(paragraph), content), attribution };
      const last = stretches.at(-1);
      const near = last !== undefined && next.start <= last.end + MOST_BETWEEN && next.start >= last.start;
      if (near) stretches.pop();
      stretches.push(near ? { ...next, start: last.start, end: Math.max(last.end, next.end) } : next);
      found.set(paragraph, stretches);
    }
  }
  return found;
}

/** The sentences outside all contents, with neighbours joined up to the limit. */
function narrationOf(paragraph: Paragraph, said: readonly Stretch[], words: readonly Word[]): Stretch[] {
  const sentences = sentencesOf(paragraph);
  const quoted = new Uint8Array(sentences.length);
  for (const stretch of said) quoted.fill(1, stretch.start, stretch.end);
  const joined: Stretch[] = [];
  let count = 0;
  for (const [at, sentence] of sentences.entries()) {
    if (quoted[at] === 1) continue;
    const { start, end } = touched(words, sentence);
    const last = joined.at(-1);
    count += end - start;
    const follows = last?.end === at && count <= MOST_NARRATION;
    if (follows) joined.pop();
    joined.push({ start: follows ? last.start : at, end: at + 1, attribution: undefined });
    if (!follows) count = end - start;
  }
  return joined;
}

function cut(from: AttributedArticle, paragraph: Paragraph, stretch: Stretch, all: readonly Word[]): UnitWithWords[] {
  const sentences = sentencesOf(paragraph);
  const start = sentences[stretch.start]?.start ?? paragraph.start;
  const end = sentences[stretch.end - 1]?.end ?? paragraph.end;
  const held = touched(all, { start, end });
  const pieces: UnitWithWords[] = [];
  for (let at = held.start; at < held.end; at += MOST_WORDS) {
    const words = all.slice(at, Math.min(at + MOST_WORDS, held.end));
    const whole = words.length === held.end - held.start;
    const span = whole ? { start, end } : { start: words[0]?.start ?? start, end: words.at(-1)?.end ?? end };
    pieces.push({ unit: { from, paragraph, span, attribution: stretch.attribution }, words });
  }
  return pieces;
}
