import { digestOf } from './digest.ts';
import { eachPerson, rowsEach } from './each-person.ts';
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

/** Who speaks in one library's articles. */
export class SqliteSpeakers {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
    connection.define('digest_of', key => digestOf(String(key)));
  }

  bearers(forms: readonly number[], where: Where, most: number): Bearer[] {
    const scope = scopeOf(this.#connection, where);
    if (scope === undefined || forms.length === 0) return [];
    const distinct = [...new Set(forms)];
    const some = isAll(scope) ? undefined : articlesIn(this.#connection, scope);
    const found = some?.isAll ? this.#bearingsIn(some.articles, distinct) : this.#bearings(distinct, scope, most);
    const kept = found.sort(inOrder).slice(0, most);
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
    return eachPerson(isAll(scope) ? this.#loudestOfAll(most) : this.#loudestIn(scope), most);
  }

  /** Where they were last, of people by all that they say, and of those whom nobody is the same as. */
  #loudestOfAll(most: number): readonly SpeakerRow[] {
    // Of equals those are taken whom the other store would take: digests are made of those alone who may be among the first.
    const named = this.#connection.all(
      `SELECT said, (SELECT max(speaker) FROM person_keys WHERE person_keys.key = first.key) AS speaker FROM
        (SELECT said, key FROM people WHERE said >= coalesce((SELECT said FROM people ORDER BY said DESC LIMIT 1 OFFSET ?1 - 1), 0)
          ORDER BY said DESC LIMIT ${mostLookedAt}) AS first
        ORDER BY said DESC, digest_of(key) DESC LIMIT ?1`,
      rowsEach * most,
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

  /** Those of the newest articles of a scope, by all that they say there: their rows in the newest one. */
  #loudestIn(scope: Scope): readonly SpeakerRow[] {
    const sql = `SELECT ${columns} FROM speakers ${articleOfSpeaker} WHERE speakers.number BETWEEN ? AND ?`;
    const rows = articlesIn(this.#connection, scope)
      .articles.flatMap(article => this.#connection.allByPlace(sql, ...rangeOf(article)).map(toSpeaker))
      .sort((one, other) => other.number - one.number);
    const people = Map.groupBy(rows, ({ keys: [key], number }) => key ?? number);
    return [...people.values()]
      .map(theirs => ({ theirs, said: theirs.reduce((sum, { said }) => sum + said, 0) }))
      .sort((one, other) => other.said - one.said)
      .flatMap(({ theirs }) => theirs.slice(0, 1));
  }

  /** Bearers in the order of all that their forms have, read from each form only as far as it is needed. */
  #bearings(forms: readonly number[], scope: Scope, most: number): Bearing[] {
    const atOnce = Math.min(page, Math.max(4, Math.ceil((2 * most) / forms.length)));
    const lists = forms.map(form => pages<Bearing>(after => this.#bearingsAfter(form, after, atOnce)));
    const merged = mergeLists(lists, (one, other) => inOrder(one, other) < 0);
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
}

/** Whoever says most first; of equals, the newest. */
function inOrder(one: Bearing, other: Bearing): number {
  return other.said - one.said || other.speaker - one.speaker;
}

function toBearing(row: SqliteRow): Bearing {
  return { form: Number(row[0]), said: Number(row[1]), speaker: Number(row[2]), weight: fromParts(row[3]) };
}
