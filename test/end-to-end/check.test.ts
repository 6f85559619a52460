import { type APIContainerComponent, type APIMessage, ComponentType } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import { startPlayground } from '../../playground/playground.ts';
import { commands } from '../../src/commands/index.ts';
import { ACCENTS } from '../../src/replies/reply.ts';
import { startRunningBot } from '../discord/running-bot.ts';
import { openTestLibraries } from '../library/test-libraries.ts';
import { buttonsOf, idOf, labelsIn, textOf } from '../replies/read-reply.ts';
import { isEphemeral, messageOf } from './article-steps.ts';
import { anyPort, startVerbatim, type Verbatim } from './start-verbatim.ts';

let verbatim: Verbatim;
let person: Person;
beforeAll(async () => {
  verbatim = await startVerbatim();
  person = verbatim.playground.person;
});
afterAll(() => verbatim.stop());

function containerOf({ components }: APIMessage): APIContainerComponent {
  const [container] = components ?? [];
  if (container?.type !== ComponentType.Container) throw new Error('There is a container');
  return container;
}

const accentOf = (message: APIMessage) => containerOf(message).accent_color;
/** Returns the texts and separators of a message. */
const textsOf = (message: APIMessage) =>
  containerOf(message).components.flatMap(each =>
    each.type === ComponentType.TextDisplay ? [each.content] : each.type === ComponentType.Separator ? ['---'] : [],
  );

function headingsOf(message: APIMessage): string[] {
  return textOf(message)
    .split('\n')
    .filter(line => line.startsWith('### '));
}

describe('/check', () => {
  test.each([
    ['I suppose it depends on how you define success', {}, '### Exact'],
    ['I guess it depends on how you define success', {}, '### Altered'],
    ['it is important to keep open lines of communication, especially on areas where we disagree', {}, '### Cut'],
    ['they underscored that today. It was an intense seven-hour session', {}, '### Stitched together'],
    ['I suppose it depends on how you define success', { speaker: 'Xi Jinping' }, '### Right words, wrong name'],
    ['“I suppose it depends on how you define success” — Xi Jinping', {}, '### Right words, wrong name'],
    ['The US delegation in Rome had not expected the Chinese diplomats', {}, '### The article’s own words'],
    ['Ask not what your country can do for you', {}, '### Not found here'],
  ])('%s %o: %s', async (words, options, heading) => {
    const message = await messageOf(person.command('check', { words, ...options }));
    expect(headingsOf(message)).toEqual([heading]);
    expect(isEphemeral(message)).toBe(false);
    if (heading !== '### Not found here') expect(textOf(message)).toContain('¶');
  });

  test('is private if requested, with completion', async () => {
    const words = 'I suppose it depends on how you define success';
    expect(isEphemeral(await messageOf(person.command('check', { words, private: true })))).toBe(true);
    const speakers = await person.autocomplete('check', 'speaker', 'sul', { words });
    expect(speakers.map(({ name }) => name)).toContain('Jake Sullivan');
  });
});

describe('Apps > Check quote', () => {
  test('checks each quote in a message, in private', async () => {
    const said = person.say(
      'He said “I suppose it depends on how you define success”, and Joe Biden: "This meeting was about negotiating specific issues"',
    );
    const message = await messageOf(person.use('Check quote', said));
    expect(isEphemeral(message)).toBe(true);
    expect(headingsOf(message)).toEqual(['### 1. Exact', '### 2. Altered']);
    expect(textOf(message)).toContain('This meeting was ~~not~~ about negotiating');
  });

  test('handles a quoted block, and a mention without effect', async () => {
    const said = person.say('look <@1> @everyone\n> they don’t share @everyone common systems\n— the official');
    const message = await messageOf(person.use('Check quote', said));
    expect(headingsOf(message)).toEqual(['### Altered']);
    expect(textOf(message)).toContain('everyone**');
    expect(message.mentions).toEqual([]);
    expect(message.mention_everyone).toBe(false);
  });

  test('explains what to do if a message has no words', async () => {
    expect(textOf(await messageOf(person.use('Check quote', person.say('<@1>'))))).toContain('no quote to check');
  });
});

describe('Share below a private check', () => {
  const altered = 'I guess it depends on how you define success. @everyone';

  test.each([
    ['/check', () => person.command('check', { words: altered, private: true })],
    ['Apps > Check quote', () => person.use('Check quote', person.say(`> ${altered}`))],
  ])('%s: posts for everyone what one person saw, and the person who shared it can delete it', async (_, ask) => {
    const mine = await messageOf(ask());
    const answer = await person.press(mine, 'Share');
    const shared = await messageOf(Promise.resolve(answer));
    expect([answer.updated, answer.ephemeral]).toEqual([false, false]);
    expect(textsOf(shared)).toEqual(textsOf(mine));
    expect(accentOf(shared)).toBe(ACCENTS.likely);
    expect(shared.mention_everyone).toBe(false);
    expect(buttonsOf(shared).map(({ label }) => label)).toEqual(['Delete answer']);
    const other = verbatim.playground.personOf({ name: 'Bo', where: 0, isManager: false });
    expect((await other.press(shared, 'Delete answer')).ephemeral).toBe(true);
    await person.press(shared, 'Delete answer');
    expect(person.sees().map(({ id }) => id)).not.toContain(shared.id);
  });

  test('is missing if everyone sees the check', async () => {
    const message = await messageOf(person.command('check', { words: altered }));
    expect(labelsIn(message)).not.toContain('Share');
    expect(labelsIn(message)).toContain('Delete answer');
  });

  test('forged, shares nothing that isn’t offered', async () => {
    const mine = await messageOf(person.command('check', { words: altered, private: true }));
    const id = idOf(mine, 'Share');
    for (const [forged, under] of [
      [id, await messageOf(person.command('check', { words: altered }))],
      [id, await messageOf(person.command('help'))],
      [id, await messageOf(person.command('quote', { words: 'ration packs', private: true }))],
      [`${id}x`, mine],
    ] as const) {
      const answer = await person.forge(forged, under);
      expect(answer.ephemeral).toBe(true);
      expect(textOf(answer.message ?? {})).toContain('has expired');
    }
  });

  test('on a fabricated message of 31 texts, is refused in a sentence', async () => {
    const mine = await messageOf(person.command('check', { words: altered, private: true }));
    const container = containerOf(mine);
    const text = { type: ComponentType.TextDisplay, content: 'Words.' } as const;
    const texts = Array.from({ length: 31 }, () => text);
    const forged = {
      ...mine,
      id: '1180000000000000099',
      components: [{ ...container, components: [...texts, ...container.components] }],
    };
    const answer = await person.forge(idOf(mine, 'Share'), forged);
    expect(answer.ephemeral).toBe(true);
    expect(textOf(answer.message ?? {})).toContain('has expired');
  });
});

test('a check can be shared after a restart, whatever has changed in the library', async () => {
  const playground = await startPlayground({ port: anyPort, folder: undefined });
  const before = await startRunningBot(commands, playground);
  const mine = await messageOf(playground.person.command('check', { words: 'ration packs', private: true }));
  await before.bot.stop();
  const empty = await openTestLibraries([]);
  const after = await startRunningBot(commands, playground, empty.libraries);
  const shared = await messageOf(playground.person.press(mine, 'Share'));
  expect(textsOf(shared)).toEqual(textsOf(mine));
  expect(isEphemeral(shared)).toBe(false);
  await after.bot.stop();
  await empty.end();
  await playground.close();
});
