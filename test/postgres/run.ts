import { createServer, type Server } from 'node:http';
import type { TestProject } from 'vitest/node';
import { openPostgresBackend } from '../../src/library/store/postgres/backend.ts';
import { createDatabase, freePort, startPostgres, type TestServer } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where to ask for the PostgreSQL server that all test files share: it starts when the first of them asks. */
    postgres: string;
  }
}

interface Shared {
  readonly server: TestServer;
  /** The URL of a migrated database without libraries, to copy. */
  readonly migrated: string;
}

let shared: Promise<Shared> | undefined;
let http: Server | undefined;

async function start(): Promise<Shared> {
  const server = await startPostgres(['max_connections=300']);
  const migrated = await createDatabase(server.url);
  await (await openPostgresBackend(migrated)).close();
  return { server, migrated };
}

/** Vitest calls this before the first test file. */
export async function setup(project: TestProject): Promise<void> {
  const port = await freePort();
  http = createServer((request, response) => {
    shared ??= start();
    shared.then(
      ({ server, migrated }) => response.end(request.url === '/migrated' ? migrated : server.url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  }).listen(port, '127.0.0.1');
  project.provide('postgres', `http://127.0.0.1:${port}`);
}

/** Vitest calls this after the last test file. */
export async function teardown(): Promise<void> {
  http?.close();
  await shared?.then(
    ({ server }) => server.stop(),
    () => undefined,
  );
}
