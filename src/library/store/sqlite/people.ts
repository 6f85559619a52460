import { decodeText, toOptionalText } from '../columns.ts';
import { digestOf } from '../keys.ts';
import {
  type Appearances,
  allowsAllArticles,
  type Filter,
  type NamedSpeaker,
  type SpeakerRow,
  type Timeline,
  type TimelineRange,
} from '../library-index.ts';
import { articleOf, placeOf, rangeOf } from '../numbers.ts';
import { distinctPeople, type QuotedSpeaker, rowsPerPerson, takeRange } from '../people.ts';
import type { SqliteConnection, SqliteRow } from './connection.ts';
import { type ArticleFilter, articleFilterOf, articlesIn, conditionsOf } from './filter.ts';
import { fromParts, listFromJson, unpackNames, type WeightedSpelling } from './values.ts';

const articleOfSpeaker = 'CROSS JOIN articles ON articles.number = speakers.number >> 20';
const columns = 'speakers.number, articles.id, shown, said, keys, articles.published';

/** Returns the speakers that exist, by number. */
function readSpeakers(connection: SqliteConnection, numbers: readonly number[]): ReadonlyMap<number, SpeakerRow> {
  const sql = `SELECT ${columns} FROM json_each(?) AS asked CROSS JOIN speakers ON speakers.number = asked.value ${articleOfSpeaker}`;
  const rows = connection.allArrays(sql, JSON.stringify([...new Set(numbers)])).map(toSpeaker);
  return new Map(rows.map(row => [row.number, row]));
}

/** Reads a row of `columns`. */
function toSpeaker(row: SqliteRow): SpeakerRow {
  return {
    number: Number(row[0]),
    article: decodeText(row[1]),
    place: placeOf(Number(row[0])),
    shown: decodeText(row[2]),
    said: Number(row[3]),
    keys: listFromJson(row[4]),
    published: toOptionalText(row[5]),
  };
}

type Totals = Pick<Appearances, 'articles' | 'said'>;

const nothing = { articles: 0, said: 0 };
const isSpeaking = 'person_keys.said > 0';
const isSilent = 'person_keys.said = 0';
const [knownDay, unknownDay] = ['person_keys.published IS NOT NULL', 'person_keys.published IS NULL'];

interface Bearer extends WeightedSpelling {
  readonly said: number;
  readonly speaker: number;
}

/** If a filter passes few of the speakers, the search stops after this many. */
const maxChecked = 2_000;
const page = 128;

/**
 * The people of one library: speakers of several articles who share a key. Each query reads the start of an index,
 * however many articles somebody is in; with a filter on articles, totals are counted.
 */
export class SqlitePeople {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
    connection.defineFunction('digest_of', key => digestOf(String(key)));
  }

  appearances(keys: readonly string[], filter: Filter, from: number, limit: number): Appearances {
    const articleFilter = articleFilterOf(this.#connection, filter);
    if (articleFilter === undefined || keys.length === 0) return { rows: [], ...nothing };
    const until = limit === 0 ? 0 : from + limit;
    const speaking = this.#newestSpeakers(keys, articleFilter, isSpeaking, until);
    const silent = this.#newestSpeakers(keys, articleFilter, isSilent, until - speaking.length);
    const rows = this.#read([...speaking, ...silent].slice(from, until));
    return { rows, ...this.#totals(keys, articleFilter) };
  }

  timeline(keys: readonly string[], filter: Filter, range: TimelineRange): Timeline {
    const articleFilter = articleFilterOf(this.#connection, filter);
    if (articleFilter === undefined) return { rows: [], skipped: 0 };
    const { speakers, skipped } = takeRange(
      keys.flatMap(key => this.#byDay(key, articleFilter, range)),
      range,
    );
    return { rows: this.#read(speakers), skipped };
  }

  speakersNamed(forms: readonly number[], filter: Filter, limit: number): NamedSpeaker[] {
    const articleFilter = articleFilterOf(this.#connection, filter);
    if (articleFilter === undefined || forms.length === 0) return [];
    const distinct = [...new Set(forms)];
    const some = allowsAllArticles(articleFilter) ? undefined : articlesIn(this.#connection, articleFilter);
    const found = some?.isAll
      ? this.#bearersIn(some.articles, distinct)
      : this.#bearers(distinct, articleFilter, limit);
    const kept = found.sort(inOrder).slice(0, limit);
    const rows = readSpeakers(
      this.#connection,
      kept.map(({ speaker }) => speaker),
    );
    return kept.flatMap(({ form, speaker, weight }) => {
      const row = rows.get(speaker);
      return row === undefined ? [] : [{ ...row, spelling: form, weight }];
    });
  }

  topSpeakers(filter: Filter, limit: number): SpeakerRow[] {
    const articleFilter = articleFilterOf(this.#connection, filter);
    if (articleFilter === undefined) return [];
    return distinctPeople(
      allowsAllArticles(articleFilter) ? this.#topOfAll(limit) : this.#topOfArticles(articleFilter),
      limit,
    );
  }

  /** Returns the numbers of quoted speakers with one of the keys, newest article first. */
  newestSpeaking(keys: readonly string[], articleFilter: ArticleFilter, limit: number): number[] {
    return this.#newestSpeakers(keys, articleFilter, isSpeaking, limit);
  }

  #newestSpeakers(keys: readonly string[], articleFilter: ArticleFilter, condition: string, limit: number): number[] {
    if (limit <= 0) return [];
    const { within, values } = among(articleFilter);
    const sql = `SELECT speaker FROM person_keys ${within} WHERE key = ? AND ${condition} ORDER BY speaker DESC LIMIT ?`;
    const found = keys.flatMap(key => this.#connection.allArrays(sql, ...values, key, limit));
    const distinct = [...new Set(found.map(row => Number(row[0])))];
    return distinct.sort((one, other) => other - one).slice(0, limit);
  }

  /** Returns at least the rows up to the end of the range. */
  #byDay(key: string, articleFilter: ArticleFilter, { order, offset, limit }: TimelineRange): QuotedSpeaker[] {
    const { within, values } = among(articleFilter);
    const way = order === 'oldest' ? 'ASC' : 'DESC';
    const read = (day: string, until: number) =>
      this.#connection.allArrays(
        `SELECT speaker, said, person_keys.published FROM person_keys ${within} WHERE key = ? AND ${isSpeaking} AND ${day}
          ORDER BY person_keys.published ${way}, speaker ${way} LIMIT ?`,
        ...[...values, key, until],
      );
    const known = read(knownDay, offset + limit);
    return [...known, ...read(unknownDay, offset + limit - known.length)].map(toSpeaking);
  }

  #totals(keys: readonly string[], articleFilter: ArticleFilter): Totals {
    const [key, another] = keys;
    if (key !== undefined && another === undefined && allowsAllArticles(articleFilter)) {
      return toTotals(this.#connection.get('SELECT articles, said FROM people WHERE key = ?', key));
    }
    const { within, values } = among(articleFilter);
    const theirs = `SELECT DISTINCT speaker, said FROM person_keys ${within} WHERE key IN (SELECT value FROM json_each(?))`;
    const sql = `SELECT count(DISTINCT speaker >> 20) AS articles, total(said) AS said FROM (${theirs})`;
    return toTotals(this.#connection.get(sql, ...values, JSON.stringify(keys)));
  }

  #read(speakers: readonly number[]): SpeakerRow[] {
    const rows = readSpeakers(this.#connection, speakers);
    return speakers.flatMap(speaker => rows.get(speaker) ?? []);
  }

  /** Returns the newest rows of the people quoted most, and of speakers without a key. */
  #topOfAll(limit: number): readonly SpeakerRow[] {
    // Ties are broken as in PostgreSQL, by digest, which is computed only for those who may be among the first.
    const named = this.#connection.all(
      `SELECT said, (SELECT max(speaker) FROM person_keys WHERE person_keys.key = first.key) AS speaker FROM
        (SELECT said, key FROM people WHERE said >= coalesce((SELECT said FROM people ORDER BY said DESC LIMIT 1 OFFSET ?1 - 1), 0)
          ORDER BY said DESC LIMIT ${maxChecked}) AS first
        ORDER BY said DESC, digest_of(key) DESC LIMIT ?1`,
      rowsPerPerson * limit,
    );
    const alone = this.#connection.all(
      `SELECT said, number AS speaker FROM speakers WHERE keys = '[]' ORDER BY said DESC, number DESC LIMIT ?`,
      limit,
    );
    const order = [...named, ...alone].sort(
      (one, other) => Number(other.said) - Number(one.said) || Number(other.speaker) - Number(one.speaker),
    );
    return this.#read(order.map(({ speaker }) => Number(speaker)));
  }

  /** Looks only at the newest articles that pass the filter; returns each person's row in the newest. */
  #topOfArticles(articleFilter: ArticleFilter): readonly SpeakerRow[] {
    const sql = `SELECT ${columns} FROM speakers ${articleOfSpeaker} WHERE speakers.number BETWEEN ? AND ?`;
    const rows = articlesIn(this.#connection, articleFilter)
      .articles.flatMap(article => this.#connection.allArrays(sql, ...rangeOf(article)).map(toSpeaker))
      .sort((one, other) => other.number - one.number);
    const people = Map.groupBy(rows, ({ keys: [key], number }) => key ?? number);
    return [...people.values()]
      .map(theirs => ({ theirs, said: theirs.reduce((sum, { said }) => sum + said, 0) }))
      .sort((one, other) => other.said - one.said)
      .flatMap(({ theirs }) => theirs.slice(0, 1));
  }

  /** Returns bearers of any of the spellings in order, reading no more of each spelling than needed. */
  #bearers(forms: readonly number[], articleFilter: ArticleFilter, limit: number): Bearer[] {
    const atOnce = Math.min(page, Math.max(4, Math.ceil((2 * limit) / forms.length)));
    const lists = forms.map(form => pages<Bearer>(after => this.#bearersAfter(form, after, atOnce)));
    const merged = mergeLists(lists, (one, other) => inOrder(one, other) < 0);
    if (allowsAllArticles(articleFilter)) return take(merged, limit);
    const found: Bearer[] = [];
    for (let lookedAt = 0; found.length < limit && lookedAt < maxChecked; lookedAt += page) {
      const some = take(merged, page);
      if (some.length === 0) break;
      const articles = this.#articlesIn(articleFilter, some);
      found.push(...some.filter(({ speaker }) => articles.has(articleOf(speaker))));
    }
    return found;
  }

  #bearersAfter(form: number, after: Bearer | undefined, limit: number): Bearer[] {
    const rest = after === undefined ? '' : ' AND (said, speaker) < (?, ?)';
    const sql = `SELECT form, said, speaker, weight FROM bearers WHERE form = ?${rest}
      ORDER BY said DESC, speaker DESC LIMIT ?`;
    const values = after === undefined ? [] : [after.said, after.speaker];
    return this.#connection.allArrays(sql, form, ...values, limit).map(toBearer);
  }

  #articlesIn(articleFilter: ArticleFilter, bearings: readonly Bearer[]): ReadonlySet<number> {
    const { sql, values } = conditionsOf(articleFilter);
    const within = `SELECT number FROM json_each(?) AS asked CROSS JOIN articles ON articles.number = asked.value${sql}`;
    const articles = bearings.map(({ speaker }) => articleOf(speaker));
    const rows = this.#connection.all(within, JSON.stringify(articles), ...values);
    return new Set(rows.map(({ number }) => Number(number)));
  }

  #bearersIn(articles: readonly number[], forms: readonly number[]): Bearer[] {
    const asked = new Set(forms);
    const sql = 'SELECT number, said, names FROM speakers WHERE number BETWEEN ? AND ?';
    const rows = articles.flatMap(article => this.#connection.all(sql, ...rangeOf(article)));
    return rows.flatMap(({ number, said, names }) =>
      unpackNames(names)
        .filter(({ form }) => asked.has(form))
        .map(named => ({ ...named, said: Number(said), speaker: Number(number) })),
    );
  }
}

function among(articleFilter: ArticleFilter): {
  readonly within: string;
  readonly values: readonly (string | number)[];
} {
  if (allowsAllArticles(articleFilter)) return { within: '', values: [] };
  const { sql, values } = conditionsOf(articleFilter);
  return { within: `CROSS JOIN articles ON articles.number = person_keys.speaker >> 20${sql}`, values };
}

function toTotals(row: SqliteRow | undefined): Totals {
  return { articles: Number(row?.articles ?? 0), said: Number(row?.said ?? 0) };
}

function toSpeaking(row: SqliteRow): QuotedSpeaker {
  return { speaker: Number(row[0]), said: Number(row[1]), published: toOptionalText(row[2] ?? null) };
}

/** Those quoted most first, then the newest. */
function inOrder(one: Bearer, other: Bearer): number {
  return other.said - one.said || other.speaker - one.speaker;
}

function toBearer(row: SqliteRow): Bearer {
  return { form: Number(row[0]), said: Number(row[1]), speaker: Number(row[2]), weight: fromParts(row[3]) };
}

/** Yields a list page by page: `read` returns the items after a given one, or the first ones. */
export function* pages<Item>(read: (after: Item | undefined) => readonly Item[]): Generator<Item> {
  for (let page = read(undefined); page.length > 0; page = read(page.at(-1))) yield* page;
}

/** Merges sorted lists lazily; `isBefore` compares two items. */
export function* mergeLists<Item>(
  lists: readonly Generator<Item>[],
  isBefore: (one: Item, other: Item) => boolean,
): Generator<Item> {
  const heads = lists.flatMap(list => {
    const head = list.next();
    return head.done === true ? [] : [{ list, item: head.value }];
  });
  while (heads.length > 0) {
    let [head, at] = [heads[0], 0];
    // By index: this runs for every item as often as there are lists.
    for (let place = 1; place < heads.length; place += 1) {
      const other = heads[place];
      if (head === undefined || other === undefined || !isBefore(other.item, head.item)) continue;
      [head, at] = [other, place];
    }
    if (head === undefined) return;
    yield head.item;
    const next = head.list.next();
    if (next.done === true) heads.splice(at, 1);
    else head.item = next.value;
  }
}

/** Takes up to `limit` items; more can be taken later. */
export function take<Item>(list: Generator<Item>, limit: number): Item[] {
  const taken: Item[] = [];
  while (taken.length < limit) {
    const next = list.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
}
