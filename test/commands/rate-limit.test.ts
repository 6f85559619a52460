import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { answerComponent } from '../../src/commands/components.ts';
import { RateLimiter, refuseAboveLimit } from '../../src/commands/rate-limit.ts';
import { openBackend } from '../../src/library/store/backends.ts';
import { readFollows, saveFollow } from '../../src/library/store/following/following.ts';
import { isPrivate } from '../../src/replies/reply.ts';
import { sayIn } from '../../src/wording/say.ts';
import { fc } from '../fast-check.ts';
import { buttonsOf, pressOf, refusalOf, textOf } from '../replies/read-reply.ts';
import { buildSeed } from '../search/build-article.ts';
import { ask, contextOf } from './ask.ts';

const server = { kind: 'server', id: '10' } as const;
const user = (id: string) => ({ id, mayChange: true });
const minute = 60_000;
const start = Date.UTC(2024, 4, 2);

/** A rate limiter on a clock that is set by hand. */
function onClock(): { rateLimiter: RateLimiter; clock: { now: number } } {
  const clock = { now: start };
  return { rateLimiter: new RateLimiter(() => clock.now), clock };
}

test('one person may add 30 times at once, then once every 20 seconds', () => {
  const { rateLimiter, clock } = onClock();
  const add = () => rateLimiter.take('adding', user('1'), server);
  for (let times = 0; times < 30; times += 1) expect(add()).toBeUndefined();
  expect(add()).toMatchObject({ of: 'person', until: start + 20_000 });
  clock.now += 19_999;
  expect(add()).toMatchObject({ until: start + 20_000 });
  clock.now += 1;
  expect(add()).toBeUndefined();
  expect(add()).toMatchObject({ until: start + 40_000 });
  clock.now += 10 * minute;
  for (let times = 0; times < 30; times += 1) expect(add()).toBeUndefined();
  expect(add()).toBeDefined();
});

test('many people of one server share its limit; other servers, other actions and direct messages have their own', () => {
  const { rateLimiter } = onClock();
  for (const id of ['1', '2', '3', '4', '5']) expect(rateLimiter.take('exporting', user(id), server)).toBeUndefined();
  expect(rateLimiter.take('exporting', user('6'), server)).toMatchObject({ of: 'server', until: start + 2 * minute });
  expect(rateLimiter.take('erasing', user('6'), server)).toBeUndefined();
  expect(rateLimiter.take('exporting', user('6'), { kind: 'server', id: '11' })).toBeUndefined();
  expect(rateLimiter.take('exporting', user('6'), { kind: 'person', id: '6' })).toBeUndefined();
});

test('if both limits are exceeded, the longer wait counts', () => {
  const { rateLimiter, clock } = onClock();
  const exportAs = (id: string) => rateLimiter.take('exporting', user(id), server);
  for (const id of ['1', '1', '1', '2', '2']) expect(exportAs(id)).toBeUndefined();
  expect(exportAs('1')).toMatchObject({ of: 'person', until: start + 200_000 });
  clock.now += 3 * minute;
  expect(exportAs('3')).toBeUndefined();
  expect(exportAs('1')).toMatchObject({ of: 'server', until: start + 4 * minute });
});

test('a refused attempt does not count', () => {
  const { rateLimiter, clock } = onClock();
  const erase = (id: string) => rateLimiter.take('erasing', user(id), server);
  for (const id of ['1', '1', '1']) expect(erase(id)).toBeUndefined();
  for (let times = 0; times < 50; times += 1) expect(erase('1')).toMatchObject({ of: 'person' });
  for (const id of ['2', '2']) expect(erase(id)).toBeUndefined();
  clock.now += 10 * minute;
  expect(erase('1')).toBeUndefined();
});

test('never allows more than the limit and what recovers meanwhile, whoever asks when', () => {
  const steps = fc.array(fc.record({ id: fc.constantFrom('1', '2', '3'), wait: fc.nat(2 * minute) }), {
    maxLength: 100,
  });
  fc.assert(
    fc.property(steps, all => {
      const { rateLimiter, clock } = onClock();
      const taken: number[] = [];
      for (const { id, wait } of all) {
        clock.now += wait;
        const refusal = rateLimiter.take('exporting', user(id), server);
        if (refusal === undefined) taken.push(clock.now);
        else expect(refusal.until).toBeGreaterThan(clock.now);
      }
      const mostInAnyPeriod = Math.max(
        0,
        ...taken.map(from => taken.filter(at => at >= from && at < from + 10 * minute).length),
      );
      expect(mostInAnyPeriod).toBeLessThanOrEqual(2 * 5);
    }),
  );
});

test('the answer is private and says when to try again', () => {
  const { rateLimiter, clock } = onClock();
  // Within a second: the time told is never too early.
  clock.now += 1;
  const limited = { rateLimiter, user: user('1'), owner: server, say: sayIn('en') };
  for (let times = 0; times < 3; times += 1) expect(refuseAboveLimit('exporting', limited)).toBeUndefined();
  const answer = refuseAboveLimit('exporting', limited);
  if (answer === undefined) throw new Error('There is an answer');
  expect(isPrivate(answer)).toBe(true);
  expect(refusalOf(answer)).toBeUndefined();
  const seconds = start / 1000 + 201;
  expect(textOf(answer)).toBe(`You’ve reached the limit of 3 exports in ten minutes. Try again at <t:${seconds}:T>.`);
});

test('resuming a feed counts as adding, since the feed is read', async () => {
  const { rateLimiter } = onClock();
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-feeds-'));
  const backend = await openBackend({ folder, databaseUrl: undefined });
  onTestFinished(async () => {
    await backend.close();
    rmSync(folder, { recursive: true });
  });
  const context = { ...(await contextOf([], rateLimiter)), feeds: backend.feeds };
  const chosen = { channel: undefined, only: undefined, keepDays: undefined, ping: undefined, disabled: undefined };
  const follow = { feed: 'https://news.example/feed', title: 'The Post', ...chosen };
  await context.library.write(saveFollow, { ...follow, isPaused: true, isNew: false, addedBy: '2', addedAt: 0 }, 10);
  const change = async (how: string) => textOf(await ask(context, `feed ${how}`, { feed: 'The Post' }));
  for (let times = 0; times < 30; times += 1) expect(await change('resume')).toContain('Resumed');
  expect(await change('pause')).toContain('Paused');
  expect(await change('resume')).toContain('You’ve reached the limit of 30 links and files in ten minutes.');
  expect(await context.library.read(readFollows)).toMatchObject([{ isPaused: true }]);
});

test('a public card stays if the person who presses its buttons has reached their limit', async () => {
  const { rateLimiter } = onClock();
  const context = await contextOf([buildSeed()], rateLimiter);
  const card = await ask(context, 'card', { words: 'open lines of communication' });
  for (let times = 0; times < 59; times += 1) rateLimiter.take('drawing', context.user, context.owner);
  const themes = buttonsOf(card).filter(({ custom_id }) => pressOf(custom_id)?.mode === 'turn');
  expect(themes.length).toBeGreaterThan(0);
  for (const { custom_id } of themes) {
    const { kind, reply } = await answerComponent(custom_id, context);
    expect([kind, isPrivate(reply)]).toEqual(['message', true]);
    expect(await answerComponent(custom_id, { ...context, isPrivate: true })).toMatchObject({ kind: 'update' });
  }
});
