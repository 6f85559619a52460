import { createHash } from 'node:crypto';
import { decodeText, encodeText, toOptionalNumber } from '../columns.ts';
import { digestOf } from '../keys.ts';
import {
  allowsAllArticles,
  type Filter,
  matchesNobody,
  type SpeakerFilter,
  type TermQuery,
  type UnitRow,
} from '../library-index.ts';
import { isValidNumber, unpackNumbers } from '../numbers.ts';
import { newestSpeaking } from '../people.ts';
import { all, place, type Row, type Script, together, type Value } from '../script.ts';
import { areCommon, dayTokens, isSearchByWordsFaster, LAST_COMMON, marksOf } from '../tokens.ts';
import { Conditions, newestArticles, numbersOf, ROOM_BITS, withoutSpeakers } from './filter.ts';

const COLUMNS = 'number, article, paragraph, attribution, starts, ends, words';

/** The newest article first, each in reading order. */
function inOrderOfArticles(rows: readonly Row[]): UnitRow[] {
  const byArticle = Map.groupBy(rows.map(toUnit), ({ article }) => article);
  return [...byArticle.values()].flatMap(each => each.toReversed());
}

function toUnit({ number, article, paragraph, attribution, starts, ends, words }: Row): UnitRow {
  return {
    number: Number(number),
    article: decodeText(article),
    paragraph: Number(paragraph),
    attribution: toOptionalNumber(attribution),
    span: { start: Number(starts), end: Number(ends) },
    terms: unpackNumbers(words),
  };
}

/** Identifies a library in an index over all, by 30 bits of its name's hash. Its rows tell collisions apart. */
export function markOf(library: string): string {
  const digits = createHash('sha256').update(library).digest('hex').slice(0, 12);
  return BigInt(`0x${digits}`).toString(36).slice(0, 6).padStart(6, '0');
}

/**
 * Encodes a library's units for the index of all libraries (`tsvector`), and queries on it (`tsquery`). Each token
 * starts with the library's mark. A word's token continues with its number in lower-case letters and digits, others
 * with a capital: `P` and two consecutive common words, `O` and an outlet, `D` and a day, month or year. Only letters
 * and digits occur, so no token needs quotes.
 */
export class Tokens {
  readonly #mark: string;

  constructor(mark: string) {
    this.#mark = mark;
  }

  /** Encodes a unit: its words with their positions, and its article's day and outlet (a digest). */
  vectorOf(words: readonly number[], day: string | undefined, outlet: string | null): string {
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
    const days = marksOf(undefined, day)
      .split(' ')
      .filter(token => token !== '')
      .map(token => this.#day(token));
    const outlets = outlet === null ? [] : [this.#outlet(outlet)];
    return [
      ...[...places].map(([token, at]) => `${token}:${at.join(',')}`),
      ...new Set(pairs),
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

  #filters({ outlet, after, before }: Filter): string[][] {
    const outlets = outlet === undefined ? [] : [[this.#outlet(digestOf(outlet))]];
    if (after === undefined && before === undefined) return outlets;
    return [...outlets, dayTokens(after ?? FIRST_DAY, before ?? LAST_DAY).map(token => this.#day(token))];
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

const UNITS_OF_LIBRARY = 'SELECT units FROM verbatim.libraries WHERE library = $1';

/** Returns the tokens of the library that is read. */
function* ownTokens(): Script<Tokens> {
  return new Tokens(markOf((yield* place()).library));
}

/** Returns the number of units. */
export function* countUnits(): Script<number> {
  const [row] = yield* all(UNITS_OF_LIBRARY);
  return Number(row?.units ?? 0);
}

export function* readUnitRows(numbers: readonly number[], filter: Filter): Script<readonly UnitRow[]> {
  const asked = numbers.filter(isValidNumber);
  if (asked.length === 0 || matchesNobody(filter.speakers)) return [];
  const conditions = new Conditions();
  conditions.add('number = ANY ($::bigint[])', asked).addFilter(filter);
  const sql = `SELECT ${COLUMNS} FROM verbatim.units WHERE ${conditions.all}`;
  return (yield* all(sql, ...conditions.values)).map(toUnit);
}

export function* readNewestQuotes(filter: Filter, limit: number): Script<readonly UnitRow[]> {
  if (matchesNobody(filter.speakers)) return [];
  if (filter.speakers !== undefined) return yield* newestQuotesBy(filter.speakers, filter, limit);
  const conditions = new Conditions().addFilter(filter);
  const from = `SELECT ${COLUMNS} FROM verbatim.units WHERE ${conditions.all} AND attribution IS NOT NULL`;
  const order = `ORDER BY number DESC LIMIT ${conditions.bind(limit)}`;
  const sql = allowsAllArticles(filter)
    ? `${from} ${order}`
    : `WITH ${newestArticles(conditions, filter)} SELECT said.* FROM chosen CROSS JOIN LATERAL (${from}
        AND number >= chosen.number << ${ROOM_BITS} AND number < (chosen.number + 1) << ${ROOM_BITS} ${order}) AS said ${order}`;
  return inOrderOfArticles(yield* all(sql, ...conditions.values));
}

export function* matchUnits(asked: TermQuery, filter: Filter, limit: number): Script<readonly number[]> {
  const tokens = yield* ownTokens();
  const query = tokens.queryOf(asked, filter);
  if (query === undefined || matchesNobody(filter.speakers)) return [];
  const near = yield* amongNewest(asked, query, filter, limit);
  if (near !== undefined) return near;
  const { speakers } = filter;
  if (filter.article !== undefined) return yield* inArticle(query, filter, limit);
  if (speakers !== undefined && !(yield* isByWordsFaster(asked, speakers, limit)))
    return yield* bySpeakers(speakers, query, filter, limit);
  const [words = []] = asked.all;
  return asked.all.length === 1 && speakers === undefined
    ? yield* byAnyWord(tokens, words, filter, limit)
    : yield* byWords(query, filter, limit);
}

function* newestQuotesBy(speakers: SpeakerFilter, filter: Filter, limit: number): Script<readonly UnitRow[]> {
  const newest = yield* newestSpeaking(speakers.keys, filter, limit);
  const theirs = [...new Set([...numbersOf(speakers.rows), ...newest])];
  const conditions = new Conditions().addFilter(withoutSpeakers(filter));
  const rows = yield* all(
    `SELECT said.* FROM unnest(${conditions.bind(theirs)}::bigint[]) AS theirs (number) CROSS JOIN LATERAL
      (SELECT ${COLUMNS} FROM verbatim.units WHERE ${conditions.all} AND speaker = theirs.number) AS said
      WHERE attribution IS NOT NULL ORDER BY number DESC LIMIT ${conditions.bind(limit)}`,
    ...conditions.values,
  );
  return inOrderOfArticles(rows);
}

/** Uses the index of words, and checks the speakers of the newest matches only. */
function* byWords(query: string, filter: Filter, limit: number): Script<readonly number[]> {
  const conditions = new Conditions().addFilter(withoutSpeakers(filter));
  const holding = `SELECT number, speaker FROM verbatim.units
    WHERE ${conditions.all} AND tokens @@ ${conditions.bind(query)}::tsquery LIMIT ${maxMatches(conditions.bind(limit))}`;
  const theirs = filter.speakers === undefined ? '' : `WHERE ${conditions.saidBy(filter.speakers)}`;
  const sql = `WITH holding AS MATERIALIZED (${holding})
    SELECT number FROM (SELECT * FROM holding ORDER BY number DESC OFFSET 0) AS units ${theirs} LIMIT ${conditions.bind(limit)}`;
  return yield* numbersIn(sql, conditions.values);
}

/** An article has few units, so reading them is faster than using the index of words. */
function* inArticle(query: string, filter: Filter, limit: number): Script<readonly number[]> {
  const conditions = new Conditions();
  addArticle(conditions.addFilter(filter), filter);
  const sql = `WITH there AS MATERIALIZED (SELECT number, tokens FROM verbatim.units WHERE ${conditions.all})
    SELECT number FROM there WHERE tokens @@ ${conditions.bind(query)}::tsquery
      ORDER BY number DESC LIMIT ${conditions.bind(limit)}`;
  return yield* numbersIn(sql, conditions.values);
}

/** Searches everything that some speakers said. */
function* bySpeakers(
  { rows, keys }: SpeakerFilter,
  query: string,
  filter: Filter,
  limit: number,
): Script<readonly number[]> {
  const conditions = new Conditions().addFilter(withoutSpeakers(filter));
  const among = [conditions.bind(numbersOf(rows)), conditions.bind(keys.map(digestOf))];
  // Units are read one by one until there are enough (`OFFSET 0`), since the index of words would return all matches.
  // A person may have several of the keys.
  const sql = `WITH theirs AS MATERIALIZED (SELECT unnest(${among[0]}::bigint[]) AS speaker UNION
      SELECT keys.speaker FROM unnest(${among[1]}::text[]) AS asked (key) JOIN verbatim.keys
        ON library = $1 AND keys.key = asked.key COLLATE "C" AND said > 0 ORDER BY speaker DESC)
    SELECT said.number FROM theirs CROSS JOIN LATERAL (SELECT number, tokens FROM verbatim.units
      WHERE ${conditions.all} AND units.speaker = theirs.speaker ORDER BY number OFFSET 0) AS said
    WHERE tokens @@ ${conditions.bind(query)}::tsquery LIMIT ${conditions.bind(limit)}`;
  return yield* numbersIn(sql, conditions.values);
}

function* isByWordsFaster({ all: groups }: TermQuery, { rows, keys }: SpeakerFilter, limit: number): Script<boolean> {
  const [sizes = [], terms = [], ...counts] = yield* together(
    [UNITS_OF_LIBRARY],
    [
      'SELECT number, in_text AS count FROM verbatim.terms WHERE library = $1 AND number = ANY ($2::bigint[])',
      groups.flat().filter(isValidNumber),
    ],
    ['SELECT said AS count FROM verbatim.people WHERE library = $1 AND key = ANY ($2::text[])', keys.map(digestOf)],
    ['SELECT said AS count FROM verbatim.speakers WHERE library = $1 AND number = ANY ($2::bigint[])', numbersOf(rows)],
  );
  const frequencies = new Map(terms.map(({ number, count }) => [Number(number), Number(count)]));
  const held = groups.map(group => group.reduce((sum, term) => sum + (frequencies.get(term) ?? 0), 0));
  const said = counts.flat().reduce((sum, { count }) => sum + Number(count), 0);
  return isSearchByWordsFaster({ all: Number(sizes[0]?.units ?? 0), held, said }, limit);
}

/** An article's units are a range of numbers. */
function addArticle(conditions: Conditions, { article }: Filter): void {
  if (article === undefined) return;
  const number = `(SELECT number FROM verbatim.articles WHERE library = $1 AND id = ${conditions.bind(encodeText(article))})`;
  conditions.addText(`number >= ${number} << ${ROOM_BITS} AND number < (${number} + 1) << ${ROOM_BITS}`);
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

/** One query per word: a single query for all words checks every unit once for each of them. */
function* byAnyWord(
  tokens: Tokens,
  words: readonly number[],
  filter: Filter,
  limit: number,
): Script<readonly number[]> {
  const queries = words.flatMap(word => tokens.queryOf({ all: [[word]], phrase: false }, filter) ?? []);
  const conditions = new Conditions().addFilter(filter);
  const [asked, placeholder] = [conditions.bind(queries), conditions.bind(limit)];
  const holding = `SELECT number FROM verbatim.units WHERE ${conditions.all} AND tokens @@ asked.query::tsquery LIMIT ${maxMatches(placeholder)}`;
  const sql = `SELECT DISTINCT number FROM unnest(${asked}::text[]) AS asked (query) CROSS JOIN LATERAL
      (SELECT number FROM (${holding}) AS holding ORDER BY number DESC LIMIT ${placeholder}) AS newest
    ORDER BY number DESC LIMIT ${placeholder}`;
  return yield* numbersIn(sql, conditions.values);
}

function* numbersIn(sql: string, values: readonly Value[]): Script<readonly number[]> {
  return (yield* all(sql, ...values)).map(({ number }) => Number(number));
}
