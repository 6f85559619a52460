import type { Holding, LibraryIndex, Where } from '../library/library-index.ts';
import { conjunctionsOf } from './conjunctions.ts';
import type { Asked } from './query.ts';
import { frequencyOf } from './same-word.ts';

/** Words of a query by how many units each brings in. Words that the library has not are in neither list. */
export interface Divided {
  /** In so few units that all of them can be looked at. */
  readonly rare: readonly Asked[];
  readonly common: readonly Asked[];
}

/** So many units are looked at for the rare words of a query. */
const mostOfRare = 2_000;
/** Units of one phrase, and of all the conjunctions of common words. */
const mostOfPhrase = 300;
const mostOfConjunctions = 1_000;
/** So many are had of a word that is too common, where there is nothing better. */
const mostOfCommon = 300;
const few = 25;
/** In one article, and of what some speakers said, all that may be meant is looked at. */
const mostInScope = 3_000;
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

/** All units with one of the rare words. */
export async function findByRare(
  { rare, common }: Divided,
  index: LibraryIndex,
  where: Where,
): Promise<readonly number[]> {
  // An article's own units are few, whatever is asked for.
  const asked = where.article === undefined ? rare : [...rare, ...common];
  return asked.length === 0 ? [] : await index.holders(holdingAny(asked), where, mostInScope);
}

/** Units with none of the rare words that may be meant all the same: with a phrase of common words, or with several of them. */
export async function findByCommon(
  query: readonly Asked[],
  { common }: Divided,
  index: LibraryIndex,
  where: Where,
): Promise<readonly number[]> {
  if (common.length === 0 || where.article !== undefined) return [];
  const together = conjunctionsOf(common, await index.size(), mostOfConjunctions);
  const found = await Promise.all([
    ...phrasesOf(query, common).map(phrase => index.holders(phrase, where, mostOfPhrase)),
    ...together.map(holding => index.holders(holding, where, mostOfConjunctions)),
    where.speakers === undefined ? [] : ownWords(index, where),
  ]);
  const units = [...new Set(found.flat())];
  return units.length >= few
    ? units
    : [...units, ...(await index.holders(holdingAny(common.slice(0, 1)), where, mostOfCommon))];
}

async function ownWords(index: LibraryIndex, where: Where): Promise<readonly number[]> {
  const rows = await index.openings(where, mostInScope);
  return rows.map(({ number }) => number);
}

function holdingAny(asked: readonly Asked[]): Holding {
  return { all: [[...new Set(asked.flatMap(({ alternatives }) => [...alternatives.keys()]))]], phrase: false };
}

/** Runs of common words in the query's order, each word as it was most surely meant. */
function phrasesOf(query: readonly Asked[], common: readonly Asked[]): Holding[] {
  const terms = new Set(common.map(({ term }) => term));
  const runs: number[][] = [[]];
  for (const { term, alternatives } of query) {
    const [surest] = [...alternatives.values()].sort(
      (one, other) => other.likeness - one.likeness || other.frequency - one.frequency,
    );
    if (surest !== undefined && terms.has(term)) runs.at(-1)?.push(surest.number);
    else runs.push([]);
  }
  const long = runs.filter(run => run.length >= Math.min(shortestRun, query.length));
  return long.filter(run => run.length > 1).map(run => ({ all: run.map(number => [number]), phrase: true }));
}
