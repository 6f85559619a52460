import { afterEach, expect, test } from 'vitest';
import { childProcess, TimedOut, thread, WorkerPool } from '../src/workers.ts';

const opened: WorkerPool<string, string>[] = [];
afterEach(() => Promise.all(opened.splice(0).map(pool => pool.close())));

/** The task `hang` may take 50 ms, others `most`. */
function openPool(start: ConstructorParameters<typeof WorkerPool<string, string>>[0]['start'], most: number) {
  const pool = new WorkerPool<string, string>({
    start,
    most: 1,
    mostPerOwner: 1,
    attempts: 2,
    timeout: ([text]) => (text === 'hang' ? 50 : most),
    closed: () => new Error('closed'),
  });
  opened.push(pool);
  return pool;
}

const processOf = (program: string) =>
  childProcess<string, string>({ name: 'process', program: new URL(program, import.meta.url), priority: 'normal' });

test.for([
  ['process', processOf('./shouting-worker.ts')],
  ['thread', thread<string, string>('thread', new URL('./shouting-worker.ts', import.meta.url))],
] as const)('a %s that takes too long is killed, its task fails, and the others go on', async ([, start]) => {
  const pool = openPool(start, 60_000);
  const outcomes = await Promise.allSettled(['one', 'hang', 'two'].map(text => pool.run('any', text)));
  expect(outcomes).toEqual([
    { status: 'fulfilled', value: 'ONE' },
    { status: 'rejected', reason: new TimedOut(50) },
    { status: 'fulfilled', value: 'TWO' },
  ]);
  expect(await pool.run('any', 'three')).toBe('THREE');
});

test('the time a process takes to start doesn’t count', async () => {
  const pool = openPool(processOf('./slow-worker.ts'), 1500);
  expect(await pool.run('any', 'one')).toBe('ONE');
});
