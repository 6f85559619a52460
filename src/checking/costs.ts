import type { ArticleWord } from './article-word.ts';
import type { QuoteWord } from './quote-words.ts';

/** What differences cost, where a word that is another costs 1. */
export const costs = {
  changed: 1,
  added: 1.05,
  /** A negation more, less or in a word: likelier the same sentence than one with another word. */
  negated: 0.9,
  /** Words in brackets that stand for nothing. */
  editorial: 0.02,
  skip: 1,
  skipWord: 0.03,
  /** A skip where an ellipsis stands, or beside brackets. */
  marked: 0.02,
  ellipsisWord: 0.001,
  editorialWord: 0.15,
  /** Out of what somebody says and into it again: over "he said". */
  voice: 0.1,
  voiceWord: 0.01,
} as const;

interface SkipCosts {
  readonly open: number;
  readonly word: number;
}

const skips = {
  ellipsis: { open: costs.marked, word: costs.ellipsisWord },
  editorial: { open: costs.marked, word: costs.editorialWord },
  bracketed: { open: costs.voice, word: costs.voiceWord },
  voice: { open: costs.skip, word: costs.voiceWord },
  said: { open: costs.skip, word: costs.skipWord },
} as const;

/** What it costs to pass each word of the article over, where `i` words of the quotation are behind. */
export function skipCosts(
  quote: readonly QuoteWord[],
  article: readonly ArticleWord[],
  i: number,
): (j: number) => SkipCosts {
  if (quote[i]?.afterEllipsis) return () => skips.ellipsis;
  if (quote[i]?.editorial || quote[i - 1]?.editorial) return () => skips.editorial;
  return j => {
    const word = article[j];
    if (word === undefined || word.said) return skips.said;
    return word.bracketed || article[j - 1]?.said ? skips.bracketed : skips.voice;
  };
}
