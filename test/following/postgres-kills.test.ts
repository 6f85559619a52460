import { makeDatabase } from '../postgres/database.ts';
import { describeKills } from './kill-contract.ts';

describeKills('PostgreSQL, two processes at a time', async () => {
  const databaseUrl = await makeDatabase();
  return { location: { folder: '', databaseUrl }, processes: 2, clear: () => Promise.resolve() };
});
