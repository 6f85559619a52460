import { decodeText, toOptionalText, toText } from './columns.ts';
import type { SpeakerRow } from './library-index.ts';
import { placeOf } from './numbers.ts';
import { all, type Row, type Script } from './script.ts';

/** The columns of `{speakers_of_articles}` that `toSpeaker` reads. */
export const SPEAKER_COLUMNS = 'number, article, shown, said, clear, uncertain, keys, published';

/** Returns the speakers that exist, by number. */
export function* readSpeakers(numbers: readonly number[]): Script<ReadonlyMap<number, SpeakerRow>> {
  if (numbers.length === 0) return new Map();
  const sql = `SELECT ${SPEAKER_COLUMNS} FROM {speakers_of_articles} WHERE {here} AND {number in ?1}`;
  const rows = (yield* all(sql, [...new Set(numbers)])).map(toSpeaker);
  return new Map(rows.map(row => [row.number, row]));
}

export function toSpeaker({ number, article, shown, said, clear, uncertain, keys, published }: Row): SpeakerRow {
  return {
    number: Number(number),
    article: decodeText(article),
    place: placeOf(Number(number)),
    shown: decodeText(shown),
    said: Number(said),
    clear: Number(clear),
    uncertain: Number(uncertain),
    keys: toKeys(keys),
    published: toOptionalText(published),
  };
}

/** SQLite has them as JSON, PostgreSQL as an array. */
export function toKeys(column: unknown): readonly string[] {
  const keys: readonly unknown[] = Array.isArray(column) ? column : JSON.parse(toText(column));
  return keys.map(decodeText);
}
