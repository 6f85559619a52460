import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { CannotKeep } from './faults.ts';
import { explainPostgres, isLost, mayBeTriedAgain } from './postgres-faults.ts';

type Item = string | number | boolean | null | Buffer;

/** What a statement's `$1` may stand for. */
export type Value = Item | readonly Item[];

/** Runs one statement. Its text is ours; whatever comes from outside is a value. */
export type Ask = <Row extends pg.QueryResultRow>(text: string, ...values: readonly Value[]) => Promise<readonly Row[]>;

const MOST_CONNECTIONS = 8;
const MOST_MILLISECONDS = 30_000;
/** A lost connection is made anew for so long, before somebody is told; a server starts again within a second or two. */
const PATIENCE_MILLISECONDS = 4_000;
const PAUSE_MILLISECONDS = 150;

const noAddress = 'The address of the database is none: it looks like postgres://user:password@host:5432/name.';
const unsure =
  'The database that keeps the library stopped answering while it stored this. Look whether it is there before you try again.';

/**
 * Every statement is a handful of look-ups in indexes. The planner knows neither how long lists are nor which library is asked for,
 * and tables of a new database are empty when it first plans: it must not think of reading one whole, or of planning at every call.
 */
const settings = `
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

/** A small pool of connections to one database. All that goes wrong with it comes out as CannotKeep, and then nothing was changed. */
export class PostgresConnection {
  readonly #pool: pg.Pool;

  /** Throws where the address is none; nothing is connected yet. */
  constructor(url: string) {
    this.#pool = makePool(url);
    // A connection that breaks while nobody uses it is noticed by whoever uses it next.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', client => client.on('error', () => undefined));
  }

  /** One statement that changes nothing. */
  read: Ask = (text, ...values) => this.#persist(() => this.#withClient(client => run(client, text, values)));

  /** Several statements that change nothing and see one state of the database. */
  reading<Result>(work: (ask: Ask) => Promise<Result>): Promise<Result> {
    const begin = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';
    return this.#persist(() =>
      this.#withClient(async client => {
        await client.query(begin);
        const result = await work((text, ...values) => run(client, text, values));
        await client.query('COMMIT');
        return result;
      }),
    );
  }

  /**
   * One transaction, in turn with all others that name the same `turn`, in whatever process. Where the connection is lost it
   * is done again, unless the server says that it was done: it is never done twice.
   */
  writing<Result>(turn: string, work: (ask: Ask) => Promise<Result>): Promise<Result> {
    return this.#persist(async () => {
      const done: { readonly transaction: string; readonly result: Result }[] = [];
      try {
        return await this.#withClient(async client => {
          const transaction = await begin(client, turn);
          const result = await work((text, ...values) => run(client, text, values));
          done.push({ transaction, result });
          await client.query('COMMIT');
          return result;
        });
      } catch (error) {
        const [committing] = done;
        if (committing === undefined || !isLost(error)) throw error;
        if (await this.#wasCommitted(committing.transaction)) return committing.result;
        throw error;
      }
    });
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  /** Asked after a connection was lost while it committed. */
  async #wasCommitted(transaction: string): Promise<boolean> {
    const sql = 'SELECT pg_xact_status($1::text::xid8) AS status';
    try {
      const [row] = await this.#persist(async () => {
        const rows = await this.#withClient(client => run<{ status: string | null }>(client, sql, [transaction]));
        if (rows[0]?.status === 'in progress') throw Object.assign(new Error('still committing'), { code: '08007' });
        return rows;
      });
      return row?.status === 'committed';
    } catch (cause) {
      throw new CannotKeep(unsure, { cause });
    }
  }

  async #withClient<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    try {
      return await work(client);
    } catch (error) {
      broken = await rollBack(client, error);
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async #persist<Result>(attempt: () => Promise<Result>): Promise<Result> {
    const patience = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (patience.aborted || !mayBeTriedAgain(error)) throw explainPostgres(error);
      }
      await setTimeout(PAUSE_MILLISECONDS);
    }
  }
}

function makePool(connectionString: string): pg.Pool {
  // What pg throws over it holds the address, and with it the password.
  if (!URL.canParse(connectionString)) throw new CannotKeep(noAddress);
  return new pg.Pool({
    connectionString,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: 2 * PATIENCE_MILLISECONDS,
    query_timeout: MOST_MILLISECONDS + PATIENCE_MILLISECONDS,
    keepAlive: true,
    application_name: 'verbatim',
    onConnect: client => client.query(settings),
  });
}

/** The number of the transaction that it begins. Whoever comes second waits here for the first to end. */
async function begin(client: pg.ClientBase, turn: string): Promise<string> {
  await client.query('BEGIN');
  const sql = 'SELECT pg_advisory_xact_lock($1::bigint), pg_current_xact_id()::text AS transaction';
  const [row] = await run<{ transaction: string }>(client, sql, [lockOf(turn)]);
  return row?.transaction ?? '';
}

function lockOf(turn: string): string {
  return createHash('sha256').update(`verbatim ${turn}`).digest().readBigInt64BE().toString();
}

async function run<Row extends pg.QueryResultRow>(
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
async function rollBack(client: pg.ClientBase, failure: unknown): Promise<Error | undefined> {
  if (isLost(failure)) return new Error('lost');
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch {
    return new Error('lost');
  }
}
