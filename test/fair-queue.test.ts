import { expect, test } from 'vitest';
import { Turns } from '../src/fair-queue.ts';

test('while an owner rests, others have their turns', async () => {
  const turns = new Turns({ most: 1, mostPerOwner: 1, rest: 600_000 });
  const run = (owner: string, milliseconds: number) => turns.run(owner, milliseconds, async () => owner);
  const ran = await Promise.all([run('ann', 5000), run('ann', 50), run('bob', 5000)]);
  expect(ran).toEqual(['ann', undefined, 'bob']);
});
