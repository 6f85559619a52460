import type { Filter, LibraryIndex, UnitRow } from '../library/store/library-index.ts';
import {
  type Candidate,
  divide,
  type Effort,
  findByCommon,
  findByPhrase,
  findByRare,
  type Sought,
  weightOf,
} from './candidates.ts';
import { type Asked, hitsOf } from './query.ts';

/** That a query's word (its place in the query) is meant by a text's word, and how surely: 0 to 1. */
export interface Hit {
  readonly asked: number;
  readonly likeness: number;
}

interface Alignment {
  /** Share of the query's weight that the text has anywhere: 0 to 1. */
  readonly cover: number;
  /** Share of the query's weight that the text has in the query's order, gaps paid for: 0 to 1. */
  readonly order: number;
  /** The words on that best path, in order. */
  readonly path: readonly { readonly asked: number; readonly at: number }[];
}

/** What a gap costs, as a share of the weight of the query's word that is skipped or wrong. */
const skippedAsked = 0.3;
/** What each word of the text that the query leaves out costs, as a share of the query's mean weight. */
const skippedText = 0.06;

/**
 * Lays a query along a text: the best local alignment in order (Smith and Waterman 1981), words weighted, so that
 * misremembered words and gaps cost a little and a rare word counts for more than a common one.
 * `rows[at]` are the hits of the text's word `at`. Costs query words × text words.
 */
export function align(weights: readonly number[], rows: readonly (readonly Hit[] | undefined)[]): Alignment {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return { cover: 0, order: 0, path: [] };
  const table = fillTable(weights, rows, (skippedText * total) / weights.length);
  const best = new Float64Array(weights.length);
  for (const row of rows) {
    for (const { asked, likeness } of row ?? []) best[asked] = Math.max(best[asked] ?? 0, likeness);
  }
  const covered = weights.reduce((sum, weight, asked) => sum + weight * (best[asked] ?? 0), 0);
  const top = findTop(table);
  return { cover: covered / total, order: (table[top] ?? 0) / total, path: traceBack(table, weights, rows, top) };
}

/** Row by row of the text, `weights.length + 1` cells each; cell 0 of a row and all of row 0 are zero. */
function fillTable(
  weights: readonly number[],
  rows: readonly (readonly Hit[] | undefined)[],
  gap: number,
): Float64Array {
  const width = weights.length + 1;
  const table = new Float64Array(width * (rows.length + 1));
  const likeness = new Float64Array(weights.length);
  for (const [at, row] of rows.entries()) {
    likeness.fill(0);
    for (const hit of row ?? []) likeness[hit.asked] = Math.max(likeness[hit.asked] ?? 0, hit.likeness);
    const here = (at + 1) * width;
    for (let i = 1; i < width; i += 1) {
      const weight = weights[i - 1] ?? 0;
      const alike = likeness[i - 1] ?? 0;
      const gain = alike > 0 ? weight * alike : -skippedAsked * weight;
      const matched = (table[here - width + i - 1] ?? 0) + gain;
      const passed = (table[here - width + i] ?? 0) - gap;
      const skipped = (table[here + i - 1] ?? 0) - skippedAsked * weight;
      table[here + i] = Math.max(0, matched, passed, skipped);
    }
  }
  return table;
}

function findTop(table: Float64Array): number {
  let top = 0;
  for (let cell = 1; cell < table.length; cell += 1) {
    if ((table[cell] ?? 0) > (table[top] ?? 0)) top = cell;
  }
  return top;
}

function traceBack(
  table: Float64Array,
  weights: readonly number[],
  rows: readonly (readonly Hit[] | undefined)[],
  top: number,
): Alignment['path'] {
  const width = weights.length + 1;
  const path: { asked: number; at: number }[] = [];
  let cell = top;
  while ((table[cell] ?? 0) > 0) {
    const at = Math.floor(cell / width) - 1;
    const asked = (cell % width) - 1;
    const weight = weights[asked] ?? 0;
    const alike = Math.max(0, ...(rows[at] ?? []).filter(hit => hit.asked === asked).map(hit => hit.likeness));
    const matched = (table[cell - width - 1] ?? 0) + (alike > 0 ? weight * alike : -skippedAsked * weight);
    if (table[cell] === matched) {
      if (alike > 0) path.push({ asked, at });
      cell -= width + 1;
      continue;
    }
    const skipped = (table[cell - 1] ?? 0) - skippedAsked * weight;
    cell -= table[cell] === skipped ? 1 : width;
  }
  return path.reverse();
}

export interface Ranked {
  readonly row: UnitRow;
  /** 0 to 1. */
  readonly score: number;
}

/** So many units are laid along the query word by word. More costs time and finds nothing (measured). */
const mostAligned = 80;
/** Of the score; the rest is for having the words at all. */
const orderShare = 0.4;
/** Units are read in pieces, each twice as long as the one before, until none that is left can be better. */
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
/** For suggestions while somebody types. */
export const quick: Effort = {
  units: 300,
  rare: 300,
  conjunctions: 2,
  together: 100,
  phrase: 100,
  alone: 100,
  alternatives: 8,
};

/** The best units for a query, the best first, at most 80. */
export async function rankUnits(
  query: readonly Asked[],
  index: LibraryIndex,
  filter: Filter,
  effort: Effort,
): Promise<readonly Ranked[]> {
  const sought = { query, ...divide(query), index, filter, effort };
  const ranking = new Ranking(query);
  // A unit with none of the rare words cannot have more of the query than its common words are.
  const common = weightOf(sought.common, query);
  const seen = new Set<number>();
  for (const find of [findByRare, findByPhrase, findByCommon]) {
    const candidates = (await find(sought)).filter(({ unit }) => !seen.has(unit));
    for (const { unit } of candidates) seen.add(unit);
    await readBest(candidates, ranking, sought);
    if (ranking.best >= common) break;
  }
  return ranking.ranked;
}

async function readBest(
  candidates: readonly Candidate[],
  ranking: Ranking,
  { index, filter, effort }: Sought,
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

/** The best of the units that were read so far. */
class Ranking {
  readonly #weights: readonly number[];
  readonly #total: number;
  readonly #hits: ReadonlyMap<number, readonly Hit[]>;
  readonly #scores = new Map<number, number>();
  #heaviest: readonly Weighed[] = [];

  constructor(query: readonly Asked[]) {
    this.#weights = query.map(({ weight }) => weight);
    this.#total = this.#weights.reduce((sum, weight) => sum + weight, 0);
    this.#hits = hitsOf(query);
  }

  /** Which weight a unit must have at least to be as good as the best one. */
  get best(): number {
    return (this.ranked[0]?.score ?? 0) * this.#total;
  }

  /** The heaviest, laid along the query; equals stand in the order of the library. */
  get ranked(): readonly Ranked[] {
    return this.#heaviest
      .map(({ row }) => ({ row, score: this.#scoreOf(row) }))
      .sort((one, other) => other.score - one.score || one.row.number - other.row.number);
  }

  take(rows: readonly UnitRow[]): void {
    const weighed = rows.map(row => ({ row, weight: this.#weigh(row) }));
    this.#heaviest = [...this.#heaviest, ...weighed]
      .sort((one, other) => other.weight - one.weight || one.row.number - other.row.number)
      .slice(0, mostAligned);
  }

  #scoreOf(row: UnitRow): number {
    const known = this.#scores.get(row.number);
    if (known !== undefined) return known;
    const { cover, order } = align(
      this.#weights,
      Array.from(row.terms, term => this.#hits.get(term)),
    );
    const score = (1 - orderShare) * cover + orderShare * order;
    this.#scores.set(row.number, score);
    return score;
  }

  /** How much of the query a unit has, in whatever order. */
  #weigh({ terms }: UnitRow): number {
    const best = new Float64Array(this.#weights.length);
    for (const term of terms) {
      for (const { asked, likeness } of this.#hits.get(term) ?? []) best[asked] = Math.max(best[asked] ?? 0, likeness);
    }
    return this.#weights.reduce((sum, weight, asked) => sum + weight * (best[asked] ?? 0), 0);
  }
}
