import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { describeSettings, expectSettingsKept } from './settings-suite.ts';

describe('settings in files', () => {
  describeSettings(() => Promise.resolve({}));

  test('survive a restart', async () => {
    const libraryFolder = mkdtempSync(join(tmpdir(), 'verbatim-settings-'));
    await expectSettingsKept({ libraryFolder });
    rmSync(libraryFolder, { recursive: true });
  });
});
