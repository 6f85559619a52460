import type { Bearer, SpeakerRow, Where } from './library-index.ts';
import { mergeLists, pages, takeNext } from './merge-lists.ts';
import { articleOf, rangeOf } from './numbers-in-article.ts';
import type { SqliteConnection, SqliteRow } from './sqlite-connection.ts';
import { fromParts, type Named, unpackNames } from './sqlite-named.ts';
import { articlesIn, conditionsOf, isAll, type Scope, scopeOf } from './sqlite-scope.ts';
import { articleOfSpeaker, columns, readSpeakers, toSpeaker } from './sqlite-speaker-rows.ts';

interface Bearing extends Named {
  readonly said: number;
  readonly speaker: number;
}

/** Where a scope holds few of those who are looked at, it is not looked through to its end. */
const mostLookedAt = 2_000;
const page = 128;
const [numberColumn, saidColumn, isWithinColumn] = [0, 3, 6];

/** Who speaks in one library's articles. */
export class SqliteSpeakers {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  bearers(forms: readonly number[], where: Where, most: number): Bearer[] {
    const scope = scopeOf(this.#connection, where);
    if (scope === undefined || forms.length === 0) return [];
    const distinct = [...new Set(forms)];
    const some = isAll(scope) ? undefined : articlesIn(this.#connection, scope);
    const found = some?.isAll ? this.#bearingsIn(some.articles, distinct) : this.#bearings(distinct, scope, most);
    const kept = found.sort((one, other) => other.said - one.said || other.speaker - one.speaker).slice(0, most);
    const rows = readSpeakers(
      this.#connection,
      kept.map(({ speaker }) => speaker),
    );
    return kept.flatMap(({ form, speaker, weight }) => {
      const row = rows.get(speaker);
      return row === undefined ? [] : [{ ...row, form, weight }];
    });
  }

  loudest(where: Where, most: number): SpeakerRow[] {
    const scope = scopeOf(this.#connection, where);
    if (scope === undefined) return [];
    if (isAll(scope)) return this.#firstOf(this.#loudestOfAll(most), most);
    const some = articlesIn(this.#connection, scope);
    const found = some.isAll ? [] : this.#firstOf(this.#bySaid(scope), most);
    if (found.length >= most) return found;
    return this.#firstOf([...found, ...this.#loudestIn(some.articles)], most);
  }

  /** Where they were last, of people by all that they say, and of those whom nobody is the same as. */
  #loudestOfAll(most: number): readonly SpeakerRow[] {
    // Somebody may have several keys.
    const named = this.#connection.all(
      `SELECT said, (SELECT max(speaker) FROM person_keys WHERE person_keys.key = people.key) AS speaker
        FROM people ORDER BY said DESC, key LIMIT ?`,
      3 * most,
    );
    const alone = this.#connection.all(
      `SELECT said, number AS speaker FROM speakers WHERE keys = '[]' ORDER BY said DESC, number DESC LIMIT ?`,
      most,
    );
    const order = [...named, ...alone].sort(
      (one, other) => Number(other.said) - Number(one.said) || Number(other.speaker) - Number(one.speaker),
    );
    const rows = readSpeakers(
      this.#connection,
      order.map(({ speaker }) => Number(speaker)),
    );
    return order.flatMap(({ speaker }) => rows.get(Number(speaker)) ?? []);
  }

  /** The first of each person. */
  #firstOf(speakers: Iterable<SpeakerRow>, most: number): SpeakerRow[] {
    const found: SpeakerRow[] = [];
    const seen = new Set<string | number>();
    for (const speaker of speakers) {
      if (found.length >= most) break;
      const isNew = ![speaker.number, ...speaker.keys].some(key => seen.has(key));
      if (isNew) found.push(speaker);
      for (const key of [speaker.number, ...speaker.keys]) seen.add(key);
    }
    return found;
  }

  /** Bearers in the order of all that their forms have, read from each form only as far as it is needed. */
  #bearings(forms: readonly number[], scope: Scope, most: number): Bearing[] {
    const atOnce = Math.min(page, Math.max(4, Math.ceil((2 * most) / forms.length)));
    const lists = forms.map(form => pages<Bearing>(after => this.#bearingsAfter(form, after, atOnce)));
    const merged = mergeLists(lists, (one, other) => one.said > other.said);
    if (isAll(scope)) return takeNext(merged, most);
    const found: Bearing[] = [];
    for (let lookedAt = 0; found.length < most && lookedAt < mostLookedAt; lookedAt += page) {
      const some = takeNext(merged, page);
      if (some.length === 0) break;
      const articles = this.#articlesIn(scope, some);
      found.push(...some.filter(({ speaker }) => articles.has(articleOf(speaker))));
    }
    return found;
  }

  #bearingsAfter(form: number, after: Bearing | undefined, most: number): Bearing[] {
    const rest = after === undefined ? '' : ' AND (said, speaker) < (?, ?)';
    const sql = `SELECT form, said, speaker, weight FROM bearers WHERE form = ?${rest}
      ORDER BY said DESC, speaker DESC LIMIT ?`;
    const values = after === undefined ? [] : [after.said, after.speaker];
    return this.#connection.allByPlace(sql, form, ...values, most).map(toBearing);
  }

  #articlesIn(scope: Scope, bearings: readonly Bearing[]): ReadonlySet<number> {
    const { sql, values } = conditionsOf(scope);
    const within = `SELECT number FROM json_each(?) AS asked CROSS JOIN articles ON articles.number = asked.value${sql}`;
    const articles = bearings.map(({ speaker }) => articleOf(speaker));
    const rows = this.#connection.all(within, JSON.stringify(articles), ...values);
    return new Set(rows.map(({ number }) => Number(number)));
  }

  #bearingsIn(articles: readonly number[], forms: readonly number[]): Bearing[] {
    const asked = new Set(forms);
    const sql = 'SELECT number, said, names FROM speakers WHERE number BETWEEN ? AND ?';
    const rows = articles.flatMap(article => this.#connection.all(sql, ...rangeOf(article)));
    return rows.flatMap(({ number, said, names }) =>
      unpackNames(names)
        .filter(({ form }) => asked.has(form))
        .map(named => ({ ...named, said: Number(said), speaker: Number(number) })),
    );
  }

  #loudestIn(articles: readonly number[]): SpeakerRow[] {
    const sql = `SELECT ${columns} FROM speakers ${articleOfSpeaker} WHERE speakers.number BETWEEN ? AND ?`;
    const rows = articles.flatMap(article => this.#connection.allByPlace(sql, ...rangeOf(article)).map(toSpeaker));
    return rows.sort((one, other) => other.said - one.said);
  }

  /** Of all articles' speakers those within the scope, whoever says most first. */
  *#bySaid(scope: Scope): Generator<SpeakerRow> {
    const { sql, values } = conditionsOf(scope);
    const select = `SELECT ${columns}, (TRUE${sql}) AS isWithin FROM speakers ${articleOfSpeaker}`;
    const order = `ORDER BY said DESC, speakers.number DESC LIMIT ${page}`;
    const readAfter = (after: SqliteRow | undefined) =>
      after === undefined
        ? this.#connection.allByPlace(`${select} ${order}`, ...values)
        : this.#connection.allByPlace(
            `${select} WHERE (said, speakers.number) < (?, ?) ${order}`,
            ...[...values, Number(after[saidColumn]), Number(after[numberColumn])],
          );
    let lookedAt = 0;
    for (const row of pages(readAfter)) {
      if (lookedAt >= mostLookedAt) return;
      lookedAt += 1;
      if (row[isWithinColumn] === 1) yield toSpeaker(row);
    }
  }
}

function toBearing(row: SqliteRow): Bearing {
  return { form: Number(row[0]), said: Number(row[1]), speaker: Number(row[2]), weight: fromParts(row[3]) };
}
