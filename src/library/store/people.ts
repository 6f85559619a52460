import { decodeText, toList, toOptionalText, toText } from './columns.ts';
import { filteredRows, filteredStatements, newestArticles, ofArticle } from './filter.ts';
import { digestOf } from './keys.ts';
import {
  type Appearances,
  allowsAllArticles,
  type Filter,
  type QuoteCounts,
  type SpeakerRow,
  type StatementRow,
  type TimelineRange,
  type TimeOrder,
} from './library-index.ts';
import { articleOf, placeOf, rangeOf } from './numbers.ts';
import { all, allForEach, first, type Row, type Script, together } from './script.ts';
import { CERTAINTY, NO_DAY } from './tables.ts';

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

export function toKeys(column: unknown): readonly string[] {
  return toList(column).map(decodeText);
}

/*
 * A person is the speakers of several articles who share a key. Each query reads only the start of an index, even if
 * the person is in many articles; with a filter on articles, totals are counted.
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

/**
 * Returns what a person with one of these keys says, by day, undated last. A statement that several articles print
 * word for word is returned once, from the earliest that passes the filter. `readAppearances` has the totals.
 */
export function* readTimeline(
  keys: readonly string[],
  filter: Filter,
  { order, offset, limit }: TimelineRange,
): Script<readonly StatementRow[]> {
  if (keys.length === 0) return [];
  const { from, where, values } = filteredStatements(filter);
  const way = order === 'oldest' ? 'ASC' : 'DESC';
  const asked = [...new Set(keys.map(digestOf))];
  const places = asked.map((_, at) => `?${values.length + at + 1}`);
  const isFirst = `number = (SELECT number FROM ${from} AS copies WHERE ${where} AND key IN (${places.join(', ')})
    AND copies.story = told.story ORDER BY day, number LIMIT 1)`;
  const select = (key: string, when: string) =>
    `SELECT day, number FROM ${from} AS told WHERE ${where} AND key = ${key} AND ${when} AND ${isFirst}`;
  const [next, until] = [values.length + asked.length + 1, offset + limit];
  const queries = places.flatMap(key =>
    ['<', '='].map(
      dated => `${select(key, `day ${dated} '${NO_DAY}'`)} ORDER BY day ${way}, number ${way} LIMIT ?${next}`,
    ),
  );
  const begun = yield* together(...queries.map(sql => [sql, ...values, ...asked, until] as const));
  const told = distinct(begun.flat()).sort(inOrder(order)).slice(0, until);
  const last = told.at(-1);
  // The newest articles come first, but the first words of each.
  const rest =
    order === 'oldest' || last === undefined
      ? []
      : yield* together(
          ...places.map(key => {
            const within = `day = ?${next} AND number BETWEEN ?${next + 1} AND ?${next + 2}`;
            // In an order that the index by day has, or PostgreSQL reads the other one.
            const sql = `${select(key, within)} ORDER BY day, number`;
            return [sql, ...values, ...asked, last.day, ...rangeOf(articleOf(last.number))] as const;
          }),
        );
  const ordered = distinct([...told, ...rest.flat()])
    .sort(inOrder(order))
    .slice(offset, until);
  const ids = yield* readIds(ordered.map(({ number }) => articleOf(number)));
  return ordered.flatMap(({ number }) => {
    const article = ids.get(articleOf(number));
    return article === undefined ? [] : [{ article, attribution: placeOf(number) }];
  });
}

/** Returns the ids of the articles that exist, by number. */
export function* readIds(numbers: readonly number[]): Script<ReadonlyMap<number, string>> {
  if (numbers.length === 0) return new Map();
  const rows = yield* all('SELECT number, id FROM {articles} WHERE {here} AND {number in ?1}', [...new Set(numbers)]);
  return new Map(rows.map(({ number, id }) => [Number(number), decodeText(id)]));
}

/** Returns the ids of articles that print a story by a person with one of these keys, at most `limit`, earliest first. */
export function* readCopies(
  keys: readonly string[],
  stories: readonly string[],
  limit: number,
): Script<ReadonlyMap<string, readonly string[]>> {
  const asked = [...new Set(keys.map(digestOf))];
  const places = asked.map((_, at) => `?${at + 1}`);
  const sql = `SELECT story, number FROM {statements} WHERE {here} AND key IN (${places.join(', ')}) AND story = {each}
    ORDER BY day, number LIMIT ?${asked.length + 1}`;
  const rows = asked.length === 0 ? [] : yield* allForEach(stories, sql, ...asked, limit * asked.length);
  const copies = rows.map(({ story, number }) => ({ story: toText(story), article: articleOf(Number(number)) }));
  const ids = yield* readIds(copies.map(({ article }) => article));
  const byStory = Map.groupBy(copies, ({ story }) => story);
  return new Map(
    [...byStory].map(([story, theirs]) => {
      const articles = theirs.flatMap(({ article }) => ids.get(article) ?? []);
      return [story, [...new Set(articles)].slice(0, limit)];
    }),
  );
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
  if (allowsAllArticles(filter) && keys.length === 1) {
    const row = yield* first('SELECT articles, said FROM {people} WHERE {here} AND {key in ?1}', keys);
    return { articles: Number(row?.articles ?? 0), said: Number(row?.said ?? 0) };
  }
  const count = ({ from, where, values }: ReturnType<typeof filteredRows>, what: string) => {
    const asked = keys.map((_, at) => `?${values.length + at + 1}`);
    const sql = `SELECT count(DISTINCT ${what}) AS count FROM ${from} AS theirs
      WHERE ${where} AND key IN (${asked.join(', ')})`;
    return [sql, ...values, ...keys] as const;
  };
  const [articles, said] = yield* together(
    count(filteredRows('keys', filter), 'speaker >> 20'),
    count(filteredStatements(filter), 'story'),
  );
  return { articles: Number(articles?.[0]?.count ?? 0), said: Number(said?.[0]?.count ?? 0) };
}

/** Returns how often a person is quoted in all articles. A row without keys is a person of its own. */
export function* readQuoteCounts(row: SpeakerRow): Script<QuoteCounts> {
  const keys = [...new Set(row.keys.map(digestOf))];
  if (keys.length === 0) return { clear: row.clear, uncertain: row.uncertain };
  const sums =
    keys.length === 1
      ? yield* first('SELECT clear, uncertain FROM {people} WHERE {here} AND {key in ?1}', keys)
      : yield* first(
          `SELECT count(*) FILTER (WHERE certainty = ${CERTAINTY.clear}) AS clear,
              count(*) FILTER (WHERE certainty = ${CERTAINTY.uncertain}) AS uncertain
            FROM (SELECT max(certainty) AS certainty FROM {statements} WHERE {here} AND {key in ?1} GROUP BY story) AS told`,
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

interface DatedStatement {
  /** `NO_DAY` if unknown. */
  readonly day: string;
  readonly number: number;
}

/** Returns each statement once: it has a row for each key of its speaker. */
function distinct(rows: readonly { readonly day?: unknown; readonly number?: unknown }[]): DatedStatement[] {
  const statements = rows.map(({ day, number }) => ({ day: toText(day), number: Number(number) }));
  return [...new Map(statements.map(each => [each.number, each])).values()];
}

/** By day, then by order of adding, then as in the text; undated last. */
function inOrder(order: TimeOrder): (one: DatedStatement, other: DatedStatement) => number {
  const way = order === 'oldest' ? 1 : -1;
  return (one, other) => {
    if (one.day !== other.day) {
      if (one.day === NO_DAY || other.day === NO_DAY) return one.day === NO_DAY ? 1 : -1;
      return one.day > other.day ? way : -way;
    }
    return way * (articleOf(one.number) - articleOf(other.number)) || one.number - other.number;
  };
}
