import pg from 'pg';
import { CannotKeep } from './faults.ts';
import { type Ask, run, settings } from './postgres-client.ts';
import type { PostgresConnection } from './postgres-connection.ts';
import { explainConnecting, explainPostgres } from './postgres-faults.ts';

/** A database as it is at one moment, whoever changes it meanwhile: one transaction, which only reads. */
export type PostgresSnapshot = Pick<PostgresConnection, 'read' | 'writing' | 'close'>;

/** CannotKeep where the database cannot be had. */
export async function openSnapshot(url: string): Promise<PostgresSnapshot> {
  const client = new pg.Client({ connectionString: url, application_name: 'verbatim backup' });
  // Whoever reads next is told.
  client.on('error', () => undefined);
  const read: Ask = async (text, ...values) => {
    try {
      return await run(client, text, values);
    } catch (error) {
      throw explainPostgres(error);
    }
  };
  try {
    await client.connect().catch((error: unknown) => {
      throw explainConnecting(error);
    });
    await client.query(settings);
    // Between two statements a library is written to the disk.
    await client.query('SET idle_in_transaction_session_timeout = 0');
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  } catch (error) {
    await client.end().catch(() => undefined);
    throw explainPostgres(error);
  }
  return {
    read,
    writing: () => Promise.reject(new CannotKeep('A backup changes nothing.')),
    close: () => client.end(),
  };
}
