import type { IndexedName, IndexedSpeaker, IndexedUnit } from '../../../indexing/index-article.ts';
import { reverse } from '../../../words/spellings.ts';
import type { Field, IndexEntry } from '../library-index.ts';
import { MAX_PER_ARTICLE, numberIn, rangeOf } from '../numbers.ts';
import { all, first, type Script } from '../script.ts';
import { commonNumberOf, LAST_COMMON, marksOf, spellingOf, tokensOf } from '../tokens.ts';
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
class TermCounts {
  readonly #numbers = new Map<string, number>();
  readonly #changes = new Map<number, Change>();

  /** Returns the terms' numbers, adding new terms. */
  *numbersOf(terms: readonly string[]): Script<number[]> {
    const numbers: number[] = [];
    for (const term of terms) numbers.push(this.#numbers.get(term) ?? (yield* this.#find(term)));
    return numbers;
  }

  *#find(term: string): Script<number> {
    const row = yield* first('SELECT number FROM terms WHERE term = ?', term);
    const number = row === undefined ? yield* this.#insert(term) : Number(row.number);
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

  *write(): Script<void> {
    for (const [term, { text, name }] of this.#changes) {
      if (text !== 0 || name !== 0) yield* this.#update(term, text, name);
    }
    this.#changes.clear();
    this.#numbers.clear();
  }

  *#insert(term: string): Script<number> {
    const bare = term.includes("'") ? term.replaceAll("'", '') : null;
    const number = commonNumberOf(term) ?? Math.max(LAST_COMMON + 1, yield* nextNumber('terms'));
    const sql = `INSERT INTO terms (number, term, bare, length, reversed, in_text, in_names)
      VALUES (?, ?, ?, ?, ?, 0, 0)`;
    yield* all(sql, number, term, bare, term.length, reverse(term));
    return number;
  }

  *#update(term: number, text: number, name: number): Script<void> {
    const sql = `UPDATE terms SET in_text = in_text + ?, in_names = in_names + ? WHERE number = ?
      RETURNING in_text, in_names, text_magnitude, name_magnitude`;
    const row = yield* first(sql, text, name, term);
    if (row === undefined) return;
    const [inText, inNames] = [Number(row.in_text), Number(row.in_names)];
    if (inText <= 0 && inNames <= 0) {
      yield* all('DELETE FROM terms WHERE number = ?', term);
      return;
    }
    const magnitudes = [magnitudeOf(inText), magnitudeOf(inNames)] as const;
    // They are indexed and rarely change.
    if (magnitudes[0] === row.text_magnitude && magnitudes[1] === row.name_magnitude) return;
    yield* all('UPDATE terms SET text_magnitude = ?, name_magnitude = ? WHERE number = ?', ...magnitudes, term);
  }
}

/**
 * Returns the number of a new row. Not with `RETURNING`: that makes a savepoint, for which the full-text index writes what
 * was added so far to the disk.
 */
function* nextNumber(table: 'terms' | 'forms'): Script<number> {
  return Number((yield* first(`SELECT max(number) AS last FROM ${table}`))?.last ?? 0) + 1;
}

/** Returns the power of two of a frequency, or `null` for 0. */
function magnitudeOf(frequency: number): number | null {
  return frequency > 0 ? Math.floor(Math.log2(frequency)) : null;
}

/** The distinct spellings of a library's names. */
class Spellings {
  readonly #terms: TermCounts;

  constructor(terms: TermCounts) {
    this.#terms = terms;
  }

  /** Returns the spelling's number, adding the spelling if it is new. */
  *numberOf(terms: readonly string[]): Script<number> {
    const spelling = spellingOf(terms);
    const known = yield* first('SELECT number FROM forms WHERE spelling = ?', spelling);
    if (known !== undefined) return Number(known.number);
    const words = yield* this.#terms.numbersOf(terms);
    const form = yield* nextNumber('forms');
    const sql = 'INSERT INTO forms (number, spelling, words) VALUES (?, ?, ?)';
    yield* all(sql, form, spelling, packNumbers(words));
    for (const term of new Set(words)) {
      yield* all('INSERT INTO form_words (term, form) VALUES (?, ?)', term, form);
    }
    this.#terms.count('name', words, 1);
    return form;
  }

  /** Adds to the number of quotes of the people with this spelling. */
  *countSaid(form: number, said: number): Script<void> {
    if (said !== 0) yield* all('UPDATE forms SET said = said + ? WHERE number = ?', said, form);
  }

  /** Deletes the spellings that no speaker and no article uses any more. */
  *dropUnused(names: readonly WeightedSpelling[]): Script<void> {
    const isUsed = `SELECT 1 FROM bearers WHERE form = ?1 UNION ALL SELECT 1 FROM titled WHERE form = ?1 LIMIT 1`;
    for (const form of new Set(names.map(({ form }) => form))) {
      if ((yield* first(isUsed, form)) === undefined) yield* this.#drop(form);
    }
  }

  *#drop(form: number): Script<void> {
    const row = yield* first('DELETE FROM forms WHERE number = ? RETURNING words', form);
    if (row === undefined) return;
    const words = unpackNumbers(row.words);
    this.#terms.count('name', words, -1);
    for (const term of new Set(words)) {
      yield* all('DELETE FROM form_words WHERE term = ? AND form = ?', term, form);
    }
  }
}

/**
 * Removing a unit from a full-text index of 100,000 units without a trace takes 4 ms; rebuilding the index takes some
 * hundredths of a millisecond for each remaining unit.
 */
const FEW_UNITS = 400;
const TIMES_SOONER = 100;

/** A speaker of one article, by a key that identifies the person. */
interface PersonKey {
  readonly key: string;
  readonly number: number;
  readonly said: number;
  readonly published: string | null;
}

/** Adds an article to the index. It must not be indexed yet. */
export function* addToIndex({ number: article, day, indexed }: IndexEntry): Script<void> {
  const { units, speakers, titles, outlet } = indexed;
  const terms = new TermCounts();
  const forms = new Spellings(terms);
  const outletNumber = outlet === undefined ? undefined : yield* countOutlet(outlet);
  const sql = 'UPDATE articles SET outlet = ?, titles = ? WHERE number = ?';
  const names = yield* weighSpellings(forms, titles);
  yield* all(sql, outletNumber ?? null, packNames(names), article);
  const marks = marksOf(outletNumber, day);
  for (const { form, weight } of names) {
    yield* all('INSERT INTO titled (form, article, weight) VALUES (?, ?, ?)', form, article, toParts(weight));
  }
  const known = new Set<string>();
  for (const speaker of speakers.slice(0, MAX_PER_ARTICLE)) {
    const number = yield* addSpeaker(forms, article, speaker);
    for (const key of new Set(speaker.keys)) {
      yield* addKey({ key, number, said: speaker.said, published: day ?? null }, !known.has(key));
      known.add(key);
    }
  }
  const kept = units.slice(0, MAX_PER_ARTICLE);
  for (const [place, unit] of kept.entries()) yield* addUnit(terms, article, place, unit, marks);
  yield* all('UPDATE totals SET units = units + ?', kept.length);
  yield* terms.write();
}

/** Removes an article from the index, if it is indexed. */
export function* dropFromIndex(article: number): Script<void> {
  const row = yield* first('SELECT outlet, titles, published FROM articles WHERE number = ?', article);
  if (row?.titles === undefined || row.titles === null) return;
  const terms = new TermCounts();
  const forms = new Spellings(terms);
  yield* dropUnits(terms, article, marksOf(row.outlet, row.published));
  const titles = unpackNames(row.titles);
  for (const { form } of titles) yield* all('DELETE FROM titled WHERE form = ? AND article = ?', form, article);
  yield* forms.dropUnused([...(yield* dropSpeakers(forms, article)), ...titles]);
  yield* all('UPDATE articles SET outlet = NULL, titles = NULL WHERE number = ?', article);
  if (row.outlet !== null) yield* dropOutlet(Number(row.outlet));
  yield* terms.write();
}

function* addUnit(terms: TermCounts, article: number, place: number, unit: IndexedUnit, marks: string): Script<void> {
  const number = numberIn(article, place);
  const words = yield* terms.numbersOf(unit.terms);
  terms.count('text', words, 1);
  const speaker = unit.speaker === undefined ? null : numberIn(article, unit.speaker);
  yield* all(
    'INSERT INTO units (number, paragraph, attribution, speaker, starts, ends, words) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ...[number, unit.paragraph, unit.attribution ?? null, speaker, unit.span.start, unit.span.end],
    packNumbers(words),
  );
  yield* all('INSERT INTO unit_words (rowid, words) VALUES (?, ?)', number, tokensOf(words, marks));
}

/** Returns the speaker's number. */
function* addSpeaker(
  forms: Spellings,
  article: number,
  { place, shown, said, keys, names }: IndexedSpeaker,
): Script<number> {
  const number = numberIn(article, place);
  const spellings = yield* weighSpellings(forms, names);
  yield* all(
    'INSERT INTO speakers (number, shown, said, keys, names) VALUES (?, ?, ?, ?, ?)',
    ...[number, JSON.stringify(shown), said, JSON.stringify(keys), packNames(spellings)],
  );
  for (const { form, weight } of spellings) {
    const sql = 'INSERT INTO bearers (form, said, speaker, weight) VALUES (?, ?, ?, ?)';
    yield* all(sql, form, said, number, toParts(weight));
    yield* forms.countSaid(form, said);
  }
  return number;
}

function* addKey({ key, number, said, published }: PersonKey, isFirst: boolean): Script<void> {
  const sql = 'INSERT INTO person_keys (key, speaker, said, published) VALUES (?, ?, ?, ?)';
  yield* all(sql, key, number, said, published);
  const more = `INSERT INTO people (key, speakers, articles, said) VALUES (?, 1, 1, ?)
    ON CONFLICT (key) DO UPDATE SET speakers = speakers + 1, articles = articles + ?, said = said + excluded.said`;
  yield* all(more, key, said, Number(isFirst));
}

function* weighSpellings(forms: Spellings, names: readonly IndexedName[]): Script<WeightedSpelling[]> {
  const spellings: WeightedSpelling[] = [];
  for (const { terms, weight } of names) spellings.push({ form: yield* forms.numberOf(terms), weight });
  return spellings;
}

function* dropUnits(terms: TermCounts, article: number, marks: string): Script<void> {
  const range = rangeOf(article);
  const rows = yield* all('SELECT number, words FROM units WHERE number BETWEEN ? AND ?', ...range);
  const inAll = Number((yield* first('SELECT units FROM totals'))?.units);
  const areMany = rows.length >= FEW_UNITS && rows.length * TIMES_SOONER > inAll;
  if (areMany) yield* all("INSERT INTO unit_words (unit_words, rank) VALUES ('secure-delete', 0)");
  for (const row of rows) {
    const words = unpackNumbers(row.words);
    terms.count('text', words, -1);
    const sql = "INSERT INTO unit_words (unit_words, rowid, words) VALUES ('delete', ?, ?)";
    yield* all(sql, Number(row.number), tokensOf(words, marks));
  }
  if (areMany) {
    // Rebuilds the index without them, which leaves no trace either.
    yield* all("INSERT INTO unit_words (unit_words) VALUES ('optimize')");
    yield* all("INSERT INTO unit_words (unit_words, rank) VALUES ('secure-delete', 1)");
  }
  yield* all('DELETE FROM units WHERE number BETWEEN ? AND ?', ...range);
  yield* all('UPDATE totals SET units = units - ?', rows.length);
}

/** Returns their spellings. */
function* dropSpeakers(forms: Spellings, article: number): Script<WeightedSpelling[]> {
  const range = rangeOf(article);
  const rows = yield* all('SELECT * FROM speakers WHERE number BETWEEN ? AND ?', ...range);
  const dropped: WeightedSpelling[] = [];
  const known = new Set<string>();
  for (const { number, said, keys, names } of rows) {
    for (const named of unpackNames(names)) {
      dropped.push(named);
      const sql = 'DELETE FROM bearers WHERE form = ? AND said = ? AND speaker = ?';
      yield* all(sql, named.form, Number(said), Number(number));
      yield* forms.countSaid(named.form, -Number(said));
    }
    for (const key of new Set(listFromJson(keys))) {
      yield* all('DELETE FROM person_keys WHERE key = ? AND speaker = ?', key, Number(number));
      yield* dropFromPeople(key, Number(said), !known.has(key));
      known.add(key);
    }
  }
  yield* all('DELETE FROM speakers WHERE number BETWEEN ? AND ?', ...range);
  return dropped;
}

function* dropFromPeople(key: string, said: number, isFirst: boolean): Script<void> {
  const less = 'speakers = speakers - 1, articles = articles - ?, said = said - ?';
  yield* all(`UPDATE people SET ${less} WHERE key = ?`, Number(isFirst), said, key);
  yield* all('DELETE FROM people WHERE key = ? AND speakers = 0', key);
}

/** Counts one more article of an outlet and returns the outlet's number. */
function* countOutlet(folded: string): Script<number> {
  const sql = `INSERT INTO outlets (folded, articles) VALUES (?, 1)
    ON CONFLICT (folded) DO UPDATE SET articles = articles + 1 RETURNING number`;
  return Number((yield* first(sql, folded))?.number);
}

function* dropOutlet(number: number): Script<void> {
  yield* all('UPDATE outlets SET articles = articles - 1 WHERE number = ?', number);
  yield* all('DELETE FROM outlets WHERE number = ? AND articles <= 0', number);
}
