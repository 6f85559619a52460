import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { beforeEach, expect, test } from 'vitest';
import type { Playground } from '../../playground/playground.ts';
import { commands } from '../../src/commands/index.ts';
import { Logins } from '../../src/discord/logins.ts';
import { openPlayground, type RunningBot, startRunningBot } from './running-bot.ts';

let playground: Playground;
let running: RunningBot;

beforeEach(async () => {
  playground = await openPlayground();
  running = await startRunningBot(commands, playground);
});

/** Returns what the log says about the connection, without debug entries. */
function connectionLog(): readonly unknown[] {
  const lines = running.logged().trim().split('\n');
  const all: readonly Record<string, unknown>[] = lines.map(line => JSON.parse(line));
  return all.filter(({ level, shard }) => shard === 0 && Number(level) > 20);
}

const connected = { level: 30, shard: 0, of: 1, msg: 'Shard connected' };
const lost = { level: 30, shard: 0, code: 1006, msg: 'Gateway connection lost: reconnecting' };
const away = { level: 40, shard: 0, msg: 'Cannot reach Discord: will retry' };
const back = { level: 30, shard: 0, seconds: expect.any(Number), msg: 'Gateway connection restored' };

test('logs a lost connection and its return at once, in a line each', async () => {
  playground.faults.dropSocket();
  await expect.poll(() => running.logged(), { timeout: 3000 }).toContain(back.msg);
  await running.bot.stop();
  // Closing the connection on purpose is not a loss.
  expect(connectionLog()).toMatchObject([connected, lost, back]);
  await playground.close();
});

test('an expired session causes no delay', async () => {
  playground.faults.dropSession();
  // Discord allows one login per five seconds, which discord.js waits for.
  await expect.poll(() => running.logged(), { timeout: 12_000 }).toContain(back.msg);
  expect(connectionLog()).toMatchObject([connected, lost, { ...lost, code: 1000 }, back]);
  await running.bot.stop();
  await playground.close();
});

test('retries with growing delays while Discord is away, until the bot is stopped', async () => {
  await playground.close();
  const isAway = (seconds: number) => running.logged().includes(`"seconds":${seconds},`);
  await expect.poll(() => isAway(4), { timeout: 15_000 }).toBe(true);
  expect(connectionLog()).toMatchObject([
    connected,
    lost,
    lost,
    ...[1, 2, 4].map((seconds, each) => ({ ...away, seconds, tries: each + 2 })),
  ]);
  await running.bot.stop();
  const lines = running.logged();
  await pause(5500);
  expect(running.logged()).toBe(lines);
});

test('one of several shards that gets HTTP 500 at the start retries by itself', async () => {
  const shards = 2;
  await running.bot.stop();
  playground.faults.failConnections(1);
  const logins = new Logins(pino({ level: 'silent' }));
  const both = await startRunningBot(commands, playground, undefined, true, logins, shards);
  expect(playground.shards()).toBe(shards);
  expect(both.logged()).toContain('"status":"500"');
  await both.bot.stop();
  await playground.close();
});
