import { randomUUID } from 'node:crypto';
import { message } from '../../../wording/say.ts';
import { putArticle } from '../changes.ts';
import { StorageError } from '../errors.ts';
import type { Run } from '../script.ts';
import type { Backend, NewArticleRow, Reporter, ScheduledTask, StorageMonitor, Store, TaskKind } from '../store.ts';
import { LAST_COMMON } from '../tokens.ts';
import {
  connectAlone,
  type Database,
  explainPostgres,
  PostgresConnection,
  type Query,
  runScript,
  runScriptOfAll,
  runStatement,
} from './connection.ts';
import { migrate } from './migrate.ts';
import { TABLES } from './schema.ts';

const ROWS_AT_ONCE = 50_000;
/**
 * How long a process has a task after it ended, or last asked what is due. For posting, it asks every two seconds, and
 * what was sent must be tried again while Discord remembers its nonce.
 */
const CLAIM_SECONDS: Readonly<Record<TaskKind, number>> = { leaving: 600, erasing: 600, purging: 600, posting: 15 };

/** Connects to a database and migrates it. Throws `StorageError` if it can't be reached. */
export async function openPostgresBackend(url: string, report?: Reporter, monitor?: StorageMonitor): Promise<Backend> {
  const connection = new PostgresConnection(url, monitor);
  try {
    await migrate(url, connection, report);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return new PostgresBackend(connection);
}

/** All libraries of a database as they were at one moment. They can't be changed. */
export interface PostgresSnapshot {
  names(): Promise<readonly string[]>;
  leaving(): Promise<readonly ScheduledTask[]>;
  open(name: string): Store;
  close(): Promise<void>;
}

/** Migrates a database and takes a snapshot of it. Throws `StorageError` if it can't be reached. */
export async function openSnapshot(url: string, report?: Reporter): Promise<PostgresSnapshot> {
  await (await openPostgresBackend(url, report)).close();
  const client = await connectAlone(url, 'backup');
  const read: Query = async (text, ...values) => {
    try {
      return await runStatement(client, text, values);
    } catch (error) {
      throw explainPostgres(error);
    }
  };
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  } catch (error) {
    await client.end().catch(() => undefined);
    throw explainPostgres(error);
  }
  const connection = { read, transaction: () => Promise.reject(new StorageError('A backup is read-only.')) };
  return {
    names: () => namesOf(read),
    leaving: () => read<ScheduledTask>('SELECT library, moment FROM verbatim.leaving ORDER BY library'),
    open: name => new PostgresStore(connection, name),
    close: () => client.end(),
  };
}

/** All libraries in one PostgreSQL database, which several processes may share. */
class PostgresBackend implements Backend {
  readonly #connection: PostgresConnection;
  /** Identifies this process. */
  readonly #self = randomUUID();
  /** Claimants of this process. */
  readonly #claimants = new Set<string>();
  /** Kinds of tasks that this process may have claimed. */
  readonly #claimed = new Set<TaskKind>();

  constructor(connection: PostgresConnection) {
    this.#connection = connection;
  }

  feeds: Run = (script, ...values) =>
    this.#connection.transaction('feeds', query => runScriptOfAll(query, script(...values)));

  get waiting(): number {
    return this.#connection.waiting;
  }

  async has(name: string): Promise<boolean> {
    const rows = await this.#connection.read('SELECT 1 AS one FROM verbatim.libraries WHERE library = $1', name);
    return rows.length > 0;
  }

  names(): Promise<readonly string[]> {
    return namesOf(this.#connection.read);
  }

  async open(name: string, seeds: () => Promise<readonly NewArticleRow[]>): Promise<Store> {
    if (!(await this.has(name))) await this.#make(name, await seeds());
    return new PostgresStore(this.#connection, name);
  }

  /** Deletes all rows in one transaction; autovacuum frees their pages later. */
  async erase(name: string): Promise<void> {
    await this.#connection.transaction(`library ${name}`, async query => {
      for (const table of TABLES) while (await erasePiece(query, table, name));
    });
  }

  /** A task that is scheduled again while a process is doing it stays scheduled: more may have been removed. */
  async schedule(task: TaskKind, name: string, moment: number): Promise<void> {
    const earlier = task === 'leaving' ? '' : ', moment = least(noted.moment, excluded.moment)';
    const sql = `INSERT INTO verbatim.${task} AS noted (library, moment) VALUES ($1, $2)
      ON CONFLICT (library) DO UPDATE SET noted_again = noted.claimed_by IS NOT NULL ${earlier}`;
    await this.#connection.transaction(task, query => query(sql, name, moment));
  }

  async complete(task: TaskKind, name: string, next?: number): Promise<void> {
    await this.#connection.transaction(task, async query => {
      const done = task === 'purging' || task === 'posting' ? 'library = $1 AND NOT noted_again' : 'library = $1';
      if (next === undefined) await query(`DELETE FROM verbatim.${task} WHERE ${done}`, name);
      else await query(`UPDATE verbatim.${task} SET moment = $2 WHERE ${done}`, name, next);
      await query(
        `UPDATE verbatim.${task} SET claimed_by = NULL, claimed_until = NULL, noted_again = false WHERE library = $1`,
        name,
      );
    });
  }

  /**
   * Claims the tasks for a while, so that no other process does them too, or erases a library that was created again
   * meanwhile. If this process ends before, another takes over. Claims of this process are renewed.
   */
  due(task: TaskKind, now: number, isMine = (_name: string) => true): Promise<readonly string[]> {
    return this.#connection.transaction(task, async query => {
      const noted = await query<{ library: string }>(`SELECT library FROM verbatim.${task} WHERE moment <= $1`, now);
      const mine = noted.map(({ library }) => library).filter(isMine);
      const rows = await query<{ library: string }>(
        `UPDATE verbatim.${task} SET claimed_by = $2, claimed_until = now() + interval '${CLAIM_SECONDS[task]} seconds'
          WHERE library = ANY ($3::text[]) AND moment <= $1 AND (claimed_by IS NULL OR claimed_by = $2 OR claimed_until < now()) RETURNING library`,
        ...[now, this.#self, mine],
      );
      if (rows.length > 0) this.#claimed.add(task);
      return rows.map(({ library }) => library);
    });
  }

  /** Time is the database's. */
  async claim(name: string, claimant: string, milliseconds: number): Promise<boolean> {
    const rows = await this.#connection.transaction(claimLockOf(name), query =>
      query(
        `INSERT INTO verbatim.claims AS held VALUES ($1, $2, now() + $3 * interval '1 millisecond')
          ON CONFLICT (library) DO UPDATE SET claimed_by = excluded.claimed_by, claimed_until = excluded.claimed_until
          WHERE held.claimed_by = excluded.claimed_by OR held.claimed_until <= now() RETURNING library`,
        ...[name, claimant, milliseconds],
      ),
    );
    if (rows.length > 0) this.#claimants.add(claimant);
    return rows.length > 0;
  }

  async release(name: string, claimant: string): Promise<void> {
    const sql = 'DELETE FROM verbatim.claims WHERE library = $1 AND claimed_by = $2';
    await this.#connection.transaction(claimLockOf(name), query => query(sql, name, claimant));
    this.#claimants.delete(claimant);
  }

  async close(): Promise<void> {
    // If the database is gone, the claims expire in some minutes.
    await this.#releaseAll().catch(() => undefined);
    await this.#connection.close();
  }

  async #releaseAll(): Promise<void> {
    for (const task of this.#claimed) {
      const sql = `UPDATE verbatim.${task} SET claimed_by = NULL, claimed_until = NULL WHERE claimed_by = $1`;
      await this.#connection.transaction(task, query => query(sql, this.#self));
    }
    if (this.#claimants.size === 0) return;
    const sql = 'DELETE FROM verbatim.claims WHERE claimed_by = ANY ($1::text[])';
    await this.#connection.transaction('claims', query => query(sql, [...this.#claimants]));
  }

  /**
   * Creates a library with the seeds, unless another process has created it meanwhile. Revisions start at the current
   * time, so that a library that was erased and created again never reuses one that a cache may still hold.
   */
  async #make(name: string, seeds: readonly NewArticleRow[]): Promise<void> {
    await this.#connection.transaction(`library ${name}`, async query => {
      const sql =
        'INSERT INTO verbatim.libraries VALUES ($1, $2, 0, $3, 0, 0, 0) ON CONFLICT DO NOTHING RETURNING library';
      if ((await query(sql, name, Date.now(), LAST_COMMON)).length === 0) return;
      for (const seed of seeds) await runScript(query, name, putArticle(seed, Number.POSITIVE_INFINITY));
    });
  }
}

/** Returns the names of all libraries. */
async function namesOf(read: Query): Promise<readonly string[]> {
  const rows = await read<{ library: string }>('SELECT library FROM verbatim.libraries ORDER BY library');
  return rows.map(({ library }) => library);
}

/** Not the library's own lock: a claim doesn't wait for writers. */
function claimLockOf(library: string): string {
  return `claim ${library}`;
}

/** Deletes a batch, small enough to stay below the statement timeout. Returns true if there may be more. */
async function erasePiece(query: Query, table: string, name: string): Promise<boolean> {
  const [gone] = await query<{ rows: number }>(
    `WITH gone AS (DELETE FROM verbatim.${table} WHERE library = $1 AND ctid = ANY (ARRAY(
        SELECT ctid FROM verbatim.${table} WHERE library = $1 LIMIT ${ROWS_AT_ONCE})) RETURNING 1)
      SELECT count(*) AS rows FROM gone`,
    name,
  );
  return gone?.rows === ROWS_AT_ONCE;
}

/** One library in a PostgreSQL database. Writers wait for each other, in all processes; readers don't wait. */
class PostgresStore implements Store {
  readonly isExclusive = false;
  readonly #database: Database;
  readonly #library: string;
  #isClosed = false;

  constructor(database: Database, library: string) {
    this.#database = database;
    this.#library = library;
  }

  read: Run = (script, ...values) => runScript(this.#database.read, this.#library, script(...values));

  write: Run = (script, ...values) => {
    if (this.#isClosed) throw new StorageError(message('keeping.closed'));
    return this.#database.transaction(`library ${this.#library}`, async query => {
      const sql = 'SELECT 1 AS one FROM verbatim.libraries WHERE library = $1';
      const [library] = await query(sql, this.#library);
      if (library === undefined) throw new StorageError(message('keeping.erased-unchanged'));
      return await runScript(query, this.#library, script(...values));
    });
  };

  /** The rows are gone at once; autovacuum frees their pages later. */
  erase = this.write;

  close(): Promise<void> {
    this.#isClosed = true;
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
