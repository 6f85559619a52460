import { Locale } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Playground } from '../../playground/playground.ts';
import { commands } from '../../src/commands/index.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import { StorageError } from '../../src/library/store/errors.ts';
import { message } from '../../src/wording/say.ts';
import { addFile, dam, fileOf, listed, messageOf, said } from '../end-to-end/article-steps.ts';
import { textOf } from '../replies/read-reply.ts';
import { englishIn } from '../wording/english.ts';
import { type StubbedBot, startStubbedBot } from './stubbed-bot.ts';

const full = new StorageError(message('keeping.no-room'), {
  cause: Object.assign(new Error(), { code: 13 }),
});

let bot: StubbedBot;
let playground: Playground;
/** Which operation fails from now on. */
let failing: 'nothing' | 'open' | 'add';

/** Returns a real library whose `add` fails when the test says so. */
function failingToAdd(library: OpenLibrary): OpenLibrary {
  return new Proxy(library, {
    get(target, key) {
      if (key === 'add' && failing === 'add') return () => Promise.reject(full);
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

beforeEach(async () => {
  failing = 'nothing';
  bot = await startStubbedBot(commands, libraries => ({
    async open(owner) {
      if (failing === 'open') throw full;
      return failingToAdd(await libraries.open(owner));
    },
  }));
  ({ playground } = bot);
});
afterEach(() => bot.end());

function failures(): readonly string[] {
  return bot
    .logged()
    .split('\n')
    .filter(line => line.includes('Interaction failed'));
}

test.each([
  [Locale.ChineseTW, '存放文庫的磁碟已滿'],
  [Locale.ChineseCN, '存放文库的磁盘已满'],
])('the user is told in their language if a library can’t be opened: %s', async (locale, words) => {
  failing = 'open';
  const person = playground.personOf({ name: 'Mei', where: 0, isManager: true, locale });
  const answer = await listed(person);
  expect(answer).toContain(words);
  expect(englishIn(answer, [])).toEqual([]);
  await expect.poll(failures).toHaveLength(1);
});

describe('a full disk: one clear answer, one log entry, and the next command works', () => {
  test('while a draft is saved, which stays for another try', async () => {
    const { person } = playground;
    const shown = await messageOf(person.command('article add', {}, { file: fileOf('dam.txt', 'Dam', dam) }));
    failing = 'add';
    expect(textOf(await messageOf(person.press(shown, 'Keep')))).toBe(full.message);
    await expect.poll(failures).toHaveLength(1);
    expect(failures()[0]).toContain('13');
    failing = 'nothing';
    expect(await said(person, 'the dam at Morva will hold')).not.toContain('Ilse Brandt');
    expect(textOf(await messageOf(person.press(shown, 'Keep')))).toContain('Saved: ');
    expect(await said(person, 'the dam at Morva will hold')).toContain('Ilse Brandt');
  });

  test('while a library is opened; help and erasing don’t need it', async () => {
    const { person } = playground;
    failing = 'open';
    expect(await listed(person)).toBe(full.message);
    await expect.poll(failures).toHaveLength(1);
    expect(textOf(await messageOf(person.command('help')))).toContain('/article add');
    const { modal } = await person.command('library erase');
    if (modal === undefined) throw new Error('No form opened');
    expect(JSON.stringify(modal.modal)).toContain('Type this to erase it');
    expect(textOf(await messageOf(person.submit(modal, { words: 'Newsroom' })))).toContain('Everything was erased');
    failing = 'nothing';
    expect(await addFile(person, 'Dam', dam)).toContain('Saved: ');
  });
});
