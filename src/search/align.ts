/** That a query's word (its place in the query) is meant by a text's word, and how surely: 0 to 1. */
export interface Hit {
  readonly asked: number;
  readonly likeness: number;
}

export interface Alignment {
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
