import { toOptionalText } from '../columns.ts';
import { digestOf } from '../keys.ts';
import type { Filter } from '../library-index.ts';
import { all, first, type Script } from '../script.ts';
import { dayTokens, outletToken } from '../tokens.ts';

/** A filter on articles, in terms of the library. */
export interface ArticleFilter {
  readonly article: number | undefined;
  /** A digest. */
  readonly outlet: string | undefined;
  readonly after: string | undefined;
  readonly before: string | undefined;
}

/** With more articles than these, they aren't searched one by one. */
const MAX_ARTICLES = 200;

/**
 * Returns a filter in terms of the library, or `undefined` if no article passes it. A filter by article drops the
 * rest once checked.
 */
export function* articleFilterOf(filter: Filter): Script<ArticleFilter | undefined> {
  const { after, before } = filter;
  const outlet = filter.outlet === undefined ? undefined : digestOf(filter.outlet);
  if (filter.article === undefined) return { article: undefined, outlet, after, before };
  const byId = 'SELECT number FROM articles WHERE id = ?1 AND removed_at IS NULL';
  const row = yield* first(byId, { json: filter.article });
  if (row === undefined) return undefined;
  const article = Number(row.number);
  const found = { article, outlet, after, before };
  const { sql, values } = conditionsOf(found);
  const isThere = (yield* first(`SELECT 1 FROM articles WHERE TRUE${sql}`, ...values)) !== undefined;
  return isThere ? { article, outlet: undefined, after: undefined, before: undefined } : undefined;
}

/** Conditions on `articles` with their values; each begins with `AND`. */
export function conditionsOf({ article, outlet, after, before }: ArticleFilter): {
  readonly sql: string;
  readonly values: readonly (string | number)[];
} {
  const conditions = [
    ['articles.number =', article],
    ['articles.outlet =', outlet],
    ['articles.published >=', after],
    ['articles.published <=', before],
  ] as const;
  const asked = conditions.flatMap(([test, value]) => (value === undefined ? [] : [{ test, value }]));
  return { sql: asked.map(({ test }) => ` AND ${test} ?`).join(''), values: asked.map(({ value }) => value) };
}

/** The newest articles that pass a filter, newest first; `isAll` unless there are more. */
export function* articlesIn(
  filter: ArticleFilter,
): Script<{ readonly articles: readonly number[]; readonly isAll: boolean }> {
  const { sql, values } = conditionsOf(filter);
  // In an order that an index has, since there may be tens of thousands.
  const order =
    filter.after === undefined && filter.before === undefined ? 'number DESC' : 'published DESC, number DESC';
  const newest = `SELECT number FROM articles WHERE removed_at IS NULL${sql} ORDER BY ${order} LIMIT ${MAX_ARTICLES + 1}`;
  const numbers = (yield* all(newest, ...values)).map(({ number }) => Number(number));
  const articles = numbers.slice(0, MAX_ARTICLES).sort((one, other) => other - one);
  return { articles, isAll: numbers.length <= MAX_ARTICLES };
}

/** Groups of tokens of which a unit must have one each to pass a filter; `undefined` if none can. */
export function* tokenGroups(filter: ArticleFilter): Script<readonly (readonly string[])[] | undefined> {
  const outlets = filter.outlet === undefined ? [] : [[outletToken(filter.outlet)]];
  if (filter.after === undefined && filter.before === undefined) return outlets;
  // Two queries: SQLite looks up a minimum or a maximum, but scans for both at once.
  const [least, greatest] = ['min', 'max'].map(
    end => `SELECT ${end}(published) FROM articles WHERE published IS NOT NULL`,
  );
  const row = yield* first(`SELECT (${least}) AS first, (${greatest}) AS last`);
  const [earliest, latest] = [toOptionalText(row?.first ?? null), toOptionalText(row?.last ?? null)];
  if (earliest === undefined || latest === undefined) return undefined;
  const { after = earliest, before = latest } = filter;
  const days = dayTokens([after, earliest].sort().at(1) ?? earliest, [before, latest].sort().at(0) ?? latest);
  return days.length === 0 ? undefined : [...outlets, days];
}
