import type { Quotation } from '../../news/quotations.ts';
import type { Span } from '../../news/span.ts';
import { type Token, tokenize } from '../../news/tokens.ts';
import { MOST_STEPS } from './model.ts';

/** The network's input for one stretch of text; all lists are as long as `tokens`. */
export interface Features {
  readonly tokens: readonly Token[];
  /** As the vocabularies spell it. */
  readonly words: readonly string[];
  /** The bucket of its last three letters. */
  readonly suffixes: readonly number[];
  readonly shapes: readonly number[];
  /** Position relative to quotation marks, see `QUOTING`. */
  readonly quoting: readonly number[];
}

const SUFFIX_BUCKETS = 1024;

const QUOTING = {
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

const SHAPES = ['mark', 'number', 'lower', 'capital', 'upper', 'mixed', 'initials'] as const;
type Shape = (typeof SHAPES)[number];

const HAS_LETTER = /\p{L}/v;
const HAS_NUMBER = /\p{N}/v;
const OPENS_NEXT_SENTENCE = /^[.?!:]$/v;
const QUOTE_MARK = /^(?:["“”„‟«»‘’‚‹›「」『』]|``|'')$/v;
const APOSTROPHES = /[’ʼ]/gv;
const LONG_DASH = /^[—–―]$/v;

/** The vocabularies' spelling: lower case, one kind of apostrophe, dash and quotation mark. */
function spell(text: string): string {
  if (QUOTE_MARK.test(text)) return '"';
  if (LONG_DASH.test(text)) return '--';
  return text.toLowerCase().replace(APOSTROPHES, "'");
}

/** FNV-1a of the last three letters. */
function bucketOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = Math.max(0, word.length - 3); at < word.length; at += 1) {
    hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  }
  return (hash >>> 0) % SUFFIX_BUCKETS;
}

function shapeOf(text: string): Shape {
  if (!HAS_LETTER.test(text)) return HAS_NUMBER.test(text) ? 'number' : 'mark';
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
    if (shape !== 'mark') starts = false;
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

/** Returns the network's input for a stretch of text. `quotations` are those of the stretch, in text order. */
export function describeTokens(text: string, within: Span, quotations: readonly Quotation[]): Features {
  const tokens = tokenize(text, within);
  const quoting = quotingOf(tokens, quotations);
  const words = tokens.map((token, index) => (MARK_KINDS.has(quoting[index] ?? 0) ? '"' : spell(token.text)));
  return { tokens, words, suffixes: words.map(bucketOf), shapes: shapesOf(tokens), quoting };
}

const SENTENCE_END = /^[.?!]$/v;

/**
 * Cuts a long paragraph into stretches that are read separately, at sentence ends if there are any, to keep time
 * linear.
 */
export function cutStretches(features: Features): readonly Features[] {
  const { tokens } = features;
  const stretches: Features[] = [];
  for (let from = 0; from < tokens.length; ) {
    const to = stretchEnd(features, from);
    stretches.push({
      tokens: tokens.slice(from, to),
      words: features.words.slice(from, to),
      suffixes: features.suffixes.slice(from, to),
      shapes: features.shapes.slice(from, to),
      quoting: features.quoting.slice(from, to),
    });
    from = to;
  }
  return stretches;
}

function stretchEnd({ tokens, quoting }: Features, from: number): number {
  const last = from + MOST_STEPS;
  if (last >= tokens.length) return tokens.length;
  for (const outside of [true, false]) {
    for (let to = last; to > from + MOST_STEPS / 2; to -= 1) {
      const ends = SENTENCE_END.test(tokens[to - 1]?.text ?? '') && (!outside || quoting[to - 1] === 0);
      if (ends) return to;
    }
  }
  return last;
}
