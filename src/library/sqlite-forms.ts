import type { SqliteConnection } from './sqlite-connection.ts';
import type { Named } from './sqlite-named.ts';
import type { SqliteTermCounts } from './sqlite-term-counts.ts';
import { packNumbers, unpackNumbers } from './sqlite-values.ts';

/** Between the terms of a spelling: no term holds it, whereas folding puts blanks into some. */
const between = '\n';

/** The spellings of a library's names, each once. */
export class SqliteForms {
  readonly #connection: SqliteConnection;
  readonly #terms: SqliteTermCounts;

  constructor(connection: SqliteConnection, terms: SqliteTermCounts) {
    this.#connection = connection;
    this.#terms = terms;
  }

  /** The spelling's number, a new one where the spelling is new. */
  numberOf(terms: readonly string[]): number {
    const spelling = terms.join(between);
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

  /** Whoever goes by the spelling says so much more; less, where negative. */
  countSaid(form: number, said: number): void {
    if (said !== 0) this.#connection.run('UPDATE forms SET said = said + ? WHERE number = ?', said, form);
  }

  /** Leaves nothing of those by which nobody and no article goes any more. */
  dropUnused(names: readonly Named[]): void {
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

/** The terms of a spelling, in order. */
export function termsOfSpelling(spelling: string): readonly string[] {
  return spelling.split(between);
}
