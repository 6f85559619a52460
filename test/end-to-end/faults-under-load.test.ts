import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../../playground/faults.ts';
import type { Playground } from '../../playground/playground.ts';
import {
  allAnswer,
  apologiesIn,
  type BotUnderLoad,
  expectNothingLost,
  SteadyLoad,
  startBotUnderLoad,
} from './steady-load.ts';

interface Row {
  readonly name: string;
  /** Causes the fault under load; resolves when it is over. */
  readonly strike: (playground: Playground, load: SteadyLoad) => Promise<void>;
  /** What Discord tells users whose interaction got no answer; none may fail if left out. */
  readonly fails?: RegExp;
  /** The code with which Discord refuses requests of the bot. */
  readonly refused?: number;
}

const unknownInteraction = 10_062;
const alreadyAcknowledged = 40_060;
const noAnswer = /^The application did not respond/v;

/** At most as many at once as the client retries, or an answer that meets all of them would be given up. */
function answersMeet(fault: Fault, { waves = 3, atOnce = 3, milliseconds = 250 } = {}): Row['strike'] {
  return async ({ faults }, load) => {
    for (let wave = 0; wave < waves; wave += 1) {
      const before = faults.met;
      faults.next(fault, { route: 'callback', times: atOnce, milliseconds });
      await load.until(() => faults.met === before + atOnce);
      // The answers that met the faults have arrived.
      await load.more(1);
    }
  };
}

const onTheWayBack: readonly Row[] = [
  { name: '429: answers are sent again when Discord says so', strike: answersMeet('429', { atOnce: 1 }) },
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

/** Waits until the bot is connected again. */
async function isBack(playground: Playground, load: SteadyLoad): Promise<void> {
  await load.until(() => playground.shards() === 1);
}

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
];

const lateness = 20_000;

const late: readonly Row[] = [
  {
    name: 'guilds that come 20 seconds late, and answers meanwhile',
    strike: async (playground, load) => {
      playground.faults.lateGuilds(lateness);
      playground.faults.invalidSession(false);
      await isBack(playground, load);
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

// Each has its own bot, and mostly waits.
describe.concurrent.each([
  ['on the way from Discord', onTheWayIn],
  ['on the way to Discord', onTheWayBack],
  ['late', late],
])('under load, %s:', (_way, rows) => {
  let busy: BotUnderLoad;
  beforeAll(async () => {
    busy = await startBotUnderLoad();
  });
  afterAll(() => busy.stop());

  test.each(rows)('$name', { concurrent: false }, async ({ strike, fails, refused }) => {
    const { playground, libraries } = busy;
    const refusals = playground.refusals.length;
    const load = new SteadyLoad(playground);
    await load.more(3);
    await strike(playground, load);
    await isBack(playground, load);
    await load.more(3);
    const done = await load.end();
    await allAnswer(playground);
    await expectNothingLost(load, done, libraries);
    const failed = done.flatMap(each => each.failed ?? []);
    expect(failed.filter(reason => fails?.test(reason) !== true)).toEqual([]);
    if (fails === undefined) expect(apologiesIn(done)).toEqual([]);
    const codes = playground.refusals.slice(refusals).map(({ code }) => code);
    expect([...new Set(codes)]).toEqual(refused === undefined ? [] : [refused]);
  });
});
