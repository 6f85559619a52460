import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Playground, startPlayground } from '../../playground/playground.ts';
import { type ManualClock, manualClock } from '../../playground/world/clock.ts';
import { commands } from '../../src/commands/index.ts';
import { openTestLibraries, type TestLibraries } from '../library/test-libraries.ts';
import { buildSeed } from '../search/build-article.ts';
import { startRunningBot } from './running-bot.ts';

const day = 24 * 60 * 60_000;
/** A server that removed the bot while it was down. */
const left = { kind: 'server', id: '4242' } as const;

let discord: ManualClock;
let playground: Playground;
let kept: TestLibraries;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  discord = manualClock(Date.UTC(2026, 0, 1));
  playground = await startPlayground({ port: 0, folder: undefined, clock: discord });
  kept = await openTestLibraries([buildSeed().article]);
  await kept.libraries.open(left);
});
afterEach(async () => {
  vi.useRealTimers();
  await kept.end();
  await playground.close();
});

/** Starts the bot at a day since the server left, with a machine whose clock is `ahead` days ahead. Returns its log. */
async function run(at: number, ahead: number): Promise<string> {
  discord.pass(Date.UTC(2026, 0, 1) + at * day - discord.now());
  vi.setSystemTime(discord.now() + ahead * day);
  const { bot, logged } = await startRunningBot(commands, playground, kept.libraries);
  await expect.poll(logged).toContain('Erased libraries of servers');
  await bot.stop();
  return logged();
}

/** Days since the server left. */
const starts = [0, 0.1, 1, 7];

test.each([
  ['is right', [0, 0, 0, 0]],
  ['jumps ahead by a month at a start, and is set right after it', [0, 31, 0, 0]],
  ['is a month ahead at two starts a day apart', [0, 31, 31, 0]],
  ['is a year ahead at two starts six days apart', [0, 0, 365, 365]],
  ['is at 1970 when the server leaves, and is set right after it', [-20_454, 0, 0, 0]],
  ['jumps in both directions', [0, 400, -400, 31]],
])('if the machine’s clock %s, the library is announced after 30 days and erased a day later', async (_, aheads) => {
  for (const [order, ahead] of aheads.entries()) {
    expect(await run(starts[order] ?? 0, ahead)).not.toContain('will be erased');
  }
  const last = aheads.at(-1) ?? 0;
  expect(await run(30, last)).toContain('"when":"tomorrow"');
  expect(await kept.libraries.has(left)).toBe(true);
  expect(await run(31, last)).toContain('"when":"now"');
  expect(await kept.libraries.has(left)).toBe(false);
});

test('a bot that is started for a few minutes every other month erases too', async () => {
  await run(0, 0);
  await run(70, 0);
  expect(await run(70.1, 0)).not.toContain('"when":"now"');
  await run(130, 0);
  expect(await kept.libraries.has(left)).toBe(false);
});
