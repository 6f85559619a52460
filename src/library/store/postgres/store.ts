import { message } from '../../../wording/say.ts';
import type { Listed } from '../../library.ts';
import type { DraftLimits, StoredDraft } from '../drafts.ts';
import { StorageError } from '../errors.ts';
import type { Keys } from '../keys.ts';
import type { LibraryIndex } from '../library-index.ts';
import { type LibrarySettings, readSettings, type SettingsColumns } from '../library-settings.ts';
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
import { deriveRow, Ledger, putRow, removeRow, restoreRow } from './changes.ts';
import type { Ask, Asked } from './connection.ts';
import { dropDraft, findDraft, holdDraft, purgeDrafts } from './drafts.ts';
import { PostgresIndex } from './index.ts';
import {
  type ListedColumns,
  listedColumns,
  type PointerColumns,
  type RowColumns,
  rowColumns,
  toListed,
  toPointer,
  toRow,
} from './rows.ts';
import { isNumber, toColumn } from './values.ts';

const choicesOf = 'SELECT privacy, language, accent FROM verbatim.choices WHERE library = $1';
const pointers = 'SELECT id, number, revision FROM verbatim.articles WHERE library = $1';

/**
 * One library in a PostgreSQL database. Whoever changes it waits for the others who do, in whatever process, by a lock in the
 * database; whoever reads it waits for nobody.
 */
export class PostgresStore implements Store {
  readonly index: LibraryIndex;
  readonly isExclusive = false;
  readonly #connection: Asked;
  readonly #library: string;
  #isClosed = false;

  constructor(connection: Asked, library: string) {
    this.#connection = connection;
    this.#library = library;
    this.index = new PostgresIndex(connection, library);
  }

  async count(): Promise<number> {
    const sql = 'SELECT articles FROM verbatim.libraries WHERE library = $1';
    const [row] = await this.#connection.read<{ articles: number }>(sql, this.#library);
    return row?.articles ?? 0;
  }

  find({ by, values }: ArticleLookup): Promise<readonly ArticleRef[]> {
    return this.#pointers(`AND ${by} = ANY ($2::text[]) AND removed_at IS NULL`, values.map(toColumn));
  }

  async rows(numbers: readonly number[]): Promise<readonly (ArticleRow | 'damaged')[]> {
    const sql = `SELECT ${rowColumns} FROM verbatim.articles WHERE library = $1 AND number = ANY ($2::bigint[]) ORDER BY number`;
    const rows = await this.#connection.read<RowColumns>(sql, this.#library, numbers.filter(isNumber));
    return rows.map(toRow);
  }

  async numbersAfter(number: number, most: number): Promise<readonly number[]> {
    const rows = await this.#connection.read<{ number: number }>(
      `SELECT number FROM verbatim.articles WHERE library = $1 AND removed_at IS NULL AND number > $2
        ORDER BY number LIMIT $3`,
      ...[this.#library, number, most],
    );
    return rows.map(row => row.number);
  }

  async listNewest(from: number, most: number): Promise<readonly Listed[]> {
    const rows = await this.#connection.read<ListedColumns>(
      `SELECT ${listedColumns} FROM verbatim.articles WHERE library = $1 AND removed_at IS NULL
        ORDER BY number DESC LIMIT $2 OFFSET $3`,
      ...[this.#library, most, from],
    );
    return rows.map(toListed);
  }

  async listByIds(ids: readonly string[]): Promise<readonly Listed[]> {
    const rows = await this.#connection.read<ListedColumns>(
      `SELECT ${listedColumns} FROM verbatim.articles WHERE library = $1 AND removed_at IS NULL AND id = ANY ($2::text[])`,
      ...[this.#library, ids.map(toColumn)],
    );
    const places = new Map(ids.map((id, at) => [id, at]));
    return rows.map(toListed).sort((one, other) => (places.get(one.id) ?? 0) - (places.get(other.id) ?? 0));
  }

  async findByText({ text }: Keys): Promise<ArticleRef | undefined> {
    const [pointer] = await this.#pointers('AND text_key = $2 AND removed_at IS NULL', text);
    return pointer;
  }

  async findByLink({ link }: Keys): Promise<ArticleRef | undefined> {
    if (link === undefined) return undefined;
    const [pointer] = await this.#pointers('AND link_key = $2 AND removed_at IS NULL', link);
    return pointer;
  }

  put(row: NewArticleRow, most: number): Promise<PutResult> {
    return this.#change((ask, ledger) => putRow(ask, ledger, row, most));
  }

  remove(id: string, moment: number): Promise<boolean> {
    return this.#change((ask, ledger) => removeRow(ask, ledger, id, moment));
  }

  async findRemoved(id: string, since: number): Promise<ArticleRef | undefined> {
    const [pointer] = await this.#pointers('AND id = $2 AND removed_at > $3', toColumn(id), since);
    return pointer;
  }

  restore(pointer: ArticleRef, derivation: Derivation, most: number): Promise<'restored' | 'full' | undefined> {
    return this.#change((ask, ledger) => restoreRow(ask, ledger, pointer, derivation, most));
  }

  updateDerived(number: number, revision: number, derivation: Derivation): Promise<void> {
    return this.#change((ask, ledger) => deriveRow(ask, ledger, { number, revision }, derivation));
  }

  /**
   * Mostly there is none, which an index tells at once; where there are, most articles are. A damaged derivation is found when
   * it is read: the server has checksums of its own, and reading all of a library whenever it is opened would keep it from its work.
   */
  async stale({ attribution, index }: Versions, after: number, most: number): Promise<readonly number[]> {
    const among = 'FROM verbatim.articles WHERE library = $1 AND removed_at IS NULL';
    const versions = '(attribution_version, index_version)';
    const [any] = await this.#connection.read(
      `(SELECT 1 AS one ${among} AND ${versions} < ($2::int, $3::int) LIMIT 1)
        UNION ALL (SELECT 1 ${among} AND ${versions} > ($2::int, $3::int) LIMIT 1)`,
      ...[this.#library, attribution, index],
    );
    if (any === undefined) return [];
    const rows = await this.#connection.read<{ number: number }>(
      `SELECT number ${among} AND number > $4 AND ${versions} <> ($2::int, $3::int) ORDER BY number LIMIT $5`,
      ...[this.#library, attribution, index, after, most],
    );
    return rows.map(({ number }) => number);
  }

  /** The rows are gone at once; the server frees their pages by itself (autovacuum). */
  purge(before: number): Promise<number | undefined> {
    return this.#change(async ask => {
      await ask('DELETE FROM verbatim.articles WHERE library = $1 AND removed_at <= $2', this.#library, before);
      const [first] = await ask<{ removed_at: number }>(
        `SELECT removed_at FROM verbatim.articles WHERE library = $1 AND removed_at IS NOT NULL
          ORDER BY removed_at LIMIT 1`,
        this.#library,
      );
      return first?.removed_at;
    });
  }

  saveDraft(draft: StoredDraft, former: string | undefined, bounds: DraftLimits): Promise<boolean> {
    return this.#change(ask => holdDraft(ask, this.#library, draft, former, bounds));
  }

  draft(id: string): Promise<StoredDraft | undefined> {
    return findDraft(this.#connection.read, this.#library, id);
  }

  deleteDraft(id: string): Promise<boolean> {
    return this.#change(ask => dropDraft(ask, this.#library, id));
  }

  purgeDrafts(now: number): Promise<number | undefined> {
    return this.#change(ask => purgeDrafts(ask, this.#library, now));
  }

  async settings(): Promise<LibrarySettings> {
    const [row] = await this.#connection.read<SettingsColumns>(choicesOf, this.#library);
    return readSettings(row);
  }

  changeSettings(changes: Partial<LibrarySettings>): Promise<LibrarySettings> {
    return this.#change(async ask => {
      const [row] = await ask<SettingsColumns>(choicesOf, this.#library);
      const chosen = { ...readSettings(row), ...changes };
      await ask(
        `INSERT INTO verbatim.choices (library, privacy, language, accent) VALUES ($1, $2, $3, $4)
          ON CONFLICT (library) DO UPDATE SET privacy = $2, language = $3, accent = $4`,
        ...[this.#library, chosen.privacy, chosen.language, chosen.accent ?? null],
      );
      return chosen;
    });
  }

  close(): Promise<void> {
    this.#isClosed = true;
    return Promise.resolve();
  }

  async #pointers(condition: string, ...values: Parameters<Ask>[1][]): Promise<readonly ArticleRef[]> {
    const rows = await this.#connection.read<PointerColumns>(`${pointers} ${condition}`, this.#library, ...values);
    return rows.map(toPointer);
  }

  #change<Result>(change: (ask: Ask, ledger: Ledger) => Promise<Result>): Promise<Result> {
    if (this.#isClosed) throw new StorageError(message('keeping.closed'));
    return this.#connection.writing(`library ${this.#library}`, async ask => {
      const ledger = await Ledger.open(this.#library, ask);
      const result = await change(ask, ledger);
      await ledger.write();
      return result;
    });
  }
}
