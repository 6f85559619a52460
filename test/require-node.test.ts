import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const script = join(import.meta.dirname, '../require-node.cjs');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-node-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the script as npm would, with `version` as Node's version if given. */
function run(version: string | undefined) {
  const older = join(folder, 'older.cjs');
  const disguise = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } });`;
  writeFileSync(older, version === undefined ? '' : disguise);
  const { status, stderr } = spawnSync(process.execPath, ['--require', older, script], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stderr };
}

test('every script that needs this Node loads it first', () => {
  const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'),
  );
  const commands = Object.values(scripts).filter(command => /\.ts\b|\bvitest\b/v.test(command));
  expect(commands.length).toBeGreaterThan(20);
  for (const command of commands) {
    expect(command).toMatch(
      /^node (?:-r \.\/require-node\.cjs \S+\.ts|require-node\.cjs && npm run check && vitest run.*)$/v,
    );
  }
});

test('prints nothing on this Node', () => {
  expect(run(undefined)).toEqual({ status: 0, stderr: '' });
});

test('explains how to install the package if it is missing', () => {
  const { status, stderr } = run('20.19.0');
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^Verbatim runs on Node 24, and this is Node 20\.19\.0\.\n.*not installed.*\n\n {2}npm ci\n$/v,
  );
});

test('explains how to fill the package if it is empty', () => {
  mkdirSync(join(folder, 'node_modules/node'), { recursive: true });
  writeFileSync(join(folder, 'node_modules/node/package.json'), '{}');
  expect(run('20.19.0').stderr).toContain('npm rebuild node --ignore-scripts=false');
});

/** Runs a program as the npm scripts do, with the script in the program’s folder. */
function runProgram() {
  copyFileSync(script, join(folder, 'require-node.cjs'));
  writeFileSync(join(folder, 'program.cjs'), 'console.log(process.env.NODE_COMPILE_CACHE);');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-r', './require-node.cjs', 'program.cjs'], {
    cwd: folder,
    encoding: 'utf8',
    env: {},
  });
  return { status, stdout, stderr };
}

test('keeps what it compiled for the next start', () => {
  const cache = join(folder, 'node_modules/.cache/node');
  expect(runProgram()).toEqual({ status: 0, stdout: `${cache}\n`, stderr: '' });
  expect(existsSync(cache)).toBe(true);
});

test('runs a program where nothing can be kept', () => {
  writeFileSync(join(folder, 'node_modules'), '');
  expect(runProgram()).toMatchObject({ status: 0, stderr: '' });
});
