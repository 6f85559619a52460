import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLibraries } from '../../src/library/libraries.ts';
import { describeLibraries } from './contract.ts';

describeLibraries('SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-libraries-'));
  return Promise.resolve({
    open: options => openLibraries({ ...options, folder }),
    clear: () => Promise.resolve(rmSync(folder, { recursive: true })),
  });
});
