import { byLetters } from '../indexing/spellings.ts';
import type { Filter, LibraryIndex, TermQuery } from '../library/store/library-index.ts';
import { areCommon } from '../library/store/tokens.ts';
import type { Asked } from './query.ts';
import { frequencyOf, likeness } from './same-word.ts';

/** Of more words than these, the commonest tell nothing. */
const mostWords = 8;

/** Some words together, by their places in a list, with how many units may hold them. */
interface Together {
  readonly places: readonly number[];
  readonly expected: number;
}

/**
 * Which of these words to look for together so that about `most` units of `size` come in: pairs of the rarest, and threes or more where
 * pairs are too common. `asked` has the rarest first. Words are taken for independent, which they are not: it is only for the order.
 * Each of the conjunctions is a question of its own to the index.
 */
function conjunctionsOf(asked: readonly Asked[], size: number, most: number, mostConjunctions: number): Asked[][] {
  const considered = asked.slice(0, mostWords);
  const shares = considered.map(({ alternatives }) => Math.min(1, frequencyOf(alternatives) / size));
  const fitting = subsetsOf(shares, size)
    .filter(({ expected }) => expected <= most)
    .sort((one, other) => one.places.length - other.places.length || one.expected - other.expected);
  const chosen: Together[] = [];
  let expected = 0;
  for (const together of fitting) {
    const more = !chosen.some(({ places }) => places.every(place => together.places.includes(place)));
    if (!more || chosen.length === mostConjunctions || expected + together.expected > most) continue;
    chosen.push(together);
    expected += together.expected;
  }
  // Where all of them together are still common, any units with all of them do.
  if (chosen.length === 0 && considered.length > 1) chosen.push({ places: [...considered.keys()], expected: most });
  return chosen.map(({ places }) => considered.filter((_, place) => places.includes(place)));
}

/** All choices of two or more: at most 2 ^ `mostWords`. */
function subsetsOf(shares: readonly number[], size: number): Together[] {
  let subsets: Together[] = [{ places: [], expected: size }];
  for (const [place, share] of shares.entries()) {
    const longer = subsets.map(({ places, expected }) => ({ places: [...places, place], expected: expected * share }));
    subsets = [...subsets, ...longer];
  }
  return subsets.filter(({ places }) => places.length > 1);
}

/** A unit that may be meant, before it is read. */
export interface Candidate {
  readonly unit: number;
  /** How much of the query's weight it can have. */
  readonly most: number;
}

/** Words of a query by how many units each brings in. Words that the library has not are in neither list. */
interface Divided {
  /** In so few units that all of them can be looked at. */
  readonly rare: readonly Asked[];
  readonly common: readonly Asked[];
}

/** How much is done where the rare words do not settle it. */
export interface Effort {
  /** Units that are read for each way to find them. */
  readonly units: number;
  /** Units that are had of each rare word. */
  readonly rare: number;
  /** How many times common words are looked for together. */
  readonly conjunctions: number;
  /** Units that are had of each of these. */
  readonly together: number;
  /** Units that are had of each phrase. */
  readonly phrase: number;
  /** Units that are had of a common word where there is nothing better. */
  readonly alone: number;
  /** Of all that a word may be, so much is looked for beside other words: the likeliest, then the most frequent. */
  readonly alternatives: number;
}

/** What is looked for, and where. */
export interface Sought extends Divided {
  readonly query: readonly Asked[];
  readonly index: LibraryIndex;
  readonly filter: Filter;
  readonly effort: Effort;
}

/** So many units the rare words of a query may be in. */
const mostOfRare = 2_000;
/** How many units the conjunctions of common words are chosen to have. */
const mostOfConjunctions = 1_000;
const few = 25;
/** In one article all that may be meant is looked at. */
const mostInScope = 3_000;
/** Of what somebody said, so much is looked at whatever the words. */
const mostOwn = 500;
const shortestRun = 3;

/** The rarest words first, until they would bring in too many units. */
export function divide(query: readonly Asked[]): Divided {
  const known = [...new Map(query.map(asked => [asked.term, asked])).values()]
    .filter(({ alternatives }) => alternatives.size > 0)
    .map(asked => ({ asked, frequency: frequencyOf(asked.alternatives) }))
    .sort((one, other) => one.frequency - other.frequency);
  let units = 0;
  const rare = known.filter(({ frequency }) => {
    units += frequency;
    return units <= mostOfRare;
  });
  return { rare: rare.map(({ asked }) => asked), common: known.slice(rare.length).map(({ asked }) => asked) };
}

/** How much of the query's weight these words can bring, each as surely as it can be there. */
export function weightOf(some: readonly Asked[], query: readonly Asked[]): number {
  const terms = new Set(some.map(({ term }) => term));
  const sum = (asked: readonly Asked[]) => asked.reduce((weight, each) => weight + each.weight * surest(each), 0);
  return sum(query.filter(({ term }) => terms.has(term)));
}

/** All units with one of the rare words, those with most of them first. */
export async function findByRare({ query, rare, common, index, filter, effort }: Sought): Promise<Candidate[]> {
  const others = weightOf(common, query);
  // An article's own units are few, whatever is asked for.
  if (filter.article !== undefined) {
    const units = await index.matchingUnits(holdingAny([...rare, ...common]), filter, mostInScope);
    return units.map(unit => ({ unit, most: weightOf(query, query) }));
  }
  const held = await Promise.all(rare.map(asked => index.matchingUnits(holdingAny([asked]), filter, effort.rare)));
  const weights = new Map<number, number>();
  for (const [at, units] of held.entries()) {
    const weight = weightOf(rare.slice(at, at + 1), query);
    for (const unit of units) weights.set(unit, (weights.get(unit) ?? 0) + weight);
  }
  return [...weights].sort(byWeight).map(([unit, weight]) => ({ unit, most: weight + others }));
}

/** Units with none of the rare words, but with a phrase of common ones: what those are remembered by. */
export async function findByPhrase(sought: Sought): Promise<Candidate[]> {
  const { query, common, filter, effort } = sought;
  if (filter.article !== undefined) return [];
  const phrases = phrasesOf(query, common);
  const held = await Promise.all(phrases.map(run => heldBy(run, true, sought, effort.phrase)));
  return heaviestFirst([...held, await beginningPairs(sought)], weightOf(common, query));
}

/**
 * A common word and what may follow it while the next is unfinished ("so w"), where that is mostly common words: which units have two of
 * these in a row an index knows at once. Nothing where so few have them that others are wanted, too.
 */
async function beginningPairs(sought: Sought): Promise<ReadonlyMap<number, number>> {
  const { query, common, effort } = sought;
  const [first, last] = query;
  if (query.length !== 2 || common.length !== 2 || !first || !last || !isSure(first) || !isUnfinished(last))
    return new Map();
  const meant = termsOf(last, true, effort);
  const following = meant.filter(({ number }) => areCommon([number]));
  const before = termsOf(first, true, effort).map(({ number }) => number);
  if (!areCommon(before) || 2 * following.length < meant.length) return new Map();
  const next = { ...last, alternatives: new Map(following.map(term => [term.number, term])) };
  const held = await heldBy([first, next], true, sought, effort.phrase);
  return held.size < few ? new Map() : held;
}

/** Units with none of the rare words, but with several common ones, wherever these stand. */
export async function findByCommon(sought: Sought): Promise<Candidate[]> {
  const { query, common, index, filter, effort } = sought;
  if (common.length === 0 || filter.article !== undefined) return [];
  const most = weightOf(common, query);
  // What an unfinished word may become is too much to be looked for beside words that say enough.
  const finished = common.filter(asked => !isUnfinished(asked));
  const telling = finished.length > 1 ? finished : common;
  const together = conjunctionsOf(telling, await index.size(), mostOfConjunctions, effort.conjunctions);
  const held = await Promise.all([
    ...together.map(some => heldBy(some, false, sought, effort.together)),
    filter.speakers === undefined ? new Map<number, number>() : ownWords(index, filter),
  ]);
  const candidates = heaviestFirst(held, most);
  if (candidates.length >= few) return candidates;
  const isCut = telling.some(({ alternatives }) => alternatives.size > effort.alternatives);
  if (isCut && telling.length > 1) {
    return await findByCommon({ ...sought, effort: { ...effort, alternatives: Number.POSITIVE_INFINITY } });
  }
  return heaviestFirst([...held, await heldBy(common.slice(0, 1), false, sought, effort.alone)], most);
}

/** Units that hold all of these words, or them as a phrase, with the weight of that. */
async function heldBy(
  asked: readonly Asked[],
  phrase: boolean,
  { query, index, filter, effort }: Sought,
  most: number,
): Promise<ReadonlyMap<number, number>> {
  const all = asked.map(each => termsOf(each, phrase, effort).map(({ number }) => number));
  const units = await index.matchingUnits({ all, phrase }, filter, most);
  const weight = weightOf(asked, query);
  return new Map(units.map(unit => [unit, weight]));
}

/** By the weight that is known of them; more than `most` none can have. */
function heaviestFirst(held: readonly ReadonlyMap<number, number>[], most: number): Candidate[] {
  const weights = new Map<number, number>();
  for (const [unit, weight] of held.flatMap(each => [...each])) {
    weights.set(unit, Math.max(weights.get(unit) ?? 0, weight));
  }
  return [...weights].sort(byWeight).map(([unit]) => ({ unit, most }));
}

/** Equals stand in the order of the library. */
function byWeight([one, weight]: readonly [number, number], [other, otherWeight]: readonly [number, number]): number {
  return otherWeight - weight || one - other;
}

async function ownWords(index: LibraryIndex, filter: Filter): Promise<ReadonlyMap<number, number>> {
  const rows = await index.newestQuotes(filter, mostOwn);
  return new Map(rows.map(({ number }) => [number, 0]));
}

function holdingAny(asked: readonly Asked[]): TermQuery {
  return { all: [[...new Set(asked.flatMap(({ alternatives }) => [...alternatives.keys()]))]], phrase: false };
}

/**
 * Runs of common words in the query's order. None of them is misspelt: who spelt one otherwise did not copy a phrase. Nor
 * unfinished: each word that it may become would be a phrase of its own, and all the common words be read for each.
 */
function phrasesOf(query: readonly Asked[], common: readonly Asked[]): Asked[][] {
  const terms = new Set(common.map(({ term }) => term));
  const runs: Asked[][] = [[]];
  for (const asked of query) {
    if (terms.has(asked.term) && isSure(asked)) runs.at(-1)?.push(asked);
    else runs.push([]);
  }
  return runs.filter(({ length }) => length > 1 && length >= Math.min(shortestRun, query.length));
}

/** Whether it stands in the library as it was typed, and all of it was typed. */
function isSure(asked: Asked): boolean {
  return !isUnfinished(asked) && surest(asked) >= likeness.possessive;
}

function isUnfinished({ alternatives }: Asked): boolean {
  return [...alternatives.values()].some(each => each.likeness === likeness.begun);
}

function surest({ alternatives }: Asked): number {
  return Math.max(0, ...[...alternatives.values()].map(each => each.likeness));
}

/** A word as it was most surely meant, and others; in a phrase none, but of an unfinished word. */
function termsOf(asked: Asked, phrase: boolean, { alternatives }: Effort) {
  return [...asked.alternatives.values()]
    .sort((one, other) => other.likeness - one.likeness || other.frequency - one.frequency || byLetters(one, other))
    .slice(0, phrase && !isUnfinished(asked) ? 1 : alternatives);
}
