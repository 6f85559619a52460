import { createHash } from 'node:crypto';
import pg from 'pg';
import { isLost } from './postgres-faults.ts';

type Item = string | number | boolean | null | Buffer;

/** What a statement's `$1` may stand for. */
export type Value = Item | readonly Item[];

/** Runs one statement. Its text is ours; whatever comes from outside is a value. */
export type Ask = <Row extends pg.QueryResultRow>(text: string, ...values: readonly Value[]) => Promise<readonly Row[]>;

/** A statement that takes longer is given up. */
export const MOST_MILLISECONDS = 30_000;

/**
 * Every statement is a handful of look-ups in indexes. The planner knows neither how long lists are nor which library is asked for,
 * and tables of a new database are empty when it first plans: it must not think of reading one whole, or of planning at every call.
 */
export const settings = `
  SET plan_cache_mode = force_generic_plan;
  SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off;
  SET max_parallel_workers_per_gather = 0;
  SET work_mem = '32MB';
  SET statement_timeout = ${MOST_MILLISECONDS};
  SET idle_in_transaction_session_timeout = ${2 * MOST_MILLISECONDS};
  SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
`;

// Numbers of ours stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** The number of the transaction that it begins. Whoever comes second waits here for the first to end. */
export async function begin(client: pg.ClientBase, turn: string): Promise<string> {
  await client.query('BEGIN');
  const sql = 'SELECT pg_advisory_xact_lock($1::bigint), pg_current_xact_id()::text AS transaction';
  const [row] = await run<{ transaction: string }>(client, sql, [lockOf(turn)]);
  return row?.transaction ?? '';
}

function lockOf(turn: string): string {
  return createHash('sha256').update(`verbatim ${turn}`).digest().readBigInt64BE().toString();
}

/** One statement; it is planned once for each connection. */
export async function run<Row extends pg.QueryResultRow>(
  client: pg.ClientBase,
  text: string,
  values: readonly Value[],
): Promise<readonly Row[]> {
  const { rows } = await client.query<Row>({ name: nameOf(text), text, values: [...values] });
  return rows;
}

const statementNames = new Map<string, string>();

/** The server plans a statement once for each connection, by its name. */
function nameOf(text: string): string {
  const known = statementNames.get(text);
  if (known !== undefined) return known;
  const name = createHash('sha256').update(text).digest('base64url');
  statementNames.set(text, name);
  return name;
}

/** The error with which the connection must be thrown away; `undefined` where it is as good as before. */
export async function rollBack(client: pg.ClientBase, failure: unknown): Promise<Error | undefined> {
  if (isLost(failure)) return new Error('lost');
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch {
    return new Error('lost');
  }
}
