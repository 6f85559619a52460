import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import type { Paragraph } from '../news/article.ts';
import type { Span } from '../news/span.ts';

/** Where to look, as somebody typed or chose it; `undefined` for everywhere. All of it must hold. */
export interface Scope {
  /** An article's id. */
  readonly article: string | undefined;
  /** Whose words. */
  readonly speaker: string | undefined;
  readonly outlet: string | undefined;
  /** Days as `2022-03-14`, both inclusive. */
  readonly after: string | undefined;
  readonly before: string | undefined;
}

export const anywhere: Scope = {
  article: undefined,
  speaker: undefined,
  outlet: undefined,
  after: undefined,
  before: undefined,
};

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
