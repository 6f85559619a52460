import { openPostgresBackend } from '../../src/library/store/postgres/backend.ts';
import { emptyDatabase, makeDatabase } from '../postgres/database.ts';
import { describeBackend } from './backend-contract.ts';

const url = await makeDatabase();

describeBackend('PostgreSQL', () =>
  Promise.resolve({ open: () => openPostgresBackend(url), clear: () => emptyDatabase(url) }),
);
