import type { TestProject } from 'vitest/node';
import { startPostgres, type TestServer } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The URL of the PostgreSQL server that all test files share. */
    postgres: string;
  }
}

let server: TestServer | undefined;

/** Vitest calls this before the first test file. */
export async function setup(project: TestProject): Promise<void> {
  server = await startPostgres(['max_connections=300']);
  project.provide('postgres', server.url);
}

/** Vitest calls this after the last test file. */
export async function teardown(): Promise<void> {
  await server?.stop();
}
