import { randomUUID } from 'node:crypto';
import type { Backend, NewArticleRow, Store, TaskKind } from '../store.ts';
import { Ledger, putRow } from './changes.ts';
import { type Ask, type Asked, PostgresConnection } from './connection.ts';
import { migrate, tables } from './schema.ts';
import { PostgresStore } from './store.ts';

/** What is taken on in one database, by whatever process. The database's clock counts. */
class PostgresClaims {
  readonly #connection: Asked;
  readonly #held = new Set<string>();

  constructor(connection: Asked) {
    this.#connection = connection;
  }

  async claim(library: string, claimant: string, milliseconds: number): Promise<boolean> {
    const rows = await this.#connection.writing(turnOf(library), ask =>
      ask(
        `INSERT INTO verbatim.claims AS held VALUES ($1, $2, now() + $3 * interval '1 millisecond')
          ON CONFLICT (library) DO UPDATE SET claimed_by = excluded.claimed_by, claimed_until = excluded.claimed_until
          WHERE held.claimed_by = excluded.claimed_by OR held.claimed_until <= now() RETURNING library`,
        ...[library, claimant, milliseconds],
      ),
    );
    if (rows.length > 0) this.#held.add(claimant);
    return rows.length > 0;
  }

  async release(library: string, claimant: string): Promise<void> {
    await this.#connection.writing(turnOf(library), async ask => {
      await ask('DELETE FROM verbatim.claims WHERE library = $1 AND claimed_by = $2', library, claimant);
    });
    this.#held.delete(claimant);
  }

  /** All that were claimed here. */
  async releaseAll(): Promise<void> {
    if (this.#held.size === 0) return;
    await this.#connection.writing('claims', async ask => {
      await ask('DELETE FROM verbatim.claims WHERE claimed_by = ANY ($1::text[])', [...this.#held]);
    });
  }
}

/** Not the library's own: to claim waits for nobody who changes it. */
function turnOf(library: string): string {
  return `claim ${library}`;
}

const rowsAtOnce = 50_000;

/** Connects to a database and brings its tables up to date. StorageError where it cannot be had. */
export async function openPostgresBackend(url: string): Promise<Backend> {
  const connection = new PostgresConnection(url);
  try {
    await migrate(connection);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return new PostgresBackend(connection);
}

/** Everybody's libraries in one PostgreSQL database, which several processes may share. */
class PostgresBackend implements Backend {
  readonly #connection: PostgresConnection;
  /** Among all processes. */
  readonly #self = randomUUID();
  readonly #claims: PostgresClaims;

  constructor(connection: PostgresConnection) {
    this.#connection = connection;
    this.#claims = new PostgresClaims(connection);
  }

  async has(name: string): Promise<boolean> {
    const rows = await this.#connection.read('SELECT 1 AS one FROM verbatim.libraries WHERE library = $1', name);
    return rows.length > 0;
  }

  async names(): Promise<readonly string[]> {
    const rows = await this.#connection.read<{ library: string }>(
      'SELECT library FROM verbatim.libraries ORDER BY library',
    );
    return rows.map(({ library }) => library);
  }

  async open(name: string, seeds: () => Promise<readonly NewArticleRow[]>): Promise<Store> {
    if (!(await this.has(name))) await this.#make(name, await seeds());
    return new PostgresStore(this.#connection, name);
  }

  /** One transaction. The rows are gone at once; the server frees their pages by itself (autovacuum). */
  async erase(name: string): Promise<void> {
    await this.#connection.writing(`library ${name}`, async ask => {
      for (const table of tables) while (await erasePiece(ask, table, name));
    });
  }

  /**
   * Where somebody is at work on a list's library while it is noted again, as when another process removes an article during a purge,
   * it stays on the list after that.
   */
  async schedule(list: TaskKind, name: string, moment: number): Promise<void> {
    const earlier = list === 'purging' ? ', moment = least(noted.moment, excluded.moment)' : '';
    await this.#connection.writing(list, async ask => {
      await ask(
        `INSERT INTO verbatim.${list} AS noted (library, moment) VALUES ($1, $2)
          ON CONFLICT (library) DO UPDATE SET noted_again = noted.claimed_by IS NOT NULL ${earlier}`,
        ...[name, moment],
      );
    });
  }

  async complete(list: TaskKind, name: string): Promise<void> {
    await this.#connection.writing(list, async ask => {
      const again = list === 'purging' ? 'AND NOT noted_again' : '';
      await ask(`DELETE FROM verbatim.${list} WHERE library = $1 ${again}`, name);
      await ask(
        `UPDATE verbatim.${list} SET claimed_by = NULL, claimed_until = NULL, noted_again = false WHERE library = $1`,
        name,
      );
    });
  }

  /**
   * Those that no other process has taken on: whoever asks takes them on for some minutes, so that nothing is erased twice, nor a library
   * that somebody began anew in between. Where a process ends before it is done, another takes them on after that.
   */
  due(list: TaskKind, now: number, isMine = (_name: string) => true): Promise<readonly string[]> {
    return this.#connection.writing(list, async ask => {
      const noted = await ask<{ library: string }>(`SELECT library FROM verbatim.${list} WHERE moment <= $1`, now);
      const mine = noted.map(({ library }) => library).filter(isMine);
      const rows = await ask<{ library: string }>(
        `UPDATE verbatim.${list} SET claimed_by = $2, claimed_until = now() + interval '10 minutes'
          WHERE library = ANY ($3::text[]) AND moment <= $1 AND (claimed_by IS NULL OR claimed_by = $2 OR claimed_until < now()) RETURNING library`,
        ...[now, this.#self, mine],
      );
      return rows.map(({ library }) => library);
    });
  }

  claim(name: string, claimant: string, milliseconds: number): Promise<boolean> {
    return this.#claims.claim(name, claimant, milliseconds);
  }

  release(name: string, claimant: string): Promise<void> {
    return this.#claims.release(name, claimant);
  }

  async close(): Promise<void> {
    // Where the database is gone they are over in some minutes.
    await this.#claims.releaseAll().catch(() => undefined);
    await this.#connection.close();
  }

  /** All of it or nothing; where another process made it meanwhile, theirs stays. */
  async #make(name: string, seeds: readonly NewArticleRow[]): Promise<void> {
    await this.#connection.writing(`library ${name}`, async ask => {
      if (!(await Ledger.make(name, ask))) return;
      const ledger = await Ledger.open(name, ask);
      for (const seed of seeds) await putRow(ask, ledger, seed, Number.POSITIVE_INFINITY);
      await ledger.write();
    });
  }
}

/** So many rows are gone long before a statement is given up. Whether there were so many. */
async function erasePiece(ask: Ask, table: string, name: string): Promise<boolean> {
  const [gone] = await ask<{ rows: number }>(
    `WITH gone AS (DELETE FROM verbatim.${table} WHERE library = $1 AND ctid = ANY (ARRAY(
        SELECT ctid FROM verbatim.${table} WHERE library = $1 LIMIT ${rowsAtOnce})) RETURNING 1)
      SELECT count(*) AS rows FROM gone`,
    name,
  );
  return gone?.rows === rowsAtOnce;
}
