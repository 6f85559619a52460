import type { Pointer, WeighedReport } from '../attribution.ts';
import { isFunctionWord } from '../grammar/words.ts';
import { DETERMINERS } from '../lexicon/grammar.ts';
import { firstFrom } from '../speakers/story.ts';
import type { Stretch } from './features.ts';
import type { Model, Pointing, Reading } from './model.ts';

/** Windows before and after a source's own in which the words may be. In training, texts had ten at most. */
const BEFORE = 4;
const AFTER = 2;
/** Sources compared at once, so that memory stays small. */
const AT_ONCE = 32;
/** Smaller shares are left out. */
const LEAST = 0.005;
/** From this share, a word that isn't a name is asked what it means. Set by hand. */
const ASKED = 0.05;
/** Maximum number of words from a source to a name. Set by hand. */
const LONGEST_CHAIN = 3;
/** Maximum number of tokens before a phrase's noun. */
const BEFORE_NOUN = 3;

const PRONOUN = /^(?:he|she|him|her|his|hers|they|them|their|it|its|i|me|my|we|us|our|who)$/iv;
const CAPITAL = /^\p{Lu}/v;

/** Shares of tokens by index, and of none. */
interface Shares {
  readonly ofToken: ReadonlyMap<number, number>;
  readonly nowhere: number;
}

/** Adds to each report where the words may be that mean whom its source means. */
export async function pointAll(
  model: Model,
  readings: readonly Reading[],
  reports: readonly WeighedReport[],
): Promise<readonly WeighedReport[]> {
  if (reports.length === 0) return reports;
  const parts = await partsOf(readings);
  const tokens = parts.flatMap(part => part.tokens);
  const asked = reports.map(report => askedBy(tokens, report));
  const shares = await sharesOf(model, parts, asked);
  const meant = new Map<number, Shares>();
  for (const [at, { first, last, isUnsourced }] of asked.entries()) {
    const own = shares[at];
    const words = tokens.slice(first, last + 1).map(({ text }) => text);
    const isName = words.some((word, place) => CAPITAL.test(word) && place > 0);
    if (isUnsourced || isName || own === undefined) continue;
    for (const [place, word] of words.entries()) if (isAskable(word)) meant.set(first + place, own);
  }
  const others = shares.flatMap(({ ofToken }) =>
    [...ofToken].flatMap(([at, share]) =>
      share >= ASKED && !meant.has(at) && isAskable(wordAt(tokens, at)) ? [at] : [],
    ),
  );
  const phrases = [...new Set(others)].map(at => phraseAround(tokens, at));
  const known = await sharesOf(model, parts, phrases);
  for (const [place, found] of known.entries()) meant.set(phrases[place]?.last ?? -1, found);
  return reports.map((report, at) => {
    const { first = 0, last = 0, isUnsourced = true } = asked[at] ?? {};
    const isOwn = (token: number) => !isUnsourced && token >= first && token <= last;
    return { ...report, pointer: toPointer(tokens, follow(tokens, shares[at], meant, isOwn)) };
  });
}

/** Whether a word isn't a name, and may mean somebody. */
function isAskable(word: string): boolean {
  return PRONOUN.test(word) || (/^\p{Ll}{3}/v.test(word) && !isFunctionWord(word));
}

function wordAt(tokens: Stretch, at: number): string {
  return tokens[at]?.text ?? '';
}

function askedBy(tokens: Stretch, { source, content }: WeighedReport): Pointing {
  const said = tokenFrom(tokens, content[0].start);
  if (source === undefined) return { first: said, last: said, content: said, isUnsourced: true };
  const first = tokenFrom(tokens, source.start);
  return { first, last: Math.max(first, tokenFrom(tokens, source.end - 1)), content: said, isUnsourced: false };
}

/** "the old man" for "man". */
function phraseAround(tokens: Stretch, at: number): Pointing {
  const before = Array.from({ length: BEFORE_NOUN }, (_, back) => at - 1 - back);
  const opener = PRONOUN.test(wordAt(tokens, at))
    ? undefined
    : before.find(place => DETERMINERS.has(wordAt(tokens, place).toLowerCase()));
  return { first: opener ?? at, last: at, content: Math.min(tokens.length - 1, at + 1), isUnsourced: false };
}

/** Index of the token at a position, or of the one after it. */
function tokenFrom(tokens: Stretch, position: number): number {
  const at = firstFrom(tokens, position + 1) - 1;
  return Math.min(tokens.length - 1, Math.max(0, (tokens[at]?.end ?? 0) > position ? at : at + 1));
}

/** A window's tokens, the first one's index in the article, and what is compared of them. */
interface Part {
  readonly tokens: Stretch;
  readonly from: number;
  /** Indices, in the article, of the tokens that may mean somebody. */
  readonly kept: readonly number[];
  readonly numbers: Float32Array;
}

async function partsOf(readings: readonly Reading[]): Promise<readonly Part[]> {
  const parts: Part[] = [];
  let from = 0;
  for (const { window, antecedents } of readings) {
    const { tokens } = window;
    const first = from;
    const kept = tokens.flatMap(({ text }, at) => (mayMean(text) ? [first + at] : []));
    parts.push({ tokens, from, kept, numbers: await antecedents() });
    from += tokens.length;
  }
  return parts;
}

/** Whether a word may mean somebody: a name, a pronoun or a noun, for all that its form tells. */
function mayMean(word: string): boolean {
  return CAPITAL.test(word) || isAskable(word);
}

/** Asks the pointer about tokens of an article, each within the windows around it. Returns the shares for each. */
async function sharesOf(model: Model, parts: readonly Part[], all: readonly Pointing[]): Promise<readonly Shares[]> {
  const found = new Map<Pointing, Shares>();
  for (const [at, { from, tokens }] of parts.entries()) {
    const here = all.filter(({ first }) => first >= from && first < from + tokens.length);
    if (here.length === 0) continue;
    const around = parts.slice(Math.max(0, at - BEFORE), at + AFTER + 1);
    const start = around[0]?.from ?? 0;
    const numbers = joined(around.map(part => part.numbers));
    const size = around.reduce((sum, part) => sum + part.tokens.length, 0);
    const kept = around.flatMap(part => part.kept);
    const places = kept.map(token => token - start);
    for (let next = 0; next < here.length; next += AT_ONCE) {
      const some = here.slice(next, next + AT_ONCE);
      const placed = some.map(each => placedAt(each, start, size));
      const scores = await model.point(numbers, places, placed);
      for (const [row, each] of some.entries())
        found.set(each, toShares(scores[row] ?? new Float32Array(), kept, each));
    }
  }
  return all.map(each => found.get(each) ?? { ofToken: new Map(), nowhere: 1 });
}

/** Token indices from `start` on, of which there are `size`. */
function placedAt({ first, last, content, isUnsourced }: Pointing, start: number, size: number): Pointing {
  const within = (at: number) => Math.min(size - 1, Math.max(0, at - start));
  return { first: within(first), last: within(last), content: within(content), isUnsourced };
}

function joined(arrays: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    whole.set(array, at);
    at += array.length;
  }
  return whole;
}

/** The softmax of the scores of all tokens that aren't asked about. */
function toShares(scores: Float32Array, kept: readonly number[], { first, last, isUnsourced }: Pointing): Shares {
  const isOwn = (at: number) => !isUnsourced && at >= first && at <= last;
  const highest = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  const powers = Array.from(scores, (score, at) =>
    isOwn(kept[at] ?? Number.POSITIVE_INFINITY) ? 0 : Math.exp(score - highest),
  );
  const whole = powers.reduce((sum, power) => sum + power, 0);
  const nowhere = (powers.pop() ?? 0) / whole;
  const shares = kept.map((token, at): [number, number] => [token, (powers[at] ?? 0) / whole]);
  return { ofToken: new Map(shares.filter(([, share]) => share >= LEAST)), nowhere };
}

/**
 * Follows words that aren't names to what they mean, so that "he" leads over "the deacon" to a name. What a phrase shares with
 * nothing stays its own.
 */
function follow(
  tokens: Stretch,
  shares: Shares | undefined,
  meant: ReadonlyMap<number, Shares>,
  isOwn: (token: number) => boolean,
): Shares {
  const settled = new Map<number, number>();
  let nowhere = shares?.nowhere ?? 1;
  const settle = (at: number, share: number) => settled.set(at, (settled.get(at) ?? 0) + share);
  let open: ReadonlyMap<number, number> = shares?.ofToken ?? new Map();
  for (let step = 0; step < LONGEST_CHAIN; step += 1) {
    const next = new Map<number, number>();
    for (const [at, share] of open) {
      const known = meant.get(at);
      if (known === undefined) {
        settle(at, share);
        continue;
      }
      const others = [...known.ofToken].filter(([other]) => !isOwn(other));
      const whole = known.nowhere + others.reduce((sum, [, part]) => sum + part, 0);
      for (const [other, part] of others) next.set(other, (next.get(other) ?? 0) + (share * part) / whole);
      if (PRONOUN.test(wordAt(tokens, at))) nowhere += (share * known.nowhere) / whole;
      else settle(at, (share * known.nowhere) / whole);
    }
    open = next;
  }
  for (const [at, share] of open) settle(at, share);
  return { ofToken: settled, nowhere };
}

function toPointer(tokens: Stretch, { ofToken, nowhere }: Shares): Pointer {
  const words = [...ofToken].flatMap(([at, share]) => {
    const token = tokens[at];
    return token === undefined || share < LEAST ? [] : [{ start: token.start, end: token.end, share }];
  });
  return { words: words.toSorted((one, other) => one.start - other.start), nowhere };
}
