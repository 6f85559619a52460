import pg from 'pg';
import { latestVersion } from './schema.ts';

/** What can be told of a database without changing anything. */
export interface SeenDatabase {
  readonly isUtf8: boolean;
  /** It is a copy, or set so that nothing can be written. */
  readonly isReadOnly: boolean;
  /** Whether this user may do in it what the bot does. */
  readonly mayWrite: boolean;
  /** How many versions it is behind this one; below 0 where a newer one wrote it. `undefined`: the bot was not there yet. */
  readonly behind: number | undefined;
  readonly bytes: number;
}

const PATIENCE_MILLISECONDS = 10_000;

const about = `
  SELECT current_setting('server_encoding') = 'UTF8' AS "isUtf8",
    current_setting('transaction_read_only') = 'on' AS "isReadOnly",
    to_regclass('verbatim.migrations') IS NOT NULL AS "isThere",
    has_database_privilege(current_database(), 'CREATE') AS "mayMake",
    pg_database_size(current_database())::float8 AS bytes`;
const version = 'SELECT max(version) AS version FROM verbatim.migrations';
const rights = `
  SELECT coalesce(bool_and(has_table_privilege(format('%I.%I', schemaname, tablename), right_to)), true) AS "mayWrite"
  FROM pg_tables, unnest('{SELECT,INSERT,UPDATE,DELETE}'::text[]) AS right_to WHERE schemaname = 'verbatim'`;

/** Throws what the client or the server says where it cannot be asked. */
export async function lookAtDatabase(connectionString: string): Promise<SeenDatabase> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: PATIENCE_MILLISECONDS,
    query_timeout: PATIENCE_MILLISECONDS,
    application_name: 'verbatim doctor',
  });
  // What breaks it is told by what is asked next.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await ask(client);
  } finally {
    await client.end();
  }
}

interface About {
  readonly isUtf8: boolean;
  readonly isReadOnly: boolean;
  readonly isThere: boolean;
  readonly mayMake: boolean;
  readonly bytes: number;
}

async function ask(client: pg.Client): Promise<SeenDatabase> {
  const [first] = (await client.query<About>(about)).rows;
  if (first === undefined) throw new Error('The database gave no answer');
  const { isThere, mayMake, ...seen } = first;
  if (!isThere) return { ...seen, mayWrite: mayMake, behind: undefined };
  const [made] = (await client.query<{ version: number | null }>(version)).rows;
  const [may] = (await client.query<{ mayWrite: boolean }>(rights)).rows;
  return { ...seen, mayWrite: may?.mayWrite === true, behind: latestVersion - (made?.version ?? 0) };
}
