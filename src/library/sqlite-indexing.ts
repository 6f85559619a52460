import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { IndexedArticle, IndexedName, IndexedSpeaker, IndexedUnit } from '../indexing/index-article.ts';
import { mostInArticle, numberIn, rangeOf } from './numbers-in-article.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { SqliteForms } from './sqlite-forms.ts';
import { type Named, packNames, toParts, unpackNames } from './sqlite-named.ts';
import { SqliteTermCounts } from './sqlite-term-counts.ts';
import { listFromJson, packNumbers, unpackNumbers } from './sqlite-values.ts';
import { marksOf, tokensOf } from './unit-tokens.ts';

/**
 * To take one unit out of the full-text index and leave nothing of it takes 4 ms among 100,000; to write the index anew some
 * hundredths of a millisecond for each unit that stays.
 */
const fewUnits = 400;
const timesSooner = 100;

/** Somebody in one article by what makes them one with others. */
interface PersonKey {
  readonly key: string;
  readonly number: number;
  readonly said: number;
  readonly published: SQLOutputValue;
}

/** Puts articles into a library's index and takes them out again. For one transaction of the caller's: numbers are remembered. */
export class SqliteIndexing {
  readonly #connection: SqliteConnection;
  readonly #terms: SqliteTermCounts;
  readonly #forms: SqliteForms;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
    this.#terms = new SqliteTermCounts(connection);
    this.#forms = new SqliteForms(connection, this.#terms);
  }

  /** The article is in no index yet. */
  add(article: number, { units, speakers, titles, outlet }: IndexedArticle): void {
    const outletNumber = outlet === undefined ? undefined : this.#countOutlet(outlet);
    const sql = 'UPDATE articles SET outlet = ?, titles = ? WHERE number = ? RETURNING published';
    const names = this.#addNames(titles);
    const row = this.#connection.get(sql, outletNumber ?? null, packNames(names), article);
    const marks = marksOf(outletNumber, row?.published);
    for (const { form, weight } of names) {
      this.#run('INSERT INTO titled (form, article, weight) VALUES (?, ?, ?)', form, article, toParts(weight));
    }
    const known = new Set<string>();
    for (const speaker of speakers.slice(0, mostInArticle)) {
      const number = this.#addSpeaker(article, speaker);
      for (const key of new Set(speaker.keys)) {
        this.#addKey({ key, number, said: speaker.said, published: row?.published ?? null }, !known.has(key));
        known.add(key);
      }
    }
    const kept = units.slice(0, mostInArticle);
    for (const [place, unit] of kept.entries()) this.#addUnit(article, numberIn(article, place), unit, marks);
    this.#run('UPDATE totals SET units = units + ?', kept.length);
    this.#terms.write();
  }

  /** Leaves nothing of an article in the index. One that is in none is left as it is. */
  drop(article: number): void {
    const row = this.#connection.get('SELECT outlet, titles, published FROM articles WHERE number = ?', article);
    if (row?.titles === undefined || row.titles === null) return;
    this.#dropUnits(article, marksOf(row.outlet, row.published));
    const titles = unpackNames(row.titles);
    for (const { form } of titles) this.#run('DELETE FROM titled WHERE form = ? AND article = ?', form, article);
    this.#forms.dropUnused([...this.#dropSpeakers(article), ...titles]);
    this.#run('UPDATE articles SET outlet = NULL, titles = NULL WHERE number = ?', article);
    if (row.outlet !== null) this.#dropOutlet(Number(row.outlet));
    this.#terms.write();
  }

  #addUnit(article: number, number: number, unit: IndexedUnit, marks: string): void {
    const words = unit.terms.map(term => this.#terms.numberOf(term));
    this.#terms.count('text', words, 1);
    const speaker = unit.speaker === undefined ? null : numberIn(article, unit.speaker);
    this.#run(
      'INSERT INTO units (number, paragraph, attribution, speaker, starts, ends, words) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ...[number, unit.paragraph, unit.attribution ?? null, speaker, unit.span.start, unit.span.end],
      packNumbers(words),
    );
    this.#run('INSERT INTO unit_words (rowid, words) VALUES (?, ?)', number, tokensOf(words, marks));
  }

  /** The number that it has. */
  #addSpeaker(article: number, { place, shown, said, keys, names }: IndexedSpeaker): number {
    const number = numberIn(article, place);
    const forms = this.#addNames(names);
    this.#run(
      'INSERT INTO speakers (number, shown, said, keys, names) VALUES (?, ?, ?, ?, ?)',
      ...[number, JSON.stringify(shown), said, JSON.stringify(keys), packNames(forms)],
    );
    for (const { form, weight } of forms) {
      const sql = 'INSERT INTO bearers (form, said, speaker, weight) VALUES (?, ?, ?, ?)';
      this.#run(sql, form, said, number, toParts(weight));
      this.#forms.countSaid(form, said);
    }
    return number;
  }

  #addKey({ key, number, said, published }: PersonKey, isFirst: boolean): void {
    const sql = 'INSERT INTO person_keys (key, speaker, said, published) VALUES (?, ?, ?, ?)';
    this.#run(sql, key, number, said, published);
    const more = `INSERT INTO people (key, speakers, articles, said) VALUES (?, 1, 1, ?)
      ON CONFLICT (key) DO UPDATE SET speakers = speakers + 1, articles = articles + ?, said = said + excluded.said`;
    this.#run(more, key, said, Number(isFirst));
  }

  #addNames(names: readonly IndexedName[]): Named[] {
    return names.map(({ terms, weight }) => ({ form: this.#forms.numberOf(terms), weight }));
  }

  #dropUnits(article: number, marks: string): void {
    const [first, last] = rangeOf(article);
    const rows = this.#connection.all('SELECT number, words FROM units WHERE number BETWEEN ? AND ?', first, last);
    const all = Number(this.#connection.get('SELECT units FROM totals')?.units);
    const areMany = rows.length >= fewUnits && rows.length * timesSooner > all;
    if (areMany) this.#run("INSERT INTO unit_words (unit_words, rank) VALUES ('secure-delete', 0)");
    for (const row of rows) {
      const words = unpackNumbers(row.words);
      this.#terms.count('text', words, -1);
      const sql = "INSERT INTO unit_words (unit_words, rowid, words) VALUES ('delete', ?, ?)";
      this.#run(sql, Number(row.number), tokensOf(words, marks));
    }
    if (areMany) {
      // Written anew without them, as a whole: nothing of them is left either.
      this.#run("INSERT INTO unit_words (unit_words) VALUES ('optimize')");
      this.#run("INSERT INTO unit_words (unit_words, rank) VALUES ('secure-delete', 1)");
    }
    this.#run('DELETE FROM units WHERE number BETWEEN ? AND ?', first, last);
    this.#run('UPDATE totals SET units = units - ?', rows.length);
  }

  /** The names that they had. */
  #dropSpeakers(article: number): Named[] {
    const [first, last] = rangeOf(article);
    const rows = this.#connection.all('SELECT * FROM speakers WHERE number BETWEEN ? AND ?', first, last);
    const dropped: Named[] = [];
    const known = new Set<string>();
    for (const { number, said, keys, names } of rows) {
      for (const named of unpackNames(names)) {
        dropped.push(named);
        const sql = 'DELETE FROM bearers WHERE form = ? AND said = ? AND speaker = ?';
        this.#run(sql, named.form, Number(said), Number(number));
        this.#forms.countSaid(named.form, -Number(said));
      }
      for (const key of new Set(listFromJson(keys))) {
        this.#run('DELETE FROM person_keys WHERE key = ? AND speaker = ?', key, Number(number));
        this.#dropFromPeople(key, Number(said), !known.has(key));
        known.add(key);
      }
    }
    this.#run('DELETE FROM speakers WHERE number BETWEEN ? AND ?', first, last);
    return dropped;
  }

  #dropFromPeople(key: string, said: number, isFirst: boolean): void {
    const less = 'speakers = speakers - 1, articles = articles - ?, said = said - ?';
    this.#run(`UPDATE people SET ${less} WHERE key = ?`, Number(isFirst), said, key);
    this.#run('DELETE FROM people WHERE key = ? AND speakers = 0', key);
  }

  /** The number of an outlet that has one more article. */
  #countOutlet(folded: string): number {
    const sql = `INSERT INTO outlets (folded, articles) VALUES (?, 1)
      ON CONFLICT (folded) DO UPDATE SET articles = articles + 1 RETURNING number`;
    return Number(this.#connection.get(sql, folded)?.number);
  }

  #dropOutlet(number: number): void {
    this.#run('UPDATE outlets SET articles = articles - 1 WHERE number = ?', number);
    this.#run('DELETE FROM outlets WHERE number = ? AND articles <= 0', number);
  }

  #run(sql: string, ...values: readonly SQLInputValue[]): void {
    this.#connection.run(sql, ...values);
  }
}
