import { countEdits, editsAllowed } from '../indexing/edits.ts';
import { misspellingsOf, rangesAround, reverse, type SpellingRange } from '../indexing/spellings.ts';
import type { Field, Misspelling, Term } from './library-index.ts';
import type { SqliteConnection, SqliteRow } from './sqlite-connection.ts';
import { toText } from './sqlite-values.ts';

/** Of each field, the columns that count and group its terms. */
const columns = {
  text: { frequency: 'in_text', magnitude: 'text_magnitude' },
  name: { frequency: 'in_names', magnitude: 'name_magnitude' },
} as const;

/** After every word that begins so: the last of all characters, which no word holds. */
const beyond = '\u{10ffff}';

/** The terms of one library. */
export class SqliteVocabulary {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  terms(of: Field, asked: readonly string[], bare: readonly string[]): Term[] {
    const { frequency } = columns[of];
    const among = 'IN (SELECT value FROM json_each(?))';
    const sql = `SELECT number, term, ${frequency} AS frequency FROM terms
      WHERE (term ${among} OR bare ${among}) AND ${frequency} > 0`;
    return this.#connection.all(sql, JSON.stringify(asked), JSON.stringify(bare)).map(toTerm);
  }

  /**
   * Looks through the most frequent first, one power of two after the other: within each they stand by their letters, so
   * that no beginning, however short, has all of its words sorted.
   */
  begun(of: Field, prefix: string, most: number): Term[] {
    const { frequency, magnitude } = columns[of];
    const found: Term[] = [];
    const greatest = `SELECT max(${magnitude}) AS greatest FROM terms WHERE ${magnitude} IS NOT NULL`;
    const sql = `SELECT number, term, ${frequency} AS frequency FROM terms
      WHERE ${magnitude} = ? AND term >= ? AND term < ? ORDER BY ${frequency} DESC, term LIMIT ?`;
    const alike = `SELECT number, term, ${frequency} AS frequency FROM terms
      WHERE ${magnitude} = 0 AND term >= ? AND term < ? ORDER BY term LIMIT ?`;
    let at = Number(this.#connection.get(greatest)?.greatest ?? -1);
    for (; at > 0 && found.length < most; at -= 1) {
      const rows = this.#connection.all(sql, at, prefix, prefix + beyond, most - found.length);
      found.push(...rows.map(toTerm));
    }
    if (at < 0 || found.length >= most) return found;
    // All of these occur once.
    const rows = this.#connection.all(alike, prefix, prefix + beyond, most - found.length);
    return [...found, ...rows.map(toTerm)];
  }

  misspelt(of: Field, word: string, most: number): Misspelling[] {
    const allowed = editsAllowed(word);
    const near = new Set<string>();
    for (const term of this.#around(word)) {
      if (countEdits(word, term, allowed) <= allowed && term !== word) near.add(term);
    }
    return near.size === 0 ? [] : misspellingsOf(word, this.terms(of, [...near], []), most);
  }

  /** Terms whose length and beginning or end are those of a misspelling, some of them twice. */
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

/** All ranges around one word are of the same lengths. */
function lengthsOf([range]: readonly SpellingRange[]): number[] {
  const { shortest, longest } = range ?? { shortest: 1, longest: 0 };
  return Array.from({ length: longest - shortest + 1 }, (_, at) => shortest + at);
}

function toTerm({ number, term, frequency }: SqliteRow): Term {
  return { number: Number(number), term: toText(term), frequency: Number(frequency) };
}
