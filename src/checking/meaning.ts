import type { ComparedWord } from './compared-words.ts';
import {
  affirmations,
  negations,
  negativeEnding,
  numbers,
  otherWithoutApostrophe,
  otherWithoutHyphen,
} from './lexicon/meaning.ts';
import type { QuoteWord } from './quote-words.ts';

/** Contractions that chat writes without their apostrophe; "official's" and "officials" are two words. */
const contraction = /(?:n't|'(?:re|ve|ll|m|d))$/v;

export function isNegation(term: string): boolean {
  return negations.has(term) || term.endsWith(negativeEnding);
}

/** Whether one of two words is the other's negation: "won't" and "will", "isn't" and "is". */
export function areOpposite(one: string, other: string): boolean {
  return affirmed(one) === other || affirmed(other) === one;
}

function affirmed(term: string): string | undefined {
  return affirmations.get(term) ?? (term.endsWith(negativeEnding) ? term.slice(0, -negativeEnding.length) : undefined);
}

/** Whether a sentence may say something else with this word or without it: a number or a negation. */
export function carriesMeaning(term: string): boolean {
  return isNegation(term) || /\p{N}/v.test(term) || numbers.has(term);
}

/** The same word, apostrophes and editorial brackets aside. */
export function isSame(quoted: QuoteWord, found: ComparedWord): boolean {
  if (quoted.term === found.term) return true;
  if (quoted.kept !== undefined) return isKept(quoted.kept, found.term);
  return withoutApostrophe(quoted.term, found.term) || withoutApostrophe(found.term, quoted.term);
}

function withoutApostrophe(bare: string, whole: string): boolean {
  if (whole.length - bare.length !== 1 || !contraction.test(whole)) return false;
  return bare === whole.replaceAll("'", '') && !otherWithoutApostrophe.has(bare);
}

/** "[w]e" is "We", "want[ed]" is "want" or "wants": what stands outside the brackets must be there. */
function isKept({ head, tail }: { readonly head: string; readonly tail: string }, term: string): boolean {
  const changed = term.length - head.length - tail.length;
  const enough = head.length + tail.length >= (head === '' ? 1 : 2);
  return enough && changed >= 0 && changed <= 3 && term.startsWith(head) && term.endsWith(tail) && !isNegation(term);
}

/** Whether a word may be one with the next. */
export function mayBeJoined({ hyphened, term }: ComparedWord): boolean {
  return hyphened || term === 'can';
}

/** Two words on one side that are one on the other: "re-evaluate" and "reevaluate", "can not" and "cannot". */
export function isJoined(first: ComparedWord, second: ComparedWord | undefined, whole: ComparedWord): boolean {
  if (second === undefined || !mayBeJoined(first) || first.term.length + second.term.length !== whole.term.length)
    return false;
  const joined = first.term + second.term;
  if (joined !== whole.term) return false;
  return joined === 'cannot' || (first.hyphened && !otherWithoutHyphen.has(joined));
}
