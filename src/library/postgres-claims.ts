import type { Asked } from './postgres-connection.ts';

/** What is taken on in one database, by whatever process. The database's clock counts. */
export class PostgresClaims {
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
