import { createHash } from 'node:crypto';
import { newestArticles, rowsOf } from '../filter.ts';
import { digestOf } from '../keys.ts';
import { allowsAllArticles, type Filter, matchesNobody, type TermQuery } from '../library-index.ts';
import { isValidNumber, rangeOf } from '../numbers.ts';
import { all, place, type Script, type Value } from '../script.ts';
import { areCommon, dayTokens, LAST_COMMON, marksOf, speakerTokens } from '../tokens.ts';

/** Identifies a library in an index over all, by 30 bits of its name's hash. Its rows tell collisions apart. */
export function markOf(library: string): string {
  const digits = createHash('sha256').update(library).digest('hex').slice(0, 12);
  return BigInt(`0x${digits}`).toString(36).slice(0, 6).padStart(6, '0');
}

/**
 * Encodes a library's units for the index of all libraries (`tsvector`), and queries on it (`tsquery`). Each token
 * starts with the library's mark. A word's token continues with its number in lower-case letters and digits, others
 * with a capital: `P` and two consecutive common words, `S` and a speaker, `O` and an outlet, `D` and a day, month or
 * year. Only letters
 * and digits occur, so no token needs quotes.
 */
export class Tokens {
  readonly #mark: string;

  constructor(mark: string) {
    this.#mark = mark;
  }

  /** Encodes a unit: its words with their positions, the tokens of its speaker, and its article's day and outlet's digest. */
  vectorOf(
    words: readonly number[],
    speaker: readonly string[],
    day: string | undefined,
    outlet: string | undefined,
  ): string {
    const places = new Map<string, number[]>();
    for (const [at, word] of words.entries()) {
      const token = this.#word(word);
      const known = places.get(token) ?? [];
      known.push(at + 1);
      places.set(token, known);
    }
    const pairs = words.flatMap((word, at) =>
      areCommon([word, words[at - 1]]) ? [this.#pair(words[at - 1] ?? 0, word)] : [],
    );
    const days = marksOf(undefined, day).map(token => this.#day(token));
    const outlets = outlet === undefined ? [] : [this.#outlet(outlet)];
    return [
      ...[...places].map(([token, at]) => `${token}:${at.join(',')}`),
      ...new Set(pairs),
      ...speaker.map(token => this.#speaker(token)),
      ...days,
      ...outlets,
    ].join(' ');
  }

  /** Returns `undefined` if nothing can match. */
  queryOf({ all, phrase }: TermQuery, filter: Filter): string | undefined {
    const groups = all.map(group => group.filter(isValidNumber));
    const filters = this.#filters(filter);
    if (groups.length === 0 || [...groups, ...filters].some(group => group.length === 0)) return undefined;
    const words = groups.map(group => anyOf(group.map(word => this.#word(word))));
    const asked = phrase ? [...this.#pairsOf(groups), words.join('<->')] : words;
    const isPair = phrase && groups.length === 2 && asked.length === 2;
    return [...(isPair ? asked.slice(0, 1) : asked), ...filters.map(anyOf)].map(part => `(${part})`).join('&');
  }

  /** Tokens of consecutive common words in a phrase: finding them doesn't read all units with either word. */
  #pairsOf(groups: readonly (readonly number[])[]): string[] {
    return groups.flatMap((group, at) => {
      const before = groups[at - 1];
      if (before === undefined || !areCommon([...before, ...group])) return [];
      return [anyOf(before.flatMap(one => group.map(other => this.#pair(one, other))))];
    });
  }

  #filters({ speakers, outlet, after, before }: Filter): string[][] {
    const theirs = speakers === undefined ? [] : [speakerTokens(speakers).map(token => this.#speaker(token))];
    const outlets = outlet === undefined ? [] : [[this.#outlet(digestOf(outlet))]];
    if (after === undefined && before === undefined) return [...theirs, ...outlets];
    return [...theirs, ...outlets, dayTokens(after ?? FIRST_DAY, before ?? LAST_DAY).map(token => this.#day(token))];
  }

  #word(word: number): string {
    return this.#mark + word.toString(36);
  }

  #pair(one: number, other: number): string {
    return `${this.#mark}P${one.toString(36)}P${other.toString(36)}`;
  }

  /** Part of the digest is enough, because the outlet's column is compared as well. */
  #outlet(outlet: string): string {
    return `${this.#mark}O${Buffer.from(outlet.slice(0, OUTLET_DIGITS)).toString('hex')}`;
  }

  #speaker(token: string): string {
    return `${this.#mark}S${token}`;
  }

  #day(token: string): string {
    return `${this.#mark}D${token.replaceAll(/\D/gv, '')}`;
  }
}

const OUTLET_DIGITS = 4;
const FIRST_DAY = '0000-01-01';
const LAST_DAY = '9999-12-31';

function anyOf(tokens: readonly string[]): string {
  return `(${tokens.join('|')})`;
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
  const tokens = new Tokens(markOf((yield* place()).library));
  const query = tokens.queryOf(asked, filter);
  if (query === undefined || matchesNobody(filter.speakers)) return [];
  const near = yield* amongNewest(asked, query, filter, limit);
  if (near !== undefined) return near;
  if (filter.article !== undefined) return yield* inArticle(query, filter, limit);
  const [words = []] = asked.all;
  // One query per word: a single query for all words checks every unit once for each of them.
  const isOne = asked.all.length === 1 && filter.speakers === undefined;
  const alternatives = words.flatMap(word => tokens.queryOf({ all: [[word]], phrase: false }, filter) ?? []);
  return yield* byIndex(isOne ? alternatives : [query], filter, limit);
}

/** Finds units that match any of the queries in the index of words. */
function* byIndex(queries: readonly string[], filter: Filter, limit: number): Script<readonly number[]> {
  const { where, values } = rowsOf('units', filter);
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
