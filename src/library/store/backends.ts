import type { Backing } from '../backup/backup.ts';
import { backingOfFolder, SqlitePlace } from './sqlite/backend.ts';
import type { Place } from './store.ts';

/** Where libraries are kept. */
export interface WhereKept {
  readonly folder: string;
  /** Of a PostgreSQL database; `undefined`: in files in the folder. */
  readonly databaseUrl: string | undefined;
}

export async function openPlace({ folder, databaseUrl }: WhereKept): Promise<Place> {
  if (databaseUrl === undefined) return new SqlitePlace(folder);
  // Its client is not loaded where nobody needs it.
  const { openPostgresPlace } = await import('./postgres/backend.ts');
  return openPostgresPlace(databaseUrl);
}

/** The same libraries to be backed up, beside a bot that holds them. */
export async function openBacking({ folder, databaseUrl }: WhereKept): Promise<Backing> {
  if (databaseUrl === undefined) return backingOfFolder(folder);
  const { backingOfDatabase } = await import('./postgres/backup-source.ts');
  return backingOfDatabase(databaseUrl);
}
