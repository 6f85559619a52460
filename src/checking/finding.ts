import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import type { Paragraph } from '../news/article.ts';
import type { Span } from '../news/span.ts';
import type { Passage } from '../search/passage.ts';
import type { Claim } from './claim.ts';

/**
 * Whether the article credits whom the claim credits. `open`: it leaves room for them, or is not surely read. `unnamed`: the
 * claim credits nobody.
 */
export type Credit = 'same' | 'other' | 'open' | 'unnamed';

/** Where words of a claim stand. */
export interface Place {
  readonly from: AttributedArticle;
  readonly paragraph: Paragraph;
  /** Whole sentences. */
  readonly excerpt: Span;
  /** What the claim shares, in order; words side by side as one. */
  readonly matches: readonly Span[];
  /** `undefined`: the article's own voice, unless it stands `inMarks`. */
  readonly attribution: Attribution | undefined;
  /** Between quotation marks: somebody said it, even where nobody was found who did. */
  readonly inMarks: boolean;
  /** By whom the article says that this was denied, or not said. */
  readonly denial: Attribution | undefined;
  readonly credit: Credit;
}

/** A stretch of a word-by-word difference: what both have, what only the claim has, what only the article has. */
export interface Piece {
  readonly kind: 'same' | 'added' | 'missing';
  /** Out of the claim, or out of the article where it is `missing`: never made up. */
  readonly text: string;
}

export type Verdict = 'exact' | 'altered' | 'cut' | 'stitched' | 'denied' | 'wrong name' | 'name open' | 'own voice';

/** What became of one claim. */
export type Finding =
  | {
      readonly verdict: Verdict;
      readonly claim: Claim;
      /** One for each paragraph, and for each article that the parts come from. */
      readonly places: readonly [Place, ...Place[]];
      /** That of the places whose speaker and credit decided. */
      readonly deciding: Place;
      /** Whether the parts come from places that do not stand together. */
      readonly apart: boolean;
      readonly difference: readonly Piece[];
    }
  | { readonly verdict: 'not found'; readonly claim: Claim; readonly nearest: Passage | undefined };
