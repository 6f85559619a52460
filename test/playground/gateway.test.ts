import { once } from 'node:events';
import { Client, Events, GatewayIntentBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { manualClock } from '../../playground/world/clock.ts';
import { type Bot, makeClient, startBot } from './bot.ts';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot();
  bot.onInteraction(interaction => interaction.isRepliable() && interaction.reply('Here'));
});
afterEach(() => bot.stop());

const ask = () => bot.playground.person.command('say', { words: 'x' });

describe('the real client stays connected', () => {
  test('resumes after a dropped socket, and gets what it missed', async () => {
    const resumed = once(bot.client, Events.ShardResume);
    bot.playground.faults.dropSocket();
    const answered = ask();
    await resumed;
    expect(await answered).toMatchObject({ failed: undefined, message: { content: 'Here' } });
  });

  test('after an invalid session that can be resumed', async () => {
    const resumed = once(bot.client, Events.ShardResume);
    bot.playground.faults.invalidSession(true);
    await resumed;
    expect((await ask()).message?.content).toBe('Here');
  });

  test('logs in again after an invalid session', async () => {
    const ready = once(bot.client, Events.ShardReady);
    bot.playground.faults.invalidSession(false);
    await ready;
    expect((await ask()).message?.content).toBe('Here');
  });

  test('after a resumption that fails', async () => {
    const ready = once(bot.client, Events.ShardReady);
    bot.playground.faults.dropSession();
    await ready;
    expect((await ask()).message?.content).toBe('Here');
  });

  test('gets a duplicate delivery twice', async () => {
    const ids: string[] = [];
    bot.onInteraction(interaction => {
      ids.push(interaction.id);
      return ids.length === 2 && interaction.isRepliable() && interaction.reply('Both came');
    });
    bot.playground.faults.duplicate();
    expect((await ask()).message?.content).toBe('Both came');
    expect(ids[0]).toBe(ids[1]);
  });
});

test('a user is told at once if no client is logged in', async () => {
  await bot.client.destroy();
  await expect.poll(async () => (await ask()).failed).toBe('The application did not respond: it is offline');
});

describe('logging in', () => {
  test('with guilds that arrive late', async () => {
    const clock = manualClock();
    const late = await startBot({ clock });
    const another = makeClient(late.playground);
    late.playground.faults.lateGuilds(5000);
    const shardReady = once(another, Events.Raw);
    await another.login(late.playground.token);
    await shardReady;
    expect(another.guilds.cache.first()?.available ?? false).toBe(false);
    const ready = once(another, Events.ClientReady);
    clock.pass(5000);
    await ready;
    expect(another.guilds.cache.first()?.name).toBe('Newsroom');
    await another.destroy();
    await late.stop();
  });

  test('with a wrong token is refused', async () => {
    const { token } = bot.playground;
    const stranger = makeClient(bot.playground);
    await expect(stranger.login(token.replace(/.$/v, last => (last === 'A' ? 'B' : 'A')))).rejects.toThrow();
    await stranger.destroy();
  });

  test.each([
    [4004, { token: 'wrong', intents: 1, properties: {} }],
    [4014, { intents: GatewayIntentBits.MessageContent, properties: {} }],
    [4010, { intents: 1, properties: {}, shard: [1, 1] }],
    [4002, { intents: 'all' }],
  ])('closes with %i', async (code, identification) => {
    const d = { token: bot.playground.token, ...identification };
    expect(await closeCodeAfter(JSON.stringify({ op: 2, d }))).toBe(code);
  });

  test('a disallowed intent stops the real client', async () => {
    const client = new Client({
      intents: [GatewayIntentBits.MessageContent],
      rest: { api: bot.playground.apiUrl },
    });
    const failing = once(client, Events.ShardError);
    await Promise.allSettled([client.login(bot.playground.token), failing]);
    const [failure] = await failing;
    expect(String(failure)).toMatch(/disallowed intents/v);
    await client.destroy();
  });

  test.each([
    [4002, 'not JSON'],
    [4002, '[]'],
    [4003, '{"op":3,"d":{}}'],
    [1009, JSON.stringify({ op: 1, d: 'x'.repeat(20_000) })],
  ])('closes with %i on a malformed login: %s', async (code, text) => {
    expect(await closeCodeAfter(text)).toBe(code);
  });

  test('a guild goes only to its own shard', async () => {
    const wide = await startBot({ guilds: 3 });
    const names: string[][] = [];
    for (const shard of [0, 1]) {
      const client = new Client({
        intents: [GatewayIntentBits.Guilds],
        rest: { api: wide.playground.apiUrl },
        shards: [shard],
        shardCount: 2,
      });
      const ready = once(client, Events.ClientReady);
      await client.login(wide.playground.token);
      await ready;
      names.push(client.guilds.cache.map(({ name }) => name));
      await client.destroy();
    }
    expect(names.flat().sort()).toEqual(['Newsroom', 'Newsroom 2', 'Newsroom 3']);
    expect(names.map(({ length }) => length).sort()).toEqual([1, 2]);
    await wide.stop();
  });
});

async function closeCodeAfter(text: string): Promise<unknown> {
  const socket = new WebSocket(`${bot.playground.address.replace('http', 'ws')}/gateway?v=10&encoding=json`);
  await once(socket, 'message');
  socket.send(text);
  const [code] = await once(socket, 'close');
  return code;
}
