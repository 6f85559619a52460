import type { Appearances, Part, SpeakerRow, Spoken, Where } from './library-index.ts';
import { type Speaking, takePart } from './spoken.ts';
import type { SqliteConnection, SqliteRow } from './sqlite-connection.ts';
import { conditionsOf, isAll, type Scope, scopeOf } from './sqlite-scope.ts';
import { readSpeakers } from './sqlite-speaker-rows.ts';
import { toOptionalText } from './sqlite-values.ts';

type Totals = Pick<Appearances, 'articles' | 'said'>;

const nothing = { articles: 0, said: 0 };
const isSpeaking = 'person_keys.said > 0';
const isSilent = 'person_keys.said = 0';
const [knownDay, unknownDay] = ['person_keys.published IS NOT NULL', 'person_keys.published IS NULL'];

/**
 * The people of one library: speakers of several articles whose keys agree. Each question is answered from the front of an index,
 * however many articles somebody is in; what is filtered by articles is counted through.
 */
export class SqlitePeople {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  appearances(keys: readonly string[], where: Where, from: number, most: number): Appearances {
    const scope = scopeOf(this.#connection, where);
    if (scope === undefined || keys.length === 0) return { rows: [], ...nothing };
    const until = most === 0 ? 0 : from + most;
    const speaking = this.#newest(keys, scope, isSpeaking, until);
    const silent = this.#newest(keys, scope, isSilent, until - speaking.length);
    const rows = this.#read([...speaking, ...silent].slice(from, until));
    return { rows, ...this.#totals(keys, scope) };
  }

  spoken(keys: readonly string[], where: Where, part: Part): Spoken {
    const scope = scopeOf(this.#connection, where);
    if (scope === undefined) return { rows: [], skipped: 0 };
    const { speakers, skipped } = takePart(
      keys.flatMap(key => this.#inTime(key, scope, part)),
      part,
    );
    return { rows: this.#read(speakers), skipped };
  }

  /** Numbers of those who speak and have one of the keys, in the newest articles. */
  newestSpeaking(keys: readonly string[], scope: Scope, most: number): number[] {
    return this.#newest(keys, scope, isSpeaking, most);
  }

  #newest(keys: readonly string[], scope: Scope, condition: string, most: number): number[] {
    if (most <= 0) return [];
    const { within, values } = among(scope);
    const sql = `SELECT speaker FROM person_keys ${within} WHERE key = ? AND ${condition} ORDER BY speaker DESC LIMIT ?`;
    const found = keys.flatMap(key => this.#connection.allByPlace(sql, ...values, key, most));
    const distinct = [...new Set(found.map(row => Number(row[0])))];
    return distinct.sort((one, other) => other - one).slice(0, most);
  }

  /** In each row something is said: of as many rows as the part ends at, all before it and in it are among them. */
  #inTime(key: string, scope: Scope, { order, from, most }: Part): Speaking[] {
    const { within, values } = among(scope);
    const way = order === 'oldest' ? 'ASC' : 'DESC';
    const read = (day: string, until: number) =>
      this.#connection.allByPlace(
        `SELECT speaker, said, person_keys.published FROM person_keys ${within} WHERE key = ? AND ${isSpeaking} AND ${day}
          ORDER BY person_keys.published ${way}, speaker ${way} LIMIT ?`,
        ...[...values, key, until],
      );
    const known = read(knownDay, from + most);
    return [...known, ...read(unknownDay, from + most - known.length)].map(toSpeaking);
  }

  #totals(keys: readonly string[], scope: Scope): Totals {
    const [key, another] = keys;
    if (key !== undefined && another === undefined && isAll(scope)) {
      return toTotals(this.#connection.get('SELECT articles, said FROM people WHERE key = ?', key));
    }
    const { within, values } = among(scope);
    const theirs = `SELECT DISTINCT speaker, said FROM person_keys ${within} WHERE key IN (SELECT value FROM json_each(?))`;
    const sql = `SELECT count(DISTINCT speaker >> 20) AS articles, total(said) AS said FROM (${theirs})`;
    return toTotals(this.#connection.get(sql, ...values, JSON.stringify(keys)));
  }

  #read(speakers: readonly number[]): SpeakerRow[] {
    const rows = readSpeakers(this.#connection, speakers);
    return speakers.flatMap(speaker => rows.get(speaker) ?? []);
  }
}

function among(scope: Scope): { readonly within: string; readonly values: readonly (string | number)[] } {
  if (isAll(scope)) return { within: '', values: [] };
  const { sql, values } = conditionsOf(scope);
  return { within: `CROSS JOIN articles ON articles.number = person_keys.speaker >> 20${sql}`, values };
}

function toTotals(row: SqliteRow | undefined): Totals {
  return { articles: Number(row?.articles ?? 0), said: Number(row?.said ?? 0) };
}

function toSpeaking(row: SqliteRow): Speaking {
  return { speaker: Number(row[0]), said: Number(row[1]), published: toOptionalText(row[2] ?? null) };
}
