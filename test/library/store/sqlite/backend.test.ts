import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteBackend } from '../../../../src/library/store/sqlite/backend.ts';
import { describeBackend } from '../backend-contract.ts';

describeBackend('SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-place-'));
  return Promise.resolve({
    open: () => Promise.resolve(new SqliteBackend(folder)),
    clear: () => Promise.resolve(rmSync(folder, { recursive: true })),
  });
});
