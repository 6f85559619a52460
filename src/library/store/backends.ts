import type { BackupSource } from '../backup/backup.ts';
import { folderBackupSource, SqliteBackend } from './sqlite/backend.ts';
import type { Backend } from './store.ts';

/** Where libraries are kept. */
export interface StorageLocation {
  readonly folder: string;
  /** Of a PostgreSQL database; `undefined`: in files in the folder. */
  readonly databaseUrl: string | undefined;
}

export async function openBackend({ folder, databaseUrl }: StorageLocation): Promise<Backend> {
  if (databaseUrl === undefined) return new SqliteBackend(folder);
  // Its client is not loaded where nobody needs it.
  const { openPostgresBackend } = await import('./postgres/backend.ts');
  return openPostgresBackend(databaseUrl);
}

/** The same libraries to be backed up, beside a bot that holds them. */
export async function openBackupSource({ folder, databaseUrl }: StorageLocation): Promise<BackupSource> {
  if (databaseUrl === undefined) return folderBackupSource(folder);
  const { databaseBackupSource } = await import('./postgres/backup-source.ts');
  return databaseBackupSource(databaseUrl);
}
