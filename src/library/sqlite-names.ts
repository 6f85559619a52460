import type { NameForm } from './library-index.ts';
import type { SqliteConnection, SqliteRow } from './sqlite-connection.ts';
import { termsOfSpelling } from './sqlite-forms.ts';
import { toText, unpackNumbers } from './sqlite-values.ts';

/** Of the spellings that hold the rarest of some words so many are looked at, and fewer of the others: a first name is little help. */
const mostHolding = 1_000;

/** The spellings of one library's names and titles. */
export class SqliteNames {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  forms(terms: readonly number[], most: number): NameForm[] {
    const asked = new Set(terms);
    const counted = `SELECT forms.number, said, words FROM json_each(?) AS holding CROSS JOIN forms ON forms.number = holding.value`;
    const ordered = this.#connection
      .allByPlace(counted, JSON.stringify([...this.#holding(asked)]))
      .map(row => ({ number: Number(row[0]), said: Number(row[1]), held: countHeld(row[2], asked) }))
      .sort((one, other) => other.held - one.held || other.said - one.said || one.number - other.number);
    const first = ordered.slice(0, most).map(({ number }) => number);
    const sql = `SELECT forms.number, spelling FROM json_each(?) AS asked CROSS JOIN forms ON forms.number = asked.value ORDER BY asked.key`;
    return this.#connection.all(sql, JSON.stringify(first)).map(toForm);
  }

  someForms(most: number): NameForm[] {
    const sql = 'SELECT number, spelling FROM forms ORDER BY said DESC, number DESC LIMIT ?';
    return this.#connection.all(sql, most).map(toForm);
  }

  /** The newest spellings that hold any of the terms. */
  #holding(terms: ReadonlySet<number>): ReadonlySet<number> {
    const rarestFirst = `SELECT number FROM json_each(?) AS asked CROSS JOIN terms ON terms.number = asked.value ORDER BY in_names, term`;
    const sql = 'SELECT form FROM form_words WHERE term = ? ORDER BY form DESC LIMIT ?';
    const found = new Set<number>();
    for (const [at, { number }] of this.#connection.all(rarestFirst, JSON.stringify([...terms])).entries()) {
      const forms = this.#connection.allByPlace(sql, Number(number), Math.floor(mostHolding / (at + 1)));
      for (const row of forms) found.add(Number(row[0]));
    }
    return found;
  }
}

function countHeld(words: SqliteRow[string] | undefined, asked: ReadonlySet<number>): number {
  return new Set(unpackNumbers(words).filter(word => asked.has(word))).size;
}

function toForm({ number, spelling }: SqliteRow): NameForm {
  return { number: Number(number), terms: termsOfSpelling(toText(spelling)) };
}
