import type { AttributedArticle } from '../attribution/attribution.ts';
import { touched } from '../indexing/units.ts';
import type { Article } from '../news/article.ts';
import { extent, lengthOf, overlaps, type Span } from '../news/span.ts';
import type { Passage } from '../search/passages.ts';
import { type Alignment, type ArticleWord, alignWords, type Step } from '../words/align-quote.ts';
import { weighWord } from '../words/likeness.ts';
import { areOpposite, comparedWords, isNegation, type QuoteWord } from '../words/quote-words.ts';
import { matchesOf } from '../words/words.ts';

/** A part of an article, long enough for a quote and what it may have left out. */
export interface TextWindow {
  readonly from: AttributedArticle;
  readonly words: readonly ArticleWord[];
}

const IN_BRACKETS = /\[[^\[\]\n]{1,200}\]|[\(（][\p{sc=Han}·]{1,30}[\)）]/gv;

/** In UTF-16 units, on either side of a passage. */
const LEAST_AROUND = 1_500;
/** Nearby passages share a window of up to this many times the usual length. */
const MOST_JOINED = 3;

/** Returns the windows around passages, in order. `length` is that of the quote, in UTF-16 units. */
export function windowsAround(passages: readonly Passage[], length: number): TextWindow[] {
  const around = LEAST_AROUND + length;
  const spans: { readonly from: AttributedArticle; span: Span }[] = [];
  for (const { from, excerpt } of passages) {
    const span = {
      start: Math.max(excerpt.start - around, 0),
      end: Math.min(excerpt.end + around, from.article.text.length),
    };
    const known = spans.find(
      each =>
        each.from === from &&
        overlaps(each.span, span) &&
        lengthOf([extent([each.span, span])]) <= MOST_JOINED * (2 * around),
    );
    if (known === undefined) spans.push({ from, span });
    else known.span = extent([known.span, span]);
  }
  return spans.map(({ from, span }) => ({ from, words: wordsWithin(from, atSpaces(from.article.text, span)) }));
}

/** Moves both ends to spaces: half a word would be a word that the article doesn't have. */
function atSpaces(text: string, { start, end }: Span): Span {
  const first = start === 0 ? 0 : text.slice(start, end).search(/\s/v);
  const rest = end === text.length ? 0 : text.slice(start, end).length - text.slice(start, end).search(/\s\S*$/v);
  const cut = { start: start + Math.max(first, 0), end: end - (rest > end - start ? 0 : rest) };
  return cut.start < cut.end ? cut : { start, end };
}

function wordsWithin({ article, attributions }: AttributedArticle, span: Span): ArticleWord[] {
  const words = comparedWords(article.text, span);
  const contents = attributions.flatMap(({ content }) => content.filter(piece => overlaps(piece, span)));
  const said = flag(words, contents);
  const bracketed = flag(words, matchesOf(article.text, IN_BRACKETS, span));
  const edges = edgesOf(article, words, span);
  return words.map((word, at) => {
    const isBracketed = bracketed[at] === 1;
    return { ...word, said: said[at] === 1 && !isBracketed, bracketed: isBracketed, atEdge: edges.has(at) };
  });
}

/** Returns which words begin or end a sentence. */
function edgesOf({ paragraphs }: Article, words: readonly Span[], span: Span): ReadonlySet<number> {
  const sentences = paragraphs.flatMap(paragraph => (overlaps(paragraph, span) ? paragraph.sentences : []));
  return new Set(
    sentences.flatMap(sentence => {
      const { start, end } = touched(words, sentence);
      return start < end ? [start, end - 1] : [];
    }),
  );
}

/** Returns 1 for each word within one of the spans. */
function flag(words: readonly Span[], spans: readonly Span[]): Uint8Array {
  const flags = new Uint8Array(words.length);
  for (const span of spans) {
    const { start, end } = touched(words, span);
    flags.fill(1, start, end);
  }
  return flags;
}

/** A quote aligned with a window. */
export interface Placement extends Alignment {
  readonly quote: readonly QuoteWord[];
  readonly window: TextWindow;
}

/** Cells of all tables of a quote: more take too long. */
const MOST_CELLS = 1_500_000;
const MOST_WINDOWS = 12;
/** Fewer words can only be found exactly. */
const LEAST_WHOLE = 3;

/**
 * Returns the placements of least cost. Windows that share the most words come first, and a long quote isn't aligned
 * with others.
 */
export function placeAmong(quote: readonly QuoteWord[], windows: readonly TextWindow[]): Placement[] {
  const terms = new Set(quote.map(({ term }) => term));
  const shared = windows.map(window => {
    const held = new Set(window.words.flatMap(({ term }) => (terms.has(term) ? [term] : [])));
    return { window, count: held.size };
  });
  let left = MOST_CELLS;
  const placements: Placement[] = [];
  for (const { window } of shared.toSorted((one, other) => other.count - one.count).slice(0, MOST_WINDOWS)) {
    if (left <= 0) break;
    const words = window.words.slice(0, Math.max(Math.floor(left / quote.length), 1));
    left -= words.length * quote.length;
    const shown = { from: window.from, words };
    placements.push(...alignWords(quote, words).map(alignment => ({ ...alignment, quote, window: shown })));
  }
  const least = Math.min(...placements.map(({ cost }) => cost));
  return placements.filter(({ cost }) => cost <= least + 1e-9);
}

/** True if this is where the quote is from, even with changed words. */
export function isFound(placement: Placement): boolean {
  const { quote, steps } = placement;
  if (isReversed(placement)) return true;
  const { share, weighted, longestRun, same } = likenessOf(quote, steps);
  if (longestRun < Math.min(LEAST_WHOLE, quote.length)) return false;
  return (share >= 0.6 && weighted >= 0.45) || (same >= 6 && longestRun >= 5 && share >= 0.4);
}

/** True if only a negation was left out, added, or changed with its word. */
function isReversed({ quote, steps, window: { words } }: Placement): boolean {
  const changed = steps.filter(({ kind }) => kind !== 'same');
  const [step] = changed;
  if (step === undefined || changed.length > 1 || quote.length < LEAST_WHOLE) return false;
  const put = quote.slice(step.quote.start, step.quote.end);
  const left = words.slice(step.article.start, step.article.end);
  const [one] = [...put, ...left];
  if (step.kind !== 'changed') return put.length + left.length === 1 && one !== undefined && isNegation(one.term);
  return areOpposite(put[0]?.term ?? '', left[0]?.term ?? '');
}

/** Returns the share of a quote's words that the article has, also with rare words counting for more, and how many. */
function likenessOf(quote: readonly QuoteWord[], steps: readonly Step[]) {
  const weigh = (words: readonly QuoteWord[]) => words.reduce((sum, { term }) => sum + weighWord(term), 0);
  const own = quote.filter(({ editorial }) => !editorial);
  let run = 0;
  let longestRun = 0;
  const met: QuoteWord[] = [];
  for (const { kind, quote: held } of steps) {
    const words = quote.slice(held.start, held.end).filter(({ editorial }) => !editorial);
    if (kind !== 'same') {
      run = kind === 'added' && words.length === 0 ? run : 0;
      continue;
    }
    met.push(...words);
    run += words.length;
    longestRun = Math.max(longestRun, run);
  }
  const total = Math.max(own.length, 1);
  return { share: met.length / total, weighted: weigh(met) / Math.max(weigh(own), 1e-9), longestRun, same: met.length };
}
