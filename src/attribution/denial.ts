import type { AttributedArticle, Attribution } from './attribution.ts';
import { isDenied } from './denied.ts';

/**
 * The attribution by which the article says that words were not said, or were rejected: "Lee denied that …", also where
 * they are Cho's within it ("Lee denied that Cho had said …").
 */
export function denialOf(
  from: Pick<AttributedArticle, 'article'>,
  attribution: Attribution | undefined,
): Attribution | undefined {
  if (attribution === undefined || isDenied(from, attribution)) return attribution;
  return denialOf(from, attribution.reportedBy);
}
