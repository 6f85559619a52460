import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeLibraries } from './contract.ts';

describeLibraries('SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-libraries-'));
  return Promise.resolve({
    kept: { folder, databaseUrl: undefined },
    clear: () => Promise.resolve(rmSync(folder, { recursive: true })),
  });
});
