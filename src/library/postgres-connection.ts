import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { told } from '../wording/say.ts';
import { CannotKeep } from './faults.ts';
import { type Ask, begin, MOST_MILLISECONDS, rollBack, run, settings } from './postgres-client.ts';
import { explainConnecting, explainPostgres, isLost, mayBeTriedAgain } from './postgres-faults.ts';

const MOST_CONNECTIONS = 8;
/** A lost connection is made anew for so long, before somebody is told; a server starts again within a second or two. */
const PATIENCE_MILLISECONDS = 4_000;
const PAUSE_MILLISECONDS = 150;

const noAddress = 'The address of the database is none: it looks like postgres://user:password@host:5432/name.';

/** What a library needs of a database. */
export type Asked = Pick<PostgresConnection, 'read' | 'writing'>;

/** A small pool of connections to one database. All that goes wrong with it comes out as CannotKeep, and then nothing was changed. */
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
      throw new CannotKeep(told('keeping.database-unsure'), { cause });
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

function nothing(): void {}
