import type { Lease } from './postgres/lease.ts';
import { SqliteBackend } from './sqlite/backend.ts';
import type { Backend, Reporter, StorageMonitor } from './store.ts';

/** Where libraries are stored. */
export interface StorageLocation {
  readonly folder: string;
  /** The address of a PostgreSQL database; `undefined` for files in the folder. */
  readonly databaseUrl: string | undefined;
}

export async function openBackend(
  { folder, databaseUrl }: StorageLocation,
  report?: Reporter,
  monitor?: StorageMonitor,
): Promise<Backend> {
  if (databaseUrl === undefined) return new SqliteBackend(folder, report, monitor);
  // Without a database, its client isn't loaded.
  const { openPostgresBackend } = await import('./postgres/backend.ts');
  return openPostgresBackend(databaseUrl, report, monitor);
}

/**
 * Makes sure that no other process runs these shards with the same libraries. With files, the folder is locked anyway.
 * Calls `lost` if another process has taken one over. Throws `StorageError` if another process runs one.
 */
export async function leaseShards(
  databaseUrl: string,
  { ids, count }: { readonly ids: readonly number[]; readonly count: number },
  lost: (shard: string) => void,
): Promise<Lease> {
  const { takeLease } = await import('./postgres/lease.ts');
  return await takeLease(
    databaseUrl,
    ids.map(id => `shard ${id} of ${count}`),
    lost,
  );
}
