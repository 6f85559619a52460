import type { ComparedWord } from './compared-words.ts';
import { isJoined, isSame } from './meaning.ts';
import type { QuoteWord } from './quote-words.ts';

/** A word of an article, and whether somebody says it there. */
export interface ArticleWord extends ComparedWord {
  /** It stands in the content of an attribution, and not in brackets. */
  readonly said: boolean;
  /** It stands in square brackets, or in round ones that repeat a name in another script: the reporter put it there. */
  readonly bracketed: boolean;
}

/** One thing that happens on the way through both texts; half-open places in the two lists of words. */
export interface Step {
  /** `skipped`: words of the article that the quotation passes over. `added`: words that only the quotation has. */
  readonly kind: 'same' | 'changed' | 'added' | 'skipped';
  readonly quote: { readonly start: number; readonly end: number };
  readonly article: { readonly start: number; readonly end: number };
}

export interface Alignment {
  /** 0 where the quotation stands in the article word for word. */
  readonly cost: number;
  readonly steps: readonly Step[];
}

const costs = {
  changed: 1,
  added: 1.05,
  /** Words in brackets that stand for nothing. */
  editorial: 0.02,
  skip: 1,
  skipWord: 0.03,
  /** A skip where an ellipsis stands, or beside brackets. */
  marked: 0.02,
  ellipsisWord: 0.001,
  editorialWord: 0.15,
  /** Out of what somebody says and into it again: over "he said". */
  voice: 0.1,
  voiceWord: 0.01,
} as const;

/** Different places at the same cost: as many as are told apart. */
const mostEnds = 8;

const moves = { start: 0, pair: 1, add: 2, close: 3, joinArticle: 4, joinQuote: 5 } as const;
const gaps = { opened: 1, extended: 2 } as const;

/** Costs of getting to each place, and how: row by row of the quotation, `article.length + 1` cells each. */
interface Table {
  readonly width: number;
  readonly best: Float64Array;
  readonly move: Uint8Array;
  readonly gap: Float64Array;
  readonly gapMove: Uint8Array;
}

/**
 * Lays all of a quotation along a part of an article at the least cost, the skipping of words with one price to begin and a
 * low one to go on (Gotoh 1982). Gives each place that costs the least. Costs quotation × article.
 */
export function alignWords(quote: readonly QuoteWord[], article: readonly ArticleWord[]): readonly Alignment[] {
  const table = fill(quote, article);
  const last = quote.length * table.width;
  let least = Number.POSITIVE_INFINITY;
  for (let j = 0; j < table.width; j += 1) least = Math.min(least, table.best[last + j] ?? least);
  const ends: number[] = [];
  for (let j = 0; j < table.width && ends.length < mostEnds; j += 1) {
    const ended = table.move[last + j] !== moves.close && table.move[last + j] !== moves.add;
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
  for (let i = 0; i <= quote.length; i += 1) fillRow(table, quote, article, i);
  return table;
}

/** The row in which `i` words of the quotation are behind. Passes words over first, then goes on to the next rows. */
function fillRow(table: Table, quote: readonly QuoteWord[], article: readonly ArticleWord[], i: number): void {
  const { width, best, gap, move } = table;
  const inside = i > 0 && i < quote.length;
  for (let j = 0; j < width; j += 1) {
    const here = i * width + j;
    if (inside && j > 0) passOver(table, here, skipCosts(quote, article, i, j - 1));
    if ((gap[here] ?? 0) < (best[here] ?? 0)) {
      best[here] = gap[here] ?? 0;
      move[here] = moves.close;
    }
    const next = quote[i];
    if (next !== undefined) stepOn(table, here, next, quote[i + 1], article[j], article[j + 1]);
  }
}

interface SkipCosts {
  readonly open: number;
  readonly word: number;
}

function skipCosts(quote: readonly QuoteWord[], article: readonly ArticleWord[], i: number, j: number): SkipCosts {
  const next = quote[i];
  if (next?.afterEllipsis) return { open: costs.marked, word: costs.ellipsisWord };
  if (next?.editorial || quote[i - 1]?.editorial) return { open: costs.marked, word: costs.editorialWord };
  const word = article[j];
  if (word?.bracketed) return { open: costs.voice, word: costs.voiceWord };
  const leaves = word?.said === false && article[j - 1]?.said === true;
  return { open: leaves ? costs.voice : costs.skip, word: word?.said === false ? costs.voiceWord : costs.skipWord };
}

function passOver({ best, gap, gapMove }: Table, here: number, { open, word }: SkipCosts): void {
  const opened = (best[here - 1] ?? 0) + open + word;
  const extended = (gap[here - 1] ?? 0) + word;
  gap[here] = Math.min(opened, extended);
  gapMove[here] = opened <= extended ? gaps.opened : gaps.extended;
}

function stepOn(
  table: Table,
  here: number,
  next: QuoteWord,
  after: QuoteWord | undefined,
  word: ArticleWord | undefined,
  following: ArticleWord | undefined,
): void {
  const { width, best, move } = table;
  const from = best[here] ?? 0;
  const reach = (cell: number, cost: number, how: number) => {
    if (cost >= (best[cell] ?? 0)) return;
    best[cell] = cost;
    move[cell] = how;
  };
  reach(here + width, from + (next.editorial ? costs.editorial : costs.added), moves.add);
  if (word === undefined) return;
  reach(here + width + 1, from + (isSame(next, word) ? 0 : costs.changed), moves.pair);
  if (isJoined(word, following, next)) reach(here + width + 2, from, moves.joinArticle);
  if (after !== undefined && isJoined(next, after, word)) reach(here + 2 * width + 1, from, moves.joinQuote);
}

/** Back from an end to where the quotation begins. */
function trace(table: Table, rows: number, end: number): Step[] {
  const { width, best, move, gapMove } = table;
  const steps: Step[] = [];
  let cell = rows * width + end;
  while (cell >= width) {
    const [i, j] = [Math.floor(cell / width), cell % width];
    const how = move[cell];
    if (how === moves.close) {
      let from = cell;
      while (gapMove[from] === gaps.extended) from -= 1;
      const start = from - 1 - i * width;
      steps.push({ kind: 'skipped', quote: { start: i, end: i }, article: { start, end: j } });
      cell = from - 1;
      continue;
    }
    const down = how === moves.joinQuote ? 2 : 1;
    const right = how === moves.add ? 0 : how === moves.joinArticle ? 2 : 1;
    const before = cell - down * width - right;
    const isEqual = how !== moves.add && (best[before] ?? 0) === best[cell];
    const kind = how === moves.add ? 'added' : isEqual ? 'same' : 'changed';
    steps.push({ kind, quote: { start: i - down, end: i }, article: { start: j - right, end: j } });
    cell = before;
  }
  return steps.reverse();
}
