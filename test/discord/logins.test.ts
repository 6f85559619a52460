import { pino } from 'pino';
import { expect, test } from 'vitest';
import { commands } from '../../src/commands/index.ts';
import { budgetIn, Logins, pauseBeforeLogin } from '../../src/discord/logins.ts';
import { openTestLibraries } from '../library/test-libraries.ts';
import { openPlayground, startRunningBot } from './running-bot.ts';

const day = 24 * 60 * 60_000;
/** Discord lets a shard log in every five seconds. */
const leastPause = 5000;

/** Returns how many logins are left after a day on which Discord ends each session of all shards at once. */
function leftAfterDay(shards: number, total: number): number {
  let remaining = total;
  const next = Array.from({ length: shards }, () => ({ at: 0, logins: 0 }));
  for (;;) {
    const [shard] = next.sort((one, other) => one.at - other.at);
    if (shard === undefined || shard.at >= day) return remaining;
    remaining -= 1;
    shard.logins += 1;
    const budget = { total, remaining, resetAfter: day - shard.at };
    shard.at += Math.max(leastPause, pauseBeforeLogin(shard.logins, budget));
  }
}

test.each([
  [1, 1000],
  [4, 1000],
  [40, 1000],
  [400, 5000],
])('if every session of %i shards ends at once, a day does not use up %i logins', (shards, total) => {
  // Every shard may log in once between the budget's last tenth and its next look at it.
  expect(leftAfterDay(shards, total)).toBeGreaterThan(total / 10 - shards);
  expect(leftAfterDay(shards, total)).toBeGreaterThan(0);
});

test('one expired session causes no delay, even if few logins are known to be left', () => {
  expect(pauseBeforeLogin(1, undefined)).toBe(0);
  expect(pauseBeforeLogin(1, { total: 1000, remaining: 900, resetAfter: day })).toBe(0);
});

test('an answer without a budget', () => {
  expect([undefined, {}, { session_start_limit: { total: '1' } }].map(budgetIn)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('at the start, waits while Discord limits requests and logins, and says why and for how long', async () => {
  const playground = await openPlayground();
  // Before the limits, which end after some time.
  const { libraries, end } = await openTestLibraries([]);
  playground.faults.next('429', { route: 'GET /gateway/bot', milliseconds: 1000 });
  playground.faults.next('429', { route: 'PUT /applications', milliseconds: 300 });
  playground.faults.limitLogins({ total: 1000, remaining: 0, milliseconds: 4000 });
  const lines: string[] = [];
  const logins = new Logins(pino({}, { write: line => lines.push(line) }));
  const reasons = new Set<string | undefined>();
  const looking = setInterval(() => reasons.add(logins.waiting?.replace(/\d+ s/v, 'some')), 20);
  const { bot } = await startRunningBot(commands, playground, libraries, true, logins);
  clearInterval(looking);
  const logged = lines.join('');
  expect([...reasons].filter(Boolean)).toEqual(
    expect.arrayContaining(['login limit used up, some left', 'rate-limited by Discord, some left']),
  );
  expect(logged).toContain('"route":"/gateway/bot","seconds":1,"msg":"Discord limits requests at the start: waiting"');
  expect(logged).toContain('"route":"/applications/:id/commands"');
  expect(logged).toMatch(/"total":1000,"remaining":0,"needed":1,"seconds":\d+,.*login limit is used up: waiting/v);
  expect(logins.budget).toMatchObject({ total: 1000, remaining: 999 });
  await bot.stop();
  await end();
  await playground.close();
});
