import { setTimeout as pause } from 'node:timers/promises';
import { type APIMessage, PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Fault } from '../../playground/faults.ts';
import type { Person } from '../../playground/person.ts';
import { APPLICATION_ID } from '../../playground/world/servers.ts';
import { commands } from '../../src/commands/index.ts';
import { StorageError } from '../../src/library/store/errors.ts';
import { DEFAULT_SETTINGS, type LibrarySettings } from '../../src/library/store/library-settings.ts';
import { message, sayIn } from '../../src/wording/say.ts';
import { times } from '../depth.ts';
import { messageOf } from '../end-to-end/article-steps.ts';
import { anyCodePoint, fc } from '../fast-check.ts';
import { textOf } from '../replies/read-reply.ts';
import { openPlayground, startRunningBot } from './running-bot.ts';
import { type StubbedBot, startStubbedBot } from './stubbed-bot.ts';

const mention = `<@${APPLICATION_ID}>`;
const silence = 300;
const patience = 8000;

let bot: StubbedBot;
let settings: () => Promise<LibrarySettings>;
let person: Person;
let count = 0;

beforeAll(async () => {
  bot = await startStubbedBot(commands, () => ({ choices: () => settings() }));
});
afterAll(() => bot.end());
beforeEach(() => {
  settings = () => Promise.resolve(DEFAULT_SETTINGS);
  count += 1;
  person = bot.playground.personOf({ name: `Cy ${count}`, where: 0, isManager: true });
});

/** Returns all answers to a message, once there have been none for a while. */
async function answersTo(asked: APIMessage, asker = person): Promise<readonly APIMessage[]> {
  await Promise.race([asker.answerTo(asked), pause(silence)]);
  await pause(silence);
  return asker.sees().filter(each => each.message_reference?.message_id === asked.id && each.author.bot === true);
}

/** Returns the line of the log about a message; undefined until the bot is done with it. */
function lineOf({ id }: APIMessage): string | undefined {
  const lines = bot.logged().split('\n');
  return lines.find(line => line.includes(`"interaction":"${id}"`));
}

async function textTo(text: string, asker = person, replyTo?: APIMessage): Promise<string> {
  const asked = asker.say(text, [], { replyTo: replyTo?.id });
  return textOf((await Promise.race([asker.answerTo(asked), pause(patience, undefined)])) ?? {});
}

describe('one answer a message', () => {
  test('that is delivered twice', async () => {
    bot.playground.faults.duplicate();
    expect(await answersTo(person.say(`${mention} Sullivan`))).toHaveLength(1);
  });

  test.each<Fault>(['lost', 'closed', 'cut', '500', 'reset', '429'])('if the reply meets %s', async fault => {
    bot.playground.faults.next(fault, { route: 'POST /channels', milliseconds: 50 });
    const asked = person.say(`${mention} Sullivan`);
    await person.answerTo(asked);
    expect(await answersTo(asked)).toHaveLength(1);
  });

  test('after the gateway is lost and resumed', async () => {
    bot.playground.faults.dropSocket();
    expect(await textTo(`${mention} Sullivan`)).toContain('### Jake Sullivan');
  });

  test('with a word on what went wrong, if the library can’t be opened', async () => {
    settings = () => Promise.reject(new StorageError(message('keeping.taken')));
    expect(await textTo(`${mention} Sullivan`)).toBe(sayIn('en')('keeping.taken'));
  });
});

test('the log names the kind of message, and has nothing of what anybody said', async () => {
  const direct = person.alone('direct');
  const asked = person.say(`${mention} Sullivan canary`);
  const answer = await person.answerTo(asked);
  const all = [asked, person.say('who is canary?', [], { replyTo: answer.id }), direct.say('“canary canary canary”')];
  await expect.poll(() => all.map(lineOf).includes(undefined)).toBe(false);
  expect(all.map(each => JSON.parse(lineOf(each) ?? '').command)).toEqual(['mention', 'reply', 'direct message']);
  expect(bot.logged()).not.toContain('canary');
});

describe('where the server’s settings say so', () => {
  const here = () => bot.playground.channels.first(0);

  test.each<[string, () => LibrarySettings['mentions'], boolean]>([
    ['everywhere', () => 'everywhere', true],
    ['in this channel', () => [here()], true],
    ['in others', () => ['1180000000000000099'], false],
    ['nowhere', () => [], false],
  ])('%s', async (_, mentions, isAnswered) => {
    settings = () => Promise.resolve({ ...DEFAULT_SETTINGS, mentions: mentions() });
    expect(await answersTo(person.say(`${mention} hello`))).toHaveLength(isAnswered ? 1 : 0);
    expect(await textTo('hello', person.alone('direct'))).toMatch(/^Hello!/v);
  });

  test('private answers: only how to get one', async () => {
    settings = () => Promise.resolve({ ...DEFAULT_SETTINGS, privacy: 'private' });
    expect(await textTo(`${mention} Sullivan`)).toMatch(/^Answers are private here\. Ask me with <\/ask:\d+>\.$/v);
    expect(await textTo('Sullivan', person.alone('direct'))).toContain('### Jake Sullivan');
  });

  test('in the server’s language', async () => {
    settings = () => Promise.resolve({ ...DEFAULT_SETTINGS, language: 'zh-TW' });
    expect(await textTo(`${mention} hello`)).toMatch(/^您好！/v);
  });
});

describe('a link that isn’t in the library', () => {
  test('has a button to add it, for those with Manage Server', async () => {
    const member = bot.playground.personOf({ name: 'Bo', where: 0, isManager: false });
    const answer = await member.answerTo(member.say(`${mention} http://127.0.0.1:9/a?b=c`));
    expect(textOf(answer)).toBe('That article isn’t in the library yet.\n<http://127.0.0.1:9/a?b=c>');
    const refused = await member.press(answer, 'Add to library');
    expect([textOf(refused.message ?? {}), refused.ephemeral]).toEqual([
      expect.stringContaining('Manage Server'),
      true,
    ]);
    const tried = await person.press(answer, 'Add to library');
    expect([textOf(tried.message ?? {}), tried.ephemeral]).toEqual([expect.stringContaining('can’t be reached'), true]);
  });
});

test.each([
  ['a thread', ['SendMessages', 'ReadMessageHistory'], '**Send Messages in Threads**'],
  ['a thread', ['SendMessagesInThreads', 'ReadMessageHistory'], undefined],
  ['a channel', ['SendMessages', 'ReadMessageHistory'], undefined],
  ['a channel', ['SendMessagesInThreads', 'ReadMessageHistory'], '**Send Messages**'],
  ['a channel', ['SendMessages'], '**Read Message History**'],
] as const)('the help in %s with %j names what the bot lacks there', async (place, allowed, missing) => {
  const { channels } = bot.playground;
  const first = channels.first(0);
  const thread = place === 'a thread' ? channels.add(0, 'thread', first) : undefined;
  const given = allowed.map(name => PermissionFlagsBits[name]).reduce((all, each) => all | each);
  channels.permit(thread ?? first, PermissionFlagsBits.ViewChannel | given);
  const there = bot.playground.personOf({ name: 'Bo', where: 0, isManager: true, ...(thread && { thread }) });
  const text = textOf(await messageOf(there.command('help')));
  if (missing === undefined) expect(text).not.toContain('I can’t answer mentions');
  else expect(text).toContain(`until I’m given ${missing}.`);
  channels.permit(first, (1n << 50n) - 1n);
});

test('a card where the bot may not attach files: what it needs, and other answers go on', async () => {
  const { channels } = bot.playground;
  const channel = channels.first(0);
  const { ViewChannel, SendMessages, ReadMessageHistory, AttachFiles } = PermissionFlagsBits;
  const written = ViewChannel | SendMessages | ReadMessageHistory;
  const card = await messageOf(person.command('card', { words: 'already decided' }));
  channels.permit(channel, written);
  expect(await textTo('make a card', person, card)).toBe(
    'I can’t show pictures in this channel until I’m given **Attach Files**.',
  );
  expect(await textTo(`${mention} hello`)).toMatch(/^Hello!/v);
  channels.permit(channel, written | AttachFiles);
});

describe('a line that nothing was found', () => {
  const nothing = `${mention} how many seals live on the moon?`;
  const isGone = (answer: APIMessage) => !person.sees().some(({ id }) => id === answer.id);

  test('is deleted by whoever asked', async () => {
    const answer = await person.answerTo(person.say(nothing));
    expect(textOf(answer)).toBe('Nothing in this article clearly answers that. No article mentions it.');
    const other = bot.playground.personOf({ name: 'Bo', where: 0, isManager: false });
    expect(textOf(await messageOf(other.press(answer, 'Delete answer')))).toContain('Only the person who asked');
    await person.press(answer, 'Delete answer');
    expect(isGone(answer)).toBe(true);
  });

  test('goes with its question; other answers stay', async () => {
    const [question, other] = [person.say(nothing), person.say(`${mention} Sullivan`)];
    const [line, answer] = [await person.answerTo(question), await person.answerTo(other)];
    person.delete(question);
    person.delete(other);
    await expect.poll(() => isGone(line)).toBe(true);
    expect(isGone(answer)).toBe(false);
  });

  test('goes with its question if a moderator deletes many at once, and Discord has the bot wait', async () => {
    const { id, channel_id } = person.say(nothing);
    const answersThere = () => person.sees().filter(each => each.message_reference?.message_id === id);
    await expect.poll(answersThere).toHaveLength(1);
    bot.playground.faults.next('429', { route: 'DELETE /channels', milliseconds: 50 });
    bot.playground.faults.sendPacket({ t: 'MESSAGE_DELETE_BULK', d: { ids: [id], channel_id } });
    await expect.poll(answersThere).toEqual([]);
  });

  test('isn’t sent if the question is gone before', async () => {
    const { promise, resolve } = Promise.withResolvers<LibrarySettings>();
    settings = () => promise;
    const question = person.say(nothing);
    await pause(50);
    person.delete(question);
    await pause(50);
    const before = person.sees().length;
    resolve(DEFAULT_SETTINGS);
    await pause(silence);
    expect(person.sees()).toHaveLength(before);
  });
});

describe('hostile messages', () => {
  const quoted = (depth: number) => `${'“'.repeat(depth)}they have already decided${'”'.repeat(depth)}`;

  test.each<[string, string]>([
    ['2,000 characters of markup', '**__~~||`>'.repeat(200)],
    ['mentions of everybody', `@here ${'<@&1> <@2> <#3> </help:4> '.repeat(60)}`],
    ['nested quotations', quoted(300)],
    ['quoted lines', '>>> > > > “a” '.repeat(100)],
    ['many links', 'https://a.example/?q='.repeat(80)],
    ['a link with markup', 'https://a.example/)**[x](https://b.example) @everyone'],
    ['one long word', 'a'.repeat(1900)],
    ['spaces', `${' '.repeat(1900)}x`],
    ['questions', 'who said what did who say about '.repeat(55)],
    ['lone surrogates and controls', '\ud800\u202e\0\u2028who said\u200b \udfff?'],
    ['Chinese without end', '誰說了什麼是誰說的'.repeat(200)],
  ])('%s: a safe answer or none, and the command after it is answered', async (_, text) => {
    const direct = person.alone('direct');
    const said = [
      [person, person.say(`${mention} ${text}`.slice(0, 2000))],
      [direct, direct.say(text.slice(0, 2000))],
    ] as const;
    // The bot gets it after them, and Discord doesn't wait long for its answer.
    expect((await person.command('help')).failed).toBeUndefined();
    for (const [asker, asked] of said) {
      // Nothing is logged of messages to everybody, which aren't for the bot.
      if (!asked.mention_everyone) await expect.poll(() => lineOf(asked)).toBeDefined();
      const answer = asker.sees().find(each => each.message_reference?.message_id === asked.id);
      expect(answer?.mentions ?? []).toEqual([]);
      expect(answer?.mention_everyone ?? false).toBe(false);
    }
    expect(bot.playground.refusals.filter(({ code }) => code === 50035)).toEqual([]);
  });

  test('a forwarded message is only checked', async () => {
    const direct = person.alone('direct');
    const forwarded = direct.say('', [], { forwards: person.say(`@everyone ${mention} “they have already decided”`) });
    expect(textOf(await direct.answerTo(forwarded))).toMatch(/^### /v);
  });

  test('any text', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '**',
        '“',
        '”',
        '> ',
        '\n',
        '||',
        'who said ',
        'what did ',
        ' say ',
        'Sullivan',
        'https://a.b/',
        '@here',
        '`',
        '誰說',
        '？',
      ),
      fc.string({ maxLength: 10, unit: anyCodePoint }),
    );
    const texts = fc.sample(fc.array(piece, { minLength: 1, maxLength: 40 }), times(50, 1000));
    for (const [at, pieces] of texts.entries()) {
      const asker = at % 40 === 0 ? bot.playground.personOf({ name: `P${at}`, where: 0, isManager: false }) : person;
      asker.alone('direct').say(pieces.join('').slice(0, 2000));
    }
    expect(
      await textTo('hello', bot.playground.personOf({ name: 'Last', where: 0, isManager: false }).alone('direct')),
    ).toMatch(/^Hello!/v);
    expect(bot.logged()).not.toContain('"result":"failed","answer":"none","error":{"name":"TypeError"');
    expect(bot.playground.refusals.filter(({ code }) => code === 50035)).toEqual([]);
  });
});

describe('without end', () => {
  let playground: Awaited<ReturnType<typeof openPlayground>>;
  beforeAll(async () => {
    playground = await openPlayground();
  });
  afterAll(() => playground.close());

  test('one person’s messages: above the limit, they’re told once', async () => {
    const { bot: own } = await startRunningBot(commands, playground);
    const flooding = playground.personOf({ name: 'Eve', where: 0, isManager: false });
    for (let sent = 0; sent < 60; sent += 1) await textTo(`${mention} hello`, flooding);
    for (let sent = 0; sent < 80; sent += 1) flooding.say(`${mention} hello`);
    const answers = () =>
      flooding
        .sees()
        .filter(({ author }) => author.bot)
        .map(textOf);
    const limit = /^You’ve reached the limit of 60 messages to me in ten minutes\. Try again at <t:\d+:T>\.$/v;
    await expect.poll(() => answers().at(-1), { timeout: 30_000 }).toMatch(limit);
    const before = answers().length;
    await pause(10 * silence);
    expect(answers().slice(before)).toEqual([]);
    // Time goes on, so that a few more are within the limit.
    expect(answers().filter(text => text.startsWith('Hello!')).length).toBeLessThan(65);
    const calm = playground.personOf({ name: 'Bo', where: 0, isManager: false });
    expect(await textTo(`${mention} hello`, calm)).toMatch(/^Hello!/v);
    await own.stop();
  });

  test('messages that wait when the bot is told to stop aren’t reported as too many at once', async () => {
    const { bot: own, logged } = await startRunningBot(commands, playground);
    playground.faults.next('late', { route: 'POST /channels', milliseconds: 1000 });
    for (const words of ['one', 'two', 'three']) playground.person.say(`${mention} ${words}`);
    await expect.poll(() => playground.faults.met).toBe(1);
    await own.stop();
    expect(logged().match(/"result":"(?:answered|expired)"/gv)).toHaveLength(3);
    expect(logged()).not.toContain('Interactions dropped');
  });

  test('with MENTIONS=off, the bot doesn’t ask for messages', async () => {
    const { bot: deaf } = await startRunningBot(commands, playground, undefined, true, undefined, 1, false);
    const asked = playground.person.say(`${mention} hello`);
    expect(await Promise.race([playground.person.answerTo(asked), pause(silence, undefined)])).toBeUndefined();
    const help = textOf(await messageOf(playground.person.command('help')));
    expect(help).toContain('Who said what');
    expect(help).not.toContain('mention me');
    await deaf.stop();
  });
});
