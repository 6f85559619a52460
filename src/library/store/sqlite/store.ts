import type { Listed } from '../../library.ts';
import type { DraftLimits, StoredDraft } from '../drafts.ts';
import { StorageError } from '../errors.ts';
import type { Keys } from '../keys.ts';
import type { LibraryIndex } from '../library-index.ts';
import { type LibrarySettings, readSettings } from '../library-settings.ts';
import type {
  ArticleLookup,
  ArticleRef,
  ArticleRow,
  Derivation,
  NewArticleRow,
  PutResult,
  Store,
  Versions,
} from '../store.ts';
import { type Change, type Changed, SqliteChanges } from './changes.ts';
import { answer, type SqliteConnection } from './connection.ts';
import { SqliteDrafts } from './drafts.ts';
import { SqliteIndex } from './index.ts';
import { SqliteRows } from './rows.ts';
import { openOrMake } from './schema.ts';
import type { SqliteThreads } from './threads.ts';

/** Some 30 ms of changing, in units that are added: more would hold up everybody's commands. */
const mostHere = 300;

/** One library in a SQLite file. */
export class SqliteStore implements Store {
  readonly index: LibraryIndex;
  readonly #path: string;
  readonly #threads: SqliteThreads | undefined;
  readonly #connection: SqliteConnection;
  readonly #rows: SqliteRows;
  readonly #changes: SqliteChanges;
  readonly #drafts: SqliteDrafts;
  /** When the last change is made. */
  #turn: Promise<void> = Promise.resolve();

  /** Opens the file; where there is none, makes one that holds the seeds. Without threads all is done here, however long it takes. */
  constructor(path: string, seeds: readonly NewArticleRow[], threads: SqliteThreads | undefined) {
    this.#path = path;
    this.#threads = threads;
    this.#connection = openOrMake(path, connection => {
      const changes = new SqliteChanges(connection);
      for (const seed of seeds) changes.put(seed, Number.POSITIVE_INFINITY);
    });
    this.#rows = new SqliteRows(this.#connection);
    this.#changes = new SqliteChanges(this.#connection);
    this.#drafts = new SqliteDrafts(this.#connection);
    this.index = new SqliteIndex(this.#connection);
  }

  get isExclusive(): boolean {
    return this.#connection.isAlone;
  }

  count(): Promise<number> {
    return answer(() => this.#rows.count());
  }

  find(naming: ArticleLookup): Promise<readonly ArticleRef[]> {
    return answer(() => this.#rows.find(naming));
  }

  rows(numbers: readonly number[]): Promise<readonly (ArticleRow | 'damaged')[]> {
    return answer(() => this.#rows.read(numbers));
  }

  numbersAfter(number: number, most: number): Promise<readonly number[]> {
    return answer(() => this.#rows.numbersAfter(number, most));
  }

  listNewest(from: number, most: number): Promise<readonly Listed[]> {
    return answer(() => this.#rows.newest(from, most));
  }

  listByIds(ids: readonly string[]): Promise<readonly Listed[]> {
    return answer(() => this.#rows.listed(ids));
  }

  findByText(keys: Keys): Promise<ArticleRef | undefined> {
    return answer(() => this.#rows.same(keys));
  }

  findByLink(keys: Keys): Promise<ArticleRef | undefined> {
    return answer(() => this.#rows.findLink(keys));
  }

  async put(row: NewArticleRow, most: number): Promise<PutResult> {
    const changed = await this.#change({ kind: 'put', row, most });
    return changed.kind === 'put' ? changed.put : isOther(changed);
  }

  async remove(id: string, moment: number): Promise<boolean> {
    const changed = await this.#change({ kind: 'remove', id, moment });
    return changed.kind === 'remove' ? changed.wasThere : isOther(changed);
  }

  findRemoved(id: string, since: number): Promise<ArticleRef | undefined> {
    return answer(() => this.#rows.findRemoved(id, since));
  }

  async restore(pointer: ArticleRef, derivation: Derivation, most: number): Promise<'restored' | 'full' | undefined> {
    const changed = await this.#change({ kind: 'restore', pointer, derivation, most });
    return changed.kind === 'restore' ? changed.restored : isOther(changed);
  }

  async updateDerived(number: number, revision: number, derivation: Derivation): Promise<void> {
    await this.#change({ kind: 'derive', number, revision, derivation });
  }

  stale(versions: Versions, after: number, most: number): Promise<readonly number[]> {
    return answer(() => this.#rows.stale(versions, after, most));
  }

  purge(before: number): Promise<number | undefined> {
    return this.#inTurn(() => {
      this.#erase('DELETE FROM articles WHERE removed_at <= ?', before);
      return this.#rows.firstRemoval();
    });
  }

  saveDraft(draft: StoredDraft, former: string | undefined, bounds: DraftLimits): Promise<boolean> {
    return this.#inTurn(() => this.#connection.transaction(() => this.#drafts.hold(draft, former, bounds)));
  }

  draft(id: string): Promise<StoredDraft | undefined> {
    return answer(() => this.#drafts.find(id));
  }

  deleteDraft(id: string): Promise<boolean> {
    return this.#inTurn(() => this.#drafts.drop(id));
  }

  purgeDrafts(now: number): Promise<number | undefined> {
    return this.#inTurn(() => {
      this.#erase('DELETE FROM drafts WHERE until <= ?', now);
      return this.#drafts.firstEnd();
    });
  }

  settings(): Promise<LibrarySettings> {
    return answer(() => this.#choices());
  }

  changeSettings(changes: Partial<LibrarySettings>): Promise<LibrarySettings> {
    const choose = () => {
      const { privacy, language, accent } = { ...this.#choices(), ...changes };
      this.#connection.run('DELETE FROM choices');
      this.#connection.run('INSERT INTO choices VALUES (?, ?, ?)', privacy, language, accent ?? null);
      return this.#choices();
    };
    return this.#inTurn(() => this.#connection.transaction(choose));
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#connection.close());
  }

  #erase(sql: string, until: number): void {
    this.#connection.run(sql, until);
    // The write-ahead log still has the pages as they were.
    const outcome = this.#connection.get('PRAGMA wal_checkpoint(TRUNCATE)');
    if (outcome?.busy !== 0) throw new StorageError('What was removed is still in use; it will be purged later.');
  }

  #choices(): LibrarySettings {
    const row = this.#connection.get('SELECT privacy, language, accent FROM choices');
    return readSettings(row && { privacy: row.privacy, language: row.language, accent: row.accent });
  }

  #change(change: Change): Promise<Changed> {
    return this.#inTurn(() => {
      const isLong = this.#threads !== undefined && this.#changes.effortOf(change) > mostHere;
      // A thread has a connection of its own.
      return isLong && !this.isExclusive ? this.#threads.make(this.#path, change) : this.#changes.make(change);
    });
  }

  /** Whoever changes the file waits for the others who do; whoever reads it does not. */
  #inTurn<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    const mine = this.#turn.then(work);
    this.#turn = mine.then(nothing, nothing);
    return mine;
  }
}

function isOther({ kind }: Changed): never {
  throw new TypeError(`What came of a change is that of another one: ${kind}.`);
}

function nothing(): void {}
