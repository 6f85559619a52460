import { areOpposite, type ComparedWord, isNegation, isSame, joinedTerm, type QuoteWord } from './quote-words.ts';

export interface ArticleWord extends ComparedWord {
  /** It's in the content of an attribution, but not in brackets. */
  readonly said: boolean;
  /** It's in square brackets, or in round ones that repeat a name in another script, added by the reporter. */
  readonly bracketed: boolean;
  /** It begins or ends a sentence. */
  readonly atEdge: boolean;
}

/** Costs of differences, relative to a changed word. */
const COSTS = {
  changed: 1,
  added: 1.05,
  /** A negation added, left out or within a word. The sentence is likelier the same than with a changed word. */
  negated: 0.9,
  /** Words added in brackets. */
  editorial: 0.02,
  /** Up to three words skipped within a sentence cost less than a changed one: a last word that follows soon is the same. */
  skip: 0.9,
  skipWord: 0.03,
  /** The first or last word of a sentence skipped, in addition. */
  edge: 0.1,
  /** A skip at an ellipsis or next to brackets. */
  marked: 0.02,
  ellipsisWord: 0.001,
  editorialWord: 0.15,
  /** A skip over "he said" within what somebody says. */
  voice: 0.1,
  voiceWord: 0.01,
} as const;

interface SkipCosts {
  readonly open: number;
  readonly word: number;
}

const SKIPS = {
  ellipsis: { open: COSTS.marked, word: COSTS.ellipsisWord },
  editorial: { open: COSTS.marked, word: COSTS.editorialWord },
  bracketed: { open: COSTS.voice, word: COSTS.voiceWord },
  voice: { open: COSTS.skip + 3 * (COSTS.skipWord - COSTS.voiceWord), word: COSTS.voiceWord },
  said: { open: COSTS.skip, word: COSTS.skipWord },
  edge: { open: COSTS.skip, word: COSTS.skipWord + COSTS.edge },
} as const;

/** Returns what skipping each word of the article costs after `i` words of the quote. */
function skipCosts(quote: readonly QuoteWord[], article: readonly ArticleWord[], i: number): (j: number) => SkipCosts {
  if (quote[i]?.afterEllipsis) return () => SKIPS.ellipsis;
  if (quote[i]?.editorial || quote[i - 1]?.editorial) return () => SKIPS.editorial;
  return j => {
    const word = article[j];
    if (word === undefined || word.said) return word?.atEdge ? SKIPS.edge : SKIPS.said;
    return word.bracketed || article[j - 1]?.said ? SKIPS.bracketed : SKIPS.voice;
  };
}

/** A step of an alignment; half-open ranges in the two lists of words. */
export interface Step {
  /** `skipped`: words that only the article has. `added`: words that only the quote has. */
  readonly kind: 'same' | 'changed' | 'added' | 'skipped';
  readonly quote: { readonly start: number; readonly end: number };
  readonly article: { readonly start: number; readonly end: number };
}

export interface Alignment {
  /** 0 if the article has exactly these words. */
  readonly cost: number;
  readonly steps: readonly Step[];
}

/** Maximum number of places at the same cost. */
const MOST_ENDS = 8;

const MOVES = { start: 0, pair: 1, add: 2, close: 3, joinArticle: 4, joinQuote: 5, leave: 6 } as const;
const GAPS = { opened: 1, extended: 2 } as const;

/** The costs of reaching each cell, and how. Has a row of `article.length + 1` cells for each word of the quote. */
interface Table {
  readonly width: number;
  readonly best: Float64Array;
  readonly move: Uint8Array;
  readonly gap: Float64Array;
  readonly gapMove: Uint8Array;
}

/**
 * Aligns all of a quote with part of an article at the least cost, with affine gaps (Gotoh 1982). Returns the places of
 * least cost. Takes time proportional to words of the quote × words of the article.
 */
export function alignWords(quote: readonly QuoteWord[], article: readonly ArticleWord[]): readonly Alignment[] {
  const table = fill(quote, article);
  const last = quote.length * table.width;
  let least = Number.POSITIVE_INFINITY;
  for (let j = 0; j < table.width; j += 1) least = Math.min(least, table.best[last + j] ?? least);
  const ends: number[] = [];
  for (let j = 0; j < table.width && ends.length < MOST_ENDS; j += 1) {
    const ended = table.move[last + j] !== MOVES.close && table.move[last + j] !== MOVES.add;
    if ((table.best[last + j] ?? least) <= least + 1e-9 && (ended || least > 0)) ends.push(j);
  }
  return ends.map(end => ({ cost: least, steps: trace(table, quote.length, end) }));
}

function fill(quote: readonly QuoteWord[], article: readonly ArticleWord[]): Table {
  const width = article.length + 1;
  const size = width * (quote.length + 1);
  const best = new Float64Array(size).fill(Number.POSITIVE_INFINITY, width);
  const gap = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  const table = { width, best, move: new Uint8Array(size), gap, gapMove: new Uint8Array(size) };
  const terms = termsIn(article);
  const pairs = article.map((word, at) => joinedTerm(word, article[at + 1]));
  // A long quote repeats its common words.
  const relations = new Map<string, Uint8Array>();
  for (let i = 0; i <= quote.length; i += 1) {
    if (i > 0 && i < quote.length) skipWords(table, quote, article, i);
    const next = quote[i];
    if (next === undefined) continue;
    const key = `${next.term} ${next.kept?.head} ${next.kept?.tail}`;
    const kin = relations.get(key) ?? relationsTo(next, terms);
    relations.set(key, kin);
    stepOn(table, i, next, kin);
    joinOn(table, i, next, quote[i + 1], article, pairs);
  }
  return table;
}

/** The article's distinct words, and for each of its words the index in that list. */
interface Terms {
  readonly distinct: readonly ArticleWord[];
  readonly numbers: Uint32Array;
}

function termsIn(article: readonly ArticleWord[]): Terms {
  const known = new Map<string, number>();
  const distinct: ArticleWord[] = [];
  const numbers = new Uint32Array(article.length);
  for (const [at, word] of article.entries()) {
    const number = known.get(word.term) ?? distinct.push(word) - 1;
    known.set(word.term, number);
    numbers[at] = number;
  }
  return { distinct, numbers };
}

/** How a word of the article relates to one of the quote. */
const RELATIONS = { other: 0, same: 1, opposite: 2 } as const;
const PAIR_COSTS = [COSTS.changed, 0, COSTS.negated] as const;

/** Returns the relation of each word of the article to one of the quote. */
function relationsTo(word: QuoteWord, { distinct, numbers }: Terms): Uint8Array {
  const kin = new Uint8Array(distinct.length);
  for (let at = 0; at < distinct.length; at += 1) {
    const found = distinct[at];
    if (found === undefined) continue;
    if (isSame(word, found)) kin[at] = RELATIONS.same;
    else if (areOpposite(word.term, found.term)) kin[at] = RELATIONS.opposite;
  }
  const places = new Uint8Array(numbers.length);
  for (let at = 0; at < numbers.length; at += 1) places[at] = kin[numbers[at] ?? 0] ?? 0;
  return places;
}

/** Fills the row after `i` words of the quote from left to right: skipped words, or a negation left out. */
function skipWords(table: Table, quote: readonly QuoteWord[], article: readonly ArticleWord[], i: number): void {
  const { width, best, gap, gapMove, move } = table;
  const costOf = skipCosts(quote, article, i);
  for (let j = 1; j < width; j += 1) {
    const here = i * width + j;
    const { open, word } = costOf(j - 1);
    const opened = (best[here - 1] ?? 0) + open + word;
    const extended = (gap[here - 1] ?? 0) + word;
    const least = Math.min(opened, extended);
    gap[here] = least;
    gapMove[here] = opened <= extended ? GAPS.opened : GAPS.extended;
    if (least < (best[here] ?? 0)) {
      best[here] = least;
      move[here] = MOVES.close;
    }
    const left = (best[here - 1] ?? 0) + COSTS.negated;
    if (left >= (best[here] ?? 0) || !isNegation(article[j - 1]?.term ?? '')) continue;
    best[here] = left;
    move[here] = MOVES.leave;
  }
}

/** Fills the next row: a word in both, one for another, or one that only the quote has. */
function stepOn({ width, best, move }: Table, i: number, next: QuoteWord, kin: Uint8Array): void {
  const add = next.editorial ? COSTS.editorial : isNegation(next.term) ? COSTS.negated : COSTS.added;
  for (let j = 0; j < width; j += 1) {
    const here = i * width + j;
    const from = best[here] ?? 0;
    const below = here + width;
    if (from + add < (best[below] ?? 0)) {
      best[below] = from + add;
      move[below] = MOVES.add;
    }
    if (j === kin.length) break;
    const paired = from + (PAIR_COSTS[kin[j] ?? 0] ?? COSTS.changed);
    if (paired >= (best[below + 1] ?? 0)) continue;
    best[below + 1] = paired;
    move[below + 1] = MOVES.pair;
  }
}

/** Fills cells where two words on one side are one on the other. `pairs` has each word joined to the next. */
function joinOn(
  { width, best, move }: Table,
  i: number,
  next: QuoteWord,
  after: QuoteWord | undefined,
  article: readonly ArticleWord[],
  pairs: readonly (string | undefined)[],
): void {
  const joined = joinedTerm(next, after);
  for (let j = 0; j < pairs.length; j += 1) {
    const here = i * width + j;
    const from = best[here] ?? 0;
    const twice = here + width + 2;
    if (pairs[j] === next.term && from < (best[twice] ?? 0)) {
      best[twice] = from;
      move[twice] = MOVES.joinArticle;
    }
    const down = here + 2 * width + 1;
    if (joined === undefined || joined !== article[j]?.term || from >= (best[down] ?? 0)) continue;
    best[down] = from;
    move[down] = MOVES.joinQuote;
  }
}

/** Returns the cell where a skip began. */
function skippedFrom({ move, gapMove }: Table, cell: number): number {
  let from = cell;
  while (move[cell] === MOVES.close && gapMove[from] === GAPS.extended) from -= 1;
  return from - 1;
}

/** Walks back from an end to the start of the quote. */
function trace(table: Table, rows: number, end: number): Step[] {
  const { width, best, move } = table;
  const steps: Step[] = [];
  let cell = rows * width + end;
  while (cell >= width) {
    const [i, j] = [Math.floor(cell / width), cell % width];
    const how = move[cell];
    if (how === MOVES.close || how === MOVES.leave) {
      const from = skippedFrom(table, cell);
      steps.push({ kind: 'skipped', quote: { start: i, end: i }, article: { start: from - i * width, end: j } });
      cell = from;
      continue;
    }
    const down = how === MOVES.joinQuote ? 2 : 1;
    const right = how === MOVES.add ? 0 : how === MOVES.joinArticle ? 2 : 1;
    const before = cell - down * width - right;
    const isEqual = how !== MOVES.add && (best[before] ?? 0) === best[cell];
    const kind = how === MOVES.add ? 'added' : isEqual ? 'same' : 'changed';
    steps.push({ kind, quote: { start: i - down, end: i }, article: { start: j - right, end: j } });
    cell = before;
  }
  return steps.reverse();
}
