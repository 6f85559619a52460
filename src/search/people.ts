import type { AttributedArticle, Attribution, Speaker } from '../attribution/attribution.ts';
import type { Closeness } from './passage.ts';

/** Somebody in one article, with all that the article attributes to them. */
export interface Appearance {
  readonly from: AttributedArticle;
  readonly speaker: Speaker;
  /** In the text's order. Empty for somebody who is only mentioned. */
  readonly attributions: readonly Attribution[];
}

/**
 * Somebody whom a name means: one person across articles where full names (or Chinese names) agree, else a speaker of one
 * article.
 */
export interface PersonMatch {
  /** The newest articles first, at most 12; those in which they say something before the others. */
  readonly appearances: readonly [Appearance, ...Appearance[]];
  /** In how many articles they are, and how many attributions are theirs, in all of the scope. */
  readonly articles: number;
  readonly said: number;
  readonly closeness: Closeness;
  /** 0 to 1, for the order only. */
  readonly score: number;
}
