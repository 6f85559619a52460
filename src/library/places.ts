import { SqlitePlace } from './sqlite-place.ts';
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
  const { openPostgresPlace } = await import('./postgres-place.ts');
  return openPostgresPlace(databaseUrl);
}
