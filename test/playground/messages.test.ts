import { once } from 'node:events';
import { Client, Events, PermissionFlagsBits, Routes } from 'discord.js';
import { type APIMessage, GatewayIntentBits, MessageReferenceType } from 'discord-api-types/v10';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import { type Playground, startPlayground } from '../../playground/playground.ts';
import { refusalOf } from './bot.ts';

const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

interface Packet {
  readonly t: string;
  readonly d: Readonly<Record<string, unknown>>;
}

let playground: Playground;
let client: Client;
let person: Person;
let direct: Person;
let heard: Packet[];

beforeEach(async () => {
  playground = await startPlayground({ port: 0, folder: undefined });
  person = playground.person;
  direct = person.alone('direct');
  await logIn(intents);
});
afterEach(async () => {
  await client.destroy();
  await playground.close();
});

async function logIn(bits: readonly GatewayIntentBits[]): Promise<void> {
  const packets: Packet[] = [];
  heard = packets;
  client = new Client({ intents: [...bits], rest: { api: playground.apiUrl, retries: 0 } });
  client.on(Events.Raw, (packet: Packet) => {
    if (packet.t.startsWith('MESSAGE_')) packets.push(packet);
  });
  const ready = once(client, Events.ClientReady);
  await client.login(playground.token);
  await ready;
}

/** Returns the data of the next message event. */
async function next(): Promise<Packet['d']> {
  await expect.poll(() => heard.length).toBeGreaterThan(0);
  return heard.shift()?.d ?? {};
}

const mention = () => `<@${client.user?.id}>`;

test('a message in a channel has no content for the bot, unless it mentions the bot', async () => {
  person.say('News', [{ name: 'news.txt', contentType: 'text/plain', bytes: Buffer.from('News') }]);
  expect(await next()).toMatchObject({
    content: '',
    attachments: [],
    guild_id: playground.servers()[0],
    author: { username: 'ada' },
    mentions: [],
  });
  person.say(`${mention()} who said this?`);
  expect(await next()).toMatchObject({ content: `${mention()} who said this?`, mentions: [{ username: 'Verbatim' }] });
});

test('direct messages have their content, and forwards what they forward', async () => {
  const quoted = person.say('“News”');
  await next();
  direct.say('', [], { forwards: quoted });
  const { content, guild_id, message_reference, message_snapshots } = await next();
  expect([content, guild_id]).toEqual(['', undefined]);
  expect(message_reference).toMatchObject({ type: MessageReferenceType.Forward, message_id: quoted.id });
  expect(message_snapshots).toMatchObject([{ message: { content: '“News”' } }]);
  person.say('', [], { forwards: quoted });
  expect(await next()).not.toHaveProperty('message_snapshots');
});

test('the message replied to follows the same rule', async () => {
  const [hidden, shown] = [person.say('Hidden'), person.say(`${mention()} shown`)];
  await next();
  await next();
  person.say(`${mention()} is this right?`, [], { replyTo: hidden.id });
  expect(await next()).toMatchObject({ type: 19, referenced_message: { id: hidden.id, content: '' } });
  person.say(`${mention()} is this right?`, [], { replyTo: shown.id });
  expect(await next()).toMatchObject({ referenced_message: { content: `${mention()} shown` } });
  person.delete(hidden);
  expect(await next()).toEqual({ id: hidden.id, channel_id: hidden.channel_id, guild_id: playground.servers()[0] });
  person.say(`${mention()} and this?`, [], { replyTo: hidden.id });
  expect(await next()).not.toHaveProperty('referenced_message');
});

test('a reply to the bot mentions it, unless that is turned off', async () => {
  const own = await reply(person.say(`${mention()} hi`));
  heard.splice(0);
  person.say('and you?', [], { replyTo: own.id });
  const referenced_message = { id: own.id, content: 'Hello' };
  expect(await next()).toMatchObject({ content: 'and you?', mentions: [{ id: client.user?.id }], referenced_message });
  person.say('and you?', [], { replyTo: own.id, isPinging: false });
  expect(await next()).toMatchObject({ content: '', mentions: [], referenced_message });
});

test('only a manager can mention everybody, which mentions no bot', async () => {
  person.say('@everyone look');
  expect(await next()).toMatchObject({ mention_everyone: true, mentions: [], content: '' });
  playground.personOf({ name: 'Bo', where: 0, isManager: false }).say('@here look');
  expect(await next()).toMatchObject({ mention_everyone: false });
});

test('without the intents, no messages arrive; the privileged one is refused', async () => {
  await client.destroy();
  await logIn([GatewayIntentBits.Guilds]);
  person.say(mention());
  direct.say('hi');
  const { faults } = playground;
  faults.duplicate();
  expect(heard).toEqual([]);
  const privileged = new Client({ intents: [GatewayIntentBits.MessageContent], rest: { api: playground.apiUrl } });
  await expect(privileged.login(playground.token)).rejects.toThrow('disallowed intents');
});

test('a message can be delivered twice', async () => {
  playground.faults.duplicate();
  const { id } = direct.say('hi');
  expect([(await next()).id, (await next()).id]).toEqual([id, id]);
});

/** Replies “Hello” as the bot. */
async function reply(to: APIMessage, body: object = {}): Promise<{ id: string }> {
  const message_reference = { message_id: to.id, fail_if_not_exists: false };
  const sent: unknown = await client.rest.post(Routes.channelMessages(to.channel_id), {
    body: { content: 'Hello', message_reference, ...body },
  });
  return { id: String(Reflect.get(Object(sent), 'id')) };
}

test('the bot’s reply is one message, shown as a reply as long as the message is there', async () => {
  const asked = direct.say('hi');
  const once = { nonce: asked.id, enforce_nonce: true, allowed_mentions: { parse: [], replied_user: true } };
  await reply(asked, once);
  await reply(asked, once);
  expect(await direct.answerTo(asked)).toMatchObject({ type: 19, mentions: [{ username: 'ada' }] });
  expect(direct.sees()).toHaveLength(2);
  direct.delete(asked);
  await reply(asked);
  expect(direct.sees().at(-1)).toMatchObject({ type: 0, mentions: [] });
  const strict = { message_reference: { message_id: asked.id } };
  expect(await refusalOf(reply(asked, strict))).toMatchObject({
    status: 400,
    fields: ['message_reference[MESSAGE_REFERENCE_UNKNOWN_MESSAGE]'],
  });
});

test('the bot deletes its own messages only, and replies only where it may read', async () => {
  const asked = person.say(`${mention()} hi`);
  const { id } = await reply(asked);
  const remove = (message: string) => client.rest.delete(Routes.channelMessage(asked.channel_id, message));
  await remove(id);
  expect(person.sees()).toHaveLength(1);
  expect(await refusalOf(remove(id))).toMatchObject({ code: 10008 });
  expect(await refusalOf(remove(asked.id))).toMatchObject({ code: 50013 });
  playground.channels.permit(asked.channel_id, PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages);
  expect(await refusalOf(reply(asked))).toMatchObject({ code: 160002 });
  playground.channels.permit(asked.channel_id, 0n);
  expect(await refusalOf(remove(id))).toMatchObject({ code: 50001 });
});
