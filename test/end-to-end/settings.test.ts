import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { describeSettings, expectKept } from './settings-walk.ts';

describe('settings in files', () => {
  describeSettings(() => Promise.resolve({}));

  test('stay through a restart', async () => {
    const libraryFolder = mkdtempSync(join(tmpdir(), 'verbatim-settings-'));
    await expectKept({ libraryFolder });
    rmSync(libraryFolder, { recursive: true });
  });
});
