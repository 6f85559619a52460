import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import type { Playground } from '../../playground/playground.ts';
import { commands } from '../../src/commands/index.ts';
import { bring, type Living, open } from './living.ts';

let playground: Playground;
let living: Living;

beforeEach(async () => {
  playground = await open();
  living = await bring(commands, playground);
});

/** What the log says of the connection, but for what is told to those alone who want to know everything. */
function told(): readonly unknown[] {
  const lines = living.logged().trim().split('\n');
  const all: readonly Record<string, unknown>[] = lines.map(line => JSON.parse(line));
  return all.filter(({ level, shard }) => shard === 0 && Number(level) > 20);
}

const connected = { level: 30, shard: 0, of: 1, msg: 'Shard connected' };
const lost = { level: 30, shard: 0, code: 1006, msg: 'Gateway connection lost: reconnecting' };
const away = { level: 40, shard: 0, msg: 'Cannot reach Discord: will retry' };
const back = { level: 30, shard: 0, seconds: expect.any(Number), msg: 'Gateway connection restored' };

test('a connection that is lost and comes back is told in a line each, and at once', async () => {
  playground.faults.dropSocket();
  await expect.poll(() => living.logged(), { timeout: 3000 }).toContain(back.msg);
  await living.bot.stop();
  // That it leaves is no loss.
  expect(told()).toMatchObject([connected, lost, back]);
  await playground.close();
});

test('a session that is gone delays nothing', async () => {
  playground.faults.dropSession();
  // Discord lets a client identify itself once in five seconds, which discord.js waits for.
  await expect.poll(() => living.logged(), { timeout: 12_000 }).toContain(back.msg);
  expect(told()).toMatchObject([connected, lost, { ...lost, code: 1000 }, back]);
  await living.bot.stop();
  await playground.close();
});

test('Discord that stays away is tried with growing pauses, and not any more once the bot is stopped', async () => {
  await playground.close();
  const isAway = (seconds: number) => living.logged().includes(`"seconds":${seconds},`);
  await expect.poll(() => isAway(4), { timeout: 15_000 }).toBe(true);
  expect(told()).toMatchObject([
    connected,
    lost,
    lost,
    ...[1, 2, 4].map((seconds, each) => ({ ...away, seconds, tries: each + 2 })),
  ]);
  await living.bot.stop();
  const lines = living.logged();
  await pause(5500);
  expect(living.logged()).toBe(lines);
});
