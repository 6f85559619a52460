import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mostOpenWithin } from '../../src/library/store-pool.ts';

const module = join(import.meta.dirname, '../../src/library/store-pool.ts');

test.each([
  [Number.POSITIVE_INFINITY, 500],
  [20_000, 500],
  [1024, 208],
  [256, 20],
])('with %i files, %i libraries', (files, libraries) => {
  expect(mostOpenWithin(files)).toBe(libraries);
});

test.skipIf(process.platform === 'win32')('the system says how many files it may open', () => {
  const program = `import { openFilesLimit } from ${JSON.stringify(module)}; console.log(openFilesLimit());`;
  const script = 'ulimit -n 1024; exec "$0" --input-type=module --eval "$1"';
  expect(execFileSync('sh', ['-c', script, process.execPath, program], { encoding: 'utf8' })).toBe('1024\n');
});
