import type { LibraryIndex, UnitRow, Where } from '../library/library-index.ts';
import { type Alignment, align, type Hit } from './align.ts';
import { divide, findByCommon, findByRare } from './candidates.ts';
import { type Asked, hitsOf } from './query.ts';

export interface Ranked {
  readonly row: UnitRow;
  /** 0 to 1. */
  readonly score: number;
}

/** So many units are laid along the query word by word. More costs time and finds nothing (measured). */
const mostAligned = 80;
/** Of the score; the rest is for having the words at all. */
const orderShare = 0.4;

/** The best units for a query, the best first, at most 80. */
export async function rankUnits(
  query: readonly Asked[],
  index: LibraryIndex,
  where: Where,
): Promise<readonly Ranked[]> {
  const divided = divide(query);
  const first = await index.units(await findByRare(divided, index, where), where);
  const ranked = order(query, first);
  // A unit with none of the rare words cannot have more of the query than its common words are.
  if ((ranked[0]?.score ?? 0) >= shareOf(divided.common, query)) return ranked;
  const seen = new Set(first.map(({ number }) => number));
  const others = await findByCommon(query, divided, index, where);
  const more = await index.units(
    others.filter(number => !seen.has(number)),
    where,
  );
  return more.length === 0 ? ranked : order(query, [...first, ...more]);
}

function shareOf(some: readonly Asked[], query: readonly Asked[]): number {
  const terms = new Set(some.map(({ term }) => term));
  const sum = (asked: readonly Asked[]) => asked.reduce((weight, each) => weight + each.weight, 0);
  return sum(query.filter(({ term }) => terms.has(term))) / (sum(query) || 1);
}

/** The heaviest are laid along the query; equals stand in the order of the library. */
function order(query: readonly Asked[], rows: readonly UnitRow[]): Ranked[] {
  const hits = hitsOf(query);
  const weights = query.map(({ weight }) => weight);
  return rows
    .map(row => ({ row, weight: weigh(row, hits, weights) }))
    .sort((one, other) => other.weight - one.weight || one.row.number - other.row.number)
    .slice(0, mostAligned)
    .map(({ row }) => ({
      row,
      score: scoreOf(
        align(
          weights,
          Array.from(row.terms, term => hits.get(term)),
        ),
      ),
    }))
    .sort((one, other) => other.score - one.score || one.row.number - other.row.number);
}

function scoreOf({ cover, order: inOrder }: Alignment): number {
  return (1 - orderShare) * cover + orderShare * inOrder;
}

/** How much of the query a unit has, in whatever order. */
function weigh({ terms }: UnitRow, hits: ReadonlyMap<number, readonly Hit[]>, weights: readonly number[]): number {
  const best = new Float64Array(weights.length);
  for (const term of terms) {
    for (const { asked, likeness } of hits.get(term) ?? []) best[asked] = Math.max(best[asked] ?? 0, likeness);
  }
  return weights.reduce((sum, weight, asked) => sum + weight * (best[asked] ?? 0), 0);
}
