import { decodeText } from '../columns.ts';
import { digestOf } from '../keys.ts';
import {
  type Appearances,
  allowsAllArticles,
  type Filter,
  type SpeakerRow,
  type Timeline,
  type TimelineRange,
} from '../library-index.ts';
import { distinctPeople, type QuotedSpeaker, rowsPerPerson, takeRange } from '../people.ts';
import type { Query } from './connection.ts';
import { Conditions, newestArticles, ROOM_BITS, withoutSpeakers } from './filter.ts';

export type SpeakerColumns = {
  readonly number: number;
  readonly article: string;
  readonly place: number;
  readonly shown: string;
  readonly said: number;
  readonly keys: readonly string[];
  readonly published: string | null;
};

export const speakerColumns = 'number, article, place, shown, said, keys, published';

/** The people of one library: speakers of several articles who share a key. */
export class PostgresPeople {
  readonly #read: Query;

  constructor(read: Query) {
    this.#read = read;
  }

  async appearances(keys: readonly string[], filter: Filter, from: number, limit: number): Promise<Appearances> {
    const asked = [...new Set(keys.map(digestOf))];
    if (asked.length === 0) return { rows: [], articles: 0, said: 0 };
    const isOne = asked.length === 1 && allowsAllArticles(filter);
    const [rows, totals] = await Promise.all([
      limit === 0 ? [] : this.#rowsOf(asked, filter, from, from + limit),
      isOne ? this.#totals(asked) : this.#countTotals(asked, filter),
    ]);
    return { rows, ...totals };
  }

  async timeline(keys: readonly string[], filter: Filter, range: TimelineRange): Promise<Timeline> {
    const asked = [...new Set(keys.map(digestOf))];
    const { speakers, skipped } = takeRange(await this.#byDay(asked, filter, range), range);
    return { rows: await this.#rows(speakers), skipped };
  }

  async topSpeakers(filter: Filter, limit: number): Promise<readonly SpeakerRow[]> {
    const rows = allowsAllArticles(filter)
      ? await this.#topOfAll(limit)
      : await this.#topOfArticles(filter, rowsPerPerson * limit);
    return distinctPeople(rows.map(toSpeaker), limit);
  }

  /** Returns the numbers of quoted speakers with one of the keys, newest article first. */
  newestSpeaking(keys: readonly string[], filter: Filter, limit: number): Promise<readonly number[]> {
    return this.#newestSpeakers(keys.map(digestOf), filter, 'said > 0', limit);
  }

  async #rowsOf(keys: readonly string[], filter: Filter, from: number, until: number): Promise<readonly SpeakerRow[]> {
    const speaking = await this.#newestSpeakers(keys, filter, 'said > 0', until);
    const missing = until - speaking.length;
    const silent = missing === 0 ? [] : await this.#newestSpeakers(keys, filter, 'said = 0', missing);
    return await this.#rows([...speaking, ...silent].slice(from, until));
  }

  async #newestSpeakers(
    keys: readonly string[],
    filter: Filter,
    condition: string,
    limit: number,
  ): Promise<readonly number[]> {
    const conditions = this.#conditions(filter);
    const placeholder = conditions.bind(limit);
    const rows = await this.#read<{ speaker: number }>(
      `SELECT DISTINCT speaker FROM unnest(${conditions.bind(keys)}::text[]) AS asked (key) CROSS JOIN LATERAL
        (SELECT speaker FROM verbatim.keys WHERE ${conditions.all} AND key = asked.key COLLATE "C" AND ${condition}
          ORDER BY speaker DESC LIMIT ${placeholder}) AS each ORDER BY speaker DESC LIMIT ${placeholder}`,
      ...conditions.values,
    );
    return rows.map(({ speaker }) => speaker);
  }

  /** Returns at least the rows up to the end of the range. */
  async #byDay(
    keys: readonly string[],
    filter: Filter,
    { order, offset, limit }: TimelineRange,
  ): Promise<readonly QuotedSpeaker[]> {
    const conditions = this.#conditions(filter);
    const placeholder = conditions.bind(offset + limit);
    const way = order === 'oldest' ? 'ASC' : 'DESC';
    // Separate queries, since an index that is read backwards starts with undated articles.
    const [known, unknown] = ['IS NOT NULL', 'IS NULL'].map(
      day => `(SELECT speaker, said, published FROM verbatim.keys
        WHERE ${conditions.all} AND key = asked.key COLLATE "C" AND said > 0 AND published ${day}
        ORDER BY published ${way}, speaker ${way} LIMIT ${placeholder})`,
    );
    const rows = await this.#read<{ speaker: number; said: number; published: string | null }>(
      `SELECT each.* FROM unnest(${conditions.bind(keys)}::text[]) AS asked (key)
        CROSS JOIN LATERAL (${known} UNION ALL ${unknown}) AS each`,
      ...conditions.values,
    );
    return rows.map(({ published, ...each }) => ({ ...each, published: published ?? undefined }));
  }

  /** Returns the rows in this order. */
  async #rows(speakers: readonly number[]): Promise<readonly SpeakerRow[]> {
    if (speakers.length === 0) return [];
    const sql = `SELECT ${speakerColumns} FROM verbatim.speakers WHERE library = $1 AND number = ANY ($2::bigint[])`;
    const rows = await this.#read<SpeakerColumns>(sql, speakers);
    const byNumber = new Map(rows.map(row => [row.number, toSpeaker(row)]));
    return speakers.flatMap(speaker => byNumber.get(speaker) ?? []);
  }

  async #totals(keys: readonly string[]): Promise<Pick<Appearances, 'articles' | 'said'>> {
    const sql = 'SELECT articles, said FROM verbatim.people WHERE library = $1 AND key = ANY ($2::text[])';
    const [row] = await this.#read<{ articles: number; said: number }>(sql, keys);
    return row ?? { articles: 0, said: 0 };
  }

  async #countTotals(keys: readonly string[], filter: Filter): Promise<Pick<Appearances, 'articles' | 'said'>> {
    const conditions = this.#conditions(filter);
    const [row] = await this.#read<{ articles: number; said: number }>(
      `SELECT count(DISTINCT speaker >> ${ROOM_BITS}) AS articles, coalesce(sum(said), 0)::bigint AS said FROM
        (SELECT DISTINCT speaker, said FROM verbatim.keys WHERE ${conditions.all} AND key = ANY (${conditions.bind(keys)}::text[])) AS theirs`,
      ...conditions.values,
    );
    return row ?? { articles: 0, said: 0 };
  }

  #topOfAll(limit: number): Promise<readonly SpeakerColumns[]> {
    return this.#read<SpeakerColumns>(
      `WITH named AS MATERIALIZED (SELECT key, said FROM verbatim.people WHERE library = $1 ORDER BY said DESC, key DESC LIMIT $3),
        alone AS MATERIALIZED (SELECT number, said FROM verbatim.speakers WHERE library = $1 AND keys = '{}'
          ORDER BY said DESC, number DESC LIMIT $2),
        found AS MATERIALIZED (SELECT (SELECT speaker FROM verbatim.keys WHERE library = $1 AND key = named.key
            ORDER BY speaker DESC LIMIT 1) AS speaker, said AS often FROM named
          UNION ALL SELECT number, said FROM alone)
        SELECT ${speakerColumns} FROM found JOIN verbatim.speakers ON library = $1 AND number = speaker
          ORDER BY often DESC, number DESC`,
      limit,
      rowsPerPerson * limit,
    );
  }

  /** Looks only at the newest articles that pass the filter. */
  #topOfArticles(filter: Filter, limit: number): Promise<readonly SpeakerColumns[]> {
    const conditions = new Conditions();
    const person = 'coalesce(keys[1], speakers.number::text)';
    return this.#read<SpeakerColumns>(
      `WITH ${newestArticles(conditions, filter)},
        there AS MATERIALIZED (SELECT ${speakerColumns.replaceAll(/\w+/gv, 'speakers.$&')},
            sum(said) OVER (PARTITION BY ${person}) AS often,
            row_number() OVER (PARTITION BY ${person} ORDER BY speakers.number DESC) AS place_among
          FROM chosen CROSS JOIN LATERAL (SELECT * FROM verbatim.speakers WHERE library = $1
            AND number >= chosen.number << ${ROOM_BITS} AND number < (chosen.number + 1) << ${ROOM_BITS}) AS speakers)
        SELECT ${speakerColumns} FROM there WHERE place_among = 1 ORDER BY often DESC, number DESC
          LIMIT ${conditions.bind(limit)}`,
      ...conditions.values,
    );
  }

  #conditions(filter: Filter): Conditions {
    return new Conditions().addFilter(withoutSpeakers(filter));
  }
}

export function toSpeaker({ article, shown, keys, published, ...speaker }: SpeakerColumns): SpeakerRow {
  const texts = { article: decodeText(article), shown: decodeText(shown), keys: keys.map(decodeText) };
  return { ...speaker, ...texts, published: published ?? undefined };
}
