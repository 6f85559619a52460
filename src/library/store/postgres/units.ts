import { createHash } from 'node:crypto';
import { filteredRows, newestArticles, validNumbers } from '../filter.ts';
import { allowsAllArticles, type Filter, matchesNobody, type TermQuery } from '../library-index.ts';
import { rangeOf } from '../numbers.ts';
import { all, place, type Script, type Value } from '../script.ts';
import { filterTokensOf, LAST_COMMON, pairsOf, pairTokensOf } from '../tokens.ts';

/** Identifies a library in an index over all, by 30 bits of its name's hash. Its rows tell collisions apart. */
export function markOf(library: string): string {
  const digits = createHash('sha256').update(library).digest('hex').slice(0, 12);
  return BigInt(`0x${digits}`).toString(36).slice(0, 6).padStart(6, '0');
}

/**
 * Encodes a unit for the index of all libraries, as a `tsvector`: its words with their positions, and its other tokens,
 * each after the library's mark. Only lower-case letters and digits occur, so no token needs quotes.
 */
export function vectorOf(mark: string, words: readonly number[], tokens: readonly string[]): string {
  const places = Map.groupBy(words.keys(), at => words[at]);
  const placed = [...places].map(([word, all]) => `${mark}${word}:${all.map(at => at + 1).join(',')}`);
  return [...placed, ...[...pairTokensOf(words), ...tokens].map(token => mark + token)].join(' ');
}

/** Encodes a query as a `tsquery`; `undefined` if nothing can match. */
function queryOf(mark: string, { all, phrase }: TermQuery, filter: Filter): string | undefined {
  const groups = all.map(validNumbers);
  const tokens = filterTokensOf(filter);
  if (groups.length === 0 || [...groups, ...tokens].some(group => group.length === 0)) return undefined;
  const anyOf = (group: readonly (number | string)[]) => `(${group.map(token => `${mark}${token}`).join('|')})`;
  const pairs = phrase ? groups.slice(1).flatMap((group, at) => [pairsOf(groups[at] ?? [], group) ?? []]) : [];
  const inARow = pairs.filter(pair => pair.length > 0);
  const words = phrase ? [`(${groups.map(anyOf).join('<->')})`] : groups.map(anyOf);
  const isPair = inARow.length === 1 && groups.length === 2;
  return [...inARow.map(anyOf), ...(isPair ? [] : words), ...tokens.map(anyOf)].join('&');
}

/**
 * How many of the newest units to search for words that occur nearly everywhere: first this many, then, if these
 * contain enough, up to `MAX_NEWEST`.
 */
const TRIED_FIRST = 1_500;
const MAX_NEWEST = 20_000;
/** Words with this many choices are taken to be frequent if no more than this many units are wanted. */
const [FEW_CHOICES, FEW_WANTED] = [4, 100];
/**
 * If more units than this match, the newest of them aren't determined, because it would take too long. Fewer in a big
 * library, where each takes longer.
 */
const [MAX_MATCHES_READ, MAX_MATCHES_IN_BIG, BIG_LIBRARY] = [20_000, 1_000, 200_000];

/** Returns the SQL for how many matches to read in search of the newest. The library is `$1`. */
function maxMatches(limit: string): string {
  return `(SELECT greatest(${limit}::bigint, CASE WHEN units > ${BIG_LIBRARY} THEN ${MAX_MATCHES_IN_BIG} ELSE ${MAX_MATCHES_READ} END)
    FROM verbatim.libraries WHERE library = $1)`;
}

/** See `matchUnits` in `index-queries.ts`. */
export function* matchUnits(asked: TermQuery, filter: Filter, limit: number): Script<readonly number[]> {
  const mark = markOf((yield* place()).library);
  const query = queryOf(mark, asked, filter);
  if (query === undefined || matchesNobody(filter.speakers)) return [];
  const near = yield* amongNewest(asked, query, filter, limit);
  if (near !== undefined) return near;
  if (filter.article !== undefined) return yield* inArticle(query, filter, limit);
  const [words = []] = asked.all;
  // One query per word: a single query for all words checks every unit once for each of them.
  const isOne = asked.all.length === 1 && filter.speakers === undefined;
  const alternatives = words.flatMap(word => queryOf(mark, { all: [[word]], phrase: false }, filter) ?? []);
  return yield* byIndex(isOne ? alternatives : [query], filter, limit);
}

/** Finds units that match any of the queries in the index of words. */
function* byIndex(queries: readonly string[], filter: Filter, limit: number): Script<readonly number[]> {
  const { where, values } = filteredRows('units', filter);
  const [asked, most] = [`?${values.length + 1}`, `?${values.length + 2}`];
  const holding = `SELECT number FROM {units} WHERE ${where} AND tokens @@ asked.query::tsquery LIMIT ${maxMatches(most)}`;
  const sql = `SELECT DISTINCT number FROM unnest(${asked}::text[]) AS asked (query) CROSS JOIN LATERAL
      (SELECT number FROM (${holding}) AS holding ORDER BY number DESC LIMIT ${most}) AS newest
    ORDER BY number DESC LIMIT ${most}`;
  return yield* numbersIn(sql, [...values, queries, limit]);
}

/** An article has few units, so reading them is faster than using the index of words. */
function* inArticle(query: string, filter: Filter, limit: number): Script<readonly number[]> {
  const [article] = yield* newestArticles(filter);
  if (article === undefined) return [];
  const sql = `WITH there AS MATERIALIZED
      (SELECT number, tokens FROM verbatim.units WHERE library = $1 AND number BETWEEN $2 AND $3)
    SELECT number FROM there WHERE tokens @@ $4::tsquery ORDER BY number DESC LIMIT $5`;
  return yield* numbersIn(sql, [...rangeOf(article), query, limit]);
}

/** Finds very frequent words by reading the newest units, faster than by index; `undefined` for other words. */
function* amongNewest(
  { all: groups }: TermQuery,
  query: string,
  filter: Filter,
  limit: number,
): Script<readonly number[] | undefined> {
  const isFew = limit <= FEW_WANTED;
  const areMany = groups.every(
    group => (isFew && group.length >= FEW_CHOICES) || group.some(word => word <= LAST_COMMON),
  );
  if (!areMany || filter.speakers !== undefined || !allowsAllArticles(filter)) return undefined;
  const sql = `SELECT number FROM (SELECT number, tokens FROM verbatim.units WHERE library = $1
      ORDER BY number DESC LIMIT $4) AS newest WHERE tokens @@ $2::tsquery LIMIT $3`;
  const some = yield* numbersIn(sql, [query, limit, TRIED_FIRST]);
  if (some.length >= limit) return some;
  // If they are as frequent as among the units tried first, with a margin.
  const needed = ((1.2 * limit) / Math.max(1, some.length)) * TRIED_FIRST;
  if (needed > MAX_NEWEST) return undefined;
  const more = yield* numbersIn(sql, [query, limit, MAX_NEWEST]);
  return more.length < limit ? undefined : more;
}

function* numbersIn(sql: string, values: readonly Value[]): Script<readonly number[]> {
  return (yield* all(sql, ...values)).map(({ number }) => Number(number));
}
