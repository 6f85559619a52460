import pg from 'pg';
import { MODEL_ID } from '../../../answering/networks/model.ts';
import { readTroubledFeeds, type TroubledFeeds } from '../following/feeds.ts';
import { PostgresConnection, type Query, runScriptOfAll, runStatement } from './connection.ts';
import { LATEST_VERSION } from './schema.ts';

/** What can be found out about a database without changing it. */
export interface DatabaseReport {
  /** Of PostgreSQL, such as 18. */
  readonly release: number;
  readonly isUtf8: boolean;
  /** True behind a pooler in transaction mode. */
  readonly isPooledByTransaction: boolean;
  /** True for a replica or a read-only database. */
  readonly isReadOnly: boolean;
  /** True if this user has the rights that the bot needs. */
  readonly mayWrite: boolean;
  /** How many versions it is older than this code, negative if newer; `undefined` if the bot has never used it. */
  readonly behind: number | undefined;
  readonly bytes: number;
  /** Undefined if the database isn't of this version. */
  readonly feeds: TroubledFeeds | undefined;
  /** Articles without vectors; `undefined` in tables of another version. */
  readonly unencoded: number | undefined;
}

const MOST_FEEDS = 3;
const PATIENCE_MILLISECONDS = 10_000;

const SERVER_QUERY = `
  SELECT current_setting('server_version_num')::integer / 10000 AS release,
    current_setting('server_encoding') = 'UTF8' AS "isUtf8",
    current_setting('transaction_read_only') = 'on' AS "isReadOnly",
    to_regclass('verbatim.migrations') IS NOT NULL AS "isThere",
    has_database_privilege(current_database(), 'CREATE') AS "mayMake",
    pg_database_size(current_database())::float8 AS bytes`;
const VERSION_QUERY = 'SELECT max(version) AS version FROM verbatim.migrations';
const RIGHTS_QUERY = `
  SELECT coalesce(bool_and(has_table_privilege(format('%I.%I', schemaname, tablename), right_to)), true) AS "mayWrite"
  FROM pg_tables, unnest('{SELECT,INSERT,UPDATE,DELETE}'::text[]) AS right_to WHERE schemaname = 'verbatim'`;

const UNENCODED_QUERY = `
  SELECT count(*)::float8 AS articles FROM verbatim.articles WHERE removed_at IS NULL AND encoded_by <> $1`;

/** Throws the error of the client or the server if it can't be queried. */
export async function inspectDatabase(connectionString: string): Promise<DatabaseReport> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: PATIENCE_MILLISECONDS,
    query_timeout: PATIENCE_MILLISECONDS,
    application_name: 'verbatim doctor',
  });
  const pool = new PostgresConnection(connectionString);
  // The next query reports the error.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return { ...(await ask(client)), isPooledByTransaction: await pool.isPooledByTransaction() };
  } finally {
    await client.end();
    await pool.close();
  }
}

type About = Pick<DatabaseReport, 'release' | 'isUtf8' | 'isReadOnly' | 'bytes'> &
  Readonly<Record<'isThere' | 'mayMake', boolean>>;

async function ask(client: pg.Client): Promise<Omit<DatabaseReport, 'isPooledByTransaction'>> {
  const [first] = (await client.query<About>(SERVER_QUERY)).rows;
  if (first === undefined) throw new Error('The database gave no answer');
  const { isThere, mayMake, ...seen } = first;
  if (!isThere) return { ...seen, mayWrite: mayMake, behind: undefined, feeds: undefined, unencoded: undefined };
  const [made] = (await client.query<{ version: number | null }>(VERSION_QUERY)).rows;
  const [may] = (await client.query<{ mayWrite: boolean }>(RIGHTS_QUERY)).rows;
  const behind = LATEST_VERSION - (made?.version ?? 0);
  const mayWrite = may?.mayWrite === true;
  const isReadable = behind === 0 && mayWrite;
  const query: Query = (text, ...values) => runStatement(client, text, values);
  const feeds = isReadable ? await runScriptOfAll(query, readTroubledFeeds(MOST_FEEDS)) : undefined;
  const [missing] = isReadable ? (await client.query<{ articles: number }>(UNENCODED_QUERY, [MODEL_ID])).rows : [];
  return { ...seen, mayWrite, behind, feeds, unencoded: missing?.articles };
}
