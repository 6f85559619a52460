import { commonWords } from './lexicon/common-words.ts';

/** How many sentences of news in general stand behind a library's own counts. */
const background = 1_000;
/** In how many of those a word occurs that is not among the common ones. */
const unlisted = 0.3;

/** How much a word tells: the logarithm of how few hold it, of `size` excerpts and of English news in general. */
export function weighWord(term: string, frequency: number, size: number): number {
  return Math.log(1 + (background + size) / ((commonWords.get(term) ?? unlisted) + frequency));
}
