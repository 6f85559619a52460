import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runnable, unprivileged } from './server.ts';

/** Makes a stand-in for PostgreSQL in a folder that only the current user may enter. */
function closedPrograms(exitCode: number): { readonly programs: string; readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-programs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  chmodSync(folder, 0o711);
  const programs = join(folder, 'closed/native/bin');
  mkdirSync(programs, { recursive: true });
  writeFileSync(join(programs, 'postgres'), `#!/bin/sh\nexit ${exitCode}\n`, { mode: 0o700 });
  chmodSync(join(folder, 'closed'), 0o700);
  return { programs, folder };
}

test('root gets a copy of programs that only root can reach, anybody else the programs themselves', () => {
  const { programs, folder } = closedPrograms(0);
  const user = unprivileged();
  expect(runnable(programs, user, folder)).toBe(user === undefined ? programs : join(folder, 'native/bin'));
});

test('says what to do if the copy can’t be run either', () => {
  const { programs, folder } = closedPrograms(1);
  const user = unprivileged() ?? { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  expect(() => runnable(programs, user, folder)).toThrow('Set TMPDIR');
});
