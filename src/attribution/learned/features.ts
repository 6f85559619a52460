import type { Quotation } from '../../news/quotations.ts';
import type { Span } from '../../news/span.ts';
import { type Token, tokenize } from '../../news/tokens.ts';

/** What the network is told of each token of one stretch of text; all lists are as long as `tokens`. */
export interface Features {
  readonly tokens: readonly Token[];
  /** The word as the vocabularies spell it. */
  readonly words: readonly string[];
  /** The bucket of its last three letters. */
  readonly suffixes: readonly number[];
  readonly shapes: readonly number[];
  /** Where it stands to quotation marks, see `QUOTING`. */
  readonly quoting: readonly number[];
}

export const SUFFIX_BUCKETS = 1024;

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
export const QUOTING_KINDS = 11;
const MARK_KINDS: ReadonlySet<number> = new Set([
  QUOTING.opensShort,
  QUOTING.opensLong,
  QUOTING.closesShort,
  QUOTING.closesLong,
  QUOTING.nestedMark,
]);

const SHAPES = ['mark', 'number', 'lower', 'capital', 'upper', 'mixed', 'initials'] as const;
type Shape = (typeof SHAPES)[number];
/** Each shape at a sentence's start and elsewhere. */
export const SHAPE_KINDS = SHAPES.length * 2;

const HAS_LETTER = /\p{L}/v;
const HAS_NUMBER = /\p{N}/v;
const ENDS_SENTENCE = /^[.?!:]$/v;
const QUOTE_MARK = /^(?:["“”„‟«»‘’‚‹›「」『』]|``|'')$/v;
const APOSTROPHES = /[’ʼ]/gv;
const LONG_DASH = /^[—–―]$/v;

/** The word as the vocabularies spell it: small letters, one kind of apostrophe, dash and quotation mark. */
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
    if (ENDS_SENTENCE.test(text)) starts = true;
    return kind;
  });
}

/** Marks the tokens of one quotation; `from` and `to` are the first and the one past the last of them. */
function markQuotation(
  quoting: number[],
  tokens: readonly Token[],
  quotation: Quotation,
  from: number,
  to: number,
): void {
  const words = to - from - 2;
  const isLong = words > 4;
  const within = words > 7 ? QUOTING.withinLong : isLong ? QUOTING.withinMedium : QUOTING.withinShort;
  for (let index = from; index < to; index += 1) {
    const token = tokens[index];
    if (token === undefined) continue;
    const opens = token.start < quotation.inner.start;
    const closes = token.start >= quotation.inner.end;
    if (quotation.depth > 0) quoting[index] = opens || closes ? QUOTING.nestedMark : QUOTING.nested;
    else if (opens) quoting[index] = isLong ? QUOTING.opensLong : QUOTING.opensShort;
    else if (closes) quoting[index] = isLong ? QUOTING.closesLong : QUOTING.closesShort;
    else quoting[index] = quotation.closed ? within : QUOTING.withinUnclosed;
  }
}

function quotingOf(tokens: readonly Token[], quotations: readonly Quotation[]): readonly number[] {
  const quoting: number[] = tokens.map(() => QUOTING.outside);
  let from = 0;
  for (const quotation of quotations) {
    while (from < tokens.length && (tokens[from]?.start ?? 0) < quotation.start) from += 1;
    let to = from;
    while (to < tokens.length && (tokens[to]?.start ?? 0) < quotation.end) to += 1;
    markQuotation(quoting, tokens, quotation, from, to);
  }
  return quoting;
}

/** Describes a stretch of text to the network. `quotations` are those of the stretch, in the text's order. */
export function describeTokens(text: string, within: Span, quotations: readonly Quotation[]): Features {
  const tokens = tokenize(text, within);
  const quoting = quotingOf(tokens, quotations);
  const words = tokens.map((token, index) => (MARK_KINDS.has(quoting[index] ?? 0) ? '"' : spell(token.text)));
  return { tokens, words, suffixes: words.map(bucketOf), shapes: shapesOf(tokens), quoting };
}
