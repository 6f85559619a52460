import {
  adverbs,
  auxiliaries,
  conjunctions,
  determiners,
  objectPronouns,
  openers,
  prepositions,
  subjectPronouns,
  subordinators,
  times,
} from './lexicon/grammar.ts';
import { personHeads, titles } from './lexicon/people.ts';
import type { Item } from './statements.ts';

/** A run of a statement's items, by index, half-open. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Longest noun phrase worth following, in items. */
export const LONGEST_PHRASE = 40;

const CAPITAL = /^[\p{Lu}\p{Script=Han}]/v;

const WORD = /^[\p{L}\p{N}@#]/v;

export const JOINING = new Set(['’s', '’', '&', '/', '-', '–', '$', '%', '#', '@']);

/** Words in -ly that are no adverbs. */
const ADJECTIVES = new Set([
  'family',
  'early',
  'daily',
  'weekly',
  'monthly',
  'yearly',
  'elderly',
  'friendly',
  'likely',
  'assembly',
  'ally',
  'reply',
  'supply',
]);

const OCCASIONS = new Set(
  'statement interview email e-mail tweet speech letter post message briefing rally debate conference press phone telephone video facebook twitter report recent separate phone joint written brief news appearance response reply court testimony'.split(
    ' ',
  ),
);

export function isCapital(item: Item | undefined): boolean {
  return item !== undefined && CAPITAL.test(item.text);
}

export function isWord(item: Item | undefined): boolean {
  return item !== undefined && WORD.test(item.text);
}

export function isAdverb(item: Item | undefined): boolean {
  if (item === undefined) return false;
  if (adverbs.has(item.lower)) return true;
  return item.lower.endsWith('ly') && item.lower.length > 4 && !isCapital(item) && !ADJECTIVES.has(item.lower);
}

/** Of a closed class (lower case): no name begins with it, but for abbreviations. */
export function isFunctionWord(lower: string): boolean {
  const lists = [
    determiners,
    openers,
    subordinators,
    prepositions,
    subjectPronouns,
    objectPronouns,
    conjunctions,
    auxiliaries,
    adverbs,
  ];
  return lists.some(list => list.has(lower)) || lower === 'according' || lower === 'asked';
}

export function isPersonWord(lower: string): boolean {
  return personHeads.has(lower) || titles.has(lower.replace('.', ''));
}

/** A quotation within a name: Joseph “Joe” Smith. */
export function isNickname(items: readonly Item[], at: number): boolean {
  const quotation = items[at]?.quotation;
  if (quotation === undefined || quotation.inner.end - quotation.inner.start > 24) return false;
  return isCapital(items[at - 1]) && isCapital(items[at + 1]) && items[at + 1]?.quotation === undefined;
}

/** "on Monday", "in a statement", "during a rally". */
export function opensOccasion(items: readonly Item[], at: number): boolean {
  if (!['on', 'in', 'at', 'during', 'after', 'before', 'via', 'through'].includes(items[at]?.lower ?? '')) return false;
  return [1, 2, 3].some(step => {
    const word = items[at + step]?.lower ?? '';
    const within = step === 1 || !isCapital(items[at + step - 1]);
    return within && (times.has(word) || OCCASIONS.has(word));
  });
}
