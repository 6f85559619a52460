import type { SQLOutputValue } from 'node:sqlite';
import { decodeText, toOptionalNumber } from '../columns.ts';
import {
  allowsAllArticles,
  type Filter,
  matchesNobody,
  type SpeakerFilter,
  type TermQuery,
  type UnitRow,
} from '../library-index.ts';
import { articleOf, rangeOf } from '../numbers.ts';
import { areCommon, isSearchByWordsFaster, type MatchCounts, pairToken } from '../tokens.ts';
import type { SqliteConnection, SqliteRow } from './connection.ts';
import { type ArticleFilter, articleFilterOf, articlesIn, conditionsOf, tokenGroups } from './filter.ts';
import type { SqlitePeople } from './people.ts';
import { listFromJson, unpackNumbers } from './values.ts';

type Value = SQLOutputValue | undefined;

/** Returns a predicate on `units.speaker` and `speakers.keys` that is fast for any number of speakers. */
function speakerPredicate(speakers: SpeakerFilter | undefined): (number: Value, keys: Value) => boolean {
  if (speakers === undefined) return () => true;
  const numbers = new Set<unknown>(speakers.rows.map(({ number }) => number));
  const keys = new Set(speakers.keys);
  /** A person's keys are nearly always stored as the same string. */
  const known = new Map<Value, boolean>();
  return (number, listed) => {
    if (typeof number !== 'number' || typeof listed !== 'string') return false;
    const isKnown = known.get(listed) ?? listFromJson(listed).some(key => keys.has(key));
    known.set(listed, isKnown);
    return isKnown || numbers.has(number);
  };
}

/** FTS5 has no alternatives in a phrase, so each combination is a phrase; more than this are checked afterwards. */
const maxPhrases = 64;

/** A query for the full-text index, and whether its results need no further check. */
interface UnitQuery {
  /** In FTS5's query language, with quoted numbers and tokens only. */
  readonly match: string;
  readonly isSure: boolean;
}

type Groups = readonly (readonly number[])[];

/** Returns `undefined` if no unit can match. */
function unitQueryOf(asked: TermQuery, marks: readonly (readonly string[])[]): UnitQuery | undefined {
  // Anything but a term's number would be read as something else.
  const all = asked.all.map(group => group.filter(term => Number.isSafeInteger(term) && term > 0));
  if (all.length === 0 || all.some(group => group.length === 0)) return undefined;
  const { words, isSure } = asked.phrase ? phraseOf(all) : { words: all.map(anyOf), isSure: true };
  return { match: [...marks.map(anyOf), ...words].join(' AND '), isSure };
}

/** True if a unit's words match. */
function matches(words: Uint32Array, { all, phrase }: TermQuery): boolean {
  if (!phrase) return all.every(group => group.some(term => words.includes(term)));
  return words.some((_, at) => all.every((group, more) => group.includes(words[at + more] ?? -1)));
}

function anyOf(choices: readonly (string | number)[]): string {
  return `(${choices.map(choice => `"${choice}"`).join(' OR ')})`;
}

/**
 * For consecutive common words in a phrase, finds units with those pairs and the phrase's other words, which are then
 * checked: FTS5 itself would read every position of each word.
 */
function phraseOf(all: Groups): { words: readonly string[]; isSure: boolean } {
  const pairs = all.slice(1).map((group, at) => pairsOf(all[at] ?? [], group));
  if (pairs.every(pair => pair === undefined)) return wholePhraseOf(all);
  const others = all.filter((_, at) => pairs[at - 1] === undefined && pairs[at] === undefined);
  const known = pairs.filter(pair => pair !== undefined);
  return { words: [...known, ...others].map(anyOf), isSure: all.length === 2 };
}

/** The tokens of two consecutive words, if both can only be common ones. */
function pairsOf(before: readonly number[], group: readonly number[]): readonly string[] | undefined {
  const isOfFew = before.length * group.length <= maxPhrases && areCommon([...before, ...group]);
  return isOfFew ? before.flatMap(one => group.map(other => pairToken(one, other))) : undefined;
}

function wholePhraseOf(all: Groups): { words: readonly string[]; isSure: boolean } {
  const isOfFew = all.reduce((product, group) => product * group.length, 1) <= maxPhrases;
  if (!isOfFew) return { words: all.map(anyOf), isSure: false };
  let begun: readonly string[] = [''];
  for (const group of all) {
    begun = begun.flatMap(phrase => group.map(term => (phrase === '' ? `${term}` : `${phrase} ${term}`)));
  }
  return { words: [anyOf(begun)], isSure: true };
}

const columns = 'units.number, articles.id, paragraph, attribution, starts, ends, words, speaker, keys FROM';
const [speakerColumn, keysColumn] = [7, 8];
const speakerOfUnit = 'LEFT JOIN speakers ON speakers.number = units.speaker';
const articleOfUnit = 'CROSS JOIN articles ON articles.number = units.number >> 20';

/** The units of one library. */
export class SqliteUnits {
  readonly #connection: SqliteConnection;
  readonly #people: SqlitePeople;

  constructor(connection: SqliteConnection, people: SqlitePeople) {
    this.#connection = connection;
    this.#people = people;
  }

  size(): number {
    return Number(this.#connection.get('SELECT units FROM totals')?.units ?? 0);
  }

  matchingUnits(asked: TermQuery, filter: Filter, limit: number): number[] {
    const articleFilter = articleFilterOf(this.#connection, filter);
    const tokens = articleFilter === undefined ? undefined : tokenGroups(this.#connection, articleFilter);
    const query = tokens === undefined ? undefined : unitQueryOf(asked, tokens);
    const { speakers } = filter;
    if (articleFilter === undefined || query === undefined || matchesNobody(speakers)) return [];
    if (articleFilter.article !== undefined) return this.#inArticle(articleFilter.article, asked, limit, speakers);
    if (speakers === undefined) return this.#byWords(asked, query, limit);
    return isSearchByWordsFaster(this.#count(asked, speakers), limit)
      ? this.#byWordsAndSpeakers(speakers, asked, query, limit)
      : this.#bySpeakers(speakers, asked, articleFilter, limit);
  }

  /** Returns those that exist and pass the filter. */
  units(numbers: readonly number[], filter: Filter): UnitRow[] {
    const articleFilter = articleFilterOf(this.#connection, filter);
    if (articleFilter === undefined || matchesNobody(filter.speakers)) return [];
    const { sql, values } = conditionsOf(articleFilter);
    const found = this.#connection.allArrays(
      `SELECT ${columns} json_each(?) AS asked CROSS JOIN units ON units.number = asked.value ${articleOfUnit}${sql} ${speakerOfUnit}`,
      ...[JSON.stringify(numbers), ...values],
    );
    const isTheirs = speakerPredicate(filter.speakers);
    return found.filter(row => isTheirs(row[speakerColumn], row[keysColumn])).map(toUnit);
  }

  newestQuotes(filter: Filter, limit: number): UnitRow[] {
    const articleFilter = articleFilterOf(this.#connection, filter);
    if (articleFilter === undefined) return [];
    if (matchesNobody(filter.speakers)) return [];
    if (filter.speakers !== undefined) return this.#newestQuotesBy(filter.speakers, articleFilter, limit);
    const newest = allowsAllArticles(articleFilter)
      ? this.#newestQuotedArticles(limit)
      : articlesIn(this.#connection, articleFilter).articles;
    return this.#newestQuotesIn(newest, limit);
  }

  /** Uses the full-text index. */
  #byWords(asked: TermQuery, query: UnitQuery, limit: number): number[] {
    const from = query.isSure ? '' : ', units.words';
    const sql = `SELECT unit_words.rowid${from} FROM unit_words
      ${query.isSure ? '' : 'CROSS JOIN units ON units.number = unit_words.rowid'} WHERE unit_words MATCH ?
      ORDER BY unit_words.rowid DESC`;
    if (!query.isSure) return this.#connection.pick(limit, row => check(row, asked), sql, query.match);
    return this.#connection.allArrays(`${sql} LIMIT ?`, query.match, limit).map(row => Number(row[0]));
  }

  /** Uses the full-text index and checks the speakers. */
  #byWordsAndSpeakers(
    speakers: SpeakerFilter,
    asked: TermQuery,
    { match, isSure }: UnitQuery,
    limit: number,
  ): number[] {
    const sql = `SELECT unit_words.rowid, units.words, speaker, keys FROM unit_words
      CROSS JOIN units ON units.number = unit_words.rowid CROSS JOIN speakers ON speakers.number = units.speaker
      WHERE unit_words MATCH ? ORDER BY unit_words.rowid DESC`;
    const isTheirs = speakerPredicate(speakers);
    const numberOf = (row: SqliteRow) => (isSure ? Number(row[0]) : check(row, asked));
    const pick = (row: SqliteRow) => (isTheirs(row[2], row[3]) ? numberOf(row) : undefined);
    return this.#connection.pick(limit, pick, sql, match);
  }

  /** Searches one article. */
  #inArticle(article: number, asked: TermQuery, limit: number, speakers: SpeakerFilter | undefined): number[] {
    const sql = `SELECT units.number, words, speaker, keys FROM units ${speakerOfUnit} WHERE units.number BETWEEN ? AND ?
      ORDER BY units.number DESC`;
    const isTheirs = speakerPredicate(speakers);
    const pick = (row: SqliteRow) => (isTheirs(row[2], row[3]) ? check(row, asked) : undefined);
    return this.#connection.pick(limit, pick, sql, ...rangeOf(article));
  }

  /** Searches everything that some speakers said. */
  #bySpeakers({ rows, keys }: SpeakerFilter, asked: TermQuery, articleFilter: ArticleFilter, limit: number): number[] {
    const { sql, values } = conditionsOf(articleFilter);
    const within = allowsAllArticles(articleFilter) ? '' : `${articleOfUnit}${sql}`;
    // Without a limit, SQLite ignores the order of a subquery. A person may have several of the keys.
    const theirs = `SELECT value AS speaker FROM json_each(?) UNION SELECT speaker FROM json_each(?) AS asked
      CROSS JOIN person_keys ON person_keys.key = asked.value AND person_keys.said > 0 ORDER BY speaker DESC LIMIT -1`;
    const said = `SELECT units.number, units.words FROM (${theirs}) AS theirs
      CROSS JOIN units ON units.speaker = theirs.speaker ${within}`;
    const pick = (row: SqliteRow) => check(row, asked);
    return this.#connection.pick(
      limit,
      pick,
      said,
      JSON.stringify(rows.map(({ number }) => number)),
      JSON.stringify(keys),
      ...values,
    );
  }

  #count({ all }: TermQuery, { rows, keys }: SpeakerFilter): MatchCounts {
    const holders = 'SELECT total(in_text) AS count FROM terms WHERE number IN (SELECT value FROM json_each(?))';
    const ofPeople = 'SELECT total(said) AS count FROM people WHERE key IN (SELECT value FROM json_each(?))';
    const ofSpeakers = 'SELECT total(said) AS count FROM speakers WHERE number IN (SELECT value FROM json_each(?))';
    const count = (sql: string, asked: readonly (string | number)[]) =>
      Number(this.#connection.get(sql, JSON.stringify(asked))?.count);
    const said =
      count(ofPeople, keys) +
      count(
        ofSpeakers,
        rows.map(({ number }) => number),
      );
    return { all: this.size(), held: all.map(group => count(holders, group)), said };
  }

  #newestQuotesBy({ rows, keys }: SpeakerFilter, articleFilter: ArticleFilter, limit: number): UnitRow[] {
    const { sql, values } = conditionsOf(articleFilter);
    const theirs = new Set([
      ...rows.map(({ number }) => number),
      ...this.#people.newestSpeaking(keys, articleFilter, limit),
    ]);
    const found = this.#connection.allArrays(
      `SELECT ${columns} (SELECT units.number AS chosen FROM json_each(?) AS asked CROSS JOIN units ON units.speaker = asked.value
          ${articleOfUnit}${sql} WHERE units.attribution IS NOT NULL ORDER BY units.number DESC LIMIT ?)
        CROSS JOIN units ON units.number = chosen ${articleOfUnit} ${speakerOfUnit}`,
      ...[JSON.stringify([...theirs]), ...values, limit],
    );
    const inArticles = (one: UnitRow, other: UnitRow) =>
      articleOf(other.number) - articleOf(one.number) || one.number - other.number;
    return found.map(toUnit).sort(inArticles);
  }

  #newestQuotesIn(articles: readonly number[], limit: number): UnitRow[] {
    const sql = `SELECT ${columns} units ${articleOfUnit} ${speakerOfUnit}
      WHERE units.number BETWEEN ? AND ? AND units.attribution IS NOT NULL ORDER BY units.number DESC LIMIT ?`;
    const found: UnitRow[] = [];
    for (const article of articles) {
      if (found.length >= limit) break;
      const newest = this.#connection.allArrays(sql, ...rangeOf(article), limit - found.length).map(toUnit);
      found.push(...newest.reverse());
    }
    return found;
  }

  /** The articles of the newest units with attributed words. */
  #newestQuotedArticles(limit: number): number[] {
    const sql = 'SELECT number FROM units WHERE attribution IS NOT NULL ORDER BY number DESC LIMIT ?';
    return [...new Set(this.#connection.all(sql, limit).map(row => articleOf(toNumber(row))))];
  }
}

/** Returns the number of a unit if its words match, given a row of number and words. */
function check(row: SqliteRow, asked: TermQuery): number | undefined {
  return matches(unpackNumbers(row[1]), asked) ? Number(row[0]) : undefined;
}

function toNumber({ number }: SqliteRow): number {
  return Number(number);
}

/** Reads a row of `columns`. */
function toUnit(row: SqliteRow): UnitRow {
  return {
    number: Number(row[0]),
    article: decodeText(row[1]),
    paragraph: Number(row[2]),
    attribution: toOptionalNumber(row[3]),
    span: { start: Number(row[4]), end: Number(row[5]) },
    terms: unpackNumbers(row[6]),
  };
}
