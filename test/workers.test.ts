import { afterEach, expect, test } from 'vitest';
import { childProcess, TimedOut, thread, WorkerPool } from '../src/workers.ts';

const opened: WorkerPool<string, string>[] = [];
afterEach(() => Promise.all(opened.splice(0).map(pool => pool.close())));

const program = new URL('./shouting-worker.ts', import.meta.url);

test.for([
  ['process', childProcess<string, string>({ name: 'process', program, priority: 'normal' })],
  ['thread', thread<string, string>('thread', program)],
] as const)('a %s that takes too long is killed, its task fails, and the others go on', async ([, start]) => {
  const pool = new WorkerPool({
    start,
    most: 1,
    mostPerOwner: 1,
    attempts: 2,
    timeout: ([text]) => (text === 'hang' ? 50 : 60_000),
    closed: () => new Error('closed'),
  });
  opened.push(pool);
  const outcomes = await Promise.allSettled(['one', 'hang', 'two'].map(text => pool.run('any', text)));
  expect(outcomes).toEqual([
    { status: 'fulfilled', value: 'ONE' },
    { status: 'rejected', reason: new TimedOut(50) },
    { status: 'fulfilled', value: 'TWO' },
  ]);
  expect(await pool.run('any', 'three')).toBe('THREE');
});
