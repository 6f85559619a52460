import { validNumbers } from './filter.ts';
import { digestOf } from './keys.ts';
import type { Filter } from './library-index.ts';

/**
 * The most frequent words of English news. Alone they say little, so two in a row are indexed as one token. Their
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
const [FIRST_DAY, LAST_DAY] = ['0000-01-01', '9999-12-31'];

/** Returns a token for each two common words in a row (`p12x7`): a phrase of them needn't read all units with either. */
export function pairTokensOf(words: Iterable<number>): readonly string[] {
  return [...words].flatMap((word, at, all) => {
    const before = all[at - 1];
    return before !== undefined && areCommon([before, word]) ? [pairToken(before, word)] : [];
  });
}

function pairToken(one: number, other: number): string {
  return `p${one}x${other}`;
}

/** More tokens than these for a part of a query take longer than checking what they leave out. */
export const MAX_ALTERNATIVES = 64;

/** Returns the tokens of two words in a row of a phrase, if both can only be common ones. */
export function pairsOf(before: readonly number[], group: readonly number[]): readonly string[] | undefined {
  const isOfFew = before.length * group.length <= MAX_ALTERNATIVES && areCommon([...before, ...group]);
  return isOfFew ? before.flatMap(one => group.map(other => pairToken(one, other))) : undefined;
}

/** Characters of a digest in a token: 48 bits. What is found is compared with the whole digest when it is read. */
const DIGEST_CHARACTERS = 8;

function digestToken(kind: 'k' | 'o', digest: string): string {
  return `${kind}${Buffer.from(digest.slice(0, DIGEST_CHARACTERS)).toString('hex')}`;
}

/**
 * Each unit has tokens for its speaker: one for the number (`s7`) and one for each key that identifies the person (`k`
 * and its digest in hexadecimal). Finding the words of somebody then costs no more than finding words.
 */
export function speakerTokensOf(number: number, digests: readonly string[]): readonly string[] {
  return [`s${number}`, ...digests.map(digest => digestToken('k', digest))];
}

/**
 * Each unit has tokens for its article's outlet (`o` and its digest in hexadecimal) and for the century, year, month and
 * day (`d20`, `d2022`, `d202203`, `d20220314`), so that a filter costs no more than a word.
 */
export function articleTokensOf(outlet: string | undefined, day: string | undefined): readonly string[] {
  const digits = day === undefined ? '' : digitsOf(day);
  const days = digits === '' ? [] : [2, 4, 6, 8].map(length => `d${digits.slice(0, length)}`);
  return [...(outlet === undefined ? [] : [digestToken('o', outlet)]), ...days];
}

/**
 * Returns groups of tokens; a unit passes a filter, except for `article`, if it has one token of each group. None passes
 * if a group is empty. `earliest` and `latest` are the first and last day of the library's articles, if known.
 */
export function filterTokensOf(
  { speakers, outlet, after, before }: Omit<Filter, 'article'>,
  [earliest, latest]: readonly [earliest: string, latest: string] = [FIRST_DAY, LAST_DAY],
): readonly (readonly string[])[] {
  const groups: (readonly string[])[] = [];
  if (speakers !== undefined) {
    const numbers = validNumbers(speakers.rows.map(({ number }) => number)).map(number => `s${number}`);
    groups.push([...numbers, ...speakers.keys.map(key => digestToken('k', digestOf(key)))]);
  }
  if (outlet !== undefined) groups.push([digestToken('o', digestOf(outlet))]);
  if (after !== undefined || before !== undefined) {
    const [first, last] = [[after ?? earliest, earliest].sort()[1], [before ?? latest, latest].sort()[0]];
    groups.push(cover('', digitsOf(first ?? earliest), digitsOf(last ?? latest)));
  }
  return groups;
}

/** Returns the fewest tokens that cover the days of a range, both ends inclusive, that start with `begun`. */
function cover(begun: string, first: string, last: string): string[] {
  const [low, high] = [begun + digitsOf(FIRST_DAY).slice(begun.length), begun + digitsOf(LAST_DAY).slice(begun.length)];
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
