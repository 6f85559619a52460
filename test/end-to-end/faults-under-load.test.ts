import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../../playground/faults.ts';
import { type Playground, startPlayground } from '../../playground/playground.ts';
import { commands } from '../../src/commands/index.ts';
import { bring, type Living } from '../discord/living.ts';
import { type Kept, keep } from '../discord/shelf.ts';
import { addFile, bridge, said } from './librarian.ts';
import { firstArticles, SteadyLoad, servers } from './steady-load.ts';
import { anyPort } from './verbatim.ts';

interface Row {
  readonly name: string;
  /** Makes it go wrong while people are at it; resolves when it is over. */
  readonly strike: (playground: Playground, load: SteadyLoad) => Promise<void>;
  /** What somebody is told whose interaction never got through; nobody's may fail where left out. */
  readonly fails?: RegExp;
  /** What Discord refuses of what the bot sends meanwhile. */
  readonly refused?: number;
}

const unknownInteraction = 10_062;
const alreadyAcknowledged = 40_060;
const noAnswer = /^The application did not respond/v;

/** As many as the client tries again, so that nobody's answer is given up. */
const atOnce = 3;

function answersMeet(fault: Fault, { waves = 3, milliseconds = 250 } = {}): Row['strike'] {
  return async ({ faults }, load) => {
    for (let wave = 0; wave < waves; wave += 1) {
      const before = faults.met;
      faults.next(fault, { route: 'callback', times: atOnce, milliseconds });
      await load.until(() => faults.met === before + atOnce);
    }
  };
}

const onTheWayBack: readonly Row[] = [
  { name: '429: answers are sent again when Discord says so', strike: answersMeet('429') },
  { name: '500', strike: answersMeet('500') },
  { name: '502', strike: answersMeet('502') },
  { name: 'a connection that breaks', strike: answersMeet('reset') },
  { name: 'a receipt that is lost', strike: answersMeet('lost'), refused: alreadyAcknowledged },
  {
    name: 'an answer that comes too late',
    strike: answersMeet('late', { waves: 1, milliseconds: 3300 }),
    fails: noAnswer,
    refused: unknownInteraction,
  },
  {
    name: '500 for so long that answers are given up',
    strike: async ({ faults }, load) => {
      const before = faults.met;
      faults.next('500', { route: 'callback', times: 24 });
      await load.until(() => faults.met === before + 24);
    },
    fails: noAnswer,
  },
];

/** The bot is connected again. */
async function isBack(playground: Playground): Promise<void> {
  await expect.poll(() => playground.shards(), { timeout: 30_000 }).toBe(1);
}

const lateness = 20_000;

const onTheWayIn: readonly Row[] = [
  {
    name: 'interactions that are delivered twice',
    strike: async ({ faults }, load) => {
      faults.duplicate(40);
      await load.more(8);
    },
  },
  {
    name: 'a dropped socket',
    strike: async ({ faults }) => faults.dropSocket(),
    fails: noAnswer,
  },
  {
    name: 'an invalid session that can be resumed',
    strike: async ({ faults }) => faults.invalidSession(true),
    fails: noAnswer,
  },
  {
    name: 'an invalid session that cannot be resumed',
    strike: async ({ faults }) => faults.invalidSession(false),
    fails: noAnswer,
  },
  {
    name: 'a dropped socket whose session cannot be resumed',
    strike: async ({ faults }) => faults.dropSession(),
    fails: noAnswer,
  },
  {
    name: 'guilds that come 20 seconds late, and answers meanwhile',
    strike: async (playground, load) => {
      playground.faults.lateGuilds(lateness);
      playground.faults.invalidSession(false);
      await isBack(playground);
      const over = pause(lateness);
      await load.more(1);
      const without = load.count;
      await load.more(20);
      expect(load.done(without).filter(({ failed }) => failed !== undefined)).toEqual([]);
      await over;
    },
    fails: noAnswer,
  },
];

describe.each([
  ['on the way from Discord', onTheWayIn],
  ['on the way to Discord', onTheWayBack],
])('in the middle of load, %s', (_way, rows) => {
  let playground: Playground;
  let kept: Kept;
  let living: Living;
  beforeAll(async () => {
    playground = await startPlayground({ port: anyPort, folder: undefined, guilds: servers });
    kept = await keep(firstArticles());
    living = await bring(commands, playground, kept.libraries);
  });
  afterAll(async () => {
    await living.bot.stop();
    await kept.end();
    await playground.close();
  });

  test.each(rows)('$name', async ({ strike, fails, refused }) => {
    const refusals = playground.refusals.length;
    const load = new SteadyLoad(playground);
    await load.more(3);
    await strike(playground, load);
    await isBack(playground);
    await load.more(3);
    const done = await load.end();
    await allAnswer(playground);
    const failed = done.filter(each => each.failed !== undefined);
    expect(failed.filter(each => fails?.test(each.failed ?? '') !== true)).toEqual([]);
    expect(done.filter(({ isTwice }) => isTwice)).toEqual([]);
    if (fails === undefined) expect(done.flatMap(each => each.said).filter(isApology)).toEqual([]);
    expect(await load.amiss(kept.libraries)).toEqual([]);
    expect(load.changes().kept).toBeGreaterThan(servers);
    const codes = playground.refusals.slice(refusals).map(({ code }) => code);
    expect([...new Set(codes)]).toEqual(refused === undefined ? [] : [refused]);
  });
});

function isApology(text: string): boolean {
  return /went wrong|broke|stale|no longer/v.test(text);
}

/** The next interaction of everybody, without a restart. */
async function allAnswer(playground: Playground): Promise<void> {
  const asked = Array.from({ length: servers }, async (_, where) => {
    const person = playground.personOf({ name: 'Lee', where, isManager: true });
    expect(await said(person, 'the river rose in week 7')).toContain('Valley Courier');
    expect(await addFile(person, 'Bridge', bridge)).toMatch(/Kept|In the library already/v);
  });
  await Promise.all(asked);
}
