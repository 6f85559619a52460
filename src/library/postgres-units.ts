import { lastCommon } from './common-terms.ts';
import type { Holding, UnitRow, Where } from './library-index.ts';
import type { Asked } from './postgres-connection.ts';
import { Tokens } from './postgres-tokens.ts';
import { fromColumn, isNumber, markOf, toColumn, unpackNumbers } from './postgres-values.ts';
import { Conditions, filtersArticles, newestArticles, ROOM_BITS } from './postgres-where.ts';

/** So many of the newest units are read in search of words that stand nearly everywhere, and at most so many for each that is wanted. */
const mostNewest = 3_000;
const mostForOne = 6;

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

/** The units of one library. */
export class PostgresUnits {
  readonly #connection: Asked;
  readonly #library: string;
  readonly #tokens: Tokens;

  constructor(connection: Asked, library: string) {
    this.#connection = connection;
    this.#library = library;
    this.#tokens = new Tokens(markOf(library));
  }

  async size(): Promise<number> {
    const sql = 'SELECT units FROM verbatim.libraries WHERE library = $1';
    const [row] = await this.#connection.read<{ units: number }>(sql, this.#library);
    return row?.units ?? 0;
  }

  async holders(asked: Holding, where: Where, most: number): Promise<readonly number[]> {
    const query = this.#tokens.queryOf(asked, where);
    if (query === undefined || where.speakers?.length === 0) return [];
    const near = await this.#newestHolders(asked, query, where, most);
    if (near !== undefined) return near;
    const conditions = new Conditions().add('library = $', this.#library).add('tokens @@ $::tsquery', query);
    this.#inArticle(conditions.within(where), where);
    const sql = `SELECT number FROM verbatim.units WHERE ${conditions.all} LIMIT ${conditions.name(most)}`;
    const rows = await this.#connection.read<{ number: number }>(sql, ...conditions.values);
    return rows.map(({ number }) => number);
  }

  async units(numbers: readonly number[], where: Where): Promise<readonly UnitRow[]> {
    const asked = numbers.filter(isNumber);
    if (asked.length === 0 || where.speakers?.length === 0) return [];
    const conditions = new Conditions().add('library = $', this.#library);
    conditions.add('number = ANY ($::bigint[])', asked).within(where);
    const sql = `SELECT ${columns} FROM verbatim.units WHERE ${conditions.all}`;
    return (await this.#connection.read<UnitColumns>(sql, ...conditions.values)).map(toUnit);
  }

  async openings(where: Where, most: number): Promise<readonly UnitRow[]> {
    if (where.speakers?.length === 0) return [];
    const conditions = new Conditions().add('library = $', this.#library).within(where);
    const from = `SELECT ${columns} FROM verbatim.units WHERE ${conditions.all} AND attribution IS NOT NULL`;
    const order = `ORDER BY number DESC LIMIT ${conditions.name(most)}`;
    const sql = filtersArticles(where)
      ? `WITH ${newestArticles(conditions, '$1', where)} SELECT said.* FROM chosen CROSS JOIN LATERAL (${from}
          AND number >= chosen.number << ${ROOM_BITS} AND number < (chosen.number + 1) << ${ROOM_BITS} ${order}) AS said ${order}`
      : `${from} ${order}`;
    const rows = await this.#connection.read<UnitColumns>(sql, ...conditions.values);
    return inOrderOfArticles(rows).map(toUnit);
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
    { all, phrase }: Holding,
    query: string,
    where: Where,
    most: number,
  ): Promise<readonly number[] | undefined> {
    const isCommon = all.every(group => group.some(word => word <= lastCommon));
    if (phrase || !isCommon || where.speakers !== undefined || filtersArticles(where)) return undefined;
    const rows = await this.#connection.read<{ number: number }>(
      `WITH newest AS MATERIALIZED (SELECT number, tokens FROM verbatim.units WHERE library = $1
          ORDER BY number DESC LIMIT least(${mostNewest}, $3::bigint * ${mostForOne}))
        SELECT number FROM newest WHERE tokens @@ $2::tsquery LIMIT $3`,
      ...[this.#library, query, most],
    );
    return rows.length < most ? undefined : rows.map(({ number }) => number);
  }
}

/** The newest article first, but what it says in its own order. */
function inOrderOfArticles(rows: readonly UnitColumns[]): UnitColumns[] {
  const byArticle = Map.groupBy(rows, ({ article }) => article);
  return [...byArticle.values()].flatMap(each => each.toReversed());
}

function toUnit({ number, article, paragraph, attribution, starts, ends, words }: UnitColumns): UnitRow {
  const place = { paragraph, attribution: attribution ?? undefined, span: { start: starts, end: ends } };
  return { number, article: fromColumn(article), ...place, terms: unpackNumbers(words) };
}
