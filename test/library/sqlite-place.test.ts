import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqlitePlace } from '../../src/library/store/sqlite/backend.ts';
import { describePlace } from './place-contract.ts';

describePlace('SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-place-'));
  return Promise.resolve({
    open: () => Promise.resolve(new SqlitePlace(folder)),
    clear: () => Promise.resolve(rmSync(folder, { recursive: true })),
  });
});
