import { AttachmentBuilder, type ChatInputCommandInteraction, MessageFlags, Routes } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bot, startBot } from './bot.ts';
import { call } from './call.ts';

let bot: Bot;
let port: number;
beforeAll(async () => {
  bot = await startBot();
  port = Number(new URL(bot.playground.address).port);
  bot.onInteraction(interaction => {
    if (interaction.isAutocomplete()) return interaction.respond([{ name: 'Loudly', value: 'loud' }]);
    if (interaction.isButton()) return interaction.update('Pressed');
    if (!interaction.isChatInputCommand()) return undefined;
    const files = [new AttachmentBuilder(Buffer.from('<script>'), { name: 'a "b".html' })];
    return interaction.reply({
      content: interaction.options.getString('words', true),
      components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Next', custom_id: 'next' }] }],
      ...(interaction.options.getString('how') === 'file' ? { files } : {}),
      ...(interaction.options.getBoolean('private') ? { flags: MessageFlags.Ephemeral } : {}),
    });
  });
});
afterAll(() => bot.stop());

const post = async (path: string, body: unknown) => {
  const { status, text } = await call(port, 'POST', path, { 'content-type': 'application/json' }, JSON.stringify(body));
  return { status, body: JSON.parse(text) };
};
const state = async () => JSON.parse((await call(port, 'GET', '/page/state')).text);
const commandId = async (name: string) =>
  (await state()).commands.find((command: { name: string }) => command.name === name).id;
const say = async (words: string, more: readonly object[] = []) => ({
  kind: 'command',
  commandId: await commandId('say'),
  data: { options: [{ type: 3, name: 'words', value: words }, ...more] },
});

describe('what a user does on the page', () => {
  test('reads the state: place, user, bot, commands and messages', async () => {
    await post('/page/interactions', await say('hello'));
    const { guild, channel, user, bot: shown, commands, messages } = await state();
    expect(guild.name).toBe('Newsroom');
    expect(channel.name).toBe('general');
    expect(user.global_name).toBe('Ada');
    expect(shown).toMatchObject({ online: true, user: { username: 'Verbatim', bot: true } });
    expect(commands.map(({ name }: { name: string }) => name)).toEqual(['say', 'who', 'post', 'manage', 'Read it']);
    const where = commands.find(({ name }: { name: string }) => name === 'post').options[0];
    expect(where.choices).toEqual([{ name: '#general', value: channel.id }]);
    expect(messages.at(-1)).toMatchObject({
      content: 'hello',
      interaction_metadata: { name: 'say', type: 2, user: { username: 'ada' } },
    });
  });
  test('gets suggestions', async () => {
    const deed = await say('x', [{ type: 3, name: 'how', value: 'lo', focused: true }]);
    const { body } = await post('/page/interactions', { ...deed, kind: 'autocomplete' });
    expect(body).toEqual({ choices: [{ name: 'Loudly', value: 'loud' }] });
  });
  test('presses a button, which is announced to all viewers', async () => {
    const controller = new AbortController();
    const events = await fetch(`${bot.playground.address}/page/events`, { signal: controller.signal });
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
    await post('/page/interactions', await say('press me'));
    const { messages } = await state();
    const messageId = messages.at(-1).id;
    const press = { kind: 'component', messageId, customId: 'next', componentType: 2 };
    expect((await post('/page/interactions', press)).body).toEqual({ ok: true });
    let heard = '';
    while (reader !== undefined && !heard.includes('"t":"update"')) heard += (await reader.read()).value ?? '';
    expect(heard).toMatch(/data: \{"t":"message","message":.*press me/v);
    expect(heard).toMatch(/data: \{"t":"update","message":.*Pressed/v);
    controller.abort();
  });
  test('posts a message and a reply, deletes their own, and dismisses ephemeral ones', async () => {
    const before = (await state()).messages.at(-1);
    expect((await post('/page/messages', { content: 'My words' })).body).toEqual({ ok: true });
    const own = (await state()).messages.at(-1);
    expect(own).toMatchObject({ content: 'My words', author: { username: 'ada' } });
    expect((await call(port, 'DELETE', `/page/messages/${before.id}`)).status).toBe(404);
    await post('/page/messages', { content: 'My reply', replyTo: own.id, isPinging: false });
    const reply = (await state()).messages.at(-1);
    expect(reply).toMatchObject({ content: 'My reply', message_reference: { message_id: own.id }, mentions: [] });
    expect((await call(port, 'DELETE', `/page/messages/${reply.id}`)).status).toBe(200);
    await post('/page/interactions', await say('secret', [{ type: 5, name: 'private', value: true }]));
    const secret = (await state()).messages.at(-1);
    expect(secret).toMatchObject({ content: 'secret', flags: 64 });
    expect((await call(port, 'DELETE', `/page/messages/${secret.id}`)).status).toBe(200);
    expect((await state()).messages.at(-1).id).toBe(own.id);
  });
  test('never gets an attachment as a page of this origin', async () => {
    await post('/page/interactions', await say('file', [{ type: 3, name: 'how', value: 'file' }]));
    const message = (await state()).messages.at(-1);
    const [{ filename, url }] = message.attachments;
    expect(filename).toBe('a__b_.html');
    const { headers, text } = await call(port, 'GET', new URL(url).pathname);
    expect(text).toBe('<script>');
    expect(headers['content-type']).toBe('application/octet-stream');
    expect(headers['content-disposition']).toBe('attachment; filename="a__b_.html"');
    expect((await call(port, 'GET', `${new URL(url).pathname}.html`)).status).toBe(404);
  });
  test.each([
    ['no JSON', 'application/json', '{'],
    [
      'a form of another site',
      'text/plain',
      '{"kind":"component","messageId":"1","customId":"next","componentType":2}',
    ],
    ['an unknown deed', 'application/json', '{"kind":"root"}'],
    ['ids that are none', 'application/json', '{"kind":"command","commandId":"../x","data":{}}'],
  ])('%s is refused', async (_, type, body) => {
    expect((await call(port, 'POST', '/page/interactions', { 'content-type': type }, body)).status).toBe(400);
  });
  test('too large a request is refused', async () => {
    expect((await post('/page/messages', { content: 'words', more: 'x'.repeat(70_000) })).status).toBe(400);
  });
  test('an empty message, or one of 2,001 characters, is refused', async () => {
    expect((await post('/page/messages', { content: '  ' })).status).toBe(400);
    expect((await post('/page/messages', { content: 'x'.repeat(2001) })).status).toBe(400);
  });
});

test('a file is served without its own type and without caching', async () => {
  const answers = (data: object) => {
    bot.onInteraction(interaction => {
      const files = [{ name: 'page.html', data: '<script>', contentType: 'text/html' }];
      const route = Routes.interactionCallback(interaction.id, interaction.token);
      return bot.client.rest.post(route, { body: { type: 4, data }, files, auth: false });
    });
  };
  const pathOf = (url: string | undefined) => new URL(url ?? '').pathname;
  answers({ content: 'For all' });
  const shown = await bot.playground.person.command('say', { words: 'x' });
  const { status, headers } = await call(port, 'GET', pathOf(shown.message?.attachments[0]?.url));
  expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'application/octet-stream' });
  answers({ content: 'For Grace', flags: MessageFlags.Ephemeral });
  const grace = bot.playground.personOf({ name: 'Grace', where: 0, isManager: false });
  const hidden = await grace.command('say', { words: 'x' });
  expect((await call(port, 'GET', pathOf(hidden.message?.attachments[0]?.url))).status).toBe(404);
});

test('the last 500 messages are kept, and an answer that the bot is still thinking about', async () => {
  const { promise: deferred, resolve } = Promise.withResolvers<ChatInputCommandInteraction>();
  bot.onInteraction(async interaction => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply();
    resolve(interaction);
  });
  const answering = bot.playground.person.command('say', { words: 'x' });
  const interaction = await deferred;
  for (let count = 0; count < 501; count += 1) await post('/page/messages', { content: `Message ${count}` });
  const contents = (await state()).messages.map(({ content }: { content: string }) => content);
  expect([contents.length, contents[1]]).toEqual([500, 'Message 2']);
  await interaction.editReply('Thought about');
  expect((await answering).message?.content).toBe('Thought about');
});
