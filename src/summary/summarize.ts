import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import { type Article, type Paragraph, quotationsIn } from '../news/article.ts';
import { phrases, wordSet } from '../news/lexicon/word-lists.ts';
import { contains, lengthOf, overlaps, type Span, slice } from '../news/span.ts';
import { STOP_WORDS } from '../words/lexicon/common-words.ts';
import { tokenize } from '../words/tokens.ts';

/** A sentence that a summary may include. */
interface Sentence {
  readonly sentence: Span;
  readonly paragraph: Paragraph;
  /** In the article's order. */
  readonly attributions: readonly Attribution[];
  /** Index in the article, from 0. */
  readonly place: number;
  readonly terms: readonly string[];
  readonly words: number;
  /** True if it is hardly more than the label of a transcript: "MODERATOR: Good morning." */
  readonly isGreeting: boolean;
  /** True if it says "he", "however" or "the official" and needs the sentence before it. */
  readonly dependent: boolean;
  readonly opensWithPronoun: boolean;
}

/** A sentence that opens with one of these speaks of somebody or something that an earlier one names. */
const LEADING_PRONOUNS = wordSet(`
  he she it they him her them his hers its their theirs this that these those such both neither either former latter
`);
/** A sentence that opens with one of these continues the one before it. */
const LEADING_CONNECTIVES = wordSet(`
  however but and so yet still nor or also then thus hence therefore otherwise nevertheless nonetheless moreover
  furthermore meanwhile besides instead likewise similarly conversely indeed accordingly consequently afterwards
  afterward later additionally alternatively again too rather elsewhere finally
`);
/** The same in several words. */
const LEADING_PHRASES = phrases(`
  on the other hand, in addition, in contrast, by contrast, as a result, for example, for instance, in turn,
  at the same time, even so, even then, that said, in that case, among them, of these, of those, the same
`);

const LEADING_MARKS = /^[\s\p{P}\p{S}]+/v;
const LABEL_END = /^\s*[:：]/v;
const LETTER = /[\p{L}\p{N}]/v;

/** All sentences of an article, in order. */
function readSentences({ article, attributions }: AttributedArticle): Sentence[] {
  const spans = article.paragraphs.flatMap(paragraph =>
    joinShortQuotations(article, paragraph).map(sentence => ({ sentence, paragraph })),
  );
  const said = shareOut(
    spans.map(({ sentence }) => sentence),
    attributions,
  );
  return spans.map(({ sentence, paragraph }, place) => {
    const words = tokenize(article.text, sentence)
      .map(token => token.text.toLowerCase())
      .filter(word => LETTER.test(word));
    const held = said[place] ?? [];
    const opensWithPronoun = LEADING_PRONOUNS.has(words[0] ?? '');
    const dependent =
      place > 0 && (opensWithPronoun || goesOn(article.text, sentence, words) || held.some(refersBack(sentence)));
    const terms = words.filter(word => !STOP_WORDS.has(word));
    const label = held.find(({ source }) => source?.start === sentence.start)?.source;
    const spoken = label === undefined ? words.length : words.length - tokenize(article.text, label).length;
    const isGreeting = label !== undefined && LABEL_END.test(article.text.slice(label.end)) && spoken < LEAST_WORDS;
    const read = { sentence, paragraph, attributions: held, place, terms, words: words.length };
    return { ...read, isGreeting, dependent, opensWithPronoun };
  });
}

/** In UTF-16 units; a longer quotation is split where its sentences end. */
const SHORT_QUOTATION = 120;

/** Returns the sentences of a paragraph, joined where a short quotation goes on: `“A. B,” he said.` */
function joinShortQuotations(article: Article, paragraph: Paragraph): Span[] {
  const quotations = quotationsIn(article, paragraph).outer;
  const joined: Span[] = [];
  let at = 0;
  for (const sentence of paragraph.sentences) {
    while ((quotations[at]?.end ?? sentence.end) <= sentence.start) at += 1;
    const [quotation, last] = [quotations[at], joined.at(-1)];
    const isShort = quotation !== undefined && lengthOf([quotation]) <= SHORT_QUOTATION;
    if (last !== undefined && isShort && quotation.start < sentence.start)
      joined[joined.length - 1] = { start: last.start, end: sentence.end };
    else joined.push(sentence);
  }
  return joined;
}

/**
 * Assigns each attribution to the sentences with some of its content, in one pass, since both are in the text's order.
 */
function shareOut(sentences: readonly Span[], attributions: readonly Attribution[]): Attribution[][] {
  const shares: Attribution[][] = sentences.map(() => []);
  let first = 0;
  for (const attribution of attributions) {
    const start = attribution.content[0].start;
    const end = Math.max(...attribution.content.map(piece => piece.end));
    while (first < sentences.length && (sentences[first]?.end ?? 0) <= start) first += 1;
    for (let at = first; at < sentences.length && (sentences[at]?.start ?? end) < end; at += 1) {
      const sentence = sentences[at];
      if (sentence !== undefined && attribution.content.some(piece => overlaps(piece, sentence))) {
        shares[at]?.push(attribution);
      }
    }
  }
  return shares;
}

function goesOn(text: string, sentence: Span, words: readonly string[]): boolean {
  if (LEADING_CONNECTIVES.has(words[0] ?? '')) return true;
  const opening = text.slice(sentence.start, Math.min(sentence.end, sentence.start + 60));
  const lower = opening.replace(LEADING_MARKS, '').toLowerCase();
  return LEADING_PHRASES.some(phrase => lower.startsWith(`${phrase} `) || lower.startsWith(`${phrase},`));
}

/** True if the speaker is named outside the sentence, or in it by words that refer back: "the official". */
function refersBack(sentence: Span): (attribution: Attribution) => boolean {
  return ({ source, certainty }) => source === undefined || certainty !== 'stated' || !contains(sentence, source);
}

export type SummarySentence = Pick<Sentence, 'sentence' | 'paragraph' | 'attributions'>;

/** Maximum number of sentences; never more than half of the article's, rounded up. */
const LENGTHS = { short: 2, medium: 4, long: 7 } as const;

const CENTRAL_SHARE = 0.5;
const PENALTY = {
  short: 0.15,
  veryShort: 0.15,
  question: 0.15,
  halfQuotation: 0.15,
  pronoun: 0.2,
  dependent: 0.1,
  greeting: 0.6,
  /** A headline, dateline or caption among the paragraphs. */
  unfinished: 0.6,
} as const;
const FEW_WORDS = 8;
const LEAST_WORDS = 5;
const QUESTION = /\?["”’]?\s*$/v;
const FINISHED = /[.!?…。！？][\p{Pe}\p{Pf}"'’]*\s*$/v;
/** Weight of a sentence's similarity to those already chosen. */
const NOVELTY = 0.3;

/**
 * Returns the sentences that summarize an article, verbatim and in its order. Each scores 1/√position plus half its
 * similarity to the article's tf-idf centroid (PacSum's position, Zheng and Lapata 2019; centroid, Radev et al. 2004),
 * less small penalties. Maximal marginal relevance (Carbonell and Goldstein 1998) avoids repetition. The first sentence
 * never needs the one before it.
 */
export function summarize(from: AttributedArticle, length: keyof typeof LENGTHS): readonly SummarySentence[] {
  const sentences = readSentences(from);
  const vectors = vectorsOf(sentences);
  const scores = scoreAll(from.article.text, sentences, vectors);
  const count = Math.min(LENGTHS[length], Math.ceil(sentences.length / 2));
  const chosen = choose(scores, vectors, count).toSorted((one, other) => one - other);
  return openWell(chosen, sentences, scores).flatMap(at => sentences[at] ?? []);
}

type Vector = ReadonlyMap<string, number>;

/** Returns tf-idf vectors of length 1. */
function vectorsOf(sentences: readonly Sentence[]): Vector[] {
  const frequencies = new Map<string, number>();
  for (const { terms } of sentences) {
    for (const term of new Set(terms)) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  }
  return sentences.map(({ terms }) => {
    const vector = new Map<string, number>();
    for (const term of terms) {
      const rarity = Math.log(1 + sentences.length / (frequencies.get(term) ?? 1));
      vector.set(term, (vector.get(term) ?? 0) + rarity);
    }
    return scale(vector);
  });
}

function scale(vector: Vector): Vector {
  const norm = Math.sqrt([...vector.values()].reduce((sum, value) => sum + value * value, 0));
  return new Map([...vector].map(([term, value]) => [term, value / (norm || 1)]));
}

function compare(one: Vector, other: Vector): number {
  let sum = 0;
  for (const [term, value] of one) sum += value * (other.get(term) ?? 0);
  return sum;
}

function scoreAll(text: string, sentences: readonly Sentence[], vectors: readonly Vector[]): number[] {
  const sum = new Map<string, number>();
  for (const vector of vectors) {
    for (const [term, value] of vector) sum.set(term, (sum.get(term) ?? 0) + value);
  }
  const centroid = scale(sum);
  return sentences.map((sentence, at) => {
    const central = compare(vectors[at] ?? new Map(), centroid);
    return 1 / Math.sqrt(at + 1) + CENTRAL_SHARE * central - penaltiesOf(slice(text, sentence.sentence), sentence);
  });
}

function penaltiesOf(text: string, { words, isGreeting, dependent, opensWithPronoun }: Sentence): number {
  const costs = [
    words < FEW_WORDS ? PENALTY.short : 0,
    words < LEAST_WORDS ? PENALTY.veryShort : 0,
    QUESTION.test(text) ? PENALTY.question : 0,
    isHalfQuotation(text) ? PENALTY.halfQuotation : 0,
    isGreeting ? PENALTY.greeting : 0,
    opensWithPronoun ? PENALTY.pronoun : 0,
    dependent ? PENALTY.dependent : 0,
    FINISHED.test(text) ? 0 : PENALTY.unfinished,
  ];
  return costs.reduce((sum, cost) => sum + cost, 0);
}

/** A quotation that opens or closes in another sentence. */
function isHalfQuotation(text: string): boolean {
  const count = (mark: string) => text.split(mark).length - 1;
  return count('“') !== count('”') || count('"') % 2 === 1;
}

/** Chooses one sentence at a time, each time the one that adds most. */
function choose(scores: readonly number[], vectors: readonly Vector[], count: number): number[] {
  const chosen: number[] = [];
  const likest = new Float64Array(scores.length);
  while (chosen.length < count) {
    const worth = (at: number) => (1 - NOVELTY) * (scores[at] ?? 0) - NOVELTY * (likest[at] ?? 0);
    const open = scores.map((_, at) => at).filter(at => !chosen.includes(at));
    const best = open.reduce((top, at) => (worth(at) > worth(top) ? at : top), open[0] ?? 0);
    chosen.push(best);
    for (const at of open)
      likest[at] = Math.max(likest[at] ?? 0, compare(vectors[at] ?? new Map(), vectors[best] ?? new Map()));
  }
  return chosen;
}

/** If the first sentence needs the one before it, replaces it with the best earlier one that doesn't. */
function openWell(chosen: readonly number[], sentences: readonly Sentence[], scores: readonly number[]): number[] {
  const [first, ...rest] = chosen;
  if (first === undefined || sentences[first]?.dependent !== true) return [...chosen];
  const before = sentences.slice(0, first).filter(({ dependent }) => !dependent);
  const opener = before.reduce((best, { place }) => ((scores[place] ?? 0) > (scores[best] ?? 0) ? place : best), 0);
  return [opener, ...rest];
}
