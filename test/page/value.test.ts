import { expect, test } from 'vitest';
import { readValue } from '../../playground/page/composer/value.ts';
import type { CommandOption } from '../../playground/page/discord.ts';

const words: CommandOption = { type: 3, name: 'words', description: 'What was said', required: true };
const isPrivate: CommandOption = { type: 5, name: 'private', description: 'For you alone' };
const page: CommandOption = { type: 4, name: 'page', description: '', min_value: 1, max_value: 9 };
const length: CommandOption = {
  ...words,
  choices: [
    { name: 'Short', value: 'short' },
    { name: 'Long', value: 'long' },
  ],
};
const channel: CommandOption = { ...words, type: 7, choices: [{ name: '#general', value: '42' }] };

test.each([
  [words, 'a', undefined, 'a'],
  [words, 'shown', 'kept', 'kept'],
  [isPrivate, 'true', undefined, true],
  [isPrivate, 'False', 'false', false],
  [page, '3', undefined, 3],
  [length, 'short', undefined, 'short'],
  [channel, '#general', undefined, '42'],
  [channel, 'general', undefined, '42'],
])('%o: %j is sent as Discord would', (option, text, chosen, value) => {
  expect(readValue(option, { text, chosen })).toEqual({ kind: 'read', value });
});

test.each([
  [words, ' ', { says: 'fill' }],
  [isPrivate, '', { says: 'fill' }],
  [isPrivate, 'perhaps', { says: 'choose', with: ['True, False'] }],
  [length, 'endless', { says: 'choose', with: ['Short, Long'] }],
  [page, 'three', { says: 'takesWhole' }],
  [page, '3.5', { says: 'takesWhole' }],
  [page, '0', { says: 'least', with: ['1'] }],
  [page, '10', { says: 'most', with: ['9'] }],
  [{ ...words, min_length: 2 }, 'a', { says: 'tooShort', with: ['2'] }],
  [{ ...words, max_length: 2 }, 'abc', { says: 'tooLong', with: ['2', '3'] }],
  [words, 'a'.repeat(6001), { says: 'tooLong', with: ['6000', '6001'] }],
])('%o: %j is rejected with a reason', (option, text, problem) => {
  expect(readValue(option, { text, chosen: undefined })).toEqual({ kind: 'wrong', problem });
});
