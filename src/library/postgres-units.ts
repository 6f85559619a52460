import { isNobody, type Speakers, type UnitRow, type Where } from './library-index.ts';
import type { Asked } from './postgres-connection.ts';
import { PostgresPeople } from './postgres-people.ts';
import { fromColumn, isNumber, unpackNumbers } from './postgres-values.ts';
import { Conditions, filtersArticles, newestArticles, ofAnybody, ROOM_BITS } from './postgres-where.ts';

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

/** The units of one library, by their numbers or whose words they are. */
export class PostgresUnits {
  readonly #connection: Asked;
  readonly #library: string;
  readonly #people: PostgresPeople;

  constructor(connection: Asked, library: string) {
    this.#connection = connection;
    this.#library = library;
    this.#people = new PostgresPeople(connection, library);
  }

  async size(): Promise<number> {
    const sql = 'SELECT units FROM verbatim.libraries WHERE library = $1';
    const [row] = await this.#connection.read<{ units: number }>(sql, this.#library);
    return row?.units ?? 0;
  }

  async units(numbers: readonly number[], where: Where): Promise<readonly UnitRow[]> {
    const asked = numbers.filter(isNumber);
    if (asked.length === 0 || isNobody(where.speakers)) return [];
    const conditions = new Conditions().add('library = $', this.#library);
    conditions.add('number = ANY ($::bigint[])', asked).within(where);
    const sql = `SELECT ${columns} FROM verbatim.units WHERE ${conditions.all}`;
    return (await this.#connection.read<UnitColumns>(sql, ...conditions.values)).map(toUnit);
  }

  async openings(where: Where, most: number): Promise<readonly UnitRow[]> {
    if (isNobody(where.speakers)) return [];
    if (where.speakers !== undefined) return await this.#openingsOf(where.speakers, where, most);
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

  async #openingsOf({ numbers, keys }: Speakers, where: Where, most: number): Promise<readonly UnitRow[]> {
    const newest = await this.#people.newestSpeaking(keys, where, most);
    const theirs = [...new Set([...numbers.filter(isNumber), ...newest])];
    const conditions = new Conditions().add('library = $', this.#library).within(ofAnybody(where));
    const rows = await this.#connection.read<UnitColumns>(
      `SELECT said.* FROM unnest(${conditions.name(theirs)}::bigint[]) AS theirs (number) CROSS JOIN LATERAL
        (SELECT ${columns} FROM verbatim.units WHERE ${conditions.all} AND speaker = theirs.number) AS said
        WHERE attribution IS NOT NULL ORDER BY number DESC LIMIT ${conditions.name(most)}`,
      ...conditions.values,
    );
    return inOrderOfArticles(rows).map(toUnit);
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
