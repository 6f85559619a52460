/**
 * Measures how well two readings of a text agree on who said what.
 *
 * Contents are sets of words, matched one to one by token F. An attribution is right if F reaches a threshold and both have the same
 * source mention: they share at least half of the shorter one's words. **A** is at F ≥ 0.8, **B** at F ≥ 0.5, **C** by word; a 0 means
 * without the source. All are micro F1. Matching by token overlap follows Newell, Margolin and Ruths, "An Attribution Relations Corpus
 * for Political News" (LREC 2018).
 */
import { fMeasure } from '../src/attribution/network/chain.ts';

type Range = readonly [number, number];

export interface Quote {
  readonly content: readonly Range[];
  readonly speaker: readonly Range[] | null;
  readonly type: string;
  /** False for beliefs, wishes and decrees that the gold has: finding them is neither right nor wrong. */
  readonly speech?: boolean;
}

/** A quote with those within its content. */
interface Reporting<Q> {
  readonly reported: readonly Q[];
}

/** Adds nested quotes, for a gold that marks what A said that B had said. */
export function withReported<Q extends Reporting<Q>>(quotes: readonly Q[]): readonly Q[] {
  return quotes.flatMap(quote => [quote, ...withReported(quote.reported)]);
}

/** True if a gold has a quote within another's content. */
export function marksReported(quotes: readonly (Quote & { readonly cue: readonly Range[] | null })[]): boolean {
  const holds = (outer: Quote, [start, end]: Range) => outer.content.some(([from, to]) => start >= from && end <= to);
  return quotes.some(({ content, cue }) =>
    quotes.some(outer => cue !== null && [...content, ...cue].every(range => holds(outer, range))),
  );
}

interface Word extends Readonly<{ start: number; end: number; text: string }> {}

interface Side<Q extends Quote> {
  readonly quote: Q;
  readonly words: ReadonlySet<number>;
  readonly inScope: boolean;
}

/** How an expected and a found quote match. */
interface Match {
  readonly f: number;
  readonly sameSource: boolean;
}

export interface Agreement<G extends Quote, P extends Quote> {
  /** Every expected quote, with its match of F ≥ 0.5 if it has one. */
  readonly expected: readonly { readonly quote: G; readonly match: (Match & { readonly found: P }) | undefined }[];
  /** Every found quote that counts, with its match. */
  readonly found: readonly { readonly quote: P; readonly match: Match | undefined }[];
  readonly words: WordCounts;
}

export interface WordCounts {
  readonly expected: number;
  readonly expectedMet: number;
  readonly expectedMetWithSource: number;
  readonly found: number;
  readonly foundMet: number;
  readonly foundMetWithSource: number;
}

const aWord = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gv;
const skippedAtContentStart = new Set(['that', 'the', 'a', 'an', 'to', 'whether', 'if']);
const skippedInSources = new Set(
  'the a an mr mrs ms dr sen rep gov president of and said his her their in for to'.split(' '),
);
const pronounAlone = /^(?:it|that|this|so|them|those|these|what|which|who|him|her|he|she|they|no|yes)$/iv;

function wordsOf(text: string): Word[] {
  return [...text.matchAll(aWord)].map(found => ({
    start: found.index,
    end: found.index + found[0].length,
    text: found[0].toLowerCase(),
  }));
}

function covered(words: readonly Word[], ranges: readonly Range[]): number[] {
  return words.flatMap((word, at) => (ranges.some(([start, end]) => word.start < end && word.end > start) ? [at] : []));
}

function contentWords(words: readonly Word[], quote: Quote): Set<number> {
  const all = covered(words, quote.content);
  let first = 0;
  while (first < all.length - 1 && skippedAtContentStart.has(words[all[first] ?? -1]?.text ?? '')) first += 1;
  return new Set(all.slice(first));
}

function shared(one: ReadonlySet<number>, other: ReadonlySet<number>): number {
  let count = 0;
  for (const each of one) if (other.has(each)) count += 1;
  return count;
}

function sourceWords(words: readonly Word[], ranges: readonly Range[]): Set<number> {
  const all = covered(words, ranges);
  const telling = all.filter(at => !skippedInSources.has(words[at]?.text ?? ''));
  return new Set(telling.length > 0 ? telling : all);
}

function sameSource(words: readonly Word[], one: Quote, other: Quote): boolean {
  if (one.speaker === null || other.speaker === null) return one.speaker === other.speaker;
  const ours = sourceWords(words, one.speaker);
  const theirs = sourceWords(words, other.speaker);
  const shorter = Math.min(ours.size, theirs.size);
  return shorter > 0 && shared(ours, theirs) / shorter >= 0.5;
}

function sides<Q extends Quote>(words: readonly Word[], quotes: readonly Q[]): Side<Q>[] {
  return quotes
    .map(quote => ({ quote, words: contentWords(words, quote) }))
    .filter(side => side.words.size > 0)
    .map(side => {
      const only = side.words.size === 1 ? (words[[...side.words][0] ?? -1]?.text ?? '') : '';
      return { ...side, inScope: side.quote.speech !== false && !pronounAlone.test(only) };
    });
}

/** Returns each gold quote whose words another one shares, with their F. */
export function overlapsOf<G extends Quote>(
  text: string,
  found: Quote,
  gold: readonly G[],
): readonly { readonly quote: G; readonly f: number }[] {
  const words = wordsOf(text);
  const [own] = sides(words, [found]);
  if (own === undefined) return [];
  return sides(words, gold).map(({ quote, words: others }) => {
    return { quote, f: fMeasure(shared(own.words, others), own.words.size, others.size) };
  });
}

interface Pairing<P extends Quote> {
  readonly ofGold: ReadonlyMap<number, Match & { readonly found: P }>;
  readonly ofFound: ReadonlyMap<number, Match & { readonly gold: number }>;
}

/** Pairs quotes one to one, the best pairs first. */
function pair<G extends Quote, P extends Quote>(words: readonly Word[], gold: Side<G>[], found: Side<P>[]): Pairing<P> {
  const candidates = gold
    .flatMap((one, g) =>
      found.map((other, p) => {
        const f = fMeasure(shared(one.words, other.words), one.words.size, other.words.size);
        return { g, p, found: other.quote, f, sameSource: f >= 0.5 && sameSource(words, one.quote, other.quote) };
      }),
    )
    .filter(each => each.f >= 0.5)
    .sort((one, other) => other.f - one.f || Number(other.sameSource) - Number(one.sameSource));
  const ofGold = new Map<number, Match & { found: P }>();
  const ofFound = new Map<number, Match & { gold: number }>();
  for (const each of candidates) {
    if (ofGold.has(each.g) || ofFound.has(each.p)) continue;
    ofGold.set(each.g, { f: each.f, sameSource: each.sameSource, found: each.found });
    ofFound.set(each.p, { f: each.f, sameSource: each.sameSource, gold: each.g });
  }
  return { ofGold, ofFound };
}

function countWords<G extends Quote, P extends Quote>(words: readonly Word[], gold: Side<G>[], found: Side<P>[]) {
  const goldAt = new Map(gold.flatMap(side => [...side.words].map(at => [at, side] as const)));
  const foundAt = new Map(found.flatMap(side => [...side.words].map(at => [at, side] as const)));
  const agrees = (at: number): boolean => {
    const [one, other] = [goldAt.get(at), foundAt.get(at)];
    return one !== undefined && other !== undefined && sameSource(words, one.quote, other.quote);
  };
  const asked = [...goldAt].filter(([, side]) => side.inScope).map(([at]) => at);
  const given = [...foundAt.keys()].filter(at => goldAt.get(at)?.inScope !== false);
  return {
    expected: asked.length,
    expectedMet: asked.filter(at => foundAt.has(at)).length,
    expectedMetWithSource: asked.filter(agrees).length,
    found: given.length,
    foundMet: given.filter(at => goldAt.has(at)).length,
    foundMetWithSource: given.filter(agrees).length,
  };
}

/** Compares what was found in a text with what a person marked. */
export function compare<G extends Quote, P extends Quote>(
  text: string,
  gold: readonly G[],
  predicted: readonly P[],
): Agreement<G, P> {
  const words = wordsOf(text);
  const golds = sides(words, gold);
  const finds = sides(words, predicted);
  const { ofGold, ofFound } = pair(words, golds, finds);
  const outOfScope = golds.filter(side => !side.inScope);
  const counts = (side: Side<P>, at: number): boolean => {
    const match = ofFound.get(at);
    if (match !== undefined) return golds[match.gold]?.inScope ?? false;
    return !outOfScope.some(other => shared(other.words, side.words) / side.words.size >= 0.5);
  };
  return {
    expected: golds.flatMap((side, at) => (side.inScope ? [{ quote: side.quote, match: ofGold.get(at) }] : [])),
    found: finds.flatMap((side, at) => (counts(side, at) ? [{ quote: side.quote, match: ofFound.get(at) }] : [])),
    words: countWords(words, golds, finds),
  };
}
