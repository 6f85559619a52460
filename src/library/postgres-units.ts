import type { Holding, UnitRow, Where } from './library-index.ts';
import type { PostgresConnection } from './postgres-connection.ts';
import { fromColumn, isNumber, markOf, toColumn, tokenOf, unpackNumbers } from './postgres-values.ts';
import { Conditions, filtersArticles, newestArticles, ROOM_BITS } from './postgres-where.ts';

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
  readonly #connection: PostgresConnection;
  readonly #library: string;
  readonly #mark: string;

  constructor(connection: PostgresConnection, library: string) {
    this.#connection = connection;
    this.#library = library;
    this.#mark = markOf(library);
  }

  async size(): Promise<number> {
    const sql = 'SELECT units FROM verbatim.libraries WHERE library = $1';
    const [row] = await this.#connection.read<{ units: number }>(sql, this.#library);
    return row?.units ?? 0;
  }

  async holders(asked: Holding, where: Where, most: number): Promise<readonly number[]> {
    const words = this.#query(asked);
    if (words === undefined || where.speakers?.length === 0) return [];
    const conditions = new Conditions().add('library = $', this.#library).add('tokens @@ $::tsquery', words);
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

  /** In the language of `tsquery`, of nothing but numbers; `undefined`: nothing can hold it. */
  #query({ all, phrase }: Holding): string | undefined {
    const groups = all.map(group => group.filter(isNumber).map(term => tokenOf(this.#mark, term)));
    if (groups.length === 0 || groups.some(group => group.length === 0)) return undefined;
    return groups.map(group => `(${group.join('|')})`).join(phrase ? '<->' : '&');
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
