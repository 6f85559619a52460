import { openPostgresBackend } from '../../src/library/store/postgres/backend.ts';
import { makeDatabase } from '../postgres/database.ts';
import { describePlace } from './backend-contract.ts';

describePlace('PostgreSQL', async () => {
  const url = await makeDatabase();
  return { open: () => openPostgresBackend(url), clear: () => Promise.resolve() };
});
