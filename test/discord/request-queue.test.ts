import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type DropReason, type QueuedRequest, RequestQueue } from '../../src/discord/request-queue.ts';

/** A queue whose clock stays at `now`, and what was started. */
function queueAt(now: number) {
  const queue = new RequestQueue(() => now);
  const begun: string[] = [];
  const join = (
    request: Partial<QueuedRequest> & { id: string },
    work: () => Promise<void> = () => Promise.resolve(),
  ) =>
    queue.run({ madeAt: now, typing: undefined, ...request }, async (): Promise<DropReason | 'done'> => {
      begun.push(request.id);
      await work();
      return 'done';
    });
  return { join, begun };
}

test('first come, first served, and commands before completion', async () => {
  const { join, begun } = queueAt(10_000);
  await Promise.all([
    join({ id: 'a', typing: 'x' }),
    join({ id: 'b' }),
    join({ id: 'c' }),
    join({ id: 'd', typing: 'y' }),
  ]);
  expect(begun).toEqual(['b', 'c', 'a', 'd']);
});

test('once somebody has waited long, the newest goes first', async () => {
  const { join, begun } = queueAt(10_000);
  await Promise.all([join({ id: 'a', madeAt: 9000 }), join({ id: 'b', madeAt: 9900 }), join({ id: 'c' })]);
  expect(begun).toEqual(['c', 'b', 'a']);
});

test('requests that would be too late are not started, in whatever order they came', async () => {
  const { join, begun } = queueAt(10_000);
  const ended = [join({ id: 'a', madeAt: 7500 }), join({ id: 'b', madeAt: 7501 }), join({ id: 'c', madeAt: 7000 })];
  expect(await Promise.all(ended)).toEqual(['expired', 'done', 'expired']);
  expect(begun).toEqual(['b']);
});

test('of one person’s completion requests for one option, only the last is answered', async () => {
  const { join, begun } = queueAt(10_000);
  const ended = [
    join({ id: 'a', typing: 'x' }),
    join({ id: 'b', typing: 'y' }),
    join({ id: 'c', typing: 'x' }),
    join({ id: 'd', typing: 'x' }),
    join({ id: 'e' }),
  ];
  expect(await Promise.all(ended)).toEqual(['superseded', 'done', 'superseded', 'done', 'done']);
  expect(begun).toEqual(['e', 'b', 'd']);
});

test('starts one per turn of the event loop, and at most fifty at a time', async () => {
  const { join, begun } = queueAt(10_000);
  const { promise, resolve } = Promise.withResolvers<void>();
  const ended = Array.from({ length: 60 }, (_, number) => join({ id: String(number) }, () => promise));
  const counts: number[] = [];
  for (let turns = 0; turns < 100; turns += 1) {
    counts.push(begun.length);
    await turn();
  }
  for (const [at, count] of counts.entries()) expect(count - (counts[at - 1] ?? 0)).toBeLessThanOrEqual(1);
  expect(begun).toHaveLength(50);
  resolve();
  expect(await Promise.all(ended)).toEqual(ended.map(() => 'done'));
});

test('fifty stalled requests do not keep others from starting', async () => {
  const { join } = queueAt(10_000);
  const { promise, resolve } = Promise.withResolvers<void>();
  const waiting = Array.from({ length: 50 }, (_, number) => join({ id: String(number) }, () => promise));
  expect(await join({ id: 'next' })).toBe('done');
  resolve();
  await Promise.all(waiting);
});

test('a request that fails frees its slot', async () => {
  const { join } = queueAt(10_000);
  const broken = Array.from({ length: 50 }, (_, number) =>
    join({ id: String(number) }, () => Promise.reject(new Error('broken'))),
  );
  expect((await Promise.allSettled(broken)).every(({ status }) => status === 'rejected')).toBe(true);
  expect(await join({ id: 'next' })).toBe('done');
});
