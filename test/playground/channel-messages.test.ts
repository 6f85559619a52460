import { MessageFlags, PermissionFlagsBits, Routes } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Bot, refusalOf, startBot } from './bot.ts';
import { call } from './call.ts';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot({ guilds: 2 });
});
afterEach(() => bot.stop());

function post(channel: string, body: object): Promise<unknown> {
  return bot.client.rest.post(Routes.channelMessages(channel), { body });
}

function contents(channel: string): readonly string[] {
  return bot.playground.channels.messages(channel).map(({ content }) => content);
}

test('a message of the bot’s own accord is seen by everybody, also on the page', async () => {
  const { channels, person, address } = bot.playground;
  await post(channels.first(0), { content: 'News', flags: MessageFlags.SuppressEmbeds });
  expect(person.sees().map(({ content, author }) => [content, author.username])).toEqual([['News', 'Verbatim']]);
  const state = await call(Number(new URL(address).port), 'GET', '/page/state', { host: new URL(address).host });
  expect(JSON.parse(state.text)).toMatchObject({ messages: [{ content: 'News' }] });
  expect(contents(channels.first(1))).toEqual([]);
});

test('with an enforced nonce, a message is posted once', async () => {
  const { channels } = bot.playground;
  const [here, there] = [channels.first(0), channels.first(1)];
  const once = { content: 'Once', nonce: 'a1', enforce_nonce: true };
  const first = await post(here, once);
  expect(await post(here, { ...once, content: 'Again' })).toEqual(first);
  await post(there, once);
  await post(here, { ...once, enforce_nonce: false });
  expect(contents(here)).toEqual(['Once', 'Once']);
  expect(contents(there)).toEqual(['Once']);
});

test('a message whose confirmation is lost is posted once, since the client sends it again', async () => {
  const { channels, faults } = bot.playground;
  faults.next('lost', { route: 'POST /channels' });
  await post(channels.first(0), { content: 'Once', nonce: 'a1', enforce_nonce: true });
  expect(contents(channels.first(0))).toEqual(['Once']);
});

test('channels that are gone or that the bot may not post in', async () => {
  const { channels } = bot.playground;
  const id = channels.add(0, 'news');
  const refusal = () => refusalOf(post(id, { content: 'News' }));
  channels.permit(id, PermissionFlagsBits.ViewChannel);
  expect(await refusal()).toMatchObject({ status: 403, code: 50013 });
  channels.permit(id, 0n);
  expect(await refusal()).toMatchObject({ status: 403, code: 50001 });
  channels.delete(id);
  expect(await refusal()).toMatchObject({ status: 404, code: 10003 });
  expect(await refusalOf(post(channels.first(0), { content: '' }))).toMatchObject({ status: 400, code: 50006 });
});

test('the bot is told what it may do in the channel that was chosen and in this one', async () => {
  const { channels, person } = bot.playground;
  const there = channels.add(0, 'news');
  channels.permit(there, PermissionFlagsBits.ViewChannel);
  bot.onInteraction(async interaction => {
    if (!interaction.isChatInputCommand()) return;
    const chosen = interaction.options.getChannel('where');
    const [here, elsewhere] = [interaction.appPermissions, chosen?.appPermissions].map(may => may?.has('SendMessages'));
    await interaction.reply(`${chosen?.name} ${here} ${elsewhere}`);
  });
  expect((await person.command('post', { where: there })).message?.content).toBe('news true false');
  expect((await person.command('post', { where: channels.first(1) })).failed).toBe(
    'Choose one of the channels of this server.',
  );
});
