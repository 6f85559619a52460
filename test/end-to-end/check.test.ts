import type { APIMessage } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import { textOf } from '../replies/check.ts';
import { isEphemeral, messageOf } from './librarian.ts';
import { startVerbatim, type Verbatim } from './verbatim.ts';

let verbatim: Verbatim;
let person: Person;
beforeAll(async () => {
  verbatim = await startVerbatim();
  person = verbatim.playground.person;
});
afterAll(() => verbatim.stop());

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
    ['they underscored that today. It was an intense seven-hour session', {}, '### Stitched'],
    ['I suppose it depends on how you define success', { speaker: 'Joe Biden' }, '### Right words, wrong name'],
    ['“I suppose it depends on how you define success” — Joe Biden', {}, '### Right words, wrong name'],
    ['The US delegation in Rome had not expected the Chinese diplomats', {}, '### In the article’s own voice'],
    ['Ask not what your country can do for you', {}, '### Not found here'],
  ])('%s %o: %s', async (words, options, heading) => {
    const message = await messageOf(person.command('check', { words, ...options }));
    expect(headingsOf(message)).toEqual([heading]);
    expect(isEphemeral(message)).toBe(false);
    if (heading !== '### Not found here') expect(textOf(message)).toContain('¶');
  });

  test('for the one who asks alone, and with completion', async () => {
    const words = 'I suppose it depends on how you define success';
    expect(isEphemeral(await messageOf(person.command('check', { words, private: true })))).toBe(true);
    const speakers = await person.autocomplete('check', 'speaker', 'sul', { words });
    expect(speakers.map(({ name }) => name)).toContain('Jake Sullivan');
  });
});

describe('Apps > Check quote', () => {
  test('checks what a message quotes, one by one, for whoever asks alone', async () => {
    const said = person.say(
      'He said “I suppose it depends on how you define success”, and Joe Biden: "This meeting was about negotiating specific issues"',
    );
    const message = await messageOf(person.use('Check quote', said));
    expect(isEphemeral(message)).toBe(true);
    expect(headingsOf(message)).toEqual(['### 1. Exact', '### 2. Altered']);
    expect(textOf(message)).toContain('This meeting was ~~not~~ about negotiating');
  });

  test('a quoted block, and a mention that reaches nobody', async () => {
    const said = person.say('look <@1> @everyone\n> they don’t share @everyone common systems\n— the official');
    const message = await messageOf(person.use('Check quote', said));
    expect(headingsOf(message)).toEqual(['### Altered']);
    expect(textOf(message)).toContain('everyone**');
    expect(message.mentions).toEqual([]);
    expect(message.mention_everyone).toBe(false);
  });

  test('a message without words says what to do', async () => {
    expect(textOf(await messageOf(person.use('Check quote', person.say('<@1>'))))).toContain('no words to check');
  });
});
