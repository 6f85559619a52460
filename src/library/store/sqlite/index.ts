import type { Metadata } from '../../../news/article.ts';
import {
  countEdits,
  editsAllowed,
  misspellingsOf,
  rangesAround,
  reverse,
  type SpellingRange,
} from '../../../words/spellings.ts';
import { decodeText, toText } from '../columns.ts';
import type { Field, LibraryIndex, Misspelling, NamedArticle, Outlet, Spelling, Term } from '../library-index.ts';
import { checksum } from '../stored.ts';
import { termsOfSpelling } from '../tokens.ts';
import { asPromise, type SqliteConnection, type SqliteRow } from './connection.ts';
import { mergeLists, pages, SqlitePeople, take } from './people.ts';
import { SqliteUnits } from './units.ts';
import { fromParts, unpackNumbers, type WeightedSpelling } from './values.ts';

interface Titled extends WeightedSpelling {
  readonly article: number;
  readonly id: string;
}

const page = 64;

/** Spellings read for the rarest term; fewer for the other terms, since a first name helps little. */
const maxSpellings = 1_000;

/** The names, titles and outlets of one library. */
class SqliteNames {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  spellings(terms: readonly number[], limit: number): Spelling[] {
    const asked = new Set(terms);
    const counted = `SELECT forms.number, said, words FROM json_each(?) AS holding CROSS JOIN forms ON forms.number = holding.value`;
    const ordered = this.#connection
      .allArrays(counted, JSON.stringify([...this.#containing(asked)]))
      .map(row => ({ number: Number(row[0]), said: Number(row[1]), held: countHeld(row[2], asked) }))
      .sort((one, other) => other.held - one.held || other.said - one.said || one.number - other.number);
    const first = ordered.slice(0, limit).map(({ number }) => number);
    const sql = `SELECT forms.number, spelling FROM json_each(?) AS asked CROSS JOIN forms ON forms.number = asked.value ORDER BY asked.key`;
    return this.#connection.all(sql, JSON.stringify(first)).map(toForm);
  }

  topSpellings(limit: number): Spelling[] {
    const sql = 'SELECT number, spelling FROM forms ORDER BY said DESC, number DESC LIMIT ?';
    return this.#connection.all(sql, limit).map(toForm);
  }

  articlesNamed(forms: readonly number[], limit: number): NamedArticle[] {
    const distinct = [...new Set(forms)];
    const atOnce = Math.min(page, Math.max(4, Math.ceil((2 * limit) / distinct.length)));
    const lists = distinct.map(form => pages<Titled>(after => this.#titledAfter(form, after, atOnce)));
    const merged = mergeLists(lists, (one, other) => one.article > other.article);
    return take(merged, limit).map(({ id, form, weight }) => ({ article: id, spelling: form, weight }));
  }

  outlets(limit: number): Outlet[] {
    const newest = 'SELECT max(articles.number) FROM articles WHERE articles.outlet = outlets.number';
    const sql = `SELECT folded, articles, masthead, masthead_checksum FROM outlets JOIN texts ON texts.number = (${newest})
      ORDER BY articles DESC, folded LIMIT ?`;
    return this.#connection.all(sql, limit).flatMap(({ folded, articles, masthead, masthead_checksum }) => {
      const stored = toText(masthead);
      if (checksum(stored) !== masthead_checksum) return [];
      const { outlet }: Metadata = JSON.parse(stored);
      return outlet === undefined ? [] : [{ shown: outlet, folded: toText(folded), articles: Number(articles) }];
    });
  }

  /** Returns the newest spellings with any of the terms. */
  #containing(terms: ReadonlySet<number>): ReadonlySet<number> {
    const rarestFirst = `SELECT number FROM json_each(?) AS asked CROSS JOIN terms ON terms.number = asked.value ORDER BY in_names, term`;
    const sql = 'SELECT form FROM form_words WHERE term = ? ORDER BY form DESC LIMIT ?';
    const found = new Set<number>();
    for (const [at, { number }] of this.#connection.all(rarestFirst, JSON.stringify([...terms])).entries()) {
      const forms = this.#connection.allArrays(sql, Number(number), Math.floor(maxSpellings / (at + 1)));
      for (const row of forms) found.add(Number(row[0]));
    }
    return found;
  }

  #titledAfter(form: number, after: Titled | undefined, limit: number): Titled[] {
    const sql = `SELECT article, weight, articles.id FROM titled CROSS JOIN articles ON articles.number = article
      WHERE form = ? AND article < ? ORDER BY article DESC LIMIT ?`;
    const rows = this.#connection.allArrays(sql, form, after?.article ?? Number.MAX_SAFE_INTEGER, limit);
    return rows.map(row => ({ form, article: Number(row[0]), weight: fromParts(row[1]), id: decodeText(row[2]) }));
  }
}

function countHeld(words: SqliteRow[string] | undefined, asked: ReadonlySet<number>): number {
  return new Set(unpackNumbers(words).filter(word => asked.has(word))).size;
}

function toForm({ number, spelling }: SqliteRow): Spelling {
  return { number: Number(number), terms: termsOfSpelling(toText(spelling)) };
}

/** The columns with a term's frequency, and with its power of two. */
const columns = {
  text: { frequency: 'in_text', magnitude: 'text_magnitude' },
  name: { frequency: 'in_names', magnitude: 'name_magnitude' },
} as const;

/** Sorts after every continuation of a prefix. */
const beyond = '\u{10ffff}';

/** The terms of one library. */
class SqliteVocabulary {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  terms(field: Field, asked: readonly string[], bare: readonly string[]): Term[] {
    const { frequency } = columns[field];
    const among = 'IN (SELECT value FROM json_each(?))';
    const sql = `SELECT number, term, ${frequency} AS frequency FROM terms
      WHERE (term ${among} OR bare ${among}) AND ${frequency} > 0`;
    return this.#connection.all(sql, JSON.stringify(asked), JSON.stringify(bare)).map(toTerm);
  }

  /**
   * Reads the most frequent terms first, one power of two after the other. Within each they are indexed by letters, so
   * that even a short prefix needs no sorting of all its terms.
   */
  termsWithPrefix(field: Field, prefix: string, limit: number): Term[] {
    const { frequency, magnitude } = columns[field];
    const found: Term[] = [];
    const greatest = `SELECT max(${magnitude}) AS greatest FROM terms WHERE ${magnitude} IS NOT NULL`;
    const sql = `SELECT number, term, ${frequency} AS frequency FROM terms
      WHERE ${magnitude} = ? AND term >= ? AND term < ? ORDER BY ${frequency} DESC, term LIMIT ?`;
    const alike = `SELECT number, term, ${frequency} AS frequency FROM terms
      WHERE ${magnitude} = 0 AND term >= ? AND term < ? ORDER BY term LIMIT ?`;
    let at = Number(this.#connection.get(greatest)?.greatest ?? -1);
    for (; at > 0 && found.length < limit; at -= 1) {
      const rows = this.#connection.all(sql, at, prefix, prefix + beyond, limit - found.length);
      found.push(...rows.map(toTerm));
    }
    if (at < 0 || found.length >= limit) return found;
    // All of these occur once.
    const rows = this.#connection.all(alike, prefix, prefix + beyond, limit - found.length);
    return [...found, ...rows.map(toTerm)];
  }

  misspellings(field: Field, word: string, limit: number): Misspelling[] {
    const allowed = editsAllowed(word);
    const near = new Set<string>();
    for (const term of this.#around(word)) {
      if (countEdits(word, term, allowed) <= allowed && term !== word) near.add(term);
    }
    return near.size === 0 ? [] : misspellingsOf(word, this.terms(field, [...near], []), limit);
  }

  /** Yields terms with the length and the beginning or end of a misspelling, some of them twice. */
  *#around(word: string): Generator<string> {
    const ranges = rangesAround(word);
    for (const by of ['term', 'reversed'] as const) {
      const these = ranges.filter(range => range.by === by);
      if (these.length === 0) continue;
      const sql = `SELECT ${by} AS found FROM json_each(?) AS range CROSS JOIN json_each(?) AS size CROSS JOIN terms
        WHERE length = size.value AND ${by} >= range.value AND ${by} < range.value || '${beyond}'`;
      const begins = JSON.stringify(these.map(({ begins }) => begins));
      for (const { found } of this.#connection.all(sql, begins, JSON.stringify(lengthsOf(these)))) {
        yield by === 'term' ? toText(found) : reverse(toText(found));
      }
    }
  }
}

/** All ranges around one word have the same lengths. */
function lengthsOf([range]: readonly SpellingRange[]): number[] {
  const { shortest, longest } = range ?? { shortest: 1, longest: 0 };
  return Array.from({ length: longest - shortest + 1 }, (_, at) => shortest + at);
}

function toTerm({ number, term, frequency }: SqliteRow): Term {
  return { number: Number(number), term: toText(term), frequency: Number(frequency) };
}

type Index<Name extends keyof LibraryIndex> = LibraryIndex[Name];

/** One library's full-text index in its SQLite file. Reads block the event loop, so each must be short. */
export class SqliteIndex implements LibraryIndex {
  readonly #vocabulary: SqliteVocabulary;
  readonly #units: SqliteUnits;
  readonly #names: SqliteNames;
  readonly #people: SqlitePeople;

  constructor(connection: SqliteConnection) {
    this.#vocabulary = new SqliteVocabulary(connection);
    this.#names = new SqliteNames(connection);
    this.#people = new SqlitePeople(connection);
    this.#units = new SqliteUnits(connection, this.#people);
  }

  size: Index<'size'> = () => asPromise(() => this.#units.size());
  terms: Index<'terms'> = (field, asked, bare) => asPromise(() => this.#vocabulary.terms(field, asked, bare));
  termsWithPrefix: Index<'termsWithPrefix'> = (field, prefix, limit) =>
    asPromise(() => this.#vocabulary.termsWithPrefix(field, prefix, limit));
  misspellings: Index<'misspellings'> = (field, asked, limit) =>
    asPromise(() => asked.map(word => this.#vocabulary.misspellings(field, word, limit)));
  matchingUnits: Index<'matchingUnits'> = (asked, filter, limit) =>
    asPromise(() => this.#units.matchingUnits(asked, filter, limit));
  units: Index<'units'> = (numbers, filter) => asPromise(() => this.#units.units(numbers, filter));
  newestQuotes: Index<'newestQuotes'> = (filter, limit) => asPromise(() => this.#units.newestQuotes(filter, limit));
  spellings: Index<'spellings'> = (terms, limit) => asPromise(() => this.#names.spellings(terms, limit));
  topSpellings: Index<'topSpellings'> = limit => asPromise(() => this.#names.topSpellings(limit));
  speakersNamed: Index<'speakersNamed'> = (spellings, filter, limit) =>
    asPromise(() => this.#people.speakersNamed(spellings, filter, limit));
  appearances: Index<'appearances'> = (keys, filter, offset, limit) =>
    asPromise(() => this.#people.appearances(keys, filter, offset, limit));
  timeline: Index<'timeline'> = (keys, filter, range) => asPromise(() => this.#people.timeline(keys, filter, range));
  topSpeakers: Index<'topSpeakers'> = (filter, limit) => asPromise(() => this.#people.topSpeakers(filter, limit));
  articlesNamed: Index<'articlesNamed'> = (spellings, limit) =>
    asPromise(() => this.#names.articlesNamed(spellings, limit));
  outlets: Index<'outlets'> = limit => asPromise(() => this.#names.outlets(limit));
}
