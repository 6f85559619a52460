import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { type Message, message } from '../../../wording/say.ts';
import { encodeText } from '../columns.ts';
import { StorageError } from '../errors.ts';
import { type Row, type Script, translator } from '../script.ts';

const nobody = message('keeping.database-silent');
const refused = message('keeping.database-refused');
const full = message('keeping.database-full');
const crowded = message('keeping.database-crowded');
const slow = message('keeping.database-slow');
const damaged = message('keeping.database-damaged');

/** What PostgreSQL, or its client here, said: by its code, since a message may hold what was to be stored. */
class PostgresError extends Error {
  override readonly name = 'PostgresError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(`PostgreSQL: ${code} ${message}`.trimEnd());
    this.code = code;
  }
}

/** By SQLSTATE, or the class that is its first two characters (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const sentences: Readonly<Record<string, Message>> = {
  '08': nobody,
  '28': refused,
  '3D': refused,
  '40': slow,
  '42501': refused,
  '53': nobody,
  '53100': full,
  '53300': crowded,
  '55P03': slow,
  '57': nobody,
  '57014': slow,
  '25006': nobody,
  XX: damaged,
};

/** The system’s own names for a connection that could not be made or went, as `ECONNREFUSED`, `ENETUNREACH` or `EAI_AGAIN`. */
const bySystem = /^E(?:AI_)?[A-Z]+$/v;
const byServer = /^[\dA-Z]{5}$/v;

/** What pg says without any code. */
const lostByMessage =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|connection is closed|is not queryable/v;

/** Another connection may do what this one could not: it was lost, or others stood in its way. */
const again = /^(?:08|40|53[03]|57P0|25006)/v;

/** Whether the same transaction, tried anew on another connection, may go well. */
export function mayBeTriedAgain(error: unknown): boolean {
  return isLost(error) || again.test(codeOf(error));
}

/** Whether nobody knows what became of the last statement. */
function isLost(error: unknown): boolean {
  const code = codeOf(error);
  return bySystem.test(code) || /^(?:08|57P0)/v.test(code) || lostByMessage.test(messageOf(error));
}

/**
 * An outage as StorageError, a bug as an error of its own. Of what the client and the server say only the code and the first line
 * go on: details hold values of rows, and other properties the address with its password.
 */
export function explainPostgres(error: unknown): unknown {
  if (error instanceof StorageError) return error;
  const code = codeOf(error);
  const known = isLost(error) ? nobody : (sentences[code] ?? sentences[code.slice(0, 2)]);
  if (code === '' && known === undefined) return error;
  const cause = new PostgresError(code === '' ? codeFor(messageOf(error)) : code, messageOf(error));
  return known === undefined ? cause : new StorageError(known, { cause });
}

/**
 * What kept a connection from being made. Where it is neither the network nor the server’s word, both sides do not agree on how they talk: one
 * has no TLS, or a certificate that the other does not trust. The address or the server’s settings must change.
 */
export function explainConnecting(error: unknown): unknown {
  const code = codeOf(error);
  if (error instanceof StorageError || isLost(error) || byServer.test(code)) return error;
  return new StorageError(refused, { cause: new PostgresError(code === '' ? 'NO_AGREEMENT' : code, messageOf(error)) });
}

/** Where a host has several addresses Node gathers what each of them said. */
function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : '';
}

/** Where the client has a sentence and no code: `CONNECTION_TERMINATED`. */
function codeFor(message: string): string {
  const [sentence = ''] = lostByMessage.exec(message) ?? [];
  return sentence.toUpperCase().replaceAll(' ', '_');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

type Item = string | number | boolean | null | Buffer;

/** What a statement's `$1` may stand for. */
export type Value = Item | readonly Item[];

/** Runs one statement. Its text is ours; whatever comes from outside is a value. */
export type Ask = <Row extends pg.QueryResultRow>(text: string, ...values: readonly Value[]) => Promise<readonly Row[]>;

const names: Readonly<Record<string, string>> = {
  here: 'library = $1',
  library_column: 'library,',
  library_value: '$1,',
  totals: 'verbatim.libraries',
  articles_with_metadata: 'verbatim.articles',
  articles_with_text: 'verbatim.articles',
  masthead_checksum: 'NULL AS masthead_checksum',
};
const { sqlOf, valuesOf } = translator({
  name: name => names[name] ?? `verbatim.${name}`,
  // The library is the first value.
  value: nth => `$${nth + 1}`,
  among: (column, value) => `${column} = ANY (${value})`,
  text: encodeText,
});

/** Runs a script to its end. */
export async function play<Result>(ask: Ask, library: string, script: Script<Result>): Promise<Result> {
  let step = script.next();
  while (step.done !== true) {
    step = script.next(await ask<Row>(sqlOf(step.value), library, ...valuesOf(step.value)));
  }
  return step.value;
}

/** A statement that takes longer is given up. */
const MOST_MILLISECONDS = 30_000;

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
async function begin(client: pg.ClientBase, turn: string): Promise<string> {
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
async function rollBack(client: pg.ClientBase, failure: unknown): Promise<Error | undefined> {
  if (isLost(failure)) return new Error('lost');
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch {
    return new Error('lost');
  }
}

const MOST_CONNECTIONS = 8;
/** A lost connection is made anew for so long, before somebody is told; a server starts again within a second or two. */
const PATIENCE_MILLISECONDS = 4_000;
const PAUSE_MILLISECONDS = 150;

const noAddress = 'The address of the database is none: it looks like postgres://user:password@host:5432/name.';

/** What a library needs of a database. */
export type Asked = Pick<PostgresConnection, 'read' | 'writing'>;

/** A small pool of connections to one database. All that goes wrong with it comes out as StorageError, and then nothing was changed. */
export class PostgresConnection {
  readonly #pool: pg.Pool;
  /** When the last one of a turn is done. */
  readonly #turns = new Map<string, Promise<void>>();

  /** Throws where the address is none; nothing is connected yet. */
  constructor(url: string) {
    this.#pool = makePool(url);
    // A connection that breaks while nobody uses it is noticed by whoever uses it next.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', client => client.on('error', () => undefined));
  }

  /** One statement that changes nothing. */
  read: Ask = (text, ...values) => this.#persist(() => this.#withClient(client => run(client, text, values)));

  /**
   * One transaction, in turn with all others that name the same `turn`, in whatever process. Where the connection is lost it
   * is done again, unless the server says that it was done: it is never done twice.
   */
  writing<Result>(turn: string, work: (ask: Ask) => Promise<Result>): Promise<Result> {
    return this.#inTurn(turn, () => this.#persist(() => this.#write(turn, work)));
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #write<Result>(turn: string, work: (ask: Ask) => Promise<Result>): Promise<Result> {
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
  }

  /** Those of one process wait without a connection, which others may need to read. */
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
      throw new StorageError(message('keeping.database-unsure'), { cause });
    }
  }

  async #withClient<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw explainConnecting(error);
    });
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
        if (performance.now() > end || !mayBeTriedAgain(error)) throw explainPostgres(error);
      }
      await setTimeout(PAUSE_MILLISECONDS);
    }
  }
}

function makePool(connectionString: string): pg.Pool {
  // What pg throws over it holds the address, and with it the password.
  if (!URL.canParse(connectionString)) throw new StorageError(noAddress);
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

function nothing(): void {}
