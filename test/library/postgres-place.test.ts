import { afterAll, beforeAll } from 'vitest';
import { openPostgresPlace } from '../../src/library/store/postgres/backend.ts';
import { describePlace } from './place-contract.ts';
import { startPostgres, type TestServer } from './postgres.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

describePlace('PostgreSQL', async () => {
  const url = await server.makeDatabase();
  return { open: () => openPostgresPlace(url), clear: () => Promise.resolve() };
});
