import type { Quotation } from '../../news/quotations.ts';
import { type Span, slice } from '../../news/span.ts';
import { piecesOf, UNKNOWN } from '../../pieces/word-pieces.ts';
import { type Token, tokenize } from '../../words/tokens.ts';

/** A token and its features, the network's input. */
export interface TokenFeatures extends Token {
  /** As the vocabulary spells it. */
  readonly word: string;
  /** Ids of its word pieces. */
  readonly pieces: readonly number[];
  readonly shape: number;
  /** Position relative to quotation marks, see `QUOTING`. */
  readonly quoting: number;
  /** The kind of the line it is in, see `lineOf`. */
  readonly line: number;
}

/** The network's input for one stretch of text. */
export type Stretch = readonly TokenFeatures[];

/** Maximum number of word pieces of a stretch or window, with the pieces that start and end it. */
export const MOST_PIECES = 288;
const MOST_PIECES_OF_TOKEN = 6;

/** Positions relative to quotation marks. The weights depend on these numbers. */
export const QUOTING = {
  outside: 0,
  opensShort: 1,
  opensLong: 2,
  closesShort: 3,
  closesLong: 4,
  withinShort: 5,
  withinMedium: 6,
  withinLong: 7,
  withinUnclosed: 8,
  nestedMark: 9,
  nested: 10,
} as const;
const MARK_KINDS: ReadonlySet<number> = new Set([
  QUOTING.opensShort,
  QUOTING.opensLong,
  QUOTING.closesShort,
  QUOTING.closesLong,
  QUOTING.nestedMark,
]);

/** The weights depend on this order. */
const SHAPES = ['punctuation', 'number', 'lower', 'capital', 'upper', 'mixed', 'initials'] as const;
type Shape = (typeof SHAPES)[number];

const HAS_LETTER = /\p{L}/v;
const HAS_NUMBER = /\p{N}/v;
const OPENS_NEXT_SENTENCE = /^[.?!:]$/v;
const QUOTE_MARK = /^(?:["“”„‟«»‘’‚‹›「」『』]|``|'')$/v;
const APOSTROPHES = /[’ʼ]/gv;
const LONG_DASH = /^[—–―]$/v;

/** The vocabulary's spelling: lower case, one kind of apostrophe, dash and quotation mark. */
function spell(text: string): string {
  if (QUOTE_MARK.test(text)) return '"';
  if (LONG_DASH.test(text)) return '--';
  return text.toLowerCase().replace(APOSTROPHES, "'");
}

const ENDS_SENTENCE = /[.?!…]['"”’»\)\]]*$/v;
const ENDS_OPEN = /[:,;—–\-]$/v;
/** In tokens. */
const SHORT_LINES = [4, 12];

/** Returns the kind of a line: its length (3 kinds) and its ending (3 kinds). The weights depend on these numbers. */
function lineOf(text: string, tokens: number): number {
  const length = SHORT_LINES.filter(most => tokens > most).length;
  const ending = ENDS_SENTENCE.test(text) ? 0 : ENDS_OPEN.test(text) ? 1 : 2;
  return length * 3 + ending;
}

function shapeOf(text: string): Shape {
  if (!HAS_LETTER.test(text)) return HAS_NUMBER.test(text) ? 'number' : 'punctuation';
  if (text.endsWith('.')) return 'initials';
  const lower = text.toLowerCase();
  if (text === lower) return HAS_NUMBER.test(text) ? 'mixed' : 'lower';
  if (text.length > 1 && text === text.toUpperCase()) return 'upper';
  return text.slice(1) === lower.slice(1) ? 'capital' : 'mixed';
}

function shapesOf(tokens: readonly Token[]): readonly number[] {
  let starts = true;
  return tokens.map(({ text }) => {
    const shape = shapeOf(text);
    const kind = SHAPES.indexOf(shape) * 2 + (starts ? 1 : 0);
    if (shape !== 'punctuation') starts = false;
    if (OPENS_NEXT_SENTENCE.test(text)) starts = true;
    return kind;
  });
}

interface Kinds {
  readonly opens: number;
  readonly within: number;
  readonly closes: number;
}

function withinOf(words: number): number {
  if (words > 7) return QUOTING.withinLong;
  return words > 4 ? QUOTING.withinMedium : QUOTING.withinShort;
}

/** Kinds of the marks and words of a quotation of this many words. */
function kindsOf({ depth, closed }: Quotation, words: number): Kinds {
  if (depth > 0) return { opens: QUOTING.nestedMark, within: QUOTING.nested, closes: QUOTING.nestedMark };
  const within = closed ? withinOf(words) : QUOTING.withinUnclosed;
  return words > 4
    ? { opens: QUOTING.opensLong, within, closes: QUOTING.closesLong }
    : { opens: QUOTING.opensShort, within, closes: QUOTING.closesShort };
}

function quotingOf(tokens: readonly Token[], quotations: readonly Quotation[]): readonly number[] {
  const quoting: number[] = tokens.map(() => QUOTING.outside);
  let from = 0;
  for (const quotation of quotations) {
    while (from < tokens.length && (tokens[from]?.start ?? 0) < quotation.start) from += 1;
    let to = from;
    while (to < tokens.length && (tokens[to]?.start ?? 0) < quotation.end) to += 1;
    const { opens, within, closes } = kindsOf(quotation, to - from - 2);
    for (let index = from; index < to; index += 1) {
      const at = tokens[index]?.start ?? 0;
      quoting[index] = at < quotation.inner.start ? opens : at >= quotation.inner.end ? closes : within;
    }
  }
  return quoting;
}

/** Returns the ids of a token's pieces: at least one, so that their number limits a window. */
function piecesOfToken(word: string): readonly number[] {
  const pieces = piecesOf(word).slice(0, MOST_PIECES_OF_TOKEN);
  return pieces.length > 0 ? pieces : [UNKNOWN];
}

/** Returns the network's input for a stretch of text. `quotations` are those of the stretch, in text order. */
export function tokenFeaturesOf(text: string, within: Span, quotations: readonly Quotation[]): Stretch {
  const tokens = tokenize(text, within);
  const kinds = quotingOf(tokens, quotations);
  const shapes = shapesOf(tokens);
  const line = lineOf(slice(text, within), tokens.length);
  return tokens.map((token, index) => {
    const quoting = kinds[index] ?? QUOTING.outside;
    const word = MARK_KINDS.has(quoting) ? '"' : spell(token.text);
    return { ...token, word, pieces: piecesOfToken(word), shape: shapes[index] ?? 0, quoting, line };
  });
}

const SENTENCE_END = /^[.?!]$/v;

/** Cuts a long paragraph into stretches that fit into a window, at sentence ends if there are any. */
export function cutStretches(tokens: Stretch): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (let from = 0; from < tokens.length; ) {
    const to = stretchEnd(tokens, from);
    stretches.push(tokens.slice(from, to));
    from = to;
  }
  return stretches;
}

function stretchEnd(tokens: Stretch, from: number): number {
  let last = from;
  for (let size = 1; last < tokens.length; last += 1) {
    size += tokens[last]?.pieces.length ?? 0;
    if (size > MOST_PIECES) break;
  }
  if (last >= tokens.length) return tokens.length;
  for (const outside of [true, false]) {
    for (let to = last; to > (from + last) / 2; to -= 1) {
      const { text = '', quoting } = tokens[to - 1] ?? {};
      if (SENTENCE_END.test(text) && (!outside || quoting === QUOTING.outside)) return to;
    }
  }
  return last;
}
