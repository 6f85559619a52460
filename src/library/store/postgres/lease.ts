import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { StorageError } from '../errors.ts';
import { connectAlone, explainPostgres, lockIdOf } from './connection.ts';

export interface Lease {
  /** Releases the names. */
  release(): Promise<void>;
}

/** How long a name may be taken by a predecessor whose end the server hasn't noticed yet. */
const PATIENCE = 2_000;
/** How long to try to get a name back after the connection was lost. The server drops a dead one within 25 s. */
const LONGEST_RETURN = 30_000;
const PAUSE_BETWEEN = 250;
const HEARTBEAT = 30_000;
const TIMEOUT = 8_000;

/** A lock lasts as long as its session, so the server must not end an idle one, and must notice a dead one soon. */
const SETTINGS = `
  SET idle_session_timeout = 0;
  SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;
`;

/**
 * Takes advisory locks on these names in a session of its own, and takes them again if the connection is lost. Calls
 * `lost` with a name that another process has taken meanwhile. Throws `StorageError` if another process has one of them.
 */
export async function takeLease(url: string, names: readonly string[], lost: (name: string) => void): Promise<Lease> {
  const lease = new PostgresLease(url, names, lost);
  const taken = await lease.take(PATIENCE).catch((error: unknown) => {
    throw explainPostgres(error);
  });
  if (taken === undefined) return lease;
  throw new StorageError(`Another process on this database already runs ${taken}. Stop it first.`);
}

class PostgresLease implements Lease {
  readonly #url: string;
  readonly #names: readonly string[];
  readonly #lost: (name: string) => void;
  readonly #ending = new AbortController();
  #session: pg.Client | undefined;
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(url: string, names: readonly string[], lost: (name: string) => void) {
    this.#url = url;
    this.#names = names;
    this.#lost = lost;
  }

  /** Returns a name that another process still has after these milliseconds, else undefined. */
  async take(milliseconds: number): Promise<string | undefined> {
    const end = performance.now() + milliseconds;
    for (;;) {
      const taken = await this.#try();
      if (taken === undefined || performance.now() >= end) return taken;
      await pause(PAUSE_BETWEEN, undefined, { signal: this.#ending.signal });
    }
  }

  async release(): Promise<void> {
    this.#ending.abort();
    clearInterval(this.#heartbeat);
    await this.#session?.end();
  }

  /** Takes all names in a new session, or none. Returns one that another process has. */
  async #try(): Promise<string | undefined> {
    const session = await connectAlone(this.#url, 'shards', TIMEOUT);
    try {
      await session.query(SETTINGS);
      for (const name of this.#names) {
        const sql = 'SELECT pg_try_advisory_lock($1::bigint) AS taken';
        const { rows } = await session.query<{ taken: boolean }>(sql, [lockIdOf(name)]);
        if (rows[0]?.taken === true) continue;
        await session.end();
        return name;
      }
    } catch (error) {
      session.end().catch(() => undefined);
      throw error;
    }
    // Released while it was taking them again.
    if (this.#ending.signal.aborted) await session.end();
    else this.#keep(session);
    return undefined;
  }

  #keep(session: pg.Client): void {
    this.#session = session;
    // A connection that breaks silently is noticed by this.
    this.#heartbeat = setInterval(() => {
      session.query('SELECT 1').catch(() => session.end().catch(() => undefined));
    }, HEARTBEAT).unref();
    session.once('end', () => {
      clearInterval(this.#heartbeat);
      if (!this.#ending.signal.aborted) void this.#takeAgain();
    });
  }

  /** While the database is away, nobody else can take the names either. */
  async #takeAgain(): Promise<void> {
    while (!this.#ending.signal.aborted) {
      try {
        const taken = await this.take(LONGEST_RETURN);
        if (taken !== undefined) this.#lost(taken);
        return;
      } catch {
        await pause(PAUSE_BETWEEN, undefined, { signal: this.#ending.signal }).catch(() => undefined);
      }
    }
  }
}
