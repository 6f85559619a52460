import { commonWords } from './lexicon/common-words.ts';

/** Numbers of terms up to this one are for common words, in the order of their list: the same in every library. */
export const lastCommon = 1023;

const commonNumbers = new Map(commonWords.map((word, at) => [word, at + 1]));

/** `undefined` for a word that is not among the common ones. */
export function commonNumberOf(term: string): number | undefined {
  return commonNumbers.get(term);
}

export function areCommon(words: readonly (number | undefined)[]): boolean {
  return words.every(word => word !== undefined && word <= lastCommon);
}
