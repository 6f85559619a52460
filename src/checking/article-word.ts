import type { ComparedWord } from './compared-words.ts';

/** A word of an article, and whether somebody says it there. */
export interface ArticleWord extends ComparedWord {
  /** It stands in the content of an attribution, and not in brackets. */
  readonly said: boolean;
  /** It stands in square brackets, or in round ones that repeat a name in another script: the reporter put it there. */
  readonly bracketed: boolean;
}
