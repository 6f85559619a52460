import type { Filter, SpeakerRow } from '../library-index.ts';
import { all, type Script } from '../script.ts';
import { SPEAKER_COLUMNS, toSpeaker } from '../speakers.ts';
import { Conditions, newestArticles, ROOM_BITS } from './filter.ts';

/** Looks only at the newest articles that pass the filter; returns each person's row in the newest. */
export function* topOfArticles(filter: Filter, limit: number): Script<readonly SpeakerRow[]> {
  const conditions = new Conditions();
  const person = 'coalesce(keys[1], speakers.number::text)';
  const rows = yield* all(
    `WITH ${newestArticles(conditions, filter)},
      there AS MATERIALIZED (SELECT ${SPEAKER_COLUMNS.replaceAll(/\w+/gv, 'speakers.$&')},
          sum(said) OVER (PARTITION BY ${person}) AS often,
          row_number() OVER (PARTITION BY ${person} ORDER BY speakers.number DESC) AS place_among
        FROM chosen CROSS JOIN LATERAL (SELECT * FROM verbatim.speakers WHERE library = $1
          AND number >= chosen.number << ${ROOM_BITS} AND number < (chosen.number + 1) << ${ROOM_BITS}) AS speakers)
      SELECT ${SPEAKER_COLUMNS} FROM there WHERE place_among = 1 ORDER BY often DESC, number DESC
        LIMIT ${conditions.bind(limit)}`,
    ...conditions.values,
  );
  return rows.map(toSpeaker);
}
