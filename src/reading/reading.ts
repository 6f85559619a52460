import type { Masthead } from '../news/article.ts';

/** Why something cannot become an article: one sentence for who asked, saying what is wrong and the way round. */
export interface Refused {
  readonly kind: 'refused';
  readonly reason: string;
}

/** What came of a stranger's link, file or text. */
export type Reading = { readonly kind: 'article'; readonly masthead: Masthead; readonly text: string } | Refused;

/** The way round whatever is wrong with a link. */
export const OTHERWISE = 'add the article as a file, or paste its text';

export function refuse(reason: string): Refused {
  return { kind: 'refused', reason };
}
