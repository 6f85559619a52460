/** A word of a query that a word of a text may be. */
export interface Hit {
  /** The index of the word in the query. */
  readonly asked: number;
  /** 0 to 1. */
  readonly likeness: number;
}

/** The hits of each word of a text. */
type Rows = readonly (readonly Hit[] | undefined)[];

interface LocalAlignment {
  /** Share of the query's weight that the text has anywhere, from 0 to 1. */
  readonly cover: number;
  /** Share of the query's weight that the text has in the query's order, less the cost of gaps, from 0 to 1. */
  readonly order: number;
  /** The words on the best path, in order. */
  readonly path: readonly { readonly asked: number; readonly at: number }[];
}

/** Cost of a query word that is skipped or wrong, as a share of its weight. */
const SKIPPED_ASKED = 0.3;
/** Cost of a text word that the query skips, as a share of the query's mean weight. */
const SKIPPED_TEXT = 0.06;

/** Returns the weight of the query's words that a text has, in any order. */
export function coveredWeight(weights: readonly number[], rows: Iterable<readonly Hit[] | undefined>): number {
  const best = new Float64Array(weights.length);
  for (const row of rows) {
    for (const { asked, likeness } of row ?? []) best[asked] = Math.max(best[asked] ?? 0, likeness);
  }
  return weights.reduce((sum, weight, asked) => sum + weight * (best[asked] ?? 0), 0);
}

/**
 * Finds the best local alignment of a query and a text (Smith and Waterman 1981). Words are weighted: misremembered
 * words and gaps cost a little, and rare words count for more. `rows[at]` has the hits of the text's word `at`. Takes
 * time proportional to query words × text words.
 */
export function align(weights: readonly number[], rows: Rows): LocalAlignment {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return { cover: 0, order: 0, path: [] };
  const table = fill(weights, rows, (SKIPPED_TEXT * total) / weights.length);
  const order = (table.best[table.top] ?? 0) / total;
  return { cover: coveredWeight(weights, rows) / total, order, path: trace(table, weights) };
}

/** Has a row of `width` cells for each word of the text; row 0 and cell 0 of each row are zero. */
interface Table {
  readonly width: number;
  readonly best: Float64Array;
  /** What a cell gains over the one diagonally before it; negative unless the words match. */
  readonly gains: Float64Array;
  readonly top: number;
}

function fill(weights: readonly number[], rows: Rows, gap: number): Table {
  const costs = Float64Array.from([0, ...weights], weight => SKIPPED_ASKED * weight);
  const width = costs.length;
  const best = new Float64Array(width * (rows.length + 1));
  const gains = new Float64Array(best.length);
  let top = 0;
  for (const [at, row] of rows.entries()) {
    const here = (at + 1) * width;
    for (let i = 1; i < width; i += 1) gains[here + i] = -(costs[i] ?? 0);
    for (const { asked, likeness } of row ?? []) {
      const cell = here + asked + 1;
      gains[cell] = Math.max(gains[cell] ?? 0, (weights[asked] ?? 0) * likeness);
    }
    for (let i = 1; i < width; i += 1) {
      const cell = here + i;
      const matched = (best[cell - width - 1] ?? 0) + (gains[cell] ?? 0);
      const passed = (best[cell - width] ?? 0) - gap;
      const skipped = (best[cell - 1] ?? 0) - (costs[i] ?? 0);
      const most = Math.max(0, matched, passed, skipped);
      best[cell] = most;
      if (most > (best[top] ?? 0)) top = cell;
    }
  }
  return { width, best, gains, top };
}

function trace({ width, best, gains, top }: Table, weights: readonly number[]): LocalAlignment['path'] {
  const path: { asked: number; at: number }[] = [];
  for (let cell = top; (best[cell] ?? 0) > 0; ) {
    const asked = (cell % width) - 1;
    const gain = gains[cell] ?? 0;
    if (best[cell] === (best[cell - width - 1] ?? 0) + gain) {
      if (gain > 0) path.push({ asked, at: Math.floor(cell / width) - 1 });
      cell -= width + 1;
      continue;
    }
    const skipped = (best[cell - 1] ?? 0) - SKIPPED_ASKED * (weights[asked] ?? 0);
    cell -= best[cell] === skipped ? 1 : width;
  }
  return path.reverse();
}
