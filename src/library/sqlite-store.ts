import { type Choices, readChoices } from './choices.ts';
import { countDerived } from './derived.ts';
import { CannotKeep } from './faults.ts';
import { codeOf, type Keys } from './keys.ts';
import type { Listed } from './library.ts';
import type { LibraryIndex } from './library-index.ts';
import { migrate } from './migrate.ts';
import { answer, SqliteConnection } from './sqlite-connection.ts';
import { SqliteIndex } from './sqlite-index.ts';
import { SqliteIndexing } from './sqlite-indexing.ts';
import { SqliteRows } from './sqlite-rows.ts';
import type { Derivation, Naming, NewRow, Pointer, Put, Row, Store, Versions } from './store.ts';

/** One library in a SQLite file. */
export class SqliteStore implements Store {
  readonly index: LibraryIndex;
  readonly #connection: SqliteConnection;
  readonly #rows: SqliteRows;

  /** Opens the file; where there is none, makes one that holds the seeds. */
  constructor(path: string, seeds: readonly NewRow[]) {
    this.#connection = new SqliteConnection(path);
    this.#rows = new SqliteRows(this.#connection);
    this.index = new SqliteIndex(this.#connection);
    try {
      migrate(this.#connection, () => {
        for (const seed of seeds) this.#put(seed, Number.POSITIVE_INFINITY);
      });
    } catch (error) {
      this.#connection.close();
      throw error;
    }
  }

  count(): Promise<number> {
    return answer(() => this.#rows.count());
  }

  find(naming: Naming): Promise<readonly Pointer[]> {
    return answer(() => this.#rows.find(naming));
  }

  rows(numbers: readonly number[]): Promise<readonly (Row | 'damaged')[]> {
    return answer(() => this.#rows.read(numbers));
  }

  numbersAfter(number: number, most: number): Promise<readonly number[]> {
    return answer(() => this.#rows.numbersAfter(number, most));
  }

  newest(from: number, most: number): Promise<readonly Listed[]> {
    return answer(() => this.#rows.newest(from, most));
  }

  listed(ids: readonly string[]): Promise<readonly Listed[]> {
    return answer(() => this.#rows.listed(ids));
  }

  same(keys: Keys): Promise<Pointer | undefined> {
    return answer(() => this.#rows.same(keys));
  }

  put(row: NewRow, most: number): Promise<Put> {
    return this.#change(() => this.#put(row, most));
  }

  remove(id: string, moment: number): Promise<boolean> {
    return this.#change(() => {
      const [pointer] = this.#rows.find({ by: 'id', values: [id] });
      if (pointer === undefined) return false;
      new SqliteIndexing(this.#connection).drop(pointer.number);
      const revision = this.#revise(-1);
      this.#run('UPDATE articles SET removed_at = ?, revision = ? WHERE number = ?', moment, revision, pointer.number);
      return true;
    });
  }

  findRemoved(id: string, since: number): Promise<Pointer | undefined> {
    return answer(() => this.#rows.findRemoved(id, since));
  }

  restore(pointer: Pointer, derivation: Derivation, most: number): Promise<'restored' | 'full' | undefined> {
    const sql = 'SELECT 1 FROM articles WHERE number = ? AND revision = ? AND removed_at IS NOT NULL';
    return this.#change(() => {
      if (this.#connection.get(sql, pointer.number, pointer.revision) === undefined) return undefined;
      if (this.#rows.count() >= most) return 'full';
      this.#run('UPDATE articles SET removed_at = NULL WHERE number = ?', pointer.number);
      this.#derive(pointer.number, this.#revise(1), derivation);
      return 'restored';
    });
  }

  derive(number: number, revision: number, derivation: Derivation): Promise<void> {
    const sql = 'SELECT removed_at FROM articles WHERE number = ? AND revision = ?';
    return this.#change(() => {
      const row = this.#connection.get(sql, number, revision);
      if (row === undefined) return;
      if (row.removed_at === null) new SqliteIndexing(this.#connection).drop(number);
      this.#derive(number, this.#revise(0), derivation);
    });
  }

  stale(versions: Versions, after: number, most: number): Promise<readonly number[]> {
    return answer(() => this.#rows.stale(versions, after, most));
  }

  purge(before: number): Promise<number | undefined> {
    return answer(() => {
      this.#run('DELETE FROM articles WHERE removed_at <= ?', before);
      // The write-ahead log still has the pages as they were.
      const outcome = this.#connection.get('PRAGMA wal_checkpoint(TRUNCATE)');
      if (outcome?.busy !== 0) throw new CannotKeep('What was removed is still in use; it will be purged later.');
      return this.#rows.firstRemoval();
    });
  }

  choices(): Promise<Choices> {
    return answer(() => this.#choices());
  }

  choose(changes: Partial<Choices>): Promise<Choices> {
    return this.#change(() => {
      const { privacy, language, accent } = { ...this.#choices(), ...changes };
      this.#connection.run('DELETE FROM choices');
      this.#connection.run('INSERT INTO choices VALUES (?, ?, ?)', privacy, language, accent ?? null);
      return this.#choices();
    });
  }

  close(): Promise<void> {
    return answer(() => this.#connection.close());
  }

  #choices(): Choices {
    const row = this.#connection.get('SELECT privacy, language, accent FROM choices');
    return readChoices(row && { privacy: row.privacy, language: row.language, accent: row.accent });
  }

  #put(row: NewRow, most: number): Put {
    const same = this.#rows.same(row.keys);
    if (same !== undefined) return { kind: 'same', pointer: same };
    const former = this.#rows.findLink(row.keys) ?? this.#rows.find({ by: 'id', values: [row.text.id] })[0];
    if (former === undefined && this.#rows.count() >= most) return { kind: 'full' };
    if (former !== undefined) new SqliteIndexing(this.#connection).drop(former.number);
    const id = former?.id ?? row.text.id;
    this.#rows.drop(id, row.keys);
    const revision = this.#revise(former === undefined ? 1 : 0);
    const text = { ...row.text, id, updated: row.text.updated || former !== undefined };
    const number = this.#rows.insert(text, row.keys, codeOf(id), former?.number, revision);
    this.#derive(number, revision, row);
    return { kind: former === undefined ? 'added' : 'updated', pointer: { id, number, revision } };
  }

  /** What is derived from a row that is in no index, and its index where it is in the library. */
  #derive(number: number, revision: number, { derived, indexed, madeBy }: Derivation): void {
    this.#rows.setDerived(number, derived, countDerived(derived), madeBy, revision);
    new SqliteIndexing(this.#connection).add(number, indexed);
  }

  /** A revision that was never there; the library holds so many more articles. */
  #revise(more: number): number {
    const sql = 'UPDATE totals SET revision = revision + 1, articles = articles + ? RETURNING revision';
    return Number(this.#connection.get(sql, more)?.revision);
  }

  #run(sql: string, ...values: readonly number[]): void {
    this.#connection.run(sql, ...values);
  }

  #change<Result>(change: () => Result): Promise<Result> {
    return answer(() => this.#connection.transaction(change));
  }
}
