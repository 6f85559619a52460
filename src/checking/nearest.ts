import { commonWords } from '../search/lexicon/common-words.ts';
import type { Passage } from '../search/passage.ts';
import { comparedWords } from './compared-words.ts';
import type { QuoteWord } from './quote-words.ts';

/** Of a quotation's telling words, what a passage must hold to be like it. */
const leastShare = 0.25;

/** Of what a search found for a quotation that stands nowhere, the best that is like it at all: `undefined` where none is. */
export function nearestOf(quote: readonly QuoteWord[], passages: readonly Passage[]): Passage | undefined {
  const telling = [...new Set(quote.map(({ term }) => term))].filter(term => !commonWords.has(term));
  if (telling.length === 0) return undefined;
  return passages
    .toSorted((one, other) => other.score - one.score)
    .find(({ from, excerpt }) => {
      const held = new Set(comparedWords(from.article.text, excerpt).map(({ term }) => term));
      return telling.filter(term => held.has(term)).length >= leastShare * telling.length;
    });
}
