import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commitOf } from '../src/build.ts';

const commit = 'fa9cfd5f0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const other = '0000000f0a1b2c3d4e5f60718293a4b5c6d7e8f9';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-build-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each<[string, Readonly<Record<string, string>>, string | undefined]>([
  ['a branch', { HEAD: 'ref: refs/heads/main\n', 'refs/heads/main': `${commit}\n` }, commit],
  [
    'a branch that Git has packed',
    {
      HEAD: 'ref: refs/heads/main\n',
      'packed-refs': `# pack-refs\n${other} refs/heads/mainly\n${commit} refs/heads/main\n`,
    },
    commit,
  ],
  [
    'a branch that has moved since it was packed',
    { HEAD: 'ref: refs/heads/a/b', 'packed-refs': `${other} refs/heads/a/b`, 'refs/heads/a/b': commit },
    commit,
  ],
  ['no branch, but a commit', { HEAD: `${commit}\n` }, commit],
  ['a branch without commits', { HEAD: 'ref: refs/heads/main\n' }, undefined],
  ['a path that leads elsewhere', { HEAD: 'ref: ../secret', '../secret': commit }, undefined],
  ['something else', { HEAD: 'rubbish' }, undefined],
  ['no repository', {}, undefined],
])('the commit of a folder with %s', (_, files, expected) => {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, '.git', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  expect(commitOf(folder)).toBe(expected);
});
