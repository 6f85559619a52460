import { openPostgresBackend } from '../../src/library/store/postgres/backend.ts';
import { emptyDatabase, makeDatabase } from '../postgres/database.ts';
import { describePlace } from './backend-contract.ts';

const url = await makeDatabase();

describePlace('PostgreSQL', () =>
  Promise.resolve({ open: () => openPostgresBackend(url), clear: () => emptyDatabase(url) }),
);
