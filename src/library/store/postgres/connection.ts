import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { type Message, message } from '../../../wording/say.ts';
import { encodeText } from '../columns.ts';
import { StorageError } from '../errors.ts';
import { type EncodedValue, playAsync, type Row, type Script, translator } from '../script.ts';
import type { StorageMonitor } from '../store.ts';
import { HEAD_LENGTH } from './schema.ts';

const NOBODY = message('keeping.database-silent');
const REFUSED = message('keeping.database-refused');
const FULL = message('keeping.database-full');
const CROWDED = message('keeping.database-crowded');
const SLOW = message('keeping.database-slow');
const DAMAGED = message('keeping.database-damaged');
const READ_ONLY = message('keeping.read-only');
const TAKEN = message('keeping.taken');

/** An error of PostgreSQL or its client, without the details, which may contain stored values. */
class PostgresError extends Error {
  override readonly name = 'PostgresError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(`PostgreSQL: ${code} ${message}`.trimEnd());
    this.code = code;
  }
}

/**
 * By SQLSTATE, or its class, the first two characters (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const SENTENCES: Readonly<Record<string, Message>> = {
  '08': NOBODY,
  '28': REFUSED,
  '3D': REFUSED,
  '40': SLOW,
  '42501': REFUSED,
  '53': NOBODY,
  '53100': FULL,
  '53300': CROWDED,
  '55000': NOBODY,
  '55P03': TAKEN,
  '57': NOBODY,
  '57014': SLOW,
  '25006': READ_ONLY,
  XX: DAMAGED,
};

/** The system's codes for a connection that failed, such as `ECONNREFUSED`, `ENETUNREACH` or `EAI_AGAIN`. */
const BY_SYSTEM = /^E(?:AI_)?[A-Z]+$/v;

/** Errors of `pg` that have no code. */
const LOST_BY_MESSAGE =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|connection is closed|is not queryable/v;

/** Codes after which a retry on another connection may succeed. */
const RETRYABLE = /^(?:08|40|53[03]|57P0|25006)/v;

/** True if retrying the transaction on another connection may succeed. */
export function isRetryable(error: unknown): boolean {
  return isConnectionLost(error) || RETRYABLE.test(codeOf(error));
}

/** True if the last statement may have committed. */
function isConnectionLost(error: unknown): boolean {
  const code = codeOf(error);
  return BY_SYSTEM.test(code) || /^(?:08|57P0)/v.test(code) || LOST_BY_MESSAGE.test(messageOf(error));
}

/**
 * Turns outages into `StorageError` and anything else into `PostgresError`. Keeps only the code and the first line:
 * details contain values of rows, and other properties the address with its password.
 */
export function explainPostgres(error: unknown): unknown {
  if (error instanceof StorageError) return error;
  const code = codeOf(error);
  const known = isConnectionLost(error) ? NOBODY : sentenceFor(code);
  if (code === '' && known === undefined) return error;
  const cause = new PostgresError(code === '' ? codeFor(messageOf(error)) : code, messageOf(error));
  return known === undefined ? cause : new StorageError(known, { cause });
}

function sentenceFor(code: string): Message | undefined {
  return SENTENCES[code] ?? SENTENCES[code.slice(0, 2)];
}

/**
 * Explains why connecting failed. If it was neither the network nor a known refusal, the two disagree about TLS, its
 * certificate or an option, and the address or the server's settings must change.
 */
function explainConnecting(error: unknown): unknown {
  const code = codeOf(error);
  if (error instanceof StorageError || isConnectionLost(error) || sentenceFor(code) !== undefined) return error;
  return new StorageError(REFUSED, { cause: new PostgresError(code === '' ? 'NO_AGREEMENT' : code, messageOf(error)) });
}

/** If a host has several addresses, Node collects their errors. */
function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : '';
}

/** Makes a code of an error message, such as `CONNECTION_TERMINATED`. */
function codeFor(message: string): string {
  const [sentence = ''] = LOST_BY_MESSAGE.exec(message) ?? [];
  return sentence.toUpperCase().replaceAll(' ', '_');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

/** Runs one statement. Its text is ours; anything from outside is a value. */
export type Query = <Row extends pg.QueryResultRow>(
  text: string,
  ...values: readonly EncodedValue[]
) => Promise<readonly Row[]>;

const NAMES: Readonly<Record<string, string>> = {
  here: 'library = $1',
  library_column: 'library,',
  library_value: '$1,',
  totals: 'verbatim.libraries',
  articles_with_metadata: 'verbatim.articles',
  articles_with_text: 'verbatim.articles',
  articles_with_vectors: 'verbatim.articles',
  masthead_checksum: 'NULL AS masthead_checksum',
  no_keys: "'{}'",
  each_word: 'unnest(words) AS word (value)',
  units_of_articles: 'verbatim.units',
  bearers_of_articles: 'verbatim.bearers',
  keys_of_articles: 'verbatim.keys',
  speakers_of_articles: 'verbatim.speakers',
  is_among_terms: `left(term, ${HEAD_LENGTH}) = ANY (ARRAY(SELECT left(asked, ${HEAD_LENGTH}) FROM unnest($2::text[]) AS asked))
    AND term = ANY ($2::text[])`,
  is_asked_term: `left(term, ${HEAD_LENGTH}) = left(asked, ${HEAD_LENGTH}) COLLATE "C" AND term = asked COLLATE "C"`,
};
const SAME_FOR_ALL = {
  among: (column: string, value: string) => `${column} = ANY (${value})`,
  table: (value: string, alias: string, columns: string) =>
    `json_to_recordset(${value}::json) AS ${alias} (${columns})`,
  text: encodeText,
};
const ofOne = translator({
  ...SAME_FOR_ALL,
  name: name => NAMES[name] ?? `verbatim.${name}`,
  // The library is the first value.
  value: nth => `$${nth + 1}`,
});
const ofAll = translator({ ...SAME_FOR_ALL, name: name => `verbatim.${name}`, value: nth => `$${nth}` });

/** Runs a script to its end. */
export async function runScript<Result>(query: Query, library: string, script: Script<Result>): Promise<Result> {
  return await playAsync(script, library, step => query<Row>(ofOne.sqlOf(step), library, ...ofOne.valuesOf(step)));
}

/** Runs a script on tables of all libraries to its end. */
export async function runScriptOfAll<Result>(query: Query, script: Script<Result>): Promise<Result> {
  return await playAsync(script, '', step => query<Row>(ofAll.sqlOf(step), ...ofAll.valuesOf(step)));
}

/** The timeout of a statement. */
const MOST_MILLISECONDS = 30_000;

const TIMEOUTS = `
  SET statement_timeout = ${MOST_MILLISECONDS};
  SET idle_in_transaction_session_timeout = ${2 * MOST_MILLISECONDS};
`;

/** Whatever the database's own settings are. */
const NO_TIMEOUTS = `
  SET statement_timeout = 0;
  SET idle_in_transaction_session_timeout = 0;
`;

/**
 * Every statement is a few index look-ups. The planner knows neither the length of lists nor which library is queried,
 * and plans when the tables are still empty: keep it from sequential scans, and from planning every time. Citus can't
 * plan most statements without their values: it looks up the library's node in them.
 */
const SETTINGS = `
  SELECT set_config('plan_cache_mode', CASE WHEN EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')
    THEN 'force_custom_plan' ELSE 'force_generic_plan' END, false);
  SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off;
  SET max_parallel_workers_per_gather = 0;
  SET work_mem = '32MB';
  SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
`;

// Our numbers stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** Begins a transaction, waits for the lock of `turn`, and returns the transaction's id. */
async function begin(client: pg.ClientBase, turn: string): Promise<string> {
  await client.query('BEGIN');
  const sql = 'SELECT pg_advisory_xact_lock($1::bigint), pg_current_xact_id()::text AS transaction';
  const [row] = await runStatement<{ transaction: string }>(client, sql, [lockIdOf(turn)]);
  return row?.transaction ?? '';
}

/** Returns the key of an advisory lock. */
export function lockIdOf(turn: string): string {
  return createHash('sha256').update(`verbatim ${turn}`).digest().readBigInt64BE().toString();
}

/** Runs one statement, planned once per connection. */
export async function runStatement<Row extends pg.QueryResultRow>(
  client: pg.ClientBase,
  text: string,
  values: readonly EncodedValue[],
): Promise<readonly Row[]> {
  const { rows } = await client.query<Row>({ name: nameOf(text), text, values: [...values] });
  return rows;
}

const statementNames = new Map<string, string>();

/** The server plans a statement once per connection, by its name. */
function nameOf(text: string): string {
  const known = statementNames.get(text);
  if (known !== undefined) return known;
  const name = createHash('sha256').update(text).digest('base64url');
  statementNames.set(text, name);
  return name;
}

/** Returns the error with which to discard the connection, or `undefined` if it can be reused. */
async function rollBack(client: pg.ClientBase, failure: unknown): Promise<Error | undefined> {
  if (isConnectionLost(failure)) return new Error('lost');
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch {
    return new Error('lost');
  }
}

const MOST_CONNECTIONS = 8;
/** How long to retry a lost connection; a server restarts within a second or two. */
const PATIENCE_MILLISECONDS = 4_000;
const PAUSE_MILLISECONDS = 150;

const NO_ADDRESS = "The database's address isn't valid. It must look like postgres://user:password@host:5432/name.";

/** What a library needs of a connection. */
export type Database = Pick<PostgresConnection, 'read' | 'transaction'>;

/** A small connection pool. Failures of the database become `StorageError`, and then nothing was changed. */
export class PostgresConnection {
  readonly #pool: pg.Pool;
  readonly #monitor: StorageMonitor | undefined;
  /** When the last writer of each turn is done. */
  readonly #turns = new Map<string, Promise<void>>();

  /** Throws `StorageError` if the address is invalid. Connects on first use. */
  constructor(url: string, monitor?: StorageMonitor) {
    this.#pool = makePool(url);
    this.#monitor = monitor;
    // An idle connection that breaks is noticed on its next use.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', client => client.on('error', () => undefined));
  }

  /** The number of queries that wait for a connection. */
  get waiting(): number {
    return this.#pool.waitingCount;
  }

  /** Runs one statement that changes nothing. */
  read: Query = (text, ...values) =>
    this.#persist(() => this.#withClient(client => this.#timed(text, () => runStatement(client, text, values))));

  /**
   * Runs one transaction, after all others with the same `turn` in any process. If the connection is lost, it is
   * retried, unless the server says that it was committed.
   */
  transaction<Result>(turn: string, work: (query: Query) => Promise<Result>): Promise<Result> {
    return this.#inTurn(turn, () => this.#persist(() => this.#write(turn, work)));
  }

  /**
   * Returns whether a pooler lends a connection to the server for a transaction only. Then locks, settings and prepared
   * statements, which belong to a session, are somebody else's in the next one.
   */
  async isPooledByTransaction(): Promise<boolean> {
    const processOf = async (client: pg.ClientBase) =>
      (await client.query<{ id: number }>('SELECT pg_backend_pid() AS id')).rows[0]?.id;
    const compare = (one: pg.ClientBase) =>
      this.#withClient(async other => {
        const before = await processOf(one);
        await other.query('BEGIN');
        const during = await processOf(one);
        await other.query('ROLLBACK');
        return during !== before;
      });
    return await this.#persist(() => this.#withClient(compare));
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #write<Result>(turn: string, work: (query: Query) => Promise<Result>): Promise<Result> {
    const done: { readonly transaction: string; readonly result: Result }[] = [];
    try {
      return await this.#withClient(async client => {
        const transaction = await begin(client, turn);
        const query: Query = (text, ...values) => this.#timed(text, () => runStatement(client, text, values));
        const result = await work(query);
        done.push({ transaction, result });
        await this.#timed('COMMIT', () => client.query('COMMIT'));
        return result;
      });
    } catch (error) {
      const [committing] = done;
      if (committing === undefined || !isConnectionLost(error)) throw error;
      if (await this.#wasCommitted(committing.transaction)) return committing.result;
      throw error;
    }
  }

  /** Writers of this process wait without a connection, so that readers can use it. */
  async #inTurn<Result>(turn: string, work: () => Promise<Result>): Promise<Result> {
    const mine = (this.#turns.get(turn) ?? Promise.resolve()).then(work);
    const done = mine.then(nothing, nothing);
    this.#turns.set(turn, done);
    try {
      return await mine;
    } finally {
      if (this.#turns.get(turn) === done) this.#turns.delete(turn);
    }
  }

  /** Called after a connection was lost during a commit. */
  async #wasCommitted(transaction: string): Promise<boolean> {
    const sql = 'SELECT pg_xact_status($1::text::xid8) AS status';
    try {
      const [row] = await this.#persist(async () => {
        const rows = await this.#withClient(client =>
          runStatement<{ status: string | null }>(client, sql, [transaction]),
        );
        if (rows[0]?.status === 'in progress') throw Object.assign(new Error('still committing'), { code: '08007' });
        return rows;
      });
      return row?.status === 'committed';
    } catch (cause) {
      throw new StorageError(message('keeping.database-unsure'), { cause });
    }
  }

  async #timed<Result>(sql: string, run: () => Promise<Result>): Promise<Result> {
    const started = performance.now();
    return await run().finally(() => this.#monitor?.ran(sql, performance.now() - started));
  }

  async #withClient<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const started = performance.now();
    const client = await this.#pool
      .connect()
      .catch((error: unknown) => {
        throw explainConnecting(error);
      })
      .finally(() => this.#monitor?.waited(performance.now() - started));
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
    const end = performance.now() + PATIENCE_MILLISECONDS;
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (performance.now() > end || !isRetryable(error)) throw explainPostgres(error);
      }
      await setTimeout(PAUSE_MILLISECONDS);
    }
  }
}

function makePool(connectionString: string): pg.Pool {
  // The error of `pg` contains the address with its password.
  if (!URL.canParse(connectionString)) throw new StorageError(NO_ADDRESS);
  return new pg.Pool({
    connectionString,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: 2 * PATIENCE_MILLISECONDS,
    query_timeout: MOST_MILLISECONDS + PATIENCE_MILLISECONDS,
    keepAlive: true,
    application_name: 'verbatim',
    onConnect: client => client.query(SETTINGS + TIMEOUTS),
  });
}

/**
 * Opens a connection outside of the pool, for work that takes long: its statements have no timeout, unless the client is
 * given one in milliseconds. Throws `StorageError` if the database can't be reached.
 */
export async function connectAlone(
  connectionString: string,
  purpose: string,
  queryTimeout?: number,
): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: 2 * PATIENCE_MILLISECONDS,
    query_timeout: queryTimeout,
    keepAlive: true,
    application_name: `verbatim ${purpose}`,
  });
  // The next query reports the error.
  client.on('error', nothing);
  try {
    await client.connect().catch((error: unknown) => {
      throw explainConnecting(error);
    });
    await client.query(SETTINGS + NO_TIMEOUTS);
    return client;
  } catch (error) {
    await client.end().catch(nothing);
    throw explainPostgres(error);
  }
}

function nothing(): void {}
