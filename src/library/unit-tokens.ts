import type { SQLOutputValue } from 'node:sqlite';
import { areCommon } from './common-terms.ts';

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
