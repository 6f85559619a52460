import type { BackupSource } from '../../backup/backup.ts';
import { copyFollowing, copySettings, copyVectors, rowsAfter, toNewRow } from '../../backup/copy.ts';
import { StorageError } from '../errors.ts';
import { SqliteStore } from '../sqlite/store.ts';
import type { ArticleRow, NewArticleRow, Report, ScheduledTask } from '../store.ts';
import { openPostgresBackend } from './backend.ts';
import { connectAlone, explainPostgres, type PostgresConnection, type Query, runStatement } from './connection.ts';
import { PostgresStore } from './store.ts';

/** A read-only transaction that sees the database as it was when the transaction began. */
type PostgresSnapshot = Pick<PostgresConnection, 'read' | 'transaction' | 'close'>;

/** Throws `StorageError` if the database can't be reached. */
async function openSnapshot(url: string): Promise<PostgresSnapshot> {
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
  return {
    read,
    transaction: () => Promise.reject(new StorageError('A backup is read-only.')),
    close: () => client.end(),
  };
}

/** The index is rebuilt on restore: a backup without it takes a tenth of the time and a third of the space. */
const noIndex: NewArticleRow['indexed'] = { units: [], speakers: [], titles: [], outlet: undefined };

/** All libraries of a database at one moment. */
export async function databaseBackupSource(url: string, report?: Report): Promise<BackupSource> {
  // Migrates the tables to this version.
  await (await openPostgresBackend(url, report)).close();
  const snapshot = await openSnapshot(url);
  return {
    from: 'database',
    names: async () => {
      const rows = await snapshot.read<{ library: string }>('SELECT library FROM verbatim.libraries');
      return rows.map(({ library }) => library);
    },
    leaving: () => snapshot.read<ScheduledTask>('SELECT library, moment FROM verbatim.leaving ORDER BY library'),
    write: (name, path) => writeLibrary(snapshot, name, path),
    close: () => snapshot.close(),
  };
}

async function writeLibrary(snapshot: PostgresSnapshot, name: string, path: string): Promise<boolean> {
  const source = new PostgresStore(snapshot, name);
  const target = new SqliteStore(path, [], undefined);
  try {
    for await (const row of rowsAfter(source, 0)) {
      if (row === 'damaged') continue;
      const put = await target.put(await withoutIndex(row), Number.MAX_SAFE_INTEGER);
      if (put.kind !== 'added') throw new StorageError(`The article ${row.text.id} can't be copied (${put.kind}).`);
      await copyVectors(source, target, put.ref);
    }
    await copySettings(source, target);
    await copyFollowing(source, target);
    return true;
  } finally {
    await target.close();
  }
}

async function withoutIndex(row: ArticleRow): Promise<NewArticleRow> {
  const { text, keys, derived, madeBy } = row;
  const { attribution } = madeBy;
  const read = derived === undefined ? await toNewRow(row) : { text, keys, derived };
  return { ...read, indexed: noIndex, madeBy: { attribution: derived === undefined ? 0 : attribution, index: 0 } };
}
