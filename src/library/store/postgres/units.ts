import { decodeText, encodeText } from '../columns.ts';
import { digestOf } from '../keys.ts';
import {
  allowsAllArticles,
  type Filter,
  matchesNobody,
  type SpeakerFilter,
  type TermQuery,
  type UnitRow,
} from '../library-index.ts';
import { isValidNumber } from '../numbers.ts';
import { areCommon, dayTokens, isSearchByWordsFaster, lastCommon, marksOf } from '../tokens.ts';
import type { Query, Value } from './connection.ts';
import { Conditions, newestArticles, numbersOf, ROOM_BITS, withoutSpeakers } from './filter.ts';
import type { PostgresPeople } from './people.ts';
import { markOf, unpackNumbers } from './values.ts';

type UnitColumns = {
  readonly number: number;
  readonly article: string;
  readonly paragraph: number;
  readonly attribution: number | null;
  readonly starts: number;
  readonly ends: number;
  readonly words: Buffer;
};

const columns = 'number, article, paragraph, attribution, starts, ends, words';

/** The newest article first, each in reading order. */
function inOrderOfArticles(rows: readonly UnitColumns[]): UnitColumns[] {
  const byArticle = Map.groupBy(rows, ({ article }) => article);
  return [...byArticle.values()].flatMap(each => each.toReversed());
}

function toUnit({ number, article, paragraph, attribution, starts, ends, words }: UnitColumns): UnitRow {
  const place = { paragraph, attribution: attribution ?? undefined, span: { start: starts, end: ends } };
  return { number, article: decodeText(article), ...place, terms: unpackNumbers(words) };
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
    return [...outlets, dayTokens(after ?? firstDay, before ?? lastDay).map(token => this.#day(token))];
  }

  #word(word: number): string {
    return this.#mark + word.toString(36);
  }

  #pair(one: number, other: number): string {
    return `${this.#mark}P${one.toString(36)}P${other.toString(36)}`;
  }

  /** Part of the digest is enough, because the outlet's column is compared as well. */
  #outlet(outlet: string): string {
    return `${this.#mark}O${Buffer.from(outlet.slice(0, outletDigits)).toString('hex')}`;
  }

  #day(token: string): string {
    return `${this.#mark}D${token.replaceAll(/\D/gv, '')}`;
  }
}

const outletDigits = 4;
const firstDay = '0000-01-01';
const lastDay = '9999-12-31';

function anyOf(tokens: readonly string[]): string {
  return `(${tokens.join('|')})`;
}

/**
 * How many of the newest units to search for words that occur nearly everywhere: first this many, then, if these
 * contain enough, up to `maxNewest`.
 */
const triedFirst = 1_500;
const maxNewest = 20_000;
/** Words with this many choices are taken to be frequent if no more than this many units are wanted. */
const [fewChoices, fewWanted] = [4, 100];
/**
 * If more units than this match, the newest of them aren't determined, because it would take too long. Fewer in a big
 * library, where each takes longer.
 */
const [maxMatchesRead, maxMatchesInBig, bigLibrary] = [20_000, 1_000, 200_000];

/** Returns the SQL for how many matches to read in search of the newest. The library is `$1`. */
function maxMatches(limit: string): string {
  return `(SELECT greatest(${limit}::bigint, CASE WHEN units > ${bigLibrary} THEN ${maxMatchesInBig} ELSE ${maxMatchesRead} END)
    FROM verbatim.libraries WHERE library = $1)`;
}

/** The units of one library. */
export class PostgresUnits {
  readonly #read: Query;
  readonly #people: PostgresPeople;
  readonly #tokens: Tokens;

  constructor(read: Query, library: string, people: PostgresPeople) {
    this.#read = read;
    this.#people = people;
    this.#tokens = new Tokens(markOf(library));
  }

  async size(): Promise<number> {
    const sql = 'SELECT units FROM verbatim.libraries WHERE library = $1';
    const [row] = await this.#read<{ units: number }>(sql);
    return row?.units ?? 0;
  }

  async units(numbers: readonly number[], filter: Filter): Promise<readonly UnitRow[]> {
    const asked = numbers.filter(isValidNumber);
    if (asked.length === 0 || matchesNobody(filter.speakers)) return [];
    const conditions = new Conditions();
    conditions.add('number = ANY ($::bigint[])', asked).addFilter(filter);
    const sql = `SELECT ${columns} FROM verbatim.units WHERE ${conditions.all}`;
    return (await this.#read<UnitColumns>(sql, ...conditions.values)).map(toUnit);
  }

  async newestQuotes(filter: Filter, limit: number): Promise<readonly UnitRow[]> {
    if (matchesNobody(filter.speakers)) return [];
    if (filter.speakers !== undefined) return await this.#newestQuotesBy(filter.speakers, filter, limit);
    const conditions = new Conditions().addFilter(filter);
    const from = `SELECT ${columns} FROM verbatim.units WHERE ${conditions.all} AND attribution IS NOT NULL`;
    const order = `ORDER BY number DESC LIMIT ${conditions.bind(limit)}`;
    const sql = allowsAllArticles(filter)
      ? `${from} ${order}`
      : `WITH ${newestArticles(conditions, filter)} SELECT said.* FROM chosen CROSS JOIN LATERAL (${from}
          AND number >= chosen.number << ${ROOM_BITS} AND number < (chosen.number + 1) << ${ROOM_BITS} ${order}) AS said ${order}`;
    const rows = await this.#read<UnitColumns>(sql, ...conditions.values);
    return inOrderOfArticles(rows).map(toUnit);
  }

  async matchingUnits(asked: TermQuery, filter: Filter, limit: number): Promise<readonly number[]> {
    const query = this.#tokens.queryOf(asked, filter);
    if (query === undefined || matchesNobody(filter.speakers)) return [];
    const near = await this.#amongNewest(asked, query, filter, limit);
    if (near !== undefined) return near;
    const { speakers } = filter;
    if (
      speakers !== undefined &&
      filter.article === undefined &&
      !(await this.#isSearchByWordsFaster(asked, speakers, limit))
    )
      return await this.#bySpeakers(speakers, query, filter, limit);
    const [words = []] = asked.all;
    if (asked.all.length === 1 && filter.article === undefined && speakers === undefined)
      return await this.#byAnyWord(words, filter, limit);
    return filter.article === undefined
      ? await this.#byWords(query, filter, limit)
      : await this.#inArticle(query, filter, limit);
  }

  async #newestQuotesBy(speakers: SpeakerFilter, filter: Filter, limit: number): Promise<readonly UnitRow[]> {
    const newest = await this.#people.newestSpeaking(speakers.keys, filter, limit);
    const theirs = [...new Set([...numbersOf(speakers.rows), ...newest])];
    const conditions = new Conditions().addFilter(withoutSpeakers(filter));
    const rows = await this.#read<UnitColumns>(
      `SELECT said.* FROM unnest(${conditions.bind(theirs)}::bigint[]) AS theirs (number) CROSS JOIN LATERAL
        (SELECT ${columns} FROM verbatim.units WHERE ${conditions.all} AND speaker = theirs.number) AS said
        WHERE attribution IS NOT NULL ORDER BY number DESC LIMIT ${conditions.bind(limit)}`,
      ...conditions.values,
    );
    return inOrderOfArticles(rows).map(toUnit);
  }

  /** Uses the index of words, and checks the speakers of the newest matches only. */
  async #byWords(query: string, filter: Filter, limit: number): Promise<readonly number[]> {
    const conditions = new Conditions().addFilter(withoutSpeakers(filter));
    const holding = `SELECT number, speaker FROM verbatim.units
      WHERE ${conditions.all} AND tokens @@ ${conditions.bind(query)}::tsquery LIMIT ${maxMatches(conditions.bind(limit))}`;
    const theirs = filter.speakers === undefined ? '' : `WHERE ${conditions.saidBy(filter.speakers)}`;
    const sql = `WITH holding AS MATERIALIZED (${holding})
      SELECT number FROM (SELECT * FROM holding ORDER BY number DESC OFFSET 0) AS units ${theirs} LIMIT ${conditions.bind(limit)}`;
    return await this.#numbers(sql, ...conditions.values);
  }

  /** An article has few units, so reading them is faster than using the index of words. */
  async #inArticle(query: string, filter: Filter, limit: number): Promise<readonly number[]> {
    const conditions = new Conditions();
    this.#addArticle(conditions.addFilter(filter), filter);
    const sql = `WITH there AS MATERIALIZED (SELECT number, tokens FROM verbatim.units WHERE ${conditions.all})
      SELECT number FROM there WHERE tokens @@ ${conditions.bind(query)}::tsquery
        ORDER BY number DESC LIMIT ${conditions.bind(limit)}`;
    return await this.#numbers(sql, ...conditions.values);
  }

  /** Searches everything that some speakers said. */
  async #bySpeakers(
    { rows, keys }: SpeakerFilter,
    query: string,
    filter: Filter,
    limit: number,
  ): Promise<readonly number[]> {
    const conditions = new Conditions().addFilter(withoutSpeakers(filter));
    const among = [conditions.bind(numbersOf(rows)), conditions.bind(keys.map(digestOf))];
    // Units are read one by one until there are enough (`OFFSET 0`), since the index of words would return all matches.
    // A person may have several of the keys.
    return await this.#numbers(
      `WITH theirs AS MATERIALIZED (SELECT unnest(${among[0]}::bigint[]) AS speaker UNION
          SELECT keys.speaker FROM unnest(${among[1]}::text[]) AS asked (key) JOIN verbatim.keys
            ON library = $1 AND keys.key = asked.key COLLATE "C" AND said > 0 ORDER BY speaker DESC)
        SELECT said.number FROM theirs CROSS JOIN LATERAL (SELECT number, tokens FROM verbatim.units
          WHERE ${conditions.all} AND units.speaker = theirs.speaker ORDER BY number OFFSET 0) AS said
        WHERE tokens @@ ${conditions.bind(query)}::tsquery LIMIT ${conditions.bind(limit)}`,
      ...conditions.values,
    );
  }

  async #isSearchByWordsFaster({ all }: TermQuery, { rows, keys }: SpeakerFilter, limit: number): Promise<boolean> {
    const [size, terms, people, speakers] = await Promise.all([
      this.size(),
      this.#read<{ number: number; count: number }>(
        'SELECT number, in_text AS count FROM verbatim.terms WHERE library = $1 AND number = ANY ($2::bigint[])',
        all.flat().filter(isValidNumber),
      ),
      this.#read<{ count: number }>(
        'SELECT said AS count FROM verbatim.people WHERE library = $1 AND key = ANY ($2::text[])',
        keys.map(digestOf),
      ),
      this.#read<{ count: number }>(
        'SELECT said AS count FROM verbatim.speakers WHERE library = $1 AND number = ANY ($2::bigint[])',
        numbersOf(rows),
      ),
    ]);
    const frequencies = new Map(terms.map(({ number, count }) => [number, count]));
    const held = all.map(group => group.reduce((sum, term) => sum + (frequencies.get(term) ?? 0), 0));
    const said = [...people, ...speakers].reduce((sum, { count }) => sum + count, 0);
    return isSearchByWordsFaster({ all: size, held, said }, limit);
  }

  /** An article's units are a range of numbers. */
  #addArticle(conditions: Conditions, { article }: Filter): void {
    if (article === undefined) return;
    const number = `(SELECT number FROM verbatim.articles WHERE library = $1 AND id = ${conditions.bind(encodeText(article))})`;
    conditions.addText(`number >= ${number} << ${ROOM_BITS} AND number < (${number} + 1) << ${ROOM_BITS}`);
  }

  /** Finds very frequent words by reading the newest units, faster than by index; `undefined` for other words. */
  async #amongNewest(
    { all }: TermQuery,
    query: string,
    filter: Filter,
    limit: number,
  ): Promise<readonly number[] | undefined> {
    const isFew = limit <= fewWanted;
    const areMany = all.every(group => (isFew && group.length >= fewChoices) || group.some(word => word <= lastCommon));
    if (!areMany || filter.speakers !== undefined || !allowsAllArticles(filter)) return undefined;
    const sql = `SELECT number FROM (SELECT number, tokens FROM verbatim.units WHERE library = $1
        ORDER BY number DESC LIMIT $4) AS newest WHERE tokens @@ $2::tsquery LIMIT $3`;
    const some = await this.#numbers(sql, query, limit, triedFirst);
    if (some.length >= limit) return some;
    // If they are as frequent as among the units tried first, with a margin.
    const needed = ((1.2 * limit) / Math.max(1, some.length)) * triedFirst;
    if (needed > maxNewest) return undefined;
    const more = await this.#numbers(sql, query, limit, maxNewest);
    return more.length < limit ? undefined : more;
  }

  /** One query per word: a single query for all words checks every unit once for each of them. */
  async #byAnyWord(words: readonly number[], filter: Filter, limit: number): Promise<readonly number[]> {
    const queries = words.flatMap(word => this.#tokens.queryOf({ all: [[word]], phrase: false }, filter) ?? []);
    const conditions = new Conditions().addFilter(filter);
    const [asked, placeholder] = [conditions.bind(queries), conditions.bind(limit)];
    const holding = `SELECT number FROM verbatim.units WHERE ${conditions.all} AND tokens @@ asked.query::tsquery LIMIT ${maxMatches(placeholder)}`;
    return await this.#numbers(
      `SELECT DISTINCT number FROM unnest(${asked}::text[]) AS asked (query) CROSS JOIN LATERAL
          (SELECT number FROM (${holding}) AS holding ORDER BY number DESC LIMIT ${placeholder}) AS newest
        ORDER BY number DESC LIMIT ${placeholder}`,
      ...conditions.values,
    );
  }

  async #numbers(sql: string, ...values: readonly Value[]): Promise<readonly number[]> {
    const rows = await this.#read<{ number: number }>(sql, ...values);
    return rows.map(({ number }) => number);
  }
}
