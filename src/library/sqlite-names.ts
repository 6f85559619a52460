import type { NameForm } from './library-index.ts';
import { pages } from './merge-lists.ts';
import type { SqliteConnection, SqliteRow } from './sqlite-connection.ts';
import { termsOfSpelling } from './sqlite-forms.ts';
import { unpackNames } from './sqlite-named.ts';
import { toText } from './sqlite-values.ts';

/** Spellings that are looked at for one answer, those with the rarest words first. */
const mostLookedAt = 5_000;
const page = 64;

/** The spellings of one library's names and titles. */
export class SqliteNames {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  forms(terms: readonly number[], most: number): NameForm[] {
    const held = new Map<number, number>();
    for (const form of this.#holding(terms)) held.set(form, (held.get(form) ?? 0) + 1);
    const ordered = [...held].sort(([, one], [, other]) => other - one);
    return this.#read(ordered.slice(0, most).map(([form]) => form));
  }

  someForms(most: number): NameForm[] {
    const found = new Set<number>();
    const sql = 'SELECT number, said, names FROM speakers';
    const order = `ORDER BY said DESC, number DESC LIMIT ${page}`;
    const readAfter = (after: SqliteRow | undefined) =>
      after === undefined
        ? this.#connection.all(`${sql} ${order}`)
        : this.#connection.all(
            `${sql} WHERE (said, number) < (?, ?) ${order}`,
            Number(after.said),
            Number(after.number),
          );
    for (const { names } of pages(readAfter)) {
      if (found.size >= most) break;
      for (const { form } of unpackNames(names)) found.add(form);
    }
    // Titles, outlets and authors, where there is room.
    const others =
      found.size >= most ? [] : this.#connection.all('SELECT number FROM forms ORDER BY number DESC LIMIT ?', most);
    for (const { number } of others) found.add(Number(number));
    return this.#read([...found].slice(0, most));
  }

  /** Spellings by each of the terms, as many as may be: by the rarest terms all. */
  #holding(terms: readonly number[]): number[] {
    const rarestFirst = `SELECT number FROM json_each(?) AS asked CROSS JOIN terms ON terms.number = asked.value ORDER BY in_names`;
    const found: number[] = [];
    const asked = JSON.stringify([...new Set(terms)]);
    for (const { number } of this.#connection.all(rarestFirst, asked)) {
      const sql = 'SELECT form FROM form_words WHERE term = ? ORDER BY form LIMIT ?';
      const forms = this.#connection.all(sql, Number(number), mostLookedAt - found.length);
      for (const { form } of forms) found.push(Number(form));
    }
    return found;
  }

  #read(numbers: readonly number[]): NameForm[] {
    const sql = `SELECT number, spelling FROM json_each(?) AS asked CROSS JOIN forms ON forms.number = asked.value ORDER BY asked.key`;
    const rows = this.#connection.all(sql, JSON.stringify(numbers));
    return rows.map(({ number, spelling }) => ({ number: Number(number), terms: termsOfSpelling(toText(spelling)) }));
  }
}
