import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { makeDatabase } from '../postgres/database.ts';
import { describeDisputes } from './disputes-suite.ts';

describe('reports of wrong speakers, in files', () => {
  const libraryFolder = mkdtempSync(join(tmpdir(), 'verbatim-disputes-'));
  afterAll(() => rmSync(libraryFolder, { recursive: true }));
  describeDisputes(() => Promise.resolve({ libraryFolder }));
});

describe('reports of wrong speakers, in a database', () => {
  describeDisputes(async () => ({ databaseUrl: await makeDatabase() }));
});
