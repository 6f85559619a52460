import type { StorageLocation } from '../../src/library/store/backends.ts';
import { freePort, runPostgres } from '../../test/postgres/server.ts';

export type StoreName = 'sqlite' | 'postgres';

/** Where a benchmark's library is kept, as long as `end` is not called. */
export interface Kept {
  readonly where: StorageLocation;
  end(): Promise<void>;
}

/** Files in a folder, or a PostgreSQL server of its own that keeps its files there. */
export async function openKept(store: StoreName, folder: string): Promise<Kept> {
  if (store === 'sqlite') return { where: { folder, databaseUrl: undefined }, end: () => Promise.resolve() };
  const server = await runPostgres(folder, await freePort(), ['shared_buffers=1GB']);
  const databaseUrl = server.url;
  return { where: { folder, databaseUrl }, end: () => server.stop() };
}
