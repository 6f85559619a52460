import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Unit } from '../indexing/units.ts';
import type { Library } from '../library/library.ts';
import type { UnitRow } from '../library/store/library-index.ts';
import { contains, overlaps } from '../news/span.ts';
import type { Ranked } from './rank.ts';

/** A unit with its article at hand. */
export interface RankedUnit {
  readonly unit: Unit;
  readonly score: number;
}

/** Reads the articles of these units, in their order. Units whose article changed meanwhile are left out. */
export async function readUnits(library: Library, ranked: readonly Ranked[]): Promise<RankedUnit[]> {
  const articles = await library.articles([...new Set(ranked.map(({ row }) => row.article))]);
  const byId = new Map(articles.map(from => [from.article.id, from]));
  return ranked.flatMap(({ row, score }) => {
    const unit = unitIn(byId.get(row.article), row);
    return unit === undefined ? [] : [{ unit, score }];
  });
}

function unitIn(from: AttributedArticle | undefined, row: UnitRow): Unit | undefined {
  const paragraph = from?.article.paragraphs[row.paragraph];
  if (from === undefined || paragraph === undefined || !contains(paragraph, row.span)) return undefined;
  const attribution = row.attribution === undefined ? undefined : from.attributions[row.attribution];
  const isThere =
    attribution === undefined
      ? row.attribution === undefined
      : attribution.content.some(piece => overlaps(piece, row.span));
  return isThere ? { from, paragraph, span: row.span, attribution } : undefined;
}
