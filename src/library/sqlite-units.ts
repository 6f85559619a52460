import { type Holding, isNobody, type Speakers, type UnitRow, type Where } from './library-index.ts';
import { articleOf, rangeOf } from './numbers-in-article.ts';
import { areSoonerByWords, type Counts } from './sooner-by-words.ts';
import type { SqliteConnection, SqliteRow } from './sqlite-connection.ts';
import { isOneOf } from './sqlite-one-of.ts';
import { SqlitePeople } from './sqlite-people.ts';
import { articlesIn, conditionsOf, isAll, type Scope, scopeOf, tokenGroups } from './sqlite-scope.ts';
import { fromJson, toOptionalNumber, unpackNumbers } from './sqlite-values.ts';
import { holds, type UnitQuery, unitQueryOf } from './unit-query.ts';

const columns = 'units.number, articles.id, paragraph, attribution, starts, ends, words, speaker, keys FROM';
const [speakerColumn, keysColumn] = [7, 8];
const speakerOfUnit = 'LEFT JOIN speakers ON speakers.number = units.speaker';
const articleOfUnit = 'CROSS JOIN articles ON articles.number = units.number >> 20';

/** The units of one library. */
export class SqliteUnits {
  readonly #connection: SqliteConnection;
  readonly #people: SqlitePeople;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
    this.#people = new SqlitePeople(connection);
  }

  size(): number {
    return Number(this.#connection.get('SELECT units FROM totals')?.units ?? 0);
  }

  holders(asked: Holding, where: Where, most: number): number[] {
    const scope = scopeOf(this.#connection, where);
    const tokens = scope === undefined ? undefined : tokenGroups(this.#connection, scope);
    const query = tokens === undefined ? undefined : unitQueryOf(asked, tokens);
    const { speakers } = where;
    if (scope === undefined || query === undefined || isNobody(speakers)) return [];
    if (scope.article !== undefined) return this.#ofArticle(scope.article, asked, most, speakers);
    if (speakers === undefined) return this.#holders(asked, query, most);
    return areSoonerByWords(this.#count(asked, speakers), most)
      ? this.#holdersBy(speakers, asked, query, most)
      : this.#ofSpeakers(speakers, asked, scope, most);
  }

  /** Those that are there and where one may look. */
  read(numbers: readonly number[], where: Where): UnitRow[] {
    const scope = scopeOf(this.#connection, where);
    if (scope === undefined || isNobody(where.speakers)) return [];
    const { sql, values } = conditionsOf(scope);
    const found = this.#connection.allByPlace(
      `SELECT ${columns} json_each(?) AS asked CROSS JOIN units ON units.number = asked.value ${articleOfUnit}${sql} ${speakerOfUnit}`,
      ...[JSON.stringify(numbers), ...values],
    );
    const isTheirs = isOneOf(where.speakers);
    return found.filter(row => isTheirs(row[speakerColumn], row[keysColumn])).map(toUnit);
  }

  openings(where: Where, most: number): UnitRow[] {
    const scope = scopeOf(this.#connection, where);
    if (scope === undefined) return [];
    if (isNobody(where.speakers)) return [];
    if (where.speakers !== undefined) return this.#openingsOf(where.speakers, scope, most);
    const newest = isAll(scope) ? this.#newest(most) : articlesIn(this.#connection, scope).articles;
    return this.#openingsIn(newest, most);
  }

  /** Holders as the full-text index finds them. */
  #holders(asked: Holding, query: UnitQuery, most: number): number[] {
    const from = query.isSure ? '' : ', units.words';
    const sql = `SELECT unit_words.rowid${from} FROM unit_words
      ${query.isSure ? '' : 'CROSS JOIN units ON units.number = unit_words.rowid'} WHERE unit_words MATCH ?
      ORDER BY unit_words.rowid DESC`;
    if (!query.isSure) return this.#connection.pick(most, row => check(row, asked), sql, query.match);
    return this.#connection.allByPlace(`${sql} LIMIT ?`, query.match, most).map(row => Number(row[0]));
  }

  /** Of the holders as the full-text index finds them those of some speakers. */
  #holdersBy(speakers: Speakers, asked: Holding, { match, isSure }: UnitQuery, most: number): number[] {
    const sql = `SELECT unit_words.rowid, units.words, speaker, keys FROM unit_words
      CROSS JOIN units ON units.number = unit_words.rowid CROSS JOIN speakers ON speakers.number = units.speaker
      WHERE unit_words MATCH ? ORDER BY unit_words.rowid DESC`;
    const isTheirs = isOneOf(speakers);
    const numberOf = (row: SqliteRow) => (isSure ? Number(row[0]) : check(row, asked));
    const pick = (row: SqliteRow) => (isTheirs(row[2], row[3]) ? numberOf(row) : undefined);
    return this.#connection.pick(most, pick, sql, match);
  }

  /** Holders in one article, of which all other conditions are met or none. */
  #ofArticle(article: number, asked: Holding, most: number, speakers: Speakers | undefined): number[] {
    const sql = `SELECT units.number, words, speaker, keys FROM units ${speakerOfUnit} WHERE units.number BETWEEN ? AND ?
      ORDER BY units.number DESC`;
    const isTheirs = isOneOf(speakers);
    const pick = (row: SqliteRow) => (isTheirs(row[2], row[3]) ? check(row, asked) : undefined);
    return this.#connection.pick(most, pick, sql, ...rangeOf(article));
  }

  /** Holders among all that some speakers say. */
  #ofSpeakers({ numbers, keys }: Speakers, asked: Holding, scope: Scope, most: number): number[] {
    const { sql, values } = conditionsOf(scope);
    const within = isAll(scope) ? '' : `${articleOfUnit}${sql}`;
    // Without a limit SQLite takes an inner order for none. Somebody may have several of the keys.
    const theirs = `SELECT value AS speaker FROM json_each(?) UNION SELECT speaker FROM json_each(?) AS asked
      CROSS JOIN person_keys ON person_keys.key = asked.value AND person_keys.said > 0 ORDER BY speaker DESC LIMIT -1`;
    const said = `SELECT units.number, units.words FROM (${theirs}) AS theirs
      CROSS JOIN units ON units.speaker = theirs.speaker ${within}`;
    const pick = (row: SqliteRow) => check(row, asked);
    return this.#connection.pick(most, pick, said, JSON.stringify(numbers), JSON.stringify(keys), ...values);
  }

  #count({ all }: Holding, { numbers, keys }: Speakers): Counts {
    const holders = 'SELECT total(in_text) AS count FROM terms WHERE number IN (SELECT value FROM json_each(?))';
    const ofPeople = 'SELECT total(said) AS count FROM people WHERE key IN (SELECT value FROM json_each(?))';
    const ofSpeakers = 'SELECT total(said) AS count FROM speakers WHERE number IN (SELECT value FROM json_each(?))';
    const count = (sql: string, asked: readonly (string | number)[]) =>
      Number(this.#connection.get(sql, JSON.stringify(asked))?.count);
    const said = count(ofPeople, keys) + count(ofSpeakers, numbers);
    return { all: this.size(), held: all.map(group => count(holders, group)), said };
  }

  #openingsOf({ numbers, keys }: Speakers, scope: Scope, most: number): UnitRow[] {
    const { sql, values } = conditionsOf(scope);
    const theirs = new Set([...numbers, ...this.#people.newestSpeaking(keys, scope, most)]);
    const found = this.#connection.allByPlace(
      `SELECT ${columns} (SELECT units.number AS chosen FROM json_each(?) AS asked CROSS JOIN units ON units.speaker = asked.value
          ${articleOfUnit}${sql} WHERE units.attribution IS NOT NULL ORDER BY units.number DESC LIMIT ?)
        CROSS JOIN units ON units.number = chosen ${articleOfUnit} ${speakerOfUnit}`,
      ...[JSON.stringify([...theirs]), ...values, most],
    );
    const inArticles = (one: UnitRow, other: UnitRow) =>
      articleOf(other.number) - articleOf(one.number) || one.number - other.number;
    return found.map(toUnit).sort(inArticles);
  }

  #openingsIn(articles: readonly number[], most: number): UnitRow[] {
    const sql = `SELECT ${columns} units ${articleOfUnit} ${speakerOfUnit}
      WHERE units.number BETWEEN ? AND ? AND units.attribution IS NOT NULL ORDER BY units.number DESC LIMIT ?`;
    const found: UnitRow[] = [];
    for (const article of articles) {
      if (found.length >= most) break;
      const newest = this.#connection.allByPlace(sql, ...rangeOf(article), most - found.length).map(toUnit);
      found.push(...newest.reverse());
    }
    return found;
  }

  /** The articles of the newest units with somebody's words. */
  #newest(most: number): number[] {
    const sql = 'SELECT number FROM units WHERE attribution IS NOT NULL ORDER BY number DESC LIMIT ?';
    return [...new Set(this.#connection.all(sql, most).map(row => articleOf(toNumber(row))))];
  }
}

/** The number of a unit that holds what is asked for, of a row of number and words. */
function check(row: SqliteRow, asked: Holding): number | undefined {
  return holds(unpackNumbers(row[1]), asked) ? Number(row[0]) : undefined;
}

function toNumber({ number }: SqliteRow): number {
  return Number(number);
}

/** A row of `columns`, by their places. */
function toUnit(row: SqliteRow): UnitRow {
  return {
    number: Number(row[0]),
    article: fromJson(row[1]),
    paragraph: Number(row[2]),
    attribution: toOptionalNumber(row[3]),
    span: { start: Number(row[4]), end: Number(row[5]) },
    terms: unpackNumbers(row[6]),
  };
}
