import type { SQLOutputValue } from 'node:sqlite';

/** Of all days that there can be. */
const firstDay = '00000101';
const lastDay = '99991231';

type Value = SQLOutputValue | undefined;

/**
 * What stands in the full-text index beside a unit's words, so that a filter costs no more than a word: its article's outlet
 * (`o7`) and its day, by century, year, month and day (`d20`, `d2022`, `d202203`, `d20220314`). No word is such a token:
 * words are numbers there.
 */
export function tokensOf(outlet: Value, published: Value): string {
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
