import { expect, onTestFinished, test, vi } from 'vitest';
import { run } from '../../src/terminal/command.ts';
import { Crashed } from '../../src/workers.ts';

test('a process that can’t attribute gives a sentence that says where to look, and fails', async () => {
  const { exitCode } = process;
  const umask = process.umask();
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  onTestFinished(() => {
    process.exitCode = exitCode;
    process.umask(umask);
    printed.mockRestore();
  });
  await run('Usage', () => Promise.reject(new Crashed('The attribution process ended with 1.')));
  expect(printed.mock.calls).toEqual([
    ['The attribution process ended with 1. To see what this machine lacks, run: npm run doctor'],
  ]);
  expect(process.exitCode).toBe(1);
});
