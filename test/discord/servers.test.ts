import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Playground, startPlayground } from '../../playground/playground.ts';
import { commands } from '../../src/commands/index.ts';
import type { Libraries } from '../../src/library/libraries.ts';
import { openTestLibraries, type TestLibraries } from '../library/test-libraries.ts';
import { textOf } from '../replies/read-reply.ts';
import { buildSeed } from '../search/build-article.ts';
import { type RunningBot, startRunningBot } from './running-bot.ts';
import { methodsOf } from './stubbed-bot.ts';

let playground: Playground;
let kept: TestLibraries;
let running: RunningBot;
let told: string[];

/** Returns real libraries that record what they are told about servers. */
function listening(libraries: Libraries): Libraries {
  return {
    ...methodsOf(libraries),
    scheduleErasure: (owner, now) => {
      told.push(`left ${owner.id}`);
      return libraries.scheduleErasure(owner, now);
    },
    cancelErasure: owner => {
      told.push(`returned ${owner.id}`);
      return libraries.cancelErasure(owner);
    },
    eraseDue: (now, isMine, announce) => {
      told.push('erase what is due');
      announce?.('4242', 'tomorrow');
      return libraries.eraseDue(now, isMine, announce);
    },
  };
}

/** A server that removed the bot while it was down. */
const elsewhere = { kind: 'server', id: '4242' } as const;

beforeEach(async () => {
  told = [];
  playground = await startPlayground({ port: 0, folder: undefined, guilds: 2 });
  kept = await openTestLibraries([buildSeed().article]);
  await kept.libraries.open(elsewhere);
  running = await startRunningBot(commands, playground, listening(kept.libraries));
});
afterEach(async () => {
  await running.bot.stop();
  await kept.end();
  await playground.close();
});

test('at the start, notes current servers, then those that removed the bot, then erases what is due', async () => {
  const returned = expect.stringMatching(/^returned/v);
  await expect.poll(() => told).toEqual([returned, returned, 'left 4242', 'erase what is due']);
  expect(running.logged()).toContain('"server":"4242","when":"tomorrow","msg":"The library');
});

test('a playground, which knows only its own servers, treats no other as left', async () => {
  await expect.poll(() => told).toContain('erase what is due');
  const before = told.length;
  await running.bot.stop();
  running = await startRunningBot(commands, playground, listening(kept.libraries), false);
  await expect.poll(() => told.slice(before)).toContain('erase what is due');
  expect(told.slice(before)).not.toContain('left 4242');
});

test('stopping while Discord’s time is asked for is no error', async () => {
  await running.bot.stop();
  // The first such request is the login's.
  playground.faults.next('late', { route: 'GET /gateway', after: 1, milliseconds: 10_000 });
  const { met } = playground.faults;
  running = await startRunningBot(commands, playground, listening(kept.libraries));
  await expect.poll(() => playground.faults.met).toBe(met + 1);
  await running.bot.stop();
  expect(running.logged()).not.toContain('"level":50');
});

test('stopping waits for what is being erased, and no longer answers', async () => {
  await running.bot.stop();
  const { promise: erased, resolve: erase } = Promise.withResolvers<number>();
  const begun: string[] = [];
  const erasing = {
    ...listening(kept.libraries),
    eraseDue: () => {
      begun.push('erasing');
      return erased;
    },
  };
  running = await startRunningBot(commands, playground, erasing);
  await expect.poll(() => begun).toEqual(['erasing']);
  const stopped = running.bot.stop().then(() => begun.push('stopped'));
  const { message } = await playground.person.command('help');
  expect(textOf(message ?? {})).toContain('try again in a minute');
  begun.push('erased');
  erase(1);
  await stopped;
  expect(begun).toEqual(['erasing', 'erased', 'stopped']);
});

test('nothing is erased while the current servers can’t be recorded', async () => {
  await running.bot.stop();
  const before = told.length;
  const failing = { ...listening(kept.libraries), cancelErasure: () => Promise.reject(new Error('No database')) };
  running = await startRunningBot(commands, playground, failing);
  await expect.poll(() => running.logged()).toContain('Cannot record which servers');
  await running.bot.stop();
  expect(told.slice(before)).toEqual([]);
});

test('a server that removes the bot and adds it again', async () => {
  await expect.poll(() => told).toContain('erase what is due');
  const before = told.length;
  playground.takeOut(1);
  await expect.poll(() => told.slice(before)).toHaveLength(1);
  playground.bringIn(1);
  await expect.poll(() => told.slice(before)).toHaveLength(2);
  const [left, returned] = told.slice(before);
  expect(left).toMatch(/^left \d+$/v);
  expect(returned).toBe(left?.replace('left', 'returned'));
});

test('a server that removes the bot between two sessions', async () => {
  await expect.poll(() => told).toContain('erase what is due');
  const before = told.length;
  const ready = Object(playground.faults.packets().find(({ t }) => t === 'READY')?.d);
  playground.faults.sendPacket({ t: 'READY', d: { ...ready, guilds: ready.guilds.slice(0, 1) } });
  await expect.poll(() => told.slice(before)).toEqual([`left ${playground.servers()[1]}`]);
});

test('stopping doesn’t wait for Discord’s time: the next start records who left', async () => {
  await expect.poll(() => told).toContain('erase what is due');
  const before = told.length;
  playground.faults.next('late', { route: 'GET /gateway', milliseconds: 300_000 });
  playground.takeOut(1);
  await expect.poll(() => playground.faults.met).toBe(1);
  await running.bot.stop();
  expect(told.slice(before)).toEqual([]);
});

test('an outage does not count as leaving', async () => {
  await expect.poll(() => told).toContain('erase what is due');
  const before = told.length;
  playground.outage(1);
  playground.takeOut(0);
  await expect.poll(() => told.length).toBe(before + 1);
  playground.bringIn(1);
  await expect.poll(() => told.slice(before).map(line => line.split(' ')[0])).toContain('left');
  expect(told.slice(before).filter(line => line.startsWith('left'))).toHaveLength(1);
});
