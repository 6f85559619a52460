import type { Metadata } from '../news/article.ts';
import type { Message } from '../wording/say.ts';

export interface ReadingRefusal {
  readonly kind: 'refused';
  /** What is wrong and what to do, for the user. */
  readonly reason: Message;
}

export interface ExtractedArticle {
  readonly kind: 'article';
  readonly metadata: Metadata;
  readonly text: string;
}

/** Result of reading a link, file or text. */
export type Reading = ExtractedArticle | ReadingRefusal;

export function refuse(reason: Message): ReadingRefusal {
  return { kind: 'refused', reason };
}
