import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import type { Paragraph } from '../news/article.ts';
import type { Span } from '../news/span.ts';

/** `match`: these are the words, misremembered or misspelt included. `near`: good for "did you mean" only. */
export type Closeness = 'match' | 'near';

/** A place in an article that answers a search. */
export interface Passage {
  readonly from: AttributedArticle;
  readonly paragraph: Paragraph;
  /** Whole sentences around the best match: contiguous, so that an interrupted quotation keeps its cue. */
  readonly excerpt: Span;
  /** Matched words within the excerpt, whole, ordered, disjoint. */
  readonly matches: readonly Span[];
  /** The attribution whose content holds the match; `undefined`: the article's own voice. */
  readonly attribution: Attribution | undefined;
  readonly closeness: Closeness;
  /** 0 to 1, for the order only. */
  readonly score: number;
}
