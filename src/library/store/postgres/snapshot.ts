import { StorageError } from '../errors.ts';
import type { Reporter, ScheduledTask, Store } from '../store.ts';
import { openPostgresBackend } from './backend.ts';
import { connectAlone, explainPostgres, type Query, runStatement } from './connection.ts';
import { PostgresStore } from './store.ts';

/** All libraries of a database as they were at one moment. They can't be changed. */
export interface PostgresSnapshot {
  names(): Promise<readonly string[]>;
  leaving(): Promise<readonly ScheduledTask[]>;
  open(name: string): Store;
  close(): Promise<void>;
}

/** Migrates a database and takes a snapshot of it. Throws `StorageError` if it can't be reached. */
export async function openSnapshot(url: string, report?: Reporter): Promise<PostgresSnapshot> {
  await (await openPostgresBackend(url, report)).close();
  const client = await connectAlone(url, 'backup');
  const read: Query = async (text, ...values) => {
    try {
      return await runStatement(client, text, values);
    } catch (error) {
      throw explainPostgres(error);
    }
  };
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  } catch (error) {
    await client.end().catch(() => undefined);
    throw explainPostgres(error);
  }
  const connection = { read, transaction: () => Promise.reject(new StorageError('A backup is read-only.')) };
  return {
    names: async () => {
      const rows = await read<{ library: string }>('SELECT library FROM verbatim.libraries');
      return rows.map(({ library }) => library);
    },
    leaving: () => read<ScheduledTask>('SELECT library, moment FROM verbatim.leaving ORDER BY library'),
    open: name => new PostgresStore(connection, name),
    close: () => client.end(),
  };
}
