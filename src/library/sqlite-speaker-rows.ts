import type { SpeakerRow } from './library-index.ts';
import { placeOf } from './numbers-in-article.ts';
import type { SqliteConnection, SqliteRow } from './sqlite-connection.ts';
import { fromJson, listFromJson, toOptionalText } from './sqlite-values.ts';

export const articleOfSpeaker = 'CROSS JOIN articles ON articles.number = speakers.number >> 20';
export const columns = 'speakers.number, articles.id, shown, said, keys, articles.published';

/** Those of the speakers that are there, by their numbers. */
export function readSpeakers(
  connection: SqliteConnection,
  numbers: readonly number[],
): ReadonlyMap<number, SpeakerRow> {
  const sql = `SELECT ${columns} FROM json_each(?) AS asked CROSS JOIN speakers ON speakers.number = asked.value ${articleOfSpeaker}`;
  const rows = connection.allByPlace(sql, JSON.stringify([...new Set(numbers)])).map(toSpeaker);
  return new Map(rows.map(row => [row.number, row]));
}

/** A row of `columns`, by their places. */
export function toSpeaker(row: SqliteRow): SpeakerRow {
  return {
    number: Number(row[0]),
    article: fromJson(row[1]),
    place: placeOf(Number(row[0])),
    shown: fromJson(row[2]),
    said: Number(row[3]),
    keys: listFromJson(row[4]),
    published: toOptionalText(row[5]),
  };
}
