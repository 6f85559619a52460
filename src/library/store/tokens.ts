import { validNumbers } from './filter.ts';
import { digestOf } from './keys.ts';
import type { SpeakerFilter } from './library-index.ts';

/**
 * The most frequent words of English news, which tell least alone: two in a row are indexed as one token. Their
 * positions are stored, so only append.
 */
export const FREQUENT_WORDS: readonly string[] = [
  'the of to and a in that for is on said with was he it as at by be his from are have has an not this',
  'will but they who we i their been were had you or which its about more would than after also one her up',
  'she all there when out if what people so can over no new year last time just into some could two',
  'first other them our him now how my only because limit many do before years while us any like during',
  'against these those did where being under between since through then very much such even made make get',
  'back down still should may must both each every off own too here your me am does going think know say says',
  'told according mr ms president government state percent million day week world',
]
  .join(' ')
  .split(' ');

/** Term numbers up to this one are reserved for common words, in the order of their list, in every library. */
export const LAST_COMMON = 1023;

const COMMON_NUMBERS = new Map(FREQUENT_WORDS.map((word, at) => [word, at + 1]));

/** Returns `undefined` for other words. */
export function commonNumberOf(term: string): number | undefined {
  return COMMON_NUMBERS.get(term);
}

export function areCommon(words: readonly (number | undefined)[]): boolean {
  return words.every(word => word !== undefined && word <= LAST_COMMON);
}

/** Bounds of all days. */
const FIRST_DAY = '00000101';
const LAST_DAY = '99991231';

/**
 * Returns what SQLite's full-text index contains for a unit: the numbers of its words, consecutive common words as one
 * token (`p12x7`), so that a phrase of them doesn't read all units with either, and its article's marks.
 */
export function tokensOf(words: Iterable<number>, marks: readonly string[]): string {
  const tokens: (string | number)[] = [...words];
  const inARow = [...words].flatMap((word, at, all) => {
    const before = all[at - 1];
    return before !== undefined && areCommon([before, word]) ? [pairToken(before, word)] : [];
  });
  return [...tokens, ...inARow, ...marks].join(' ');
}

export function pairToken(one: number, other: number): string {
  return `p${one}x${other}`;
}

/**
 * Each unit has tokens for its article's outlet (`o` and its digest in hexadecimal) and for the century, year, month and day (`d20`, `d2022`,
 * `d202203`, `d20220314`), so that a filter costs no more than a word.
 */
export function marksOf(outlet: string | undefined, published: string | undefined): readonly string[] {
  const digits = published === undefined ? '' : digitsOf(published);
  const days = digits === '' ? [] : [2, 4, 6, 8].map(length => `d${digits.slice(0, length)}`);
  return [...(outlet === undefined ? [] : [outletToken(outlet)]), ...days];
}

export function outletToken(outlet: string): string {
  return `o${Buffer.from(outlet).toString('hex')}`;
}

/** Characters of a key's digest in a token: 48 bits. Whose words a unit has is checked when it is read. */
const KEY_DIGITS = 8;

/**
 * Each unit has tokens for its speaker: one for the number (`s7`) and one for each key that identifies the person (`k`
 * and its digest in hexadecimal). Finding the words of somebody then costs no more than finding words.
 */
export function speakerTokensOf(number: number, digests: readonly string[]): readonly string[] {
  return [`s${number}`, ...digests.map(keyToken)];
}

function keyToken(digest: string): string {
  return `k${Buffer.from(digest.slice(0, KEY_DIGITS)).toString('hex')}`;
}

/** Returns tokens of which the units of these speakers have one or more. */
export function speakerTokens({ rows, keys }: SpeakerFilter): readonly string[] {
  return [
    ...validNumbers(rows.map(({ number }) => number)).map(number => `s${number}`),
    ...keys.map(key => keyToken(digestOf(key))),
  ];
}

/** Returns the fewest tokens that cover all days of a range, both ends inclusive. */
export function dayTokens(after: string, before: string): string[] {
  return cover('', digitsOf(after), digitsOf(before));
}

/** Covers the days of the range that start with `begun`. */
function cover(begun: string, first: string, last: string): string[] {
  const [low, high] = [begun + FIRST_DAY.slice(begun.length), begun + LAST_DAY.slice(begun.length)];
  if (low > last || high < first) return [];
  if (begun.length === 8 || (begun !== '' && low >= first && high <= last)) return [`d${begun}`];
  return Array.from({ length: mostOf(begun) }, (_, at) => begun + String(at).padStart(2, '0')).flatMap(longer =>
    cover(longer, first, last),
  );
}

/** How many centuries, years, months (from 0) or days (from 0) can follow. */
function mostOf(begun: string): number {
  if (begun.length < 4) return 100;
  return begun.length === 4 ? 13 : 32;
}

function digitsOf(day: string): string {
  return day.replaceAll('-', '');
}

/** Between the terms of a spelling, which can contain blanks, but no line break. */
const SEPARATOR = '\n';

/** Joins the terms of a name or title. */
export function spellingOf(terms: readonly string[]): string {
  return terms.join(SEPARATOR);
}

export function termsOfSpelling(spelling: string): readonly string[] {
  return spelling.split(SEPARATOR);
}
