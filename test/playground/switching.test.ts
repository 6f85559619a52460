import { MessageFlags } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { type Bot, startBot } from './bot.ts';

const stateSchema = z.object({
  guild: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), global_name: z.string() }),
  servers: z.array(z.object({ id: z.string(), name: z.string() })),
  members: z.array(z.object({ user: z.object({ id: z.string(), global_name: z.string() }), isManager: z.boolean() })),
  commands: z.array(z.object({ id: z.string(), name: z.string() })),
  messages: z.array(z.object({ content: z.string(), attachments: z.array(z.object({ url: z.string() })) })),
});

let bot: Bot;
beforeAll(async () => {
  bot = await startBot({ guilds: 2 });
  bot.onInteraction(interaction => {
    if (!interaction.isChatInputCommand()) return undefined;
    const { guild, user, memberPermissions } = interaction;
    return interaction.reply({
      content: `${user.globalName} in ${guild?.name}, ${memberPermissions?.has('ManageGuild')}`,
      files: [{ name: 'note.txt', attachment: Buffer.from('bytes') }],
      flags: MessageFlags.Ephemeral,
    });
  });
});
afterAll(() => bot.stop());

const at = (path: string, search: string) => `${bot.playground.address}${path}${search}`;
const state = async (search = '') => stateSchema.parse(await (await fetch(at('/page/state', search))).json());

/** Uses a command at an address of the page; returns what the playground says to it. */
async function use(name: string, search: string): Promise<unknown> {
  const all = (await state()).commands;
  const commandId = all.find(command => command.name === name)?.id;
  const options = name === 'say' ? [{ type: 3, name: 'words', value: 'x' }] : [];
  const response = await fetch(at('/page/interactions', search), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'command', commandId, data: { options } }),
  });
  return await response.json();
}

test('offers two members, one without Manage Server, and all servers', async () => {
  const { user, guild, members, servers } = await state();
  expect([user.global_name, guild.name]).toEqual(['Ada', 'Newsroom']);
  expect(members.map(each => [each.user.global_name, each.isManager])).toEqual([
    ['Ada', true],
    ['Ben', false],
  ]);
  expect(servers.map(({ name }) => name)).toEqual(['Newsroom', 'Newsroom 2']);
  expect((await state('?member=1&server=1')).user).toEqual(user);
});

test('an address with a member and a server acts as that member there, whose private answers nobody else sees', async () => {
  const { members, servers } = await state();
  const search = `?member=${members[1]?.user.id}&server=${servers[1]?.id}`;
  expect(await use('say', search)).toEqual({ ok: true });
  const { messages, commands } = await state(search);
  expect(messages.map(({ content }) => content)).toEqual(['Ben in Newsroom 2, false']);
  expect(commands.map(({ name }) => name)).not.toContain('manage');
  expect(await use('manage', search)).toEqual({ failed: 'You don’t have permission to use this command.' });
  for (const other of ['', `?server=${servers[1]?.id}`, `?member=${members[1]?.user.id}`]) {
    expect((await state(other)).messages).toEqual([]);
  }
  const { pathname } = new URL(messages[0]?.attachments[0]?.url ?? '');
  expect((await fetch(at(pathname, ''))).status).toBe(404);
  expect(await (await fetch(at(pathname, search))).text()).toBe('bytes');
});

test('an address of direct messages is a channel of that member alone', async () => {
  const { members, guild } = await state();
  await fetch(at('/page/messages', '?server=direct'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ content: 'Between us' }),
  });
  const direct = await state('?server=direct');
  expect([direct.guild, direct.messages.map(({ content }) => content)]).toEqual([
    { id: 'direct', name: '' },
    ['Between us'],
  ]);
  expect(guild.name).toBe('Newsroom');
  expect((await state(`?server=direct&member=${members[1]?.user.id}`)).messages).toEqual([]);
});

test('each address hears only what its member may see there', async () => {
  const { servers } = await state();
  const listen = async (search: string) => {
    const response = await fetch(at('/page/events', search));
    return response.body?.pipeThrough(new TextDecoderStream()).getReader();
  };
  const [here, there] = [await listen(''), await listen(`?server=${servers[1]?.id}`)];
  await use('say', `?server=${servers[1]?.id}`);
  await use('say', '');
  let heard = '';
  while (there !== undefined && !heard.includes('Ada in')) heard += (await there.read()).value ?? '';
  expect(heard).toContain('Ada in Newsroom 2, true');
  let besides = '';
  while (here !== undefined && !besides.includes('Ada in')) besides += (await here.read()).value ?? '';
  expect(besides).toContain('Ada in Newsroom, true');
  expect(besides).not.toContain('Newsroom 2');
  await Promise.all([here?.cancel(), there?.cancel()]);
});
