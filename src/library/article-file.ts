import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import type { Masthead } from '../news/article.ts';
import type { Text } from './derived.ts';
import { CannotKeep, damage, onDisk } from './faults.ts';
import type { Keys } from './keys.ts';
import { migrations } from './migrations.ts';

/** An article as the file has it. */
export interface Row {
  /** Its place in the order of adding. */
  readonly number: number;
  readonly text: Text;
  readonly keys: Keys;
  /** Milliseconds since 1970; `undefined`: it is in the library. */
  readonly removedAt: number | undefined;
  /** `undefined` where it is damaged: it can be made again. */
  readonly derived: string | undefined;
  /** The `attributionVersion` that made `derived`. */
  readonly madeBy: number;
}

export type NewRow = Pick<Row, 'text' | 'keys' | 'madeBy'> & { readonly derived: string };

const ROWS_AT_ONCE = 32;

const pragmas = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
  PRAGMA cell_size_check = ON;
  PRAGMA trusted_schema = OFF;
`;

/** One library's SQLite file. All that goes wrong with the disk comes out as CannotKeep, and then nothing was changed. */
export class ArticleFile {
  readonly #database: DatabaseSync;

  /** Opens the file; where there is none, makes one that holds the seeds. */
  constructor(path: string, seeds: readonly NewRow[]) {
    this.#database = onDisk(() => {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      return new DatabaseSync(path);
    });
    try {
      onDisk(() => this.#database.exec(pragmas));
      this.#migrate(seeds);
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  /** All rows, oldest first; `damaged` is one whose words are not those that were stored. */
  *rows(): Generator<Row | 'damaged'> {
    // In pieces: no statement stays open while somebody else's command has its turn.
    for (let page = this.#rowsAfter(-1); page.length > 0; page = this.#rowsAfter(Number(page.at(-1)?.number))) {
      yield* page.map(toRow);
    }
  }

  /** Adds an article, in place of all with its id or one of its keys; as `number` where that is given. Its number. */
  put(row: NewRow, number: number | undefined): number {
    return this.#transaction(() => this.#insert(row, number));
  }

  setDerived(number: number, derived: string, madeBy: number): void {
    this.#transaction(() => this.#insertDerived(number, derived, madeBy));
  }

  setRemoved(number: number, removedAt: number | undefined): void {
    this.#run('UPDATE articles SET removed_at = ? WHERE number = ?', removedAt ?? null, number);
  }

  /** Leaves no byte of what was removed until a moment, nor of texts that were replaced. */
  purge(before: number): void {
    this.#run('DELETE FROM articles WHERE removed_at <= ?', before);
    // The write-ahead log still has the pages as they were.
    const outcome = onDisk(() => this.#database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get());
    if (outcome?.busy !== 0) throw new CannotKeep('What was removed is still in use; it will be purged later.');
  }

  /** When the first of the removed articles was removed. */
  firstRemoval(): number | undefined {
    const row = onDisk(() => this.#database.prepare('SELECT min(removed_at) AS first FROM articles').get());
    return typeof row?.first === 'number' ? row.first : undefined;
  }

  close(): void {
    this.#database.close();
  }

  #rowsAfter(number: number): readonly Record<string, SQLOutputValue>[] {
    const sql = `SELECT articles.*, made_by, derived, derived_checksum FROM articles LEFT JOIN derived USING (number)
      WHERE number > ? ORDER BY number LIMIT ?`;
    return onDisk(() => this.#database.prepare(sql).all(number, ROWS_AT_ONCE));
  }

  #migrate(seeds: readonly NewRow[]): void {
    const version = Number(onDisk(() => this.#database.prepare('PRAGMA user_version').get())?.user_version);
    if (version > migrations.length) {
      throw new CannotKeep('This library was written by a newer version of the bot: whoever runs it must update it.');
    }
    if (version === migrations.length) return;
    this.#transaction(() => {
      for (const statements of migrations.slice(version)) this.#database.exec(statements);
      if (version === 0) for (const seed of seeds) this.#insert(seed, undefined);
      this.#database.exec(`PRAGMA user_version = ${migrations.length}`);
    });
  }

  #insert(
    { text: { id, updated, text, ...masthead }, keys, derived, madeBy }: NewRow,
    number: number | undefined,
  ): number {
    const stored = { masthead: JSON.stringify(masthead), text: JSON.stringify(text) };
    this.#run('DELETE FROM articles WHERE id = ? OR link_key = ? OR text_key = ?', id, keys.link ?? null, keys.text);
    const { lastInsertRowid } = this.#run(
      'INSERT INTO articles (number, id, link_key, text_key, updated, masthead, text, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      ...[number ?? null, id, keys.link ?? null, keys.text, Number(updated)],
      ...[stored.masthead, stored.text, checksum(stored.masthead, stored.text)],
    );
    this.#insertDerived(Number(lastInsertRowid), derived, madeBy);
    return Number(lastInsertRowid);
  }

  #insertDerived(number: number, derived: string, madeBy: number): void {
    const columns = '(number, made_by, derived, derived_checksum)';
    const values = [number, madeBy, derived, checksum(derived)];
    this.#run(`INSERT OR REPLACE INTO derived ${columns} VALUES (?, ?, ?, ?)`, ...values);
  }

  #run(sql: string, ...values: readonly (string | number | null)[]) {
    return onDisk(() => this.#database.prepare(sql).run(...values));
  }

  #transaction<Result>(change: () => Result): Result {
    return onDisk(() => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        const result = change();
        this.#database.exec('COMMIT');
        return result;
      } finally {
        // After some errors SQLite has rolled back by itself.
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      }
    });
  }
}

/** Leaves nothing of a library's file; it must be closed. */
export function eraseFile(path: string): void {
  onDisk(() => {
    for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${ending}`, { force: true });
  });
}

function checksum(...stored: readonly string[]): string {
  return createHash('sha256').update(stored.join('\n')).digest('hex');
}

function toRow(row: Record<string, SQLOutputValue>): Row | 'damaged' {
  const number = Number(row.number);
  const [masthead, text] = [string(row.masthead), string(row.text)];
  if (checksum(masthead, text) !== row.checksum) return 'damaged';
  const derived =
    typeof row.derived === 'string' && checksum(row.derived) === row.derived_checksum ? row.derived : undefined;
  const known: Masthead = JSON.parse(masthead);
  return {
    number,
    text: { id: string(row.id), ...withUndefined(known), updated: row.updated === 1, text: JSON.parse(text) },
    keys: { link: row.link_key === null ? undefined : string(row.link_key), text: string(row.text_key) },
    removedAt: row.removed_at === null ? undefined : Number(row.removed_at),
    derived,
    madeBy: Number(row.made_by),
  };
}

/** JSON has no `undefined`: what is not known is left out of it. */
function withUndefined({ title, titleIsDescriptive, outlet, byline, published, url }: Masthead): Masthead {
  return { title, titleIsDescriptive, outlet, byline, published, url };
}

function string(value: SQLOutputValue | undefined): string {
  if (typeof value === 'string') return value;
  throw damage(new TypeError('A column that must hold text holds something else.'));
}
