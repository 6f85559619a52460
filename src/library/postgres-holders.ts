import { lastCommon } from './common-terms.ts';
import { digestOf } from './digest.ts';
import { type Holding, isNobody, type Speakers, type Where } from './library-index.ts';
import type { Value } from './postgres-client.ts';
import type { Asked } from './postgres-connection.ts';
import { Tokens } from './postgres-tokens.ts';
import type { PostgresUnits } from './postgres-units.ts';
import { isNumber, markOf, toColumn } from './postgres-values.ts';
import { Conditions, filtersArticles, ofAnybody, ROOM_BITS } from './postgres-where.ts';
import { areSoonerByWords } from './sooner-by-words.ts';

/** So many of the newest units are read in search of words that stand nearly everywhere, and so many where these promise enough. */
const triedFirst = 1_500;
const mostNewest = 20_000;
/** Words of so many choices, such as an unfinished one, are taken to be in as many units as so few are wanted, as common ones are. */
const [fewChoices, fewWanted] = [4, 100];
/**
 * Where more units than this hold the words, which of them are the newest is not found out: it would take too long. Fewer in a big library,
 * where each takes longer.
 */
const [mostHolding, mostHoldingInBig, bigLibrary] = [20_000, 1_000, 200_000];

/** Which units of one library hold words. */
export class PostgresHolders {
  readonly #connection: Asked;
  readonly #library: string;
  readonly #units: PostgresUnits;
  readonly #tokens: Tokens;

  constructor(connection: Asked, library: string, units: PostgresUnits) {
    this.#connection = connection;
    this.#library = library;
    this.#units = units;
    this.#tokens = new Tokens(markOf(library));
  }

  async newest(asked: Holding, where: Where, most: number): Promise<readonly number[]> {
    const query = this.#tokens.queryOf(asked, where);
    if (query === undefined || isNobody(where.speakers)) return [];
    const near = await this.#newestHolders(asked, query, where, most);
    if (near !== undefined) return near;
    const { speakers } = where;
    if (speakers !== undefined && where.article === undefined && !(await this.#areSoonerByWords(asked, speakers, most)))
      return await this.#ofSpeakers(speakers, query, where, most);
    const [words = []] = asked.all;
    if (asked.all.length === 1 && where.article === undefined && speakers === undefined)
      return await this.#holdersOfAny(words, where, most);
    return where.article === undefined
      ? await this.#ofWords(query, where, most)
      : await this.#ofArticle(query, where, most);
  }

  /** Holders as the index of words finds them: whose words they are is looked up for the newest alone. */
  async #ofWords(query: string, where: Where, most: number): Promise<readonly number[]> {
    const conditions = new Conditions().add('library = $', this.#library).within(ofAnybody(where));
    const holding = `SELECT number, speaker FROM verbatim.units
      WHERE ${conditions.all} AND tokens @@ ${conditions.name(query)}::tsquery LIMIT ${lookedAt(conditions.name(most))}`;
    const theirs = where.speakers === undefined ? '' : `WHERE ${conditions.by(where.speakers)}`;
    const sql = `WITH holding AS MATERIALIZED (${holding})
      SELECT number FROM (SELECT * FROM holding ORDER BY number DESC OFFSET 0) AS units ${theirs} LIMIT ${conditions.name(most)}`;
    return await this.#numbers(sql, ...conditions.values);
  }

  /** The units of an article are few: they are read sooner than the index tells all that hold the words. */
  async #ofArticle(query: string, where: Where, most: number): Promise<readonly number[]> {
    const conditions = new Conditions().add('library = $', this.#library);
    this.#inArticle(conditions.within(where), where);
    const sql = `WITH there AS MATERIALIZED (SELECT number, tokens FROM verbatim.units WHERE ${conditions.all})
      SELECT number FROM there WHERE tokens @@ ${conditions.name(query)}::tsquery
        ORDER BY number DESC LIMIT ${conditions.name(most)}`;
    return await this.#numbers(sql, ...conditions.values);
  }

  /** Holders among all that some speakers say. */
  async #ofSpeakers(
    { numbers, keys }: Speakers,
    query: string,
    where: Where,
    most: number,
  ): Promise<readonly number[]> {
    const conditions = new Conditions().add('library = $', this.#library).within(ofAnybody(where));
    const among = [conditions.name(numbers.filter(isNumber)), conditions.name(keys.map(digestOf))];
    // Read one by one until there are enough (`OFFSET 0`): the index of words would tell all that hold them. Somebody may have several
    // of the keys.
    return await this.#numbers(
      `WITH theirs AS MATERIALIZED (SELECT unnest(${among[0]}::bigint[]) AS speaker UNION
          SELECT keys.speaker FROM unnest(${among[1]}::text[]) AS asked (key) JOIN verbatim.keys
            ON library = $1 AND keys.key = asked.key COLLATE "C" AND said > 0 ORDER BY speaker DESC)
        SELECT said.number FROM theirs CROSS JOIN LATERAL (SELECT number, tokens FROM verbatim.units
          WHERE ${conditions.all} AND units.speaker = theirs.speaker ORDER BY number OFFSET 0) AS said
        WHERE tokens @@ ${conditions.name(query)}::tsquery LIMIT ${conditions.name(most)}`,
      ...conditions.values,
    );
  }

  async #areSoonerByWords({ all }: Holding, { numbers, keys }: Speakers, most: number): Promise<boolean> {
    const [size, terms, people, speakers] = await Promise.all([
      this.#units.size(),
      this.#connection.read<{ number: number; count: number }>(
        'SELECT number, in_text AS count FROM verbatim.terms WHERE library = $1 AND number = ANY ($2::bigint[])',
        ...[this.#library, all.flat().filter(isNumber)],
      ),
      this.#connection.read<{ count: number }>(
        'SELECT said AS count FROM verbatim.people WHERE library = $1 AND key = ANY ($2::text[])',
        ...[this.#library, keys.map(digestOf)],
      ),
      this.#connection.read<{ count: number }>(
        'SELECT said AS count FROM verbatim.speakers WHERE library = $1 AND number = ANY ($2::bigint[])',
        ...[this.#library, numbers.filter(isNumber)],
      ),
    ]);
    const frequencies = new Map(terms.map(({ number, count }) => [number, count]));
    const held = all.map(group => group.reduce((sum, term) => sum + (frequencies.get(term) ?? 0), 0));
    const said = [...people, ...speakers].reduce((sum, { count }) => sum + count, 0);
    return areSoonerByWords({ all: size, held, said }, most);
  }

  /** One article's units are few and lie together: no word is needed to find them. */
  #inArticle(conditions: Conditions, { article }: Where): void {
    if (article === undefined) return;
    const number = `(SELECT number FROM verbatim.articles WHERE library = $1 AND id = ${conditions.name(toColumn(article))})`;
    conditions.addText(`number >= ${number} << ${ROOM_BITS} AND number < (${number} + 1) << ${ROOM_BITS}`);
  }

  /**
   * Words that stand nearly everywhere fill the newest units, which are read sooner than the index tells all that hold them.
   * `undefined`: these words do not.
   */
  async #newestHolders(
    { all }: Holding,
    query: string,
    where: Where,
    most: number,
  ): Promise<readonly number[] | undefined> {
    const isFew = most <= fewWanted;
    const areMany = all.every(group => (isFew && group.length >= fewChoices) || group.some(word => word <= lastCommon));
    if (!areMany || where.speakers !== undefined || filtersArticles(where)) return undefined;
    const sql = `SELECT number FROM (SELECT number, tokens FROM verbatim.units WHERE library = $1
        ORDER BY number DESC LIMIT $4) AS newest WHERE tokens @@ $2::tsquery LIMIT $3`;
    const some = await this.#numbers(sql, this.#library, query, most, triedFirst);
    if (some.length >= most) return some;
    // As often as among these, with room for chance.
    const needed = ((1.2 * most) / Math.max(1, some.length)) * triedFirst;
    if (needed > mostNewest) return undefined;
    const more = await this.#numbers(sql, this.#library, query, most, mostNewest);
    return more.length < most ? undefined : more;
  }

  /** A question to the index for each word: it takes several in one for as many checks of each unit as there are words. */
  async #holdersOfAny(words: readonly number[], where: Where, most: number): Promise<readonly number[]> {
    const queries = words.flatMap(word => this.#tokens.queryOf({ all: [[word]], phrase: false }, where) ?? []);
    const conditions = new Conditions().add('library = $', this.#library).within(where);
    const [asked, limit] = [conditions.name(queries), conditions.name(most)];
    const holding = `SELECT number FROM verbatim.units WHERE ${conditions.all} AND tokens @@ asked.query::tsquery LIMIT ${lookedAt(limit)}`;
    return await this.#numbers(
      `SELECT DISTINCT number FROM unnest(${asked}::text[]) AS asked (query) CROSS JOIN LATERAL
          (SELECT number FROM (${holding}) AS holding ORDER BY number DESC LIMIT ${limit}) AS newest
        ORDER BY number DESC LIMIT ${limit}`,
      ...conditions.values,
    );
  }

  async #numbers(sql: string, ...values: readonly Value[]): Promise<readonly number[]> {
    const rows = await this.#connection.read<{ number: number }>(sql, ...values);
    return rows.map(({ number }) => number);
  }
}

/** How many holders of some words are looked at for the newest, as SQL: in any case as many as are wanted. The library is `$1`. */
function lookedAt(most: string): string {
  return `(SELECT greatest(${most}::bigint, CASE WHEN units > ${bigLibrary} THEN ${mostHoldingInBig} ELSE ${mostHolding} END)
    FROM verbatim.libraries WHERE library = $1)`;
}
