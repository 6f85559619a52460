import { matchUnits } from '../library/store/index-queries.ts';
import type { Filter, TermQuery, UnitRow } from '../library/store/library-index.ts';
import type { Run } from '../library/store/script.ts';
import { areCommon } from '../library/store/tokens.ts';
import { countUnits, readNewestQuotes, readUnitRows } from '../library/store/units.ts';
import { align, coveredWeight, type Hit } from '../words/align.ts';
import { LIKENESS } from '../words/likeness.ts';
import { byLetters } from '../words/spellings.ts';
import { frequencyOf, hitsOf, type QueryWord, surest } from './query.ts';

/** Maximum number of words to combine. Of more, the commonest say nothing. */
const MOST_WORDS = 8;

/** Words by their places in a list, with how many units may have all of them. */
interface Conjunction {
  readonly places: readonly number[];
  readonly expected: number;
}

/**
 * Chooses words to look up together so that about `most` of `size` units come in: pairs of the rarest, and threes or
 * more if pairs are too common. `asked` has the rarest first. Counts as if words were independent, which they aren't,
 * but only the order matters. Each conjunction is an index query.
 */
function conjunctionsOf(
  asked: readonly QueryWord[],
  size: number,
  most: number,
  mostConjunctions: number,
): QueryWord[][] {
  const considered = asked.slice(0, MOST_WORDS);
  const shares = considered.map(asked => Math.min(1, frequencyOf(asked) / size));
  const fitting = subsetsOf(shares, size)
    .filter(({ expected }) => expected <= most)
    .sort((one, other) => one.places.length - other.places.length || one.expected - other.expected);
  const chosen: Conjunction[] = [];
  let expected = 0;
  for (const together of fitting) {
    const more = !chosen.some(({ places }) => places.every(place => together.places.includes(place)));
    if (!more || chosen.length === mostConjunctions || expected + together.expected > most) continue;
    chosen.push(together);
    expected += together.expected;
  }
  // If even all of them together are common, any units with all of them will do.
  if (chosen.length === 0 && considered.length > 1) chosen.push({ places: [...considered.keys()], expected: most });
  return chosen.map(({ places }) => considered.filter((_, place) => places.includes(place)));
}

/** Returns all choices of two or more words: at most 2 ^ `MOST_WORDS`. */
function subsetsOf(shares: readonly number[], size: number): Conjunction[] {
  let subsets: Conjunction[] = [{ places: [], expected: size }];
  for (const [place, share] of shares.entries()) {
    const longer = subsets.map(({ places, expected }) => ({ places: [...places, place], expected: expected * share }));
    subsets = [...subsets, ...longer];
  }
  return subsets.filter(({ places }) => places.length > 1);
}

/** A unit that may match; it hasn't been read yet. */
interface UnitCandidate {
  readonly unit: number;
  /** The greatest share of the query's weight that it can have. */
  readonly most: number;
}

/** Words of a query by how many units have them. Unknown words are in neither list. */
interface SplitQuery {
  /** In so few units that all can be looked at. */
  readonly rare: readonly QueryWord[];
  readonly common: readonly QueryWord[];
}

/** How much to do if the rare words don't settle it; all but the last two count units. */
interface Effort {
  /** Read for each way of finding them. */
  readonly units: number;
  /** Found for each rare word. */
  readonly rare: number;
  /** Found for each conjunction of common words. */
  readonly together: number;
  /** Found for each phrase. */
  readonly phrase: number;
  /** Found for a common word if there is nothing better. */
  readonly alone: number;
  /** Conjunctions of common words to look up. */
  readonly conjunctions: number;
  /** Alternatives of a word to look up beside other words: the likeliest, then the most frequent. */
  readonly alternatives: number;
}

/** A query being searched for. */
interface Lookup extends SplitQuery {
  readonly query: readonly QueryWord[];
  readonly read: Run;
  readonly filter: Filter;
  readonly effort: Effort;
}

/** Maximum number of units matched by rare words. */
const MOST_OF_RARE = 2_000;
/** Number of units that the conjunctions of common words aim for. */
const MOST_OF_CONJUNCTIONS = 1_000;
const FEW = 25;
/** In a single article, everything that may match is looked at. */
const MOST_IN_ARTICLE = 3_000;
/** With a filter by speaker, this many of their statements are candidates even without the words. */
const MOST_OWN = 500;
const SHORTEST_RUN = 3;

/** Takes the rarest words first, until they would bring in too many units. */
function splitQuery(query: readonly QueryWord[]): SplitQuery {
  const known = [...new Map(query.map(asked => [asked.term, asked])).values()]
    .filter(({ alternatives }) => alternatives.size > 0)
    .map(asked => ({ asked, frequency: frequencyOf(asked) }))
    .sort((one, other) => one.frequency - other.frequency);
  let units = 0;
  const rare = known.filter(({ frequency }) => {
    units += frequency;
    return units <= MOST_OF_RARE;
  });
  return { rare: rare.map(({ asked }) => asked), common: known.slice(rare.length).map(({ asked }) => asked) };
}

/** Returns the greatest weight that some words of a query can have, each in its likeliest alternative. */
function weightOf(some: readonly QueryWord[], query: readonly QueryWord[]): number {
  const terms = new Set(some.map(({ term }) => term));
  const sum = (asked: readonly QueryWord[]) => asked.reduce((weight, each) => weight + each.weight * surest(each), 0);
  return sum(query.filter(({ term }) => terms.has(term)));
}

/** Returns all units with a rare word, those with most of them first. */
async function findByRare({ query, rare, common, read, filter, effort }: Lookup): Promise<UnitCandidate[]> {
  const others = weightOf(common, query);
  // A single article has few units.
  if (filter.article !== undefined) {
    const units = await read(matchUnits, holdingAny([...rare, ...common]), filter, MOST_IN_ARTICLE);
    return units.map(unit => ({ unit, most: weightOf(query, query) }));
  }
  const held = await Promise.all(rare.map(asked => read(matchUnits, holdingAny([asked]), filter, effort.rare)));
  const weights = new Map<number, number>();
  for (const [at, units] of held.entries()) {
    const weight = weightOf(rare.slice(at, at + 1), query);
    for (const unit of units) weights.set(unit, (weights.get(unit) ?? 0) + weight);
  }
  return [...weights].sort(byWeight).map(([unit, weight]) => ({ unit, most: weight + others }));
}

/** Returns units with a phrase of common words, which is what those are remembered by. */
async function findByPhrase(lookup: Lookup): Promise<UnitCandidate[]> {
  const { query, common, filter, effort } = lookup;
  if (filter.article !== undefined) return [];
  const phrases = phrasesOf(query, common);
  const held = await Promise.all(phrases.map(run => heldBy(run, true, lookup, effort.phrase)));
  return heaviestFirst([...held, await startingPairs(lookup)], weightOf(common, query));
}

/**
 * Returns units with a common word followed by what an unfinished one may become ("so w"), if that's mostly common
 * words: the index has such pairs ready. Returns none if they are so few that other units are wanted too.
 */
async function startingPairs(lookup: Lookup): Promise<ReadonlyMap<number, number>> {
  const { query, common, effort } = lookup;
  const [first, last] = query;
  if (query.length !== 2 || common.length !== 2 || !first || !last || !isSure(first) || !isUnfinished(last))
    return new Map();
  const meant = termsOf(last, true, effort);
  const following = meant.filter(({ number }) => areCommon([number]));
  const before = termsOf(first, true, effort).map(({ number }) => number);
  if (!areCommon(before) || 2 * following.length < meant.length) return new Map();
  const next = { ...last, alternatives: new Map(following.map(term => [term.number, term])) };
  const held = await heldBy([first, next], true, lookup, effort.phrase);
  return held.size < FEW ? new Map() : held;
}

/** Returns units with several common words, wherever they are. */
async function findByCommon(lookup: Lookup): Promise<UnitCandidate[]> {
  const { query, common, read, filter, effort } = lookup;
  if (common.length === 0 || filter.article !== undefined) return [];
  const most = weightOf(common, query);
  // What an unfinished word may become is too much to look up beside words that tell enough.
  const finished = common.filter(asked => !isUnfinished(asked));
  const telling = finished.length > 1 ? finished : common;
  const together = conjunctionsOf(telling, await read(countUnits), MOST_OF_CONJUNCTIONS, effort.conjunctions);
  const held = await Promise.all([
    ...together.map(some => heldBy(some, false, lookup, effort.together)),
    filter.speakers === undefined ? new Map<number, number>() : ownWords(read, filter),
  ]);
  const candidates = heaviestFirst(held, most);
  if (candidates.length >= FEW) return candidates;
  const isCut = telling.some(({ alternatives }) => alternatives.size > effort.alternatives);
  if (isCut && telling.length > 1) {
    return await findByCommon({ ...lookup, effort: { ...effort, alternatives: Number.POSITIVE_INFINITY } });
  }
  return heaviestFirst([...held, await heldBy(common.slice(0, 1), false, lookup, effort.alone)], most);
}

/** Returns units with all of some words, or with them as a phrase, by their weight. */
async function heldBy(
  asked: readonly QueryWord[],
  phrase: boolean,
  { query, read, filter, effort }: Lookup,
  most: number,
): Promise<ReadonlyMap<number, number>> {
  const all = asked.map(each => termsOf(each, phrase, effort).map(({ number }) => number));
  const units = await read(matchUnits, { all, phrase }, filter, most);
  const weight = weightOf(asked, query);
  return new Map(units.map(unit => [unit, weight]));
}

/** Orders units by their known weight; none can have more than `most`. */
function heaviestFirst(held: readonly ReadonlyMap<number, number>[], most: number): UnitCandidate[] {
  const weights = new Map<number, number>();
  for (const [unit, weight] of held.flatMap(each => [...each])) {
    weights.set(unit, Math.max(weights.get(unit) ?? 0, weight));
  }
  return [...weights].sort(byWeight).map(([unit]) => ({ unit, most }));
}

/** Equals keep the library's order. */
function byWeight([one, weight]: readonly [number, number], [other, otherWeight]: readonly [number, number]): number {
  return otherWeight - weight || one - other;
}

async function ownWords(read: Run, filter: Filter): Promise<ReadonlyMap<number, number>> {
  const rows = await read(readNewestQuotes, filter, MOST_OWN);
  return new Map(rows.map(({ number }) => [number, 0]));
}

function holdingAny(asked: readonly QueryWord[]): TermQuery {
  return { all: [[...new Set(asked.flatMap(({ alternatives }) => [...alternatives.keys()]))]], phrase: false };
}

/**
 * Returns runs of common words in the query's order, without misspelt ones, which nobody copied, and without unfinished
 * ones: each word that they may become would be a phrase of its own.
 */
function phrasesOf(query: readonly QueryWord[], common: readonly QueryWord[]): QueryWord[][] {
  const terms = new Set(common.map(({ term }) => term));
  const runs: QueryWord[][] = [[]];
  for (const asked of query) {
    if (terms.has(asked.term) && isSure(asked)) runs.at(-1)?.push(asked);
    else runs.push([]);
  }
  return runs.filter(({ length }) => length > 1 && length >= Math.min(SHORTEST_RUN, query.length));
}

/** True if the library has the word as it was typed. */
function isSure(asked: QueryWord): boolean {
  return !isUnfinished(asked) && surest(asked) >= LIKENESS.possessive;
}

function isUnfinished({ alternatives }: QueryWord): boolean {
  return [...alternatives.values()].some(each => each.likeness === LIKENESS.starting);
}

/** Returns the likeliest alternatives of a word; in a phrase only the first, unless it's unfinished. */
function termsOf(asked: QueryWord, phrase: boolean, { alternatives }: Effort) {
  return [...asked.alternatives.values()]
    .sort((one, other) => other.likeness - one.likeness || other.frequency - one.frequency || byLetters(one, other))
    .slice(0, phrase && !isUnfinished(asked) ? 1 : alternatives);
}

export interface UnitScore {
  readonly row: UnitRow;
  /** 0 to 1. */
  readonly score: number;
}

/** Units to align with the query. More take time and find nothing (measured). */
const MOST_ALIGNED = 80;
/** Share of the score; the rest is for having the words at all. */
const ORDER_SHARE = 0.4;
/** Units are read in pieces, each twice as long as the last, until none that is left can be better. */
const FIRST_PIECE = 200;

/** For answers. */
export const THOROUGH: Effort = {
  units: 3_000,
  rare: 2_000,
  conjunctions: 6,
  together: 1_000,
  phrase: 300,
  alone: 300,
  alternatives: 100,
};
/** For autocompletion. */
export const QUICK: Effort = {
  units: 300,
  rare: 300,
  conjunctions: 2,
  together: 100,
  phrase: 100,
  alone: 100,
  alternatives: 8,
};

/** Returns at most 80 units, the best first. */
export async function rankUnits(
  query: readonly QueryWord[],
  read: Run,
  filter: Filter,
  effort: Effort,
): Promise<readonly UnitScore[]> {
  const lookup = { query, ...splitQuery(query), read, filter, effort };
  const ranking = new Ranking(query);
  // The most that a unit without rare words can have.
  const mostCommon = weightOf(lookup.common, query);
  const seen = new Set<number>();
  for (const find of [findByRare, findByPhrase, findByCommon]) {
    const candidates = (await find(lookup)).filter(({ unit }) => !seen.has(unit));
    for (const { unit } of candidates) seen.add(unit);
    await readBest(candidates, ranking, lookup);
    if (ranking.best >= mostCommon) break;
  }
  return ranking.ranked;
}

async function readBest(
  candidates: readonly UnitCandidate[],
  ranking: Ranking,
  { read, filter, effort }: Lookup,
): Promise<void> {
  for (let [at, piece] = [0, FIRST_PIECE]; at < Math.min(candidates.length, effort.units); piece *= 2) {
    if ((candidates[at]?.most ?? 0) <= ranking.best) return;
    const units = candidates.slice(at, at + piece).map(({ unit }) => unit);
    ranking.take(await read(readUnitRows, units, filter));
    at += piece;
  }
}

interface WeightedUnit {
  readonly row: UnitRow;
  readonly weight: number;
}

/** Keeps the best of the units read so far. */
class Ranking {
  readonly #weights: readonly number[];
  readonly #total: number;
  readonly #hits: ReadonlyMap<number, readonly Hit[]>;
  readonly #scores = new Map<number, number>();
  #heaviest: readonly WeightedUnit[] = [];

  constructor(query: readonly QueryWord[]) {
    this.#weights = query.map(({ weight }) => weight);
    this.#total = this.#weights.reduce((sum, weight) => sum + weight, 0);
    this.#hits = hitsOf(query);
  }

  /** The weight that a unit needs to be as good as the best one. */
  get best(): number {
    return (this.ranked[0]?.score ?? 0) * this.#total;
  }

  /** The heaviest units, ranked by alignment. */
  get ranked(): readonly UnitScore[] {
    return this.#heaviest
      .map(({ row }) => ({ row, score: this.#scoreOf(row) }))
      .sort((one, other) => other.score - one.score || this.#compareEquals(one.row, other.row));
  }

  take(rows: readonly UnitRow[]): void {
    const weighed = rows.map(row => ({ row, weight: coveredWeight(this.#weights, this.#hitsIn(row)) }));
    this.#heaviest = [...this.#heaviest, ...weighed]
      .sort((one, other) => other.weight - one.weight || this.#compareEquals(one.row, other.row))
      .slice(0, MOST_ALIGNED);
  }

  /** Ties keep the library's order, but a single word counts most for the person who says little else. */
  #compareEquals(one: UnitRow, other: UnitRow): number {
    const isOneWord = this.#weights.length === 1;
    return (isOneWord ? one.terms.length - other.terms.length : 0) || one.number - other.number;
  }

  #scoreOf(row: UnitRow): number {
    const known = this.#scores.get(row.number);
    if (known !== undefined) return known;
    const { cover, order } = align(this.#weights, this.#hitsIn(row));
    const score = (1 - ORDER_SHARE) * cover + ORDER_SHARE * order;
    this.#scores.set(row.number, score);
    return score;
  }

  #hitsIn({ terms }: UnitRow): readonly (readonly Hit[] | undefined)[] {
    return Array.from(terms, term => this.#hits.get(term));
  }
}
