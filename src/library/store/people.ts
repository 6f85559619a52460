import { decodeText, toOptionalText, toText } from './columns.ts';
import { filteredRows, newestArticles, ofArticle } from './filter.ts';
import { digestOf } from './keys.ts';
import {
  type Appearances,
  allowsAllArticles,
  type Filter,
  type QuoteCounts,
  type SpeakerRow,
  type Timeline,
  type TimelineRange,
  type TimeOrder,
} from './library-index.ts';
import { placeOf } from './numbers.ts';
import { all, allForEach, first, type Row, type Script, together } from './script.ts';

/** The columns of `{speakers_of_articles}` that `toSpeaker` reads. */
const SPEAKER_COLUMNS = 'number, article, shown, said, clear, uncertain, keys, published';

/** Returns the speakers that exist, by number. */
export function* readSpeakers(numbers: readonly number[]): Script<ReadonlyMap<number, SpeakerRow>> {
  if (numbers.length === 0) return new Map();
  const sql = `SELECT ${SPEAKER_COLUMNS} FROM {speakers_of_articles} WHERE {here} AND {number in ?1}`;
  const rows = (yield* all(sql, [...new Set(numbers)])).map(toSpeaker);
  return new Map(rows.map(row => [row.number, row]));
}

function toSpeaker({ number, article, shown, said, clear, uncertain, keys, published }: Row): SpeakerRow {
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

/*
 * People are speakers of several articles who share a key. Each query reads the start of an index, however many articles
 * somebody is in; with a filter on articles, totals are counted.
 */

/** Rows to read for each person wanted, since a person can have several keys. */
const ROWS_PER_PERSON = 3;

/**
 * Returns where a person with one of these keys appears, first where they are quoted, newest first, and their totals in
 * all articles that pass the filter.
 */
export function* readAppearances(
  keys: readonly string[],
  filter: Filter,
  offset: number,
  limit: number,
): Script<Appearances> {
  const asked = [...new Set(keys.map(digestOf))];
  const until = limit === 0 ? 0 : offset + limit;
  const speaking = yield* newestSpeakers(asked, filter, 'said > 0', until);
  const silent = yield* newestSpeakers(asked, filter, 'said = 0', until - speaking.length);
  return {
    rows: yield* readInOrder([...speaking, ...silent].slice(offset, until)),
    ...(yield* readTotals(asked, filter)),
  };
}

/** Returns where a person with one of these keys is quoted, by day. `readAppearances` has the totals. */
export function* readTimeline(keys: readonly string[], filter: Filter, range: TimelineRange): Script<Timeline> {
  if (keys.length === 0) return { rows: [], skipped: 0 };
  const { from, where, values } = filteredRows('keys', filter);
  const way = range.order === 'oldest' ? 'ASC' : 'DESC';
  const [key, limit] = [`?${values.length + 1}`, `?${values.length + 2}`];
  // An index that is read backwards may start with undated articles.
  const queries = ['IS NOT NULL', 'IS NULL'].map(
    day => `SELECT speaker, said, published FROM ${from} AS keys
      WHERE ${where} AND key = ${key} AND said > 0 AND published ${day}
      ORDER BY published ${way}, speaker ${way} LIMIT ${limit}`,
  );
  const asked = [...new Set(keys.map(digestOf))];
  const found = yield* together(
    ...asked.flatMap(each => queries.map(sql => [sql, ...values, each, range.offset + range.limit] as const)),
  );
  const { speakers, skipped } = takeRange(found.flat().map(toQuotedSpeaker), range);
  return { rows: yield* readInOrder(speakers), skipped };
}

/**
 * Returns those quoted most in all articles that pass the filter, or in the newest of very many: for each person, the
 * row of the newest article. Each speaker without a key is a person of their own.
 */
export function* readTopSpeakers(filter: Filter, limit: number): Script<readonly SpeakerRow[]> {
  const rows = allowsAllArticles(filter)
    ? yield* topOfAll(limit)
    : yield* topOfArticles(filter, ROWS_PER_PERSON * limit);
  return distinctPeople(rows, limit);
}

/** Returns the numbers of quoted speakers with one of the keys, newest article first. */
export function* newestSpeaking(keys: readonly string[], filter: Filter, limit: number): Script<readonly number[]> {
  return yield* newestSpeakers(keys.map(digestOf), filter, 'said > 0', limit);
}

function* newestSpeakers(
  keys: readonly string[],
  filter: Filter,
  condition: string,
  limit: number,
): Script<readonly number[]> {
  if (limit <= 0) return [];
  const { from, where, values } = filteredRows('keys', filter);
  const sql = `SELECT speaker FROM ${from} AS keys WHERE ${where} AND key = {each} AND ${condition}
    ORDER BY speaker DESC LIMIT ?${values.length + 1}`;
  const found = yield* allForEach(keys, sql, ...values, limit);
  const distinct = [...new Set(found.map(({ speaker }) => Number(speaker)))];
  return distinct.sort((one, other) => other - one).slice(0, limit);
}

function* readTotals(keys: readonly string[], filter: Filter): Script<Pick<Appearances, 'articles' | 'said'>> {
  if (keys.length === 0) return { articles: 0, said: 0 };
  const { from, where, values } = filteredRows('keys', filter);
  const theirs = `SELECT DISTINCT speaker, said FROM ${from} AS keys WHERE ${where} AND {key in ?${values.length + 1}}`;
  const row =
    allowsAllArticles(filter) && keys.length === 1
      ? yield* first('SELECT articles, said FROM {people} WHERE {here} AND {key in ?1}', keys)
      : yield* first(
          `SELECT count(DISTINCT speaker >> 20) AS articles, sum(said) AS said FROM (${theirs}) AS theirs`,
          ...[...values, keys],
        );
  return { articles: Number(row?.articles ?? 0), said: Number(row?.said ?? 0) };
}

/** Returns how often a person is quoted in all articles. A row without keys is a person of its own. */
export function* readQuoteCounts(row: SpeakerRow): Script<QuoteCounts> {
  const keys = [...new Set(row.keys.map(digestOf))];
  if (keys.length === 0) return { clear: row.clear, uncertain: row.uncertain };
  const sums =
    keys.length === 1
      ? yield* first('SELECT clear, uncertain FROM {people} WHERE {here} AND {key in ?1}', keys)
      : yield* first(
          `SELECT sum(clear) AS clear, sum(uncertain) AS uncertain FROM {speakers}
            WHERE {here} AND number IN (SELECT speaker FROM {keys} WHERE {here} AND {key in ?1})`,
          keys,
        );
  return { clear: Number(sums?.clear ?? 0), uncertain: Number(sums?.uncertain ?? 0) };
}

/** Returns the rows in this order. */
function* readInOrder(speakers: readonly number[]): Script<readonly SpeakerRow[]> {
  const rows = yield* readSpeakers(speakers);
  return speakers.flatMap(speaker => rows.get(speaker) ?? []);
}

/** Returns the newest rows of the people quoted most, and of speakers without a key. */
function* topOfAll(limit: number): Script<readonly SpeakerRow[]> {
  const [named = [], alone = []] = yield* together(
    [
      `SELECT clear, said, (SELECT max(speaker) FROM {keys} WHERE {here} AND keys.key = top.key) AS speaker
        FROM (SELECT clear, said, key FROM {people} WHERE {here} ORDER BY clear DESC, said DESC, key DESC LIMIT ?1) AS top`,
      ROWS_PER_PERSON * limit,
    ],
    [
      `SELECT clear, said, number AS speaker FROM {speakers} WHERE {here} AND keys = {no_keys}
        ORDER BY clear DESC, said DESC, number DESC LIMIT ?1`,
      limit,
    ],
  );
  const order = [...named, ...alone].map(({ clear, said, speaker }) => ({
    ...{ clear: Number(clear), said: Number(said), speaker: Number(speaker) },
  }));
  order.sort((one, other) => other.clear - one.clear || other.said - one.said || other.speaker - one.speaker);
  return yield* readInOrder(order.map(({ speaker }) => speaker));
}

/** Looks only at the newest articles that pass the filter; returns each person's row in the newest. */
function* topOfArticles(filter: Filter, limit: number): Script<readonly SpeakerRow[]> {
  const sql = `SELECT ${SPEAKER_COLUMNS} FROM {speakers_of_articles} AS speakers WHERE {here} AND ${ofArticle('number')}`;
  const rows = (yield* allForEach(yield* newestArticles(filter), sql)).map(toSpeaker);
  rows.sort((one, other) => other.number - one.number);
  return [...Map.groupBy(rows, ({ keys: [key], number }) => key ?? number).values()]
    .map(theirs => ({
      theirs,
      clear: theirs.reduce((sum, { clear }) => sum + clear, 0),
      said: theirs.reduce((sum, { said }) => sum + said, 0),
    }))
    .sort((one, other) => other.clear - one.clear || other.said - one.said)
    .flatMap(({ theirs }) => theirs.slice(0, 1))
    .slice(0, limit);
}

/** Returns the first row of each person, up to `limit`. Each row without a key is a person of its own. */
function distinctPeople(rows: Iterable<SpeakerRow>, limit: number): SpeakerRow[] {
  const found: SpeakerRow[] = [];
  const known = new Set<string>();
  for (const row of rows) {
    if (found.length >= limit) break;
    const isNew = row.keys.every(key => !known.has(key));
    if (isNew) found.push(row);
    for (const key of row.keys) known.add(key);
  }
  return found;
}

/** A speaker of one article, and how often they are quoted in it. */
interface QuotedSpeaker {
  readonly speaker: number;
  readonly said: number;
  /** The article's day, if known. */
  readonly published: string | undefined;
}

function toQuotedSpeaker({ speaker, said, published }: Row): QuotedSpeaker {
  return { speaker: Number(speaker), said: Number(said), published: toOptionalText(published) };
}

/** Selects the speakers that a range covers, each once, from all rows up to its end. */
function takeRange(
  speaking: readonly QuotedSpeaker[],
  { order, offset, limit }: TimelineRange,
): { readonly speakers: readonly number[]; readonly skipped: number } {
  const distinct = [...new Map(speaking.map(each => [each.speaker, each])).values()];
  const speakers: number[] = [];
  let skipped = 0;
  let before = 0;
  for (const { speaker, said } of distinct.sort(inOrder(order))) {
    if (before >= offset + limit) break;
    if (before + said > offset) {
      if (speakers.length === 0) skipped = Math.max(0, offset - before);
      speakers.push(speaker);
    }
    before += said;
  }
  return { speakers, skipped };
}

/** By day, then by order of adding. */
function inOrder(order: TimeOrder): (one: QuotedSpeaker, other: QuotedSpeaker) => number {
  const way = order === 'oldest' ? 1 : -1;
  return (one, other) => {
    if (one.published === other.published) return way * (one.speaker - other.speaker);
    if (one.published === undefined || other.published === undefined) return one.published === undefined ? 1 : -1;
    return one.published > other.published ? way : -way;
  };
}
