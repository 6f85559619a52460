import { areCommon } from './common-terms.ts';
import type { Holding } from './library-index.ts';
import { pairToken } from './unit-tokens.ts';

/** FTS5 knows no phrase with a choice of words, so each choice becomes a phrase; beyond so many they are checked afterwards. */
const mostPhrases = 64;

/** What to ask of the full-text index, and whether the units that it finds are still to be checked. */
export interface UnitQuery {
  /** In FTS5's language: quoted numbers and tokens alone. */
  readonly match: string;
  readonly isSure: boolean;
}

type Groups = readonly (readonly number[])[];

/** `undefined`: no unit can hold that. */
export function unitQueryOf(asked: Holding, marks: readonly (readonly string[])[]): UnitQuery | undefined {
  // Anything but a term's number would be read as something else.
  const all = asked.all.map(group => group.filter(term => Number.isSafeInteger(term) && term > 0));
  if (all.length === 0 || all.some(group => group.length === 0)) return undefined;
  const { words, isSure } = asked.phrase ? phraseOf(all) : { words: all.map(anyOf), isSure: true };
  return { match: [...marks.map(anyOf), ...words].join(' AND '), isSure };
}

/** Whether a unit's words are what is asked for. */
export function holds(words: Uint32Array, { all, phrase }: Holding): boolean {
  if (!phrase) return all.every(group => group.some(term => words.includes(term)));
  return words.some((_, at) => all.every((group, more) => group.includes(words[at + more] ?? -1)));
}

function anyOf(choices: readonly (string | number)[]): string {
  return `(${choices.map(choice => `"${choice}"`).join(' OR ')})`;
}

/**
 * Where a phrase has common words in a row, units that have those pairs and its other words are found and checked: FTS5 itself
 * would read everywhere that each of the words stands.
 */
function phraseOf(all: Groups): { words: readonly string[]; isSure: boolean } {
  const pairs = all.slice(1).map((group, at) => pairsOf(all[at] ?? [], group));
  if (pairs.every(pair => pair === undefined)) return wholePhraseOf(all);
  const others = all.filter((_, at) => pairs[at - 1] === undefined && pairs[at] === undefined);
  const known = pairs.filter(pair => pair !== undefined);
  return { words: [...known, ...others].map(anyOf), isSure: all.length === 2 };
}

/** The tokens of two neighbours that can only be common words. */
function pairsOf(before: readonly number[], group: readonly number[]): readonly string[] | undefined {
  const isOfFew = before.length * group.length <= mostPhrases && areCommon([...before, ...group]);
  return isOfFew ? before.flatMap(one => group.map(other => pairToken(one, other))) : undefined;
}

function wholePhraseOf(all: Groups): { words: readonly string[]; isSure: boolean } {
  const isOfFew = all.reduce((product, group) => product * group.length, 1) <= mostPhrases;
  if (!isOfFew) return { words: all.map(anyOf), isSure: false };
  let begun: readonly string[] = [''];
  for (const group of all) {
    begun = begun.flatMap(phrase => group.map(term => (phrase === '' ? `${term}` : `${phrase} ${term}`)));
  }
  return { words: [anyOf(begun)], isSure: true };
}
