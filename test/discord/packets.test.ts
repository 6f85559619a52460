import { GatewayDispatchEvents, InteractionType } from 'discord-api-types/v10';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import type { Playground } from '../../playground/playground.ts';
import { APPLICATION_ID } from '../../playground/world/servers.ts';
import { commands } from '../../src/commands/index.ts';
import { times } from '../depth.ts';
import { messageOf } from '../end-to-end/article-steps.ts';
import { fc } from '../fast-check.ts';
import { menuIn } from '../replies/read-reply.ts';
import { openPlayground, type RunningBot, startRunningBot } from './running-bot.ts';

type Packet = ReturnType<Playground['faults']['packets']>[number];

const interactionCreate: string = GatewayDispatchEvents.InteractionCreate;
const messageCreate: string = GatewayDispatchEvents.MessageCreate;
const atOnce = 100;

let playground: Playground;
let running: RunningBot;
/** Packets as Discord sends them, one of each kind. */
let recorded: readonly Packet[];
let latestId = 0n;

beforeAll(async () => {
  playground = await openPlayground();
  running = await startRunningBot(commands, playground);
  await useEverything(playground.person);
  await useEverything(playground.person.alone('direct'));
  playground.outage(0);
  playground.bringIn(0);
  const packets = playground.faults.packets();
  const guild = packets.find(({ t }) => t === GatewayDispatchEvents.GuildCreate)?.d;
  const update = { t: GatewayDispatchEvents.GuildUpdate, d: guild };
  recorded = [...packets, update, ...packets.filter(isOnMessage).map(forwarding)];
});

afterAll(async () => {
  await running.bot.stop();
  await playground.close();
});

/** Does everything that Discord sends another kind of interaction for. */
async function useEverything(person: Person): Promise<void> {
  const shown = await messageOf(person.command('quote', { words: 'open lines of communication' }));
  await person.press(shown, 'Next');
  const listed = await messageOf(person.command('speakers', { private: true }));
  const menu = menuIn(listed);
  await person.select(listed, menu?.custom_id ?? '', [menu?.options[0]?.value ?? '']);
  await person.press(shown, 'Delete answer');
  await person.autocomplete('who said', 'words', 'ration');
  const { modal } = await person.command('library erase');
  if (modal === undefined) throw new Error('No form opened');
  await person.submit(modal, { words: 'no' });
  const file = { name: 'news.txt', contentType: 'text/plain', bytes: Buffer.from('No news') };
  await person.use('Check quote', person.say('“Ration packs” https://localhost/', [file]));
  const answer = await person.answerTo(person.say(`<@${APPLICATION_ID}> Sullivan`));
  await person.answerTo(person.say('who is he?', [], { replyTo: answer.id }));
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce((from: unknown, key) => Reflect.get(Object(from), key), value);
}

function isOnMessage({ d }: Packet): boolean {
  return at(d, 'data', 'resolved', 'messages') !== undefined;
}

function messagesIn(data: unknown): readonly object[] {
  return Object.values(Object(at(data, 'data', 'resolved', 'messages'))).map(Object);
}

function isForwarding({ d }: Packet): boolean {
  return messagesIn(d).some(message => 'message_snapshots' in message);
}

/** Returns the use of a message command on a message that forwards another. */
function forwarding(packet: Packet): Packet {
  const { t, d } = structuredClone(packet);
  const snapshot = {
    content: '“Ration packs”',
    type: 0,
    embeds: [],
    attachments: [],
    components: [],
    timestamp: '2026-01-01T00:00:00Z',
  };
  for (const message of messagesIn(d)) {
    Object.assign(message, {
      message_reference: { type: 1, message_id: '1180000000000000077', channel_id: '1180000000000000078' },
      message_snapshots: [{ message: snapshot }],
    });
  }
  return { t, d };
}

/** Returns the packet with a new id if it is an interaction or a message: the bot ignores known ones. */
function renewed({ t, d }: Packet): Packet {
  latestId += 1n;
  return { t, d: [interactionCreate, messageCreate].includes(t) ? { ...Object(d), id: String(latestId) } : d };
}

const wrong = fc.constantFrom(null, true, -1, 2 ** 60, '', '0', 'x', [], {}, [null], { id: null }, [[]]);
const change = fc.record({
  where: fc.array(fc.nat(30), { minLength: 1, maxLength: 7 }),
  to: fc.option(wrong, { nil: undefined, freq: 2 }),
});

/** Changes or deletes what is at a random place. */
function mutate(value: unknown, [place = 0, ...deeper]: readonly number[], to: unknown): void {
  const inside = Object(value);
  const keys = Object.keys(inside);
  const key = keys[place % Math.max(keys.length, 1)];
  if (key === undefined) return;
  const child: unknown = Reflect.get(inside, key);
  if (deeper.length > 0 && typeof child === 'object' && child !== null) mutate(child, deeper, to);
  else if (to === undefined) Reflect.deleteProperty(inside, key);
  else Reflect.set(inside, key, structuredClone(to));
}

async function isAnswering(): Promise<void> {
  const { failed, message } = await playground.person.command('help');
  expect(failed).toBeUndefined();
  latestId = BigInt(message?.interaction_metadata?.id ?? 0);
}

/** Returns a packet of this kind, with something wrong. */
function broken(isOne: (packet: Packet) => boolean, breakIt: (data: object) => void): Packet {
  const found = recorded.find(isOne);
  if (found === undefined) throw new Error('No such packet');
  const { t, d } = structuredClone(renewed(found));
  breakIt(Object(d));
  return { t, d };
}

const ofType = (type: InteractionType) => (packet: Packet) =>
  at(packet.d, 'type') === type && packet.t === interactionCreate;
const ofEvent = (event: GatewayDispatchEvents) => (packet: Packet) => packet.t === event;
const without = (name: string) => (data: object) => {
  Reflect.deleteProperty(data, name);
};
const isForBot = (packet: Packet) => packet.t === messageCreate && String(at(packet.d, 'content')).includes('<@');
const isCommand = ofType(InteractionType.ApplicationCommand);
const isPress = ofType(InteractionType.MessageComponent);
const isForm = ofType(InteractionType.ModalSubmit);

test('packets that discord.js can’t build are logged by their kind and dropped', async () => {
  await isAnswering();
  const before = running.logged().length;
  const packets = [
    broken(isForwarding, data => {
      for (const message of messagesIn(data)) Reflect.deleteProperty(message, 'message_reference');
    }),
    broken(isForm, data => Reflect.set(Object(at(data, 'data')), 'components', [null])),
    broken(isForm, data => Reflect.deleteProperty(Object(at(data, 'data')), 'components')),
    broken(isOnMessage, data => Reflect.deleteProperty(Object(at(data, 'data')), 'resolved')),
    broken(isCommand, without('data')),
    broken(isCommand, without('member')),
    broken(isCommand, without('entitlements')),
    broken(isCommand, without('id')),
    broken(isPress, without('message')),
    broken(ofEvent(GatewayDispatchEvents.GuildCreate), data => Reflect.set(data, 'name', null)),
    broken(isForBot, without('content')),
  ];
  for (const packet of packets) playground.faults.sendPacket(packet);
  await isAnswering();
  const lines = running
    .logged()
    .slice(before)
    .split('\n')
    .filter(line => line.includes('Dropped a packet'));
  const kinds = lines.map(line => {
    const { event, interaction } = JSON.parse(line);
    return interaction ?? event;
  });
  expect(kinds).toEqual([
    'ApplicationCommand',
    'ModalSubmit',
    'ModalSubmit',
    ...Array.from({ length: 5 }, () => 'ApplicationCommand'),
    'MessageComponent',
    'GUILD_CREATE',
    'MESSAGE_CREATE',
  ]);
  expect(lines.join()).not.toContain('Ration packs');
});

test('the bot goes on and answers others, whatever is missing or wrong in packets', async () => {
  // 5,000 changes.
  const mutated = fc.record({ which: fc.nat(10_000), changes: fc.array(change, { minLength: 1, maxLength: 3 }) });
  const all = fc.sample(mutated, times(2500));
  await isAnswering();
  for (let from = 0; from < all.length; from += atOnce) {
    for (const { which, changes } of all.slice(from, from + atOnce)) {
      const original = recorded[which % recorded.length];
      if (original === undefined) continue;
      const packet = structuredClone(renewed(original));
      for (const { where, to } of changes) mutate(packet.d, where, to);
      playground.faults.sendPacket(packet);
    }
    await isAnswering();
  }
});
