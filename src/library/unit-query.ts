import type { Holding } from './library-index.ts';

/** FTS5 knows no phrase with a choice of words, so each choice becomes a phrase; beyond so many they are checked afterwards. */
const mostPhrases = 64;

/** What to ask of the full-text index, and whether the units that it finds are still to be checked. */
export interface UnitQuery {
  /** In FTS5's language: quoted numbers and tokens alone. */
  readonly match: string;
  readonly isSure: boolean;
}

/** `undefined`: no unit can hold that. */
export function unitQueryOf(asked: Holding, tokens: readonly (readonly string[])[]): UnitQuery | undefined {
  // Anything but a term's number would be read as something else.
  const all = asked.all.map(group => group.filter(term => Number.isSafeInteger(term) && term > 0));
  if (all.length === 0 || all.some(group => group.length === 0)) return undefined;
  const phrases = asked.phrase ? phrasesOf(all) : undefined;
  const words = phrases === undefined ? all.map(anyOf) : [anyOf(phrases)];
  return { match: [...tokens.map(anyOf), ...words].join(' AND '), isSure: !asked.phrase || phrases !== undefined };
}

/** Whether a unit's words are what is asked for. */
export function holds(words: Uint32Array, { all, phrase }: Holding): boolean {
  if (!phrase) return all.every(group => group.some(term => words.includes(term)));
  return words.some((_, at) => all.every((group, more) => group.includes(words[at + more] ?? -1)));
}

function anyOf(choices: readonly (string | number)[]): string {
  return `(${choices.map(choice => `"${choice}"`).join(' OR ')})`;
}

function phrasesOf(all: readonly (readonly number[])[]): readonly string[] | undefined {
  if (all.reduce((product, group) => product * group.length, 1) > mostPhrases) return undefined;
  let begun: readonly string[] = [''];
  for (const group of all)
    begun = begun.flatMap(phrase => group.map(term => `${phrase}${phrase === '' ? '' : ' '}${term}`));
  return begun;
}
