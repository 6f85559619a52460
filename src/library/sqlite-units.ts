import type { Holding, UnitRow, Where } from './library-index.ts';
import { articleOf, rangeOf } from './numbers-in-article.ts';
import type { SqliteConnection, SqliteRow } from './sqlite-connection.ts';
import { articlesIn, conditionsOf, isAll, type Scope, scopeOf, tokenGroups } from './sqlite-scope.ts';
import { fromJson, toOptionalNumber, unpackNumbers } from './sqlite-values.ts';
import { holds, type UnitQuery, unitQueryOf } from './unit-query.ts';

/** Looking up a speaker's units costs about so much more than looking up one that the full-text index found. */
const costOfSpeaker = 3;

const columns = 'units.number, articles.id, paragraph, attribution, starts, ends, words, speaker FROM';
const speakerColumn = 7;
const articleOfUnit = 'CROSS JOIN articles ON articles.number = units.number >> 20';

/** The units of one library. */
export class SqliteUnits {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  size(): number {
    return Number(this.#connection.get('SELECT units FROM totals')?.units ?? 0);
  }

  holders(asked: Holding, where: Where, most: number): number[] {
    const scope = scopeOf(this.#connection, where);
    const tokens = scope === undefined ? undefined : tokenGroups(this.#connection, scope);
    const query = tokens === undefined ? undefined : unitQueryOf(asked, tokens);
    if (scope === undefined || query === undefined) return [];
    const { speakers } = where;
    if (scope.article !== undefined) return this.#ofArticle(scope.article, asked, most, speakers);
    if (speakers === undefined) return this.#holders(asked, query, most);
    const isRare = this.#countHolders(asked) <= costOfSpeaker * speakers.length;
    return isRare ? this.#holders(asked, query, most, speakers) : this.#ofSpeakers(asked, scope, most, speakers);
  }

  /** Those that are there and where one may look. */
  read(numbers: readonly number[], where: Where): UnitRow[] {
    const scope = scopeOf(this.#connection, where);
    if (scope === undefined || where.speakers?.length === 0) return [];
    const { sql, values } = conditionsOf(scope);
    const found = this.#connection.allByPlace(
      `SELECT ${columns} json_each(?) AS asked CROSS JOIN units ON units.number = asked.value ${articleOfUnit}${sql}`,
      ...[JSON.stringify(numbers), ...values],
    );
    const speakers = where.speakers === undefined ? undefined : new Set<unknown>(where.speakers);
    return found.filter(row => speakers === undefined || speakers.has(row[speakerColumn])).map(toUnit);
  }

  openings(where: Where, most: number): UnitRow[] {
    const scope = scopeOf(this.#connection, where);
    if (scope === undefined) return [];
    if (where.speakers !== undefined) return this.#openingsOf(where.speakers, scope, most);
    const newest = isAll(scope) ? this.#newest(most) : articlesIn(this.#connection, scope).articles;
    return this.#openingsIn(newest, most);
  }

  /** Holders as the full-text index finds them. */
  #holders(asked: Holding, query: UnitQuery, most: number, speakers?: readonly number[]): number[] {
    const isPlain = query.isSure && speakers === undefined;
    const by = speakers === undefined ? '' : ' AND units.speaker IN (SELECT value FROM json_each(?))';
    const sql = `SELECT unit_words.rowid AS number${query.isSure ? '' : ', units.words'} FROM unit_words
      ${isPlain ? '' : 'CROSS JOIN units ON units.number = unit_words.rowid'} WHERE unit_words MATCH ?${by}`;
    const values = [query.match, ...(speakers === undefined ? [] : [JSON.stringify(speakers)])];
    if (query.isSure) return this.#connection.allByPlace(`${sql} LIMIT ?`, ...values, most).map(row => Number(row[0]));
    return this.#connection.pick(most, row => check(row, asked), sql, ...values);
  }

  /** Holders in one article, of which all other conditions are met or none. */
  #ofArticle(article: number, asked: Holding, most: number, speakers: readonly number[] | undefined): number[] {
    const sql = 'SELECT number, words, speaker FROM units WHERE number BETWEEN ? AND ?';
    const by = speakers === undefined ? undefined : new Set<unknown>(speakers);
    const pick = (row: SqliteRow) => (by === undefined || by.has(row[2]) ? check(row, asked) : undefined);
    return this.#connection.pick(most, pick, sql, ...rangeOf(article));
  }

  /** Holders among all that some speakers said. */
  #ofSpeakers(asked: Holding, scope: Scope, most: number, speakers: readonly number[]): number[] {
    const { sql, values } = conditionsOf(scope);
    const within = isAll(scope) ? '' : `${articleOfUnit}${sql}`;
    const said = `SELECT units.number, units.words FROM json_each(?) AS asked
      CROSS JOIN units ON units.speaker = asked.value ${within}`;
    return this.#connection.pick(most, row => check(row, asked), said, JSON.stringify(speakers), ...values);
  }

  /** How many units hold the rarest of what is asked for, at most. */
  #countHolders({ all }: Holding): number {
    const sql = 'SELECT sum(in_text) AS holders FROM terms WHERE number IN (SELECT value FROM json_each(?))';
    return Math.min(...all.map(group => Number(this.#connection.get(sql, JSON.stringify(group))?.holders ?? 0)));
  }

  #openingsOf(speakers: readonly number[], scope: Scope, most: number): UnitRow[] {
    const { sql, values } = conditionsOf(scope);
    const found = this.#connection.allByPlace(
      `SELECT ${columns} json_each(?) AS asked CROSS JOIN units ON units.speaker = asked.value ${articleOfUnit}${sql}
        WHERE units.attribution IS NOT NULL LIMIT ?`,
      ...[JSON.stringify(speakers.toSorted((one, other) => other - one)), ...values, most],
    );
    return found.map(toUnit);
  }

  #openingsIn(articles: readonly number[], most: number): UnitRow[] {
    const sql = `SELECT ${columns} units ${articleOfUnit}
      WHERE units.number BETWEEN ? AND ? AND units.attribution IS NOT NULL ORDER BY units.number LIMIT ?`;
    const found: UnitRow[] = [];
    for (const article of articles) {
      if (found.length >= most) break;
      found.push(...this.#connection.allByPlace(sql, ...rangeOf(article), most - found.length).map(toUnit));
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
