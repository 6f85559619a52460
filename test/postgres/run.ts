import type { TestProject } from 'vitest/node';
import { openPostgresBackend } from '../../src/library/store/postgres/backend.ts';
import { createDatabase, startPostgres, type TestServer } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The URL of the PostgreSQL server that all test files share. */
    postgres: string;
    /** The URL of a migrated database without libraries, to copy. */
    migrated: string;
  }
}

let server: TestServer | undefined;

/** Vitest calls this before the first test file. */
export async function setup(project: TestProject): Promise<void> {
  server = await startPostgres(['max_connections=300']);
  project.provide('postgres', server.url);
  const migrated = await createDatabase(server.url);
  await (await openPostgresBackend(migrated)).close();
  project.provide('migrated', migrated);
}

/** Vitest calls this after the last test file. */
export async function teardown(): Promise<void> {
  await server?.stop();
}
