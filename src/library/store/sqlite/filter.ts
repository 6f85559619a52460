import type { Where } from '../library-index.ts';
import { dayTokens, outletToken } from '../tokens.ts';
import type { SqliteConnection } from './connection.ts';
import { toOptionalText } from './values.ts';

/** A `Where` in numbers of the library. Speakers are left to whoever looks for units. */
export interface Scope {
  readonly article: number | undefined;
  readonly outlet: number | undefined;
  readonly after: string | undefined;
  readonly before: string | undefined;
}

/** More than these are not looked through one by one. */
const mostArticles = 200;

/** What a `Where` means in this library; `undefined`: no article is there. Of one article all else is known. */
export function scopeOf(connection: SqliteConnection, where: Where): Scope | undefined {
  const { after, before } = where;
  const id = where.article === undefined ? undefined : JSON.stringify(where.article);
  const article = numberOf(connection, 'SELECT number FROM articles WHERE id = ? AND removed_at IS NULL', id);
  const outlet = numberOf(connection, 'SELECT number FROM outlets WHERE folded = ?', where.outlet);
  if (article === null || outlet === null) return undefined;
  const scope = { article, outlet, after, before };
  if (article === undefined) return scope;
  const { sql, values } = conditionsOf(scope);
  const isThere = connection.get(`SELECT 1 FROM articles WHERE TRUE${sql}`, ...values) !== undefined;
  return isThere ? { article, outlet: undefined, after: undefined, before: undefined } : undefined;
}

/** `null`: it was asked for and is not there. */
function numberOf(connection: SqliteConnection, sql: string, asked: string | undefined): number | undefined | null {
  if (asked === undefined) return undefined;
  const row = connection.get(sql, asked);
  return row === undefined ? null : Number(row.number);
}

/** Whether every article is in it. */
export function isAll({ article, outlet, after, before }: Scope): boolean {
  return article === undefined && outlet === undefined && after === undefined && before === undefined;
}

/** Conditions on `articles` with their values; to be added to others with `AND`. */
export function conditionsOf(scope: Scope): { readonly sql: string; readonly values: readonly (string | number)[] } {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const take = (sql: string, value: string | number | undefined) => {
    if (value === undefined) return;
    conditions.push(` AND ${sql}`);
    values.push(value);
  };
  take('articles.number = ?', scope.article);
  take('articles.outlet = ?', scope.outlet);
  take('articles.published >= ?', scope.after);
  take('articles.published <= ?', scope.before);
  return { sql: conditions.join(''), values };
}

/** Articles of a scope, the newest first: all of them, or some where they are many. */
export function articlesIn(
  connection: SqliteConnection,
  scope: Scope,
): { readonly articles: readonly number[]; readonly isAll: boolean } {
  const { sql, values } = conditionsOf(scope);
  // By what an index has in order already, since there may be tens of thousands.
  const order = scope.after === undefined && scope.before === undefined ? 'number DESC' : 'published DESC, number DESC';
  const newest = `SELECT number FROM articles WHERE removed_at IS NULL${sql} ORDER BY ${order} LIMIT ${mostArticles + 1}`;
  const numbers = connection.all(newest, ...values).map(({ number }) => Number(number));
  const articles = numbers.slice(0, mostArticles).sort((one, other) => other - one);
  return { articles, isAll: numbers.length <= mostArticles };
}

/** What a unit's tokens must be for its article to be in a scope: one of each group. `undefined`: none can be. */
export function tokenGroups(connection: SqliteConnection, scope: Scope): readonly (readonly string[])[] | undefined {
  const outlets = scope.outlet === undefined ? [] : [[outletToken(scope.outlet)]];
  if (scope.after === undefined && scope.before === undefined) return outlets;
  // Two queries: SQLite looks up a minimum or a maximum, but reads all for both at once.
  const [least, greatest] = ['min', 'max'].map(
    end => `SELECT ${end}(published) FROM articles WHERE published IS NOT NULL`,
  );
  const row = connection.get(`SELECT (${least}) AS first, (${greatest}) AS last`);
  const [first, last] = [toOptionalText(row?.first ?? null), toOptionalText(row?.last ?? null)];
  if (first === undefined || last === undefined) return undefined;
  const { after = first, before = last } = scope;
  const days = dayTokens([after, first].sort().at(1) ?? first, [before, last].sort().at(0) ?? last);
  return days.length === 0 ? undefined : [...outlets, days];
}
