import type { Where } from './library-index.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { toOptionalText } from './sqlite-values.ts';
import { dayTokens, outletToken } from './unit-tokens.ts';

/** A `Where` in numbers of the library. Speakers are left to whoever looks for units. */
export interface Scope {
  readonly article: number | undefined;
  readonly outlet: number | undefined;
  readonly after: string | undefined;
  readonly before: string | undefined;
}

/** So few articles are looked through one by one. */
const fewArticles = 200;

/** What a `Where` means in this library; `undefined`: no article is there. */
export function scopeOf(connection: SqliteConnection, where: Where): Scope | undefined {
  const { after, before } = where;
  const article = numberOf(connection, idSql, where.article === undefined ? undefined : JSON.stringify(where.article));
  const outlet = numberOf(connection, outletSql, where.outlet);
  if (article === null || outlet === null) return undefined;
  return { article, outlet, after, before };
}

const idSql = 'SELECT number FROM articles WHERE id = ? AND removed_at IS NULL';
const outletSql = 'SELECT number FROM outlets WHERE folded = ?';

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

/** All articles of a scope, the newest first, where these are few. */
export function fewArticlesOf(connection: SqliteConnection, scope: Scope): readonly number[] | undefined {
  if (isAll(scope)) return undefined;
  const { sql, values } = conditionsOf(scope);
  const few = `SELECT number FROM articles WHERE removed_at IS NULL${sql} LIMIT ${fewArticles + 1}`;
  const rows = connection.all(few, ...values);
  return rows.length > fewArticles
    ? undefined
    : rows.map(({ number }) => Number(number)).sort((one, other) => other - one);
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
