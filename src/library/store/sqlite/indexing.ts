import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { IndexedArticle, IndexedName, IndexedSpeaker, IndexedUnit } from '../../../indexing/index-article.ts';
import { reverse } from '../../../words/spellings.ts';
import type { Field } from '../library-index.ts';
import { maxPerArticle, numberIn, rangeOf } from '../numbers.ts';
import { commonNumberOf, lastCommon, marksOf, spellingOf, tokensOf } from '../tokens.ts';
import type { SqliteConnection } from './connection.ts';
import {
  listFromJson,
  packNames,
  packNumbers,
  toParts,
  unpackNames,
  unpackNumbers,
  type WeightedSpelling,
} from './values.ts';

interface Change {
  text: number;
  name: number;
}

/** Numbers terms and counts their uses. `write` stores the counts, once per term, and deletes unused terms. */
class SqliteTermCounts {
  readonly #connection: SqliteConnection;
  readonly #numbers = new Map<string, number>();
  readonly #changes = new Map<number, Change>();

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  /** Returns the term's number, adding the term if it is new. */
  numberOf(term: string): number {
    const known = this.#numbers.get(term);
    if (known !== undefined) return known;
    const row = this.#connection.get('SELECT number FROM terms WHERE term = ?', term);
    const number = row === undefined ? this.#insert(term) : Number(row.number);
    this.#numbers.set(term, number);
    return number;
  }

  /** Adds `more` to the counts of these terms, each once. */
  count(field: Field, terms: Iterable<number>, more: number): void {
    for (const term of new Set(terms)) {
      const change = this.#changes.get(term) ?? { text: 0, name: 0 };
      change[field] += more;
      this.#changes.set(term, change);
    }
  }

  write(): void {
    for (const [term, { text, name }] of this.#changes) {
      if (text !== 0 || name !== 0) this.#update(term, text, name);
    }
    this.#changes.clear();
    this.#numbers.clear();
  }

  #insert(term: string): number {
    const bare = term.includes("'") ? term.replaceAll("'", '') : null;
    const next = `SELECT max(${lastCommon}, coalesce(max(number), 0)) + 1 FROM terms`;
    const sql = `INSERT INTO terms (number, term, bare, length, reversed, in_text, in_names)
      VALUES (coalesce(?, (${next})), ?, ?, ?, ?, 0, 0)`;
    return this.#connection.run(sql, commonNumberOf(term) ?? null, term, bare, term.length, reverse(term));
  }

  #update(term: number, text: number, name: number): void {
    const sql = `UPDATE terms SET in_text = in_text + ?, in_names = in_names + ? WHERE number = ?
      RETURNING in_text, in_names, text_magnitude, name_magnitude`;
    const row = this.#connection.get(sql, text, name, term);
    if (row === undefined) return;
    const [inText, inNames] = [Number(row.in_text), Number(row.in_names)];
    if (inText <= 0 && inNames <= 0) {
      this.#connection.run('DELETE FROM terms WHERE number = ?', term);
      return;
    }
    const magnitudes = [magnitudeOf(inText), magnitudeOf(inNames)] as const;
    // They are indexed and rarely change.
    if (magnitudes[0] === row.text_magnitude && magnitudes[1] === row.name_magnitude) return;
    this.#connection.run(
      'UPDATE terms SET text_magnitude = ?, name_magnitude = ? WHERE number = ?',
      ...magnitudes,
      term,
    );
  }
}

/** Returns the power of two of a frequency, or `null` for 0. */
function magnitudeOf(frequency: number): number | null {
  return frequency > 0 ? Math.floor(Math.log2(frequency)) : null;
}

/** The distinct spellings of a library's names. */
class SqliteSpellings {
  readonly #connection: SqliteConnection;
  readonly #terms: SqliteTermCounts;

  constructor(connection: SqliteConnection, terms: SqliteTermCounts) {
    this.#connection = connection;
    this.#terms = terms;
  }

  /** Returns the spelling's number, adding the spelling if it is new. */
  numberOf(terms: readonly string[]): number {
    const spelling = spellingOf(terms);
    const known = this.#connection.get('SELECT number FROM forms WHERE spelling = ?', spelling);
    if (known !== undefined) return Number(known.number);
    const words = terms.map(term => this.#terms.numberOf(term));
    const form = this.#connection.run(
      'INSERT INTO forms (spelling, words) VALUES (?, ?)',
      spelling,
      packNumbers(words),
    );
    for (const term of new Set(words)) {
      this.#connection.run('INSERT INTO form_words (term, form) VALUES (?, ?)', term, form);
    }
    this.#terms.count('name', words, 1);
    return form;
  }

  /** Adds to the number of quotes of the people with this spelling. */
  countSaid(form: number, said: number): void {
    if (said !== 0) this.#connection.run('UPDATE forms SET said = said + ? WHERE number = ?', said, form);
  }

  /** Deletes the spellings that no speaker and no article uses any more. */
  dropUnused(names: readonly WeightedSpelling[]): void {
    const isUsed = `SELECT 1 FROM bearers WHERE form = ?1 UNION ALL SELECT 1 FROM titled WHERE form = ?1 LIMIT 1`;
    for (const form of new Set(names.map(({ form }) => form))) {
      if (this.#connection.get(isUsed, form) === undefined) this.#drop(form);
    }
  }

  #drop(form: number): void {
    const row = this.#connection.get('DELETE FROM forms WHERE number = ? RETURNING words', form);
    if (row === undefined) return;
    const words = unpackNumbers(row.words);
    this.#terms.count('name', words, -1);
    for (const term of new Set(words)) {
      this.#connection.run('DELETE FROM form_words WHERE term = ? AND form = ?', term, form);
    }
  }
}

/**
 * Removing a unit from a full-text index of 100,000 units without a trace takes 4 ms; rebuilding the index takes some
 * hundredths of a millisecond for each remaining unit.
 */
const fewUnits = 400;
const timesSooner = 100;

/** A speaker of one article, by a key that identifies the person. */
interface PersonKey {
  readonly key: string;
  readonly number: number;
  readonly said: number;
  readonly published: SQLOutputValue;
}

/** Adds articles to a library's index and removes them. One instance per transaction: it caches numbers. */
export class SqliteIndexing {
  readonly #connection: SqliteConnection;
  readonly #terms: SqliteTermCounts;
  readonly #forms: SqliteSpellings;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
    this.#terms = new SqliteTermCounts(connection);
    this.#forms = new SqliteSpellings(connection, this.#terms);
  }

  /** The article must not be indexed yet. */
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
    for (const speaker of speakers.slice(0, maxPerArticle)) {
      const number = this.#addSpeaker(article, speaker);
      for (const key of new Set(speaker.keys)) {
        this.#addKey({ key, number, said: speaker.said, published: row?.published ?? null }, !known.has(key));
        known.add(key);
      }
    }
    const kept = units.slice(0, maxPerArticle);
    for (const [place, unit] of kept.entries()) this.#addUnit(article, numberIn(article, place), unit, marks);
    this.#run('UPDATE totals SET units = units + ?', kept.length);
    this.#terms.write();
  }

  /** Removes an article from the index, if it is indexed. */
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

  /** Returns the speaker's number. */
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

  #addNames(names: readonly IndexedName[]): WeightedSpelling[] {
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
      // Rebuilds the index without them, which leaves no trace either.
      this.#run("INSERT INTO unit_words (unit_words) VALUES ('optimize')");
      this.#run("INSERT INTO unit_words (unit_words, rank) VALUES ('secure-delete', 1)");
    }
    this.#run('DELETE FROM units WHERE number BETWEEN ? AND ?', first, last);
    this.#run('UPDATE totals SET units = units - ?', rows.length);
  }

  /** Returns their spellings. */
  #dropSpeakers(article: number): WeightedSpelling[] {
    const [first, last] = rangeOf(article);
    const rows = this.#connection.all('SELECT * FROM speakers WHERE number BETWEEN ? AND ?', first, last);
    const dropped: WeightedSpelling[] = [];
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

  /** Counts one more article of an outlet and returns the outlet's number. */
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
