import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { UnusableStore } from '../errors.ts';
import type { Reporter } from '../store.ts';
import { connectAlone, explainPostgres, lockIdOf, type PostgresConnection } from './connection.ts';
import { type IndexDefinition, MIGRATIONS, type Migration } from './schema.ts';

const POLL_MILLISECONDS = 500;
const PROGRESS_MILLISECONDS = 10_000;
/** Processes that start together on a new database wait a little for one another, which isn't worth a line. */
const UNTOLD_MILLISECONDS = 5_000;
/** How long other processes may have to wait for a lock that a statement has asked for. */
const MOST_LOCKING_MILLISECONDS = 2_000;
/** Indexes that are being built. */
const BUILDING = `
  SELECT index_relid::regclass::text AS index,
    round(100.0 * coalesce(nullif(tuples_done, 0)::float8 / nullif(tuples_total, 0),
      blocks_done::float8 / nullif(blocks_total, 0))) AS percent, phase
  FROM pg_stat_progress_create_index WHERE datname = current_database()`;
/** Unreleased versions from before the baseline, which lack its table `unmatched`, had the same numbers. */
const CURRENT_VERSION = `SELECT coalesce(max(version), 0) AS version,
  to_regclass('verbatim.unmatched') IS NOT NULL AS "hasBaseline" FROM verbatim.migrations`;
/** SQLSTATE of a lock that wasn't available in time, and of a deadlock. */
const LOCKED = new Set<unknown>(['55P03', '40P01']);

/**
 * Migrates the database to the latest version, one process at a time, however long it takes; the others wait. What was
 * done before an interruption isn't done again. Throws `StorageError` if the database can't be used.
 */
export async function migrate(
  url: string,
  connection: PostgresConnection,
  report: Reporter = () => undefined,
  migrations = MIGRATIONS,
): Promise<void> {
  const [server] = await connection.read<ServerFacts>(SERVER_QUERY);
  if (server !== undefined) requireUsable(server);
  if (await connection.isPooledByTransaction()) {
    throw new UnusableStore(
      'DATABASE_URL leads to a connection pooler in transaction mode, where locks don’t hold. Use its session mode, or the server’s own address.',
    );
  }
  const version = await prepare(connection, migrations.length);
  if (version === migrations.length) return;
  const client = await connectAlone(url, 'migration');
  const progress = new Progress(connection, report, version === 0);
  try {
    await takeTurn(client, progress);
    await new Migrator(client, progress).run(migrations);
  } catch (error) {
    throw explainPostgres(error);
  } finally {
    progress.stop();
    await client.end().catch(() => undefined);
  }
}

interface ServerFacts {
  readonly encoding: string;
  readonly release: number;
}

const SERVER_QUERY = `SELECT current_setting('server_encoding') AS encoding,
  current_setting('server_version_num')::integer / 10000 AS release`;
/** Older releases of PostgreSQL lack `bit_count`. */
export const OLDEST_RELEASE = 14;

/** Throws `UnusableStore` if a server is too old, or its database encodes text in a way that can't be searched. */
export function requireUsable({ encoding, release }: ServerFacts): void {
  if (release < OLDEST_RELEASE) {
    throw new UnusableStore(
      `The database runs on PostgreSQL ${release}, but the bot needs ${OLDEST_RELEASE} or later. Whoever runs the bot needs to upgrade it.`,
    );
  }
  // With other encodings, only English text could be searched.
  if (encoding !== 'UTF8') {
    throw new UnusableStore(
      'The database must have the encoding UTF8. Whoever runs the bot needs to create one that does.',
    );
  }
}

/** Creates what migrating needs, and returns the database's version. */
function prepare(connection: PostgresConnection, latest: number): Promise<number> {
  return connection.transaction('schema', async query => {
    await query('CREATE SCHEMA IF NOT EXISTS verbatim');
    await query('CREATE TABLE IF NOT EXISTS verbatim.migrations (version integer PRIMARY KEY)');
    const [row] = await query<{ version: number; hasBaseline: boolean }>(CURRENT_VERSION);
    const version = row?.version ?? 0;
    if (version > 0 && row?.hasBaseline === false) {
      throw new UnusableStore(
        'The database was written by an unreleased version of the bot and can’t be upgraded. It was left as it is. Export its articles with that version, and import them into a new database.',
      );
    }
    if (version > latest) {
      throw new UnusableStore(
        'The database was written by a newer version of the bot. Whoever runs the bot needs to update it.',
      );
    }
    return version;
  });
}

/** Waits without a transaction: building an index waits for all that are older. */
async function takeTurn(client: pg.Client, progress: Progress): Promise<void> {
  const sql = 'SELECT pg_try_advisory_lock($1::bigint) AS "isMine"';
  for (let waited = 0; ; waited += POLL_MILLISECONDS) {
    const { rows } = await client.query<{ isMine: boolean }>(sql, [lockIdOf('migrations')]);
    if (rows[0]?.isMine === true) return;
    if (waited >= UNTOLD_MILLISECONDS) progress.begin('Waiting for another process to migrate the database');
    await pause(POLL_MILLISECONDS);
  }
}

/** Reports what is being done when it begins (unless the database is new, and soon ready), and every ten seconds. */
class Progress {
  readonly #connection: PostgresConnection;
  readonly #report: Reporter;
  readonly #isNew: boolean;
  readonly #timer: NodeJS.Timeout;
  #task: string | undefined;

  constructor(connection: PostgresConnection, report: Reporter, isNew: boolean) {
    this.#connection = connection;
    this.#report = report;
    this.#isNew = isNew;
    this.#timer = setInterval(() => void this.#tell(), PROGRESS_MILLISECONDS);
  }

  begin(task: string): void {
    if (task === this.#task) return;
    this.#task = task;
    if (!this.#isNew) this.#report(`${task}.`);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #tell(): Promise<void> {
    const task = this.#task;
    if (task === undefined) return;
    interface Building {
      readonly index: string;
      readonly percent: number | null;
      readonly phase: string;
    }
    const [index] = await this.#connection.read<Building>(BUILDING).catch(() => []);
    const done = index && `: ${index.index}, ${index.phase}${index.percent === null ? '' : `, ${index.percent} %`}`;
    this.#report(`${task}${done ?? ''}.`);
  }
}

/** Migrates a database that no other process is migrating. */
class Migrator {
  readonly #client: pg.Client;
  readonly #progress: Progress;
  /** `CONCURRENTLY`, unless nobody can be using the tables yet. */
  #concurrently = '';

  constructor(client: pg.Client, progress: Progress) {
    this.#client = client;
    this.#progress = progress;
  }

  async run(migrations: readonly Migration[]): Promise<void> {
    const [row] = await this.#all<{ version: number }>(CURRENT_VERSION);
    const before = row?.version ?? 0;
    if (before > 0) this.#concurrently = 'CONCURRENTLY';
    for (const [at, migration] of migrations.entries()) {
      const version = at + 1;
      if (version <= before) continue;
      this.#progress.begin(`Migrating the database to version ${version} of ${migrations.length}`);
      await this.#make(migration, `INSERT INTO verbatim.migrations VALUES (${version})`);
    }
  }

  async #make(migration: Migration, done: string): Promise<void> {
    if (migration.kind === 'statements') {
      await this.#briefly(...migration.sql.split(';').filter(statement => statement.trim() !== ''), done);
      return;
    }
    for (const index of migration.indexes) await untilUnlocked(() => this.#replace(index));
    await this.#briefly(done);
  }

  /** Builds an index under another name, then drops the one it replaces. */
  async #replace(index: IndexDefinition): Promise<void> {
    const { name, table, definition } = index;
    const present = await this.#find(name);
    if (present?.isValid === true && present.definition.endsWith(definition)) return;
    const sign = createHash('sha256').update(JSON.stringify(index)).digest('hex').slice(0, 8);
    const built = `${name}_${sign}`;
    const partitions = await this.#partitionsOf(table);
    if (partitions.length === 0) {
      await this.#build(built, table, definition);
      await this.#drop(name);
    } else {
      await this.#buildOnAll(built, table, definition, new Map(partitions.map(each => [each, `${each}_${sign}`])));
      await this.#briefly(`DROP INDEX IF EXISTS verbatim.${name}`);
    }
    await this.#briefly(`ALTER INDEX verbatim.${built} RENAME TO ${name}`);
  }

  /** An index of a partitioned table can't be built concurrently, but those of its partitions can, by their names. */
  async #buildOnAll(name: string, table: string, definition: string, partitions: ReadonlyMap<string, string>) {
    if ((await this.#find(name)) === undefined) {
      await this.#briefly(`CREATE INDEX ${name} ON ONLY verbatim.${table} ${definition}`);
    }
    for (const [partition, each] of partitions) {
      await this.#build(each, partition, definition);
      await this.#briefly(`ALTER INDEX verbatim.${name} ATTACH PARTITION verbatim.${each}`);
    }
  }

  async #build(name: string, table: string, definition: string): Promise<void> {
    const present = await this.#find(name);
    if (present?.isValid === true) return;
    // It was interrupted.
    if (present !== undefined) await this.#drop(name);
    await this.#client.query(`CREATE INDEX ${this.#concurrently} ${name} ON verbatim.${table} ${definition}`);
  }

  async #drop(index: string): Promise<void> {
    await this.#client.query(`DROP INDEX ${this.#concurrently} IF EXISTS verbatim.${index}`);
  }

  async #find(index: string): Promise<{ readonly isValid: boolean; readonly definition: string } | undefined> {
    const sql = `SELECT indisvalid AS "isValid", pg_get_indexdef(indexrelid) AS definition
      FROM pg_index WHERE indexrelid = to_regclass($1)`;
    const [found] = await this.#all<{ isValid: boolean; definition: string }>(sql, `verbatim.${index}`);
    return found;
  }

  async #partitionsOf(table: string): Promise<readonly string[]> {
    const sql = `SELECT relname AS name FROM pg_inherits JOIN pg_class ON oid = inhrelid
      WHERE inhparent = to_regclass($1) ORDER BY relname`;
    return (await this.#all<{ name: string }>(sql, `verbatim.${table}`)).map(({ name }) => name);
  }

  /** Runs statements in one transaction. While they wait for a lock, others must wait too, so it gives up and retries. */
  async #briefly(...statements: readonly string[]): Promise<void> {
    await untilUnlocked(async () => {
      try {
        await this.#client.query(`BEGIN; SET LOCAL lock_timeout = ${MOST_LOCKING_MILLISECONDS}`);
        for (const statement of statements) await this.#client.query(statement);
        await this.#client.query('COMMIT');
      } catch (error) {
        await this.#client.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
  }

  async #all<Row extends pg.QueryResultRow>(sql: string, ...values: readonly string[]): Promise<readonly Row[]> {
    return (await this.#client.query<Row>(sql, [...values])).rows;
  }
}

/** Retries for as long as `work` fails over a lock. */
async function untilUnlocked(work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof Error) || !LOCKED.has(Reflect.get(error, 'code'))) throw error;
    }
    await pause(POLL_MILLISECONDS);
  }
}
