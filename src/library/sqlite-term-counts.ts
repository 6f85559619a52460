import { reverse } from '../indexing/spellings.ts';
import { commonNumberOf, lastCommon } from './common-terms.ts';
import type { Field } from './library-index.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

interface Change {
  text: number;
  name: number;
}

/** Numbers terms and counts who holds them. Counts are written by `write`, once for each term; a term that nothing holds goes. */
export class SqliteTermCounts {
  readonly #connection: SqliteConnection;
  readonly #numbers = new Map<string, number>();
  readonly #changes = new Map<number, Change>();

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  /** The term's number, a new one where the term is new. */
  numberOf(term: string): number {
    const known = this.#numbers.get(term);
    if (known !== undefined) return known;
    const row = this.#connection.get('SELECT number FROM terms WHERE term = ?', term);
    const number = row === undefined ? this.#insert(term) : Number(row.number);
    this.#numbers.set(term, number);
    return number;
  }

  /** So many more units or spellings (fewer, where negative) hold each of these terms, repeated ones once. */
  count(of: Field, terms: Iterable<number>, more: number): void {
    for (const term of new Set(terms)) {
      const change = this.#changes.get(term) ?? { text: 0, name: 0 };
      change[of] += more;
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
    // They stand in indexes and seldom change.
    if (magnitudes[0] === row.text_magnitude && magnitudes[1] === row.name_magnitude) return;
    this.#connection.run(
      'UPDATE terms SET text_magnitude = ?, name_magnitude = ? WHERE number = ?',
      ...magnitudes,
      term,
    );
  }
}

/** In which power of two a frequency lies; none for 0. */
function magnitudeOf(frequency: number): number | null {
  return frequency > 0 ? Math.floor(Math.log2(frequency)) : null;
}
