import { expect, test } from 'vitest';
import { completeMention, encodeMentions, suggestMentions } from '../../playground/page/composer/mention.ts';
import type { User } from '../../playground/page/discord.ts';

const ada: User = { id: '1', username: 'ada', global_name: 'Ada' };
const adam: User = { id: '2', username: 'adam', global_name: 'Ada M.' };
const bot: User = { id: '3', username: 'Verbatim', global_name: null, bot: true };
const people = [bot, ada, adam];

test.each([
  ['@', people],
  ['hello @a', [ada, adam]],
  ['@Verb', [bot]],
  ['@x', []],
  ['mail me@ada', []],
  ['@Ada ', []],
  ['hello', []],
])('%s: who is suggested', (text, suggested) => {
  expect(suggestMentions(text, people)).toEqual(suggested);
});

test('a suggestion completes the name, which is sent as a mention, the longest first', () => {
  expect(completeMention('hello @ve', bot)).toBe('hello @Verbatim ');
  expect(encodeMentions('@verbatim, @Ada M. and @Ada say hi to @Adamant and a@b', people)).toBe(
    '<@3>, <@2> and <@1> say hi to @Adamant and a@b',
  );
});
