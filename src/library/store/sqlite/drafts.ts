import type { DraftLimits, StoredDraft } from '../drafts.ts';
import type { SqliteConnection } from './connection.ts';
import { toOptionalNumber, toText } from './values.ts';

/** The new one counts first, whatever the clock said before. */
const surplus = `SELECT id FROM (
    SELECT id, until,
      row_number() OVER (ORDER BY id = ?1 DESC, until DESC, id) AS nth,
      row_number() OVER (PARTITION BY asker ORDER BY id = ?1 DESC, until DESC, id) AS nth_of_asker,
      sum(octet_length(body)) OVER (ORDER BY id = ?1 DESC, until DESC, id) AS bytes
    FROM drafts)
  WHERE nth > 1 AND (until <= ?2 OR nth_of_asker > ?3 OR bytes > ?4)`;

/** The drafts of one library. Statements alone: the caller makes the transactions. */
export class SqliteDrafts {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  hold(draft: StoredDraft, former: string | undefined, { now, perPerson, bytes }: DraftLimits): boolean {
    if (former !== undefined && !this.drop(former)) return false;
    const { id, asker, until, checksum, body } = draft;
    this.#connection.run('INSERT INTO drafts VALUES (?, ?, ?, ?, ?)', id, asker, until, checksum, body);
    this.#connection.run(`DELETE FROM drafts WHERE id IN (${surplus})`, id, now, perPerson, bytes);
    return true;
  }

  find(id: string): StoredDraft | undefined {
    const row = this.#connection.get('SELECT * FROM drafts WHERE id = ?', id);
    if (row === undefined) return undefined;
    const texts = { id: toText(row.id), asker: toText(row.asker), body: toText(row.body) };
    return { ...texts, until: Number(row.until), checksum: toText(row.checksum) };
  }

  /** Whether it was there. */
  drop(id: string): boolean {
    return this.#connection.get('DELETE FROM drafts WHERE id = ? RETURNING id', id) !== undefined;
  }

  /** When the first of them is over. */
  firstEnd(): number | undefined {
    return toOptionalNumber(this.#connection.get('SELECT min(until) AS first FROM drafts')?.first ?? null);
  }
}
