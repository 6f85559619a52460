import type { Masthead } from '../news/article.ts';
import type { Told } from '../wording/say.ts';

/** Something that cannot become an article. */
export interface Refused {
  readonly kind: 'refused';
  /** One sentence for who asked, saying what is wrong and the way round. */
  readonly reason: Told;
}

export interface Article {
  readonly kind: 'article';
  readonly masthead: Masthead;
  readonly text: string;
}

/** What came of a stranger's link, file or text. */
export type Reading = Article | Refused;

export function refuse(reason: Told): Refused {
  return { kind: 'refused', reason };
}
