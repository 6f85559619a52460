import { openPostgresPlace } from '../../src/library/store/postgres/backend.ts';
import { makeDatabase } from '../postgres/database.ts';
import { describePlace } from './place-contract.ts';

describePlace('PostgreSQL', async () => {
  const url = await makeDatabase();
  return { open: () => openPostgresPlace(url), clear: () => Promise.resolve() };
});
