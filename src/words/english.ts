import { isMainlyHan } from '../news/chinese.ts';
import { COMMON_WORDS } from './lexicon/common-words.ts';

/** In UTF-16 units: enough that an article in English stays so after a long statement in another language. */
const LONGEST_SAMPLE = 10_000;
/** Letters of other scripts. In some, vowels are marks. */
const OTHER_LETTERS = /(?!\p{sc=Latin})[\p{L}\p{M}]/gv;
/** Words in lower case, of at least two letters: names are the same in all languages. */
const WORDS = /(?<![\p{L}\p{M}\p{N}'’])\p{Ll}{2,}(?![\p{L}\p{M}\p{N}])/gv;
/** Fewer words, such as those of a headline or a table, don't tell the language. */
const LEAST_WORDS = 12;
/** Share of common English words: from .33 up in 3,056 English articles, up to .2 in texts in 20 other languages. */
const LEAST_COMMON = 0.25;

/** Returns false for a text in a language other than English; true if that isn't certain. */
export function isEnglish(text: string): boolean {
  const sample = text.slice(0, LONGEST_SAMPLE);
  const others = sample.match(OTHER_LETTERS) ?? [];
  const words = sample.match(WORDS) ?? [];
  const common = words.filter(word => COMMON_WORDS.has(word));
  const isInLatin = 2 * others.length <= sample.length && !isMainlyHan(sample);
  return isInLatin && (words.length < LEAST_WORDS || common.length >= LEAST_COMMON * words.length);
}
