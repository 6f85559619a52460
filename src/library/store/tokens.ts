import type { SQLOutputValue } from 'node:sqlite';

/**
 * The words that stand most often in English news, and so tell least alone: two of them in a row are indexed as one. Their places are
 * stored: never move one, add others at the end.
 */
export const commonWords: readonly string[] = [
  'the of to and a in that for is on said with was he it as at by be his from are have has an not this',
  'will but they who we i their been were had you or which its about more would than after also one her up',
  'she all there when out if what people so can over no new year last time just into some could two',
  'first other them our him now how my only because most many do before years while us any like during',
  'against these those did where being under between since through then very much such even made make get',
  'back down still should may must both each every off own too here your me am does going think know say says',
  'told according mr ms president government state percent million day week world',
]
  .join(' ')
  .split(' ');

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

/** Of all days that there can be. */
const firstDay = '00000101';
const lastDay = '99991231';

type Value = SQLOutputValue | undefined;

/**
 * What stands in SQLite's full-text index for a unit: the numbers of its words; two common words in a row as one (`p12x7`),
 * so that which units have them is known without reading all that have either; and its article's marks.
 */
export function tokensOf(words: Iterable<number>, marks: string): string {
  const tokens: (string | number)[] = [...words];
  const inARow = [...words].flatMap((word, at, all) => {
    const before = all[at - 1];
    return before !== undefined && areCommon([before, word]) ? [pairToken(before, word)] : [];
  });
  return [...tokens, ...inARow, marks].join(' ');
}

export function pairToken(one: number, other: number): string {
  return `p${one}x${other}`;
}

/**
 * So that a filter costs no more than a word, each unit has its article's outlet (`o7`) and its day, by century, year, month and
 * day (`d20`, `d2022`, `d202203`, `d20220314`).
 */
export function marksOf(outlet: Value, published: Value): string {
  const marks = outlet === undefined || outlet === null ? [] : [outletToken(Number(outlet))];
  if (typeof published === 'string') {
    const digits = digitsOf(published);
    marks.push(...[2, 4, 6, 8].map(length => `d${digits.slice(0, length)}`));
  }
  return marks.join(' ');
}

export function outletToken(outlet: number): string {
  return `o${outlet}`;
}

/** The fewest tokens that stand for all days from one to another, both inclusive. */
export function dayTokens(after: string, before: string): string[] {
  return cover('', digitsOf(after), digitsOf(before));
}

/** Those for the days that begin with `begun`: itself where all of them are meant. */
function cover(begun: string, first: string, last: string): string[] {
  const [low, high] = [begun + firstDay.slice(begun.length), begun + lastDay.slice(begun.length)];
  if (low > last || high < first) return [];
  if (begun.length === 8 || (begun !== '' && low >= first && high <= last)) return [`d${begun}`];
  return Array.from({ length: mostOf(begun) }, (_, at) => begun + String(at).padStart(2, '0')).flatMap(longer =>
    cover(longer, first, last),
  );
}

/** How many centuries, years, months (from 0) or days (from 0) may follow. */
function mostOf(begun: string): number {
  if (begun.length < 4) return 100;
  return begun.length === 4 ? 13 : 32;
}

function digitsOf(day: string): string {
  return day.replaceAll('-', '');
}

/** How often what is looked for is there. */
export interface MatchCounts {
  /** Units of the library. */
  readonly all: number;
  /** For each of the groups of words, units with one of them. */
  readonly held: readonly number[];
  /** Units in which the speakers say something. */
  readonly said: number;
}

/** Looking through what speakers say costs about so much more a unit than looking through what holds the words. */
const costOfSpeakers = 3;

/**
 * Whether so many units that hold words and are somebody's are found sooner among those with the words than among what they say. Both
 * are taken for spread evenly, which they are not: it is only for the speed.
 */
export function isSearchByWordsFaster({ all, held, said }: MatchCounts, most: number): boolean {
  if (all === 0) return true;
  const holding = held.reduce((expected, group) => expected * Math.min(1, group / all), all);
  const byWords = Math.min(holding, (most * all) / Math.max(1, said));
  const bySpeakers = Math.min(said, (most * all) / Math.max(1, holding));
  return byWords <= costOfSpeakers * bySpeakers;
}
