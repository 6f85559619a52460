import { describe, expect, test } from 'vitest';
import { leavesOf, nest, readTyped, splitOptions, suggestLeaves } from '../../playground/page/composer/command.ts';
import type { Command, CommandOption } from '../../playground/page/discord.ts';
import { localise, nearest } from '../../playground/page/localise.ts';

const words: CommandOption = { type: 3, name: 'words', description: 'What was said', required: true };
const speaker: CommandOption = { type: 3, name: 'speaker', description: 'Who said it' };
const isPrivate: CommandOption = { type: 5, name: 'private', description: 'For you alone' };
const said: CommandOption = { type: 1, name: 'said', description: 'Who said it', options: [words] };
const is: CommandOption = { type: 1, name: 'is', description: 'Who that is', options: [speaker] };
const commands: readonly Command[] = [
  { id: '1', name: 'quote', description: 'Find words', options: [words, speaker, isPrivate] },
  { id: '2', name: 'who', description: 'Who', options: [said, is] },
  { id: '3', type: 3, name: 'Check this', description: '' },
];
const leaves = leavesOf(commands);

test('lists subcommands as commands, and leaves out message commands', () => {
  expect(leaves.map(({ path, description }) => `${path}: ${description}`)).toEqual([
    'quote: Find words',
    'who said: Who said it',
    'who is: Who that is',
  ]);
});

test('typing filters: prefixes first, then other matches', () => {
  expect(suggestLeaves(leaves, 'who s').map(({ path }) => path)).toEqual(['who said']);
  expect(suggestLeaves(leaves, 'o').map(({ path }) => path)).toEqual(['quote', 'who said', 'who is']);
  expect(suggestLeaves(leaves, 'said').map(({ path }) => path)).toEqual(['who said']);
  expect(suggestLeaves(leaves, 'x')).toEqual([]);
});

describe('a whole command can be typed', () => {
  test.each([
    ['/quote words:open lines', 'quote', { words: 'open lines' }],
    ['/quote open lines speaker:Xi private:true', 'quote', { words: 'open lines', speaker: 'Xi', private: 'true' }],
    ['/quote speaker:Xi words:he said: we', 'quote', { speaker: 'Xi', words: 'he said: we' }],
    ['/who said words:already', 'who said', { words: 'already' }],
    ['/quote ', 'quote', {}],
    ['/quote words:', 'quote', { words: '' }],
  ])('%s', (text, path, texts) => {
    const typed = readTyped(leaves, text);
    expect(typed?.leaf.path).toBe(path);
    expect(Object.fromEntries(typed?.texts ?? [])).toEqual(texts);
  });

  test.each(['/quote', '/who ', '/quotes a', 'quote words:a', '/'])('%j is not a command yet', text => {
    expect(readTyped(leaves, text)).toBeUndefined();
  });

  test('takes a colon without an option name as part of the text', () => {
    expect(Object.fromEntries(splitOptions([words, speaker], 'at 10:30 http://a speaker:b'))).toEqual({
      words: 'at 10:30 http://a',
      speaker: 'b',
    });
  });
});

describe('sends values as Discord would', () => {
  test('inside their subcommand', () => {
    const leaf = leaves.find(({ path }) => path === 'who said');
    const value = { type: 3, name: 'words', value: 'a' };
    expect(leaf && nest(leaf, [value])).toEqual([{ type: 1, name: 'said', options: [value] }]);
  });
});

describe('in another language', () => {
  const named = (option: CommandOption, name: string, description: string): CommandOption => ({
    ...option,
    name_localizations: { 'zh-TW': name },
    description_localizations: { 'zh-TW': description },
  });
  const length: CommandOption = {
    ...named(speaker, '篇幅', '多長'),
    name: 'length',
    choices: [{ name: 'short', name_localizations: { 'zh-TW': '短' }, value: 'short' }],
  };
  const who: Command = {
    id: '2',
    name: 'who',
    name_localizations: { 'zh-TW': '誰' },
    description: 'Who',
    options: [{ ...named(said, '說過', '是誰說的'), options: [named(words, '字句', '說了什麼'), length] }],
  };
  const [leaf] = leavesOf([localise(who, 'zh-TW')]);

  test('shows translated names and descriptions of commands, options and choices', () => {
    expect(leaf).toMatchObject({ path: '誰 說過', original: 'who said', description: '是誰說的' });
    expect(leaf?.options.map(({ name, description }) => `${name}: ${description}`)).toEqual([
      '字句: 說了什麼',
      '篇幅: 多長',
    ]);
    expect(leaf?.options[1]?.choices).toMatchObject([{ name: '短', value: 'short' }]);
  });

  test('shows the original name if there is no translation', () => {
    const [english] = leavesOf([localise(who, 'zh-CN')]);
    expect(english).toMatchObject({ path: 'who said', original: 'who said', description: 'Who said it' });
  });

  test.each([
    ['/誰 說過 字句:open 篇幅:短', { 字句: 'open', 篇幅: '短' }],
    ['/who said words:open 篇幅:短', { 字句: 'open', 篇幅: '短' }],
    ['/who said open', { 字句: 'open' }],
  ])('%s is understood, and so is English', (text, texts) => {
    const typed = readTyped(leaf ? [leaf] : [], text);
    expect(Object.fromEntries(typed?.texts ?? [])).toEqual(texts);
  });

  test('finds either name', () => {
    for (const typed of ['誰', '說', 'who', 'said']) expect(suggestLeaves(leaf ? [leaf] : [], typed)).toEqual([leaf]);
    expect(suggestLeaves(leaf ? [leaf] : [], '引')).toEqual([]);
  });

  test('sends Discord’s original names', () => {
    const value = { type: 3, name: 'words', value: 'a' };
    expect(leaf && nest(leaf, [value])).toEqual([{ type: 1, name: 'said', options: [value] }]);
  });

  test.each([
    ['en-GB', 'en-US'],
    ['de', 'en-US'],
    ['zh-TW', 'zh-TW'],
    ['zh-Hant-HK', 'zh-TW'],
    ['zh-CN', 'zh-CN'],
    ['zh', 'zh-CN'],
  ])('a browser in %s starts in %s', (tag, language) => {
    expect(nearest(tag)).toBe(language);
  });
});
