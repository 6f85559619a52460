import { expect, test } from 'vitest';
import { Turns } from '../src/fair-queue.ts';

test('while an owner rests, others have their turns', async () => {
  const turns = new Turns({ most: 1, mostPerOwner: 1, rest: 600_000 });
  const run = (owner: string, milliseconds: number) => turns.run(owner, milliseconds, async () => owner);
  const ran = await Promise.all([run('ann', 5000), run('ann', 50), run('bob', 5000)]);
  expect(ran).toEqual(['ann', undefined, 'bob']);
});

test('a slow host leaves its place to others, and has few from then on', async () => {
  const turns = new Turns({ most: 1, mostPerOwner: 1, slow: { after: 20, most: 1 } });
  const ends = new Map<string, () => void>();
  const begun: string[] = [];
  const run = (owner: string, host: string) =>
    turns.run(
      owner,
      60_000,
      async () => {
        begun.push(owner);
        await new Promise<void>(resolve => ends.set(owner, resolve));
      },
      host,
    );
  const all = [run('ann', 'slow'), run('bob', 'quick')];
  await expect.poll(() => begun).toEqual(['ann', 'bob']);
  expect(turns.isSlow('slow')).toBe(true);
  // The one slow place is taken, whoever asks.
  all.push(run('cy', 'slow'));
  ends.get('bob')?.();
  all.push(run('dee', 'other'));
  await expect.poll(() => begun).toEqual(['ann', 'bob', 'dee']);
  ends.get('dee')?.();
  ends.get('ann')?.();
  await expect.poll(() => begun).toEqual(['ann', 'bob', 'dee', 'cy']);
  ends.get('cy')?.();
  await Promise.all(all);
  expect(turns.isSlow('slow')).toBe(false);
});
