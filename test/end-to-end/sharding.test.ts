import { setTimeout as pause } from 'node:timers/promises';
import { describe, test } from 'vitest';
import { type Playground, startPlayground } from '../../playground/playground.ts';
import { EXIT_CODES } from '../../src/start-failure.ts';
import { makeDatabase, makeEmptyDatabase } from '../postgres/database.ts';
import { buttonsOf, textOf } from '../replies/read-reply.ts';
import { dam, fileOf, messageOf, said } from './article-steps.ts';
import { type Program, startProgram } from './program.ts';
import { anyPort } from './start-verbatim.ts';

/** With two shards: the playground's servers by shard. */
const [onFirst, onSecond] = [1, 0];
const timeout = { timeout: 60_000 };
/** Two tests at a time, since processes that start and stop mostly wait. */
const inTurn = { concurrent: false, timeout: 180_000 };

const open = (guilds: number, shards: number) => startPlayground({ port: anyPort, folder: undefined, guilds, shards });

function startOn(playground: Playground, settings: Readonly<Record<string, string>>): Program {
  return startProgram({ DISCORD_TOKEN: playground.token, DISCORD_API_URL: playground.apiUrl, ...settings });
}

const somebodyIn = (playground: Playground, where: number) =>
  playground.personOf({ name: 'Kim', where, isManager: true });

async function quoteIn(playground: Playground, where: number) {
  const { message } = await somebodyIn(playground, where).command('who said', { words: 'ration packs' });
  if (message === undefined) throw new Error(`no answer in server ${where}`);
  return message;
}

/**
 * Returns the number of answers in a server's channel: an interaction handled by two processes would have two, or a
 * refusal.
 */
const answersIn = (playground: Playground, where: number) => somebodyIn(playground, where).sees().length;

describe.concurrent('shards that run', () => {
  test('with files, all shards run in one process, as many as the API recommends', inTurn, async ({ expect }) => {
    const playground = await open(3, 3);
    const program = startOn(playground, { SHARDS: 'auto' });
    await program.firstLine;
    expect(playground.shards()).toBe(3);
    for (const where of [0, 1, 2]) {
      expect(textOf(await quoteIn(playground, where))).toContain('CNN');
      expect(answersIn(playground, where)).toBe(1);
    }
    program.signal('SIGTERM');
    expect(await program.ended).toMatchObject({ code: 0 });
    await playground.close();
    expect(playground.refusals).toEqual([]);
  });

  test(
    'with a database, each shard has a process: one that gets HTTP 500 at the start is retried alone, one that ends is replaced, and earlier buttons still work',
    inTurn,
    async ({ expect }) => {
      const playground = await open(2, 1);
      // The main process and one shard get an answer; the other shard gives up after four requests.
      playground.faults.next('500', { route: 'GET /gateway/bot', after: 2, times: 4 });
      const settings = { SHARDS: '2', DATABASE_URL: await makeEmptyDatabase(), LOG_LEVEL: 'error' };
      const program = startOn(playground, settings);
      await expect.poll(() => playground.faults.met, timeout).toBe(4);
      await program.firstLine;
      expect(playground.shards()).toBe(2);
      const message = await quoteIn(playground, onFirst);
      for (const answer of [message, await quoteIn(playground, onSecond)]) expect(textOf(answer)).toContain('CNN');
      const manager = somebodyIn(playground, onFirst);
      const draft = await messageOf(manager.command('article add', {}, { file: fileOf('dam.txt', 'Dam', dam) }));
      expect([answersIn(playground, onFirst), answersIn(playground, onSecond)]).toEqual([1, 1]);
      playground.shutOut(0);
      expect(playground.shards()).toBe(1);
      expect(textOf(await quoteIn(playground, onSecond))).toContain('CNN');
      await expect.poll(() => playground.shards(), timeout).toBe(2);
      const button = buttonsOf(message)[0]?.custom_id ?? '';
      expect((await manager.press(message, button)).failed).toBeUndefined();
      expect(textOf(await messageOf(manager.press(draft, 'Keep')))).toContain('Saved: ');
      expect(await said(manager, 'the dam at Morva will hold')).toContain('Ilse Brandt');
      program.signal('SIGTERM');
      const { code, errors } = await program.ended;
      expect(code).toBe(0);
      expect(errors).toContain('rejected the bot (HTTP 500)');
      expect(errors.match(/Shard process ended: restarting it/gv)).toHaveLength(2);
      expect(playground.shards()).toBe(0);
      await playground.close();
      expect(playground.refusals).toEqual([]);
    },
  );

  test(
    'a shard with a wrong setting ends all of them with the exit code of wrong settings and its reason',
    inTurn,
    async ({ expect }) => {
      const playground = await open(1, 2);
      const settings = { SHARDS: 'auto', METRICS_PORT: '65535', DATABASE_URL: await makeDatabase() };
      const { code, errors } = await startOn(playground, settings).ended;
      expect(code).toBe(EXIT_CODES.misconfigured);
      expect(errors).toContain('METRICS_PORT must be at most 65534 with 2 shards');
      await playground.close();
    },
  );

  test('a refused token while asking for the number of shards: one sentence', inTurn, async ({ expect }) => {
    const playground = await open(1, 2);
    const DISCORD_TOKEN = `${playground.token.slice(0, -4)}AAAA`;
    const { code, errors } = await startOn(playground, { SHARDS: 'auto', DISCORD_TOKEN }).ended;
    expect(code).toBe(EXIT_CODES.misconfigured);
    expect(errors.trim().split('\n')).toHaveLength(1);
    expect(errors).toContain('Discord rejected the token');
    await playground.close();
  });
});

describe.concurrent('shards that end', () => {
  test('a second signal ends the shards’ processes at once too', inTurn, async ({ expect }) => {
    const playground = await open(2, 1);
    const program = startOn(playground, { SHARDS: '2', DATABASE_URL: await makeDatabase() });
    await program.firstLine;
    await expect.poll(() => playground.shards(), timeout).toBe(2);
    await quoteIn(playground, onSecond);
    playground.faults.next('late', { route: 'callback', milliseconds: 9000 });
    const inHand = somebodyIn(playground, onSecond).command('who said', { words: 'ration packs' });
    await expect.poll(() => playground.faults.met, timeout).toBe(1);
    program.signal('SIGTERM');
    await pause(500);
    program.signal('SIGTERM');
    // That is when the last process has ended that writes to its log.
    const { code, errors } = await program.ended;
    expect([code, errors]).toEqual([1, '']);
    await inHand;
    await playground.close();
  });

  test(
    'if the main process is killed, the shards’ processes stop cleanly and nothing breaks',
    inTurn,
    async ({ expect }) => {
      const playground = await open(2, 1);
      const program = startOn(playground, { SHARDS: '2', DATABASE_URL: await makeDatabase(), LOG_LEVEL: 'info' });
      await program.firstLine;
      await expect.poll(() => playground.shards(), timeout).toBe(2);
      program.signal('SIGKILL');
      const { errors } = await program.ended;
      expect(playground.shards()).toBe(0);
      expect(errors).not.toMatch(/"level":[4-6]0/v);
      await playground.close();
    },
  );

  test(
    'on one of several machines: only the servers of its shards, each on one machine',
    inTurn,
    async ({ expect }) => {
      const playground = await open(2, 2);
      const database = { SHARD_COUNT: '2', DATABASE_URL: await makeDatabase() };
      const machines = [startOn(playground, { ...database, SHARD_IDS: '0' })];
      await machines[0]?.firstLine;
      expect(playground.shards()).toBe(1);
      expect(textOf(await quoteIn(playground, onFirst))).toContain('CNN');
      const second = startOn(playground, { ...database, SHARD_IDS: '0' });
      machines.push(startOn(playground, { ...database, SHARD_IDS: '1' }));
      await machines[1]?.firstLine;
      const { code, errors } = await second.ended;
      expect(code).toBe(EXIT_CODES.failed);
      expect(errors.trim().split('\n').at(-1)).toContain('Another process on this database already runs shard 0 of 2');
      expect(textOf(await quoteIn(playground, onSecond))).toContain('CNN');
      expect([answersIn(playground, 0), answersIn(playground, 1)]).toEqual([1, 1]);
      for (const machine of machines) machine.signal('SIGTERM');
      for (const machine of machines) expect(await machine.ended).toMatchObject({ code: 0, errors: '' });
      await playground.close();
    },
  );
});
