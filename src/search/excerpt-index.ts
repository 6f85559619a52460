import type { Library } from '../library/library.ts';
import type { Span } from '../news/span.ts';
import { align } from './align.ts';
import { type Asked, hitsOf } from './query.ts';
import { type Unit, unitsOf } from './units.ts';
import { makeVocabulary, type Vocabulary } from './vocabulary.ts';
import { weighWord } from './weight.ts';

/** An inverted index in memory: term -> units, and each unit's terms in order. */
export interface ExcerptIndex {
  readonly vocabulary: Vocabulary;
  readonly units: readonly Unit[];
  /** Article's id -> its units, by their places in `units`. */
  readonly ranges: ReadonlyMap<string, Span>;
  /** How much a word tells: the logarithm of how few excerpts hold it, with what English in general knows of it. */
  weigh(term: string, frequency: number): number;
  /** The best units within the range for which `allowed` is true, the best first. */
  rank(query: readonly Asked[], range: Span, allowed: (unit: Unit) => boolean): readonly Ranked[];
}

export interface Ranked {
  readonly unit: Unit;
  /** 0 to 1. */
  readonly score: number;
}

/** Rare words first bring in units until so many are in hand; the common words only add to those. */
const mostTouched = 3_000;
/** So many of them are laid along the query word by word. More costs time and finds nothing (measured). */
const mostAligned = 80;
/** Of the score; the rest is for having the words at all. */
const orderShare = 0.4;

/** Reads every article once: linear in the text. */
export function indexExcerpts(library: Library): ExcerptIndex {
  const units: Unit[] = [];
  const ranges = new Map<string, Span>();
  const terms = new Map<string, number>();
  const sequences: number[] = [];
  const starts: number[] = [0];
  for (const from of library.articles) {
    const first = units.length;
    for (const { unit, words } of unitsOf(from)) {
      units.push(unit);
      for (const { term } of words) sequences.push(numberOf(term, terms));
      starts.push(sequences.length);
    }
    ranges.set(from.article.id, { start: first, end: units.length });
  }
  const texts = { sequence: Uint32Array.from(sequences), starts: Uint32Array.from(starts) };
  const postings = post(texts, terms.size);
  const vocabulary = makeVocabulary(terms, postings.frequencies);
  const weigh = (term: string, frequency: number) => weighWord(term, frequency, units.length);
  const rank = (query: readonly Asked[], range: Span, allowed: (unit: Unit) => boolean) => {
    const wanted = (at: number) => {
      const unit = units[at];
      return at >= range.start && at < range.end && unit !== undefined && allowed(unit);
    };
    const candidates = gather(query, postings, wanted);
    return rankUnits(query, candidates, texts).flatMap(({ at, score }) => {
      const unit = units[at];
      return unit === undefined ? [] : [{ unit, score }];
    });
  };
  return { vocabulary, units, ranges, weigh, rank };
}

function numberOf(term: string, terms: Map<string, number>): number {
  const known = terms.get(term);
  if (known !== undefined) return known;
  terms.set(term, terms.size);
  return terms.size - 1;
}

/** All units' terms one after the other; unit `at` holds those from `starts[at]` to `starts[at + 1]`. */
interface Texts {
  readonly sequence: Uint32Array;
  readonly starts: Uint32Array;
}

/** Term `id` is held by the units `units[starts[id]]` to `units[starts[id + 1]]`, in order, each once. */
interface Postings {
  readonly units: Uint32Array;
  readonly starts: Uint32Array;
  readonly frequencies: Uint32Array;
}

function post({ sequence, starts }: Texts, size: number): Postings {
  const frequencies = new Uint32Array(size);
  const last = new Int32Array(size).fill(-1);
  const visit = (found: (id: number, unit: number) => void) => {
    last.fill(-1);
    for (let unit = 0; unit + 1 < starts.length; unit += 1) {
      for (let at = starts[unit] ?? 0; at < (starts[unit + 1] ?? 0); at += 1) {
        const id = sequence[at] ?? 0;
        if (last[id] === unit) continue;
        last[id] = unit;
        found(id, unit);
      }
    }
  };
  visit(id => {
    frequencies[id] = (frequencies[id] ?? 0) + 1;
  });
  const ends = new Uint32Array(size + 1);
  for (let id = 0; id < size; id += 1) ends[id + 1] = (ends[id] ?? 0) + (frequencies[id] ?? 0);
  const next = ends.slice();
  const units = new Uint32Array(ends[size] ?? 0);
  visit((id, unit) => {
    const place = next[id] ?? 0;
    units[place] = unit;
    next[id] = place + 1;
  });
  return { units, starts: ends, frequencies };
}

/** Units that hold some of the query's words, with the weight of those: the heaviest first, at most `mostAligned`. */
function gather(query: readonly Asked[], postings: Postings, wanted: (unit: number) => boolean): number[] {
  const weights = new Map<number, number>();
  const distinct = new Map(query.map(asked => [asked.term, asked]));
  const rarestFirst = [...distinct.values()].sort((one, other) => other.weight - one.weight);
  for (const asked of rarestFirst) {
    const full = weights.size >= mostTouched;
    const gained = gainOf(asked, postings, full ? unit => weights.has(unit) : wanted);
    for (const [unit, gain] of gained) weights.set(unit, (weights.get(unit) ?? 0) + gain);
  }
  return [...weights]
    .sort(([one, weight], [other, otherWeight]) => otherWeight - weight || one - other)
    .slice(0, mostAligned)
    .map(([unit]) => unit);
}

function gainOf(
  { weight, alternatives }: Asked,
  postings: Postings,
  wanted: (unit: number) => boolean,
): Map<number, number> {
  const gained = new Map<number, number>();
  for (const [id, likeness] of alternatives) {
    for (let at = postings.starts[id] ?? 0; at < (postings.starts[id + 1] ?? 0); at += 1) {
      const unit = postings.units[at] ?? 0;
      if (wanted(unit)) gained.set(unit, Math.max(gained.get(unit) ?? 0, weight * likeness));
    }
  }
  return gained;
}

function rankUnits(
  query: readonly Asked[],
  candidates: readonly number[],
  { sequence, starts }: Texts,
): { at: number; score: number }[] {
  const hits = hitsOf(query);
  const weights = query.map(asked => asked.weight);
  const ranked = candidates.map(at => {
    const terms = sequence.subarray(starts[at] ?? 0, starts[at + 1] ?? 0);
    const { cover, order } = align(
      weights,
      Array.from(terms, id => hits.get(id)),
    );
    return { at, score: (1 - orderShare) * cover + orderShare * order };
  });
  return ranked.sort((one, other) => other.score - one.score || one.at - other.at);
}
