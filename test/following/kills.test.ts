import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeKills } from './kill-contract.ts';

describeKills('SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-feed-kills-'));
  const clear = () => Promise.resolve(rmSync(folder, { recursive: true }));
  return Promise.resolve({ location: { folder, databaseUrl: undefined }, processes: 1, clear });
});
