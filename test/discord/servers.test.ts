import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Playground } from '../../playground/playground.ts';
import { startPlayground } from '../../playground/playground.ts';
import { commands } from '../../src/commands/index.ts';
import type { Libraries } from '../../src/library/libraries.ts';
import { buildSeed } from '../search/build.ts';
import { bring, type Living } from './living.ts';
import { type Kept, keep } from './shelf.ts';

let playground: Playground;
let kept: Kept;
let living: Living;
let told: string[];

/** Real libraries, with what they are told of servers written down. */
function listening(libraries: Libraries): Libraries {
  return {
    has: owner => libraries.has(owner),
    open: owner => libraries.open(owner),
    erase: owner => libraries.erase(owner),
    tend: () => libraries.tend(),
    close: () => libraries.close(),
    left: owner => {
      told.push(`left ${owner.id}`);
      libraries.left(owner);
    },
    returned: owner => {
      told.push(`returned ${owner.id}`);
      libraries.returned(owner);
    },
    eraseLeft: () => {
      told.push('erase what is due');
      return libraries.eraseLeft();
    },
  };
}

beforeEach(async () => {
  told = [];
  playground = await startPlayground({ port: 0, folder: undefined, guilds: 2 });
  kept = keep([buildSeed().article]);
  living = await bring(commands, playground, listening(kept.libraries));
});
afterEach(async () => {
  await living.bot.stop();
  await kept.end();
  await playground.close();
});

test('at the start, servers that are there come before what is due is erased', () => {
  expect(told).toEqual([expect.stringMatching(/^returned/v), expect.stringMatching(/^returned/v), 'erase what is due']);
});

test('a server that the bot is taken out of, and put into again', async () => {
  const before = told.length;
  playground.takeOut(1);
  await expect.poll(() => told.slice(before)).toHaveLength(1);
  playground.bringIn(1);
  await expect.poll(() => told.slice(before)).toHaveLength(2);
  const [left, returned] = told.slice(before);
  expect(left).toMatch(/^left \d+$/v);
  expect(returned).toBe(left?.replace('left', 'returned'));
});

test('an outage is no leaving', async () => {
  const before = told.length;
  playground.outage(1);
  playground.takeOut(0);
  await expect.poll(() => told.length).toBe(before + 1);
  playground.bringIn(1);
  await expect.poll(() => told.slice(before).map(line => line.split(' ')[0])).toContain('left');
  expect(told.slice(before).filter(line => line.startsWith('left'))).toHaveLength(1);
});
