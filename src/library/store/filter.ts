import { digestOf } from './keys.ts';
import type { Filter } from './library-index.ts';
import { isValidNumber } from './numbers.ts';
import { all, type Script, type Value } from './script.ts';
import { NO_DAY } from './tables.ts';

/** With more articles than these, only the newest are searched one by one. */
export const MAX_ARTICLES = 200;

/** Rows as a part of a statement. Its values come first. */
interface FilteredRows {
  readonly from: string;
  readonly where: string;
  readonly values: readonly Value[];
}

/**
 * Returns the conditions of a filter, without that on speakers. `ofArticle` is the one on an article's id, with `?` for
 * it, and `day` the column with days.
 */
function conditionsOf({ article, outlet, after, before }: Filter, ofArticle: string, day: string) {
  const conditions: readonly (readonly [test: string, value: Value | undefined])[] = [
    [ofArticle, article === undefined ? undefined : { json: article }],
    ['outlet = ?', outlet === undefined ? undefined : digestOf(outlet)],
    [`${day} >= ?`, after],
    [`${day} <= ?`, before],
  ];
  const asked = conditions.flatMap(([test, value]) => (value === undefined ? [] : [{ test, value }]));
  return {
    where: ['{here}', ...asked.map(({ test }, at) => test.replace('?', `?${at + 1}`))].join(' AND '),
    values: asked.map(({ value }) => value),
  };
}

/** Selects the rows of a table whose article passes a filter, ignoring the filter's speakers. */
export function filteredRows(table: 'articles' | 'bearers' | 'keys' | 'units', filter: Filter): FilteredRows {
  const rows = conditionsOf(filter, table === 'articles' ? 'id = ?' : 'article = ?', 'published');
  // In SQLite, these columns are the article's alone. Units are read with its id anyway.
  const hasDays = table === 'keys' && filter.article === undefined && filter.outlet === undefined;
  const isPlain = hasDays || (rows.values.length === 0 && table !== 'units');
  return { from: isPlain || table === 'articles' ? `{${table}}` : `{${table}_of_articles}`, ...rows };
}

/** Selects the statements whose article passes a filter, ignoring the filter's speakers. */
export function filteredStatements(filter: Filter): FilteredRows {
  const ofArticle = 'number >> 20 = (SELECT number FROM {articles} WHERE {here} AND id = ?)';
  const { where, values } = conditionsOf(filter, ofArticle, 'day');
  // Undated articles count as later than all others.
  const isDated = filter.after === undefined ? '' : ` AND day < '${NO_DAY}'`;
  return { from: '{statements}', where: where + isDated, values };
}

/** Returns the numbers of the newest articles that pass a filter, at most `MAX_ARTICLES`, newest first. */
export function* newestArticles(filter: Filter): Script<readonly number[]> {
  const { from, where, values } = filteredRows('articles', filter);
  // In an order that an index has, since there may be tens of thousands.
  const isDated = filter.after !== undefined || filter.before !== undefined;
  const order = isDated ? 'published DESC, number DESC' : 'number DESC';
  const sql = `SELECT number FROM ${from} WHERE ${where} AND removed_at IS NULL ORDER BY ${order} LIMIT ${MAX_ARTICLES}`;
  const numbers = (yield* all(sql, ...values)).map(({ number }) => Number(number));
  return numbers.sort((one, other) => other - one);
}

/** Returns the valid ones of numbers from outside, each once. */
export function validNumbers(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers.filter(isValidNumber))];
}

/** Returns the condition that a column with the number of a unit or a speaker is in the article `{each}`. */
export function ofArticle(number: string): string {
  return `${number} >= {each} << 20 AND ${number} < ({each} + 1) << 20`;
}
