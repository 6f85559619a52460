import { afterAll, beforeAll } from 'vitest';
import { describeLibraries } from './contract.ts';
import { startPostgres, type TestServer } from './postgres.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

describeLibraries('PostgreSQL', async () => ({
  kept: { folder: '', databaseUrl: await server.makeDatabase() },
  clear: () => Promise.resolve(),
}));
