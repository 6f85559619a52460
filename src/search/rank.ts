import type { Filter, TextIndex, UnitRow } from '../library/store/library-index.ts';
import { align, coveredWeight, type Hit } from '../words/align.ts';
import {
  type Candidate,
  type Effort,
  findByCommon,
  findByPhrase,
  findByRare,
  type Lookup,
  splitQuery,
  weightOf,
} from './candidates.ts';
import { hitsOf, type QueryWord } from './query.ts';

export interface Ranked {
  readonly row: UnitRow;
  /** 0 to 1. */
  readonly score: number;
}

/** Units to align with the query. More take time and find nothing (measured). */
const mostAligned = 80;
/** Share of the score; the rest is for having the words at all. */
const orderShare = 0.4;
/** Units are read in pieces, each twice as long as the last, until none that is left can be better. */
const firstPiece = 200;

/** For answers. */
export const thorough: Effort = {
  units: 3_000,
  rare: 2_000,
  conjunctions: 6,
  together: 1_000,
  phrase: 300,
  alone: 300,
  alternatives: 100,
};
/** For autocompletion. */
export const quick: Effort = {
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
  index: TextIndex,
  filter: Filter,
  effort: Effort,
): Promise<readonly Ranked[]> {
  const lookup = { query, ...splitQuery(query), index, filter, effort };
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
  candidates: readonly Candidate[],
  ranking: Ranking,
  { index, filter, effort }: Lookup,
): Promise<void> {
  for (let [at, piece] = [0, firstPiece]; at < Math.min(candidates.length, effort.units); piece *= 2) {
    if ((candidates[at]?.most ?? 0) <= ranking.best) return;
    const units = candidates.slice(at, at + piece).map(({ unit }) => unit);
    ranking.take(await index.units(units, filter));
    at += piece;
  }
}

interface Weighed {
  readonly row: UnitRow;
  readonly weight: number;
}

/** Keeps the best of the units read so far. */
class Ranking {
  readonly #weights: readonly number[];
  readonly #total: number;
  readonly #hits: ReadonlyMap<number, readonly Hit[]>;
  readonly #scores = new Map<number, number>();
  #heaviest: readonly Weighed[] = [];

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
  get ranked(): readonly Ranked[] {
    return this.#heaviest
      .map(({ row }) => ({ row, score: this.#scoreOf(row) }))
      .sort((one, other) => other.score - one.score || this.#compareEquals(one.row, other.row));
  }

  take(rows: readonly UnitRow[]): void {
    const weighed = rows.map(row => ({ row, weight: coveredWeight(this.#weights, this.#hitsIn(row)) }));
    this.#heaviest = [...this.#heaviest, ...weighed]
      .sort((one, other) => other.weight - one.weight || this.#compareEquals(one.row, other.row))
      .slice(0, mostAligned);
  }

  /** Equals keep the library's order, but a single word counts most for whoever says little else. */
  #compareEquals(one: UnitRow, other: UnitRow): number {
    const isOneWord = this.#weights.length === 1;
    return (isOneWord ? one.terms.length - other.terms.length : 0) || one.number - other.number;
  }

  #scoreOf(row: UnitRow): number {
    const known = this.#scores.get(row.number);
    if (known !== undefined) return known;
    const { cover, order } = align(this.#weights, this.#hitsIn(row));
    const score = (1 - orderShare) * cover + orderShare * order;
    this.#scores.set(row.number, score);
    return score;
  }

  #hitsIn({ terms }: UnitRow): readonly (readonly Hit[] | undefined)[] {
    return Array.from(terms, term => this.#hits.get(term));
  }
}
