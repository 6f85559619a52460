import type { Filter, UnitRow } from '../library/store/library-index.ts';
import type { TextIndex } from '../library/store/text-index.ts';
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

/** A word of a query that a word of a text may be. */
export interface Hit {
  /** The place of the word in the query. */
  readonly asked: number;
  /** 0 to 1. */
  readonly likeness: number;
}

interface Alignment {
  /** Share of the query's weight that the text has anywhere, from 0 to 1. */
  readonly cover: number;
  /** Share of the query's weight that the text has in the query's order, less the cost of gaps, from 0 to 1. */
  readonly order: number;
  /** The words on the best path, in order. */
  readonly path: readonly { readonly asked: number; readonly at: number }[];
}

/** Cost of a query word that is skipped or wrong, as a share of its weight. */
const skippedAsked = 0.3;
/** Cost of a text word that the query skips, as a share of the query's mean weight. */
const skippedText = 0.06;

/**
 * Finds the best local alignment of a query and a text (Smith and Waterman 1981). Words are weighted: misremembered
 * words and gaps cost a little, and rare words count for more. `rows[at]` has the hits of the text's word `at`. Takes
 * query words × text words.
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

/** Has a row of `weights.length + 1` cells for each word of the text; row 0 and cell 0 of each row are zero. */
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
    const weighed = rows.map(row => ({ row, weight: this.#weigh(row) }));
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
    const { cover, order } = align(
      this.#weights,
      Array.from(row.terms, term => this.#hits.get(term)),
    );
    const score = (1 - orderShare) * cover + orderShare * order;
    this.#scores.set(row.number, score);
    return score;
  }

  /** Returns the weight of the query's words that a unit has, in any order. */
  #weigh({ terms }: UnitRow): number {
    const best = new Float64Array(this.#weights.length);
    for (const term of terms) {
      for (const { asked, likeness } of this.#hits.get(term) ?? []) best[asked] = Math.max(best[asked] ?? 0, likeness);
    }
    return this.#weights.reduce((sum, weight, asked) => sum + weight * (best[asked] ?? 0), 0);
  }
}
