import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import type { Playground } from '../../playground/playground.ts';
import { commands } from '../../src/commands/index.ts';
import { StorageError } from '../../src/library/store/errors.ts';
import { DEFAULT_SETTINGS, type LibrarySettings } from '../../src/library/store/library-settings.ts';
import { message, sayIn } from '../../src/wording/say.ts';
import { textOf } from '../replies/read-reply.ts';
import { late, lateCommand, type StubbedBot, startStubbedBot } from './stubbed-bot.ts';

let bot: StubbedBot;
let playground: Playground;
let other: Person;
/** Reads the settings from now on. */
let read: () => Promise<LibrarySettings>;

beforeEach(async () => {
  bot = await startStubbedBot([...commands, lateCommand('slow', 'as announced')], () => ({ choices: () => read() }));
  ({ playground } = bot);
  other = playground.personOf({ name: 'Bo', where: 0, isManager: false });
});
afterEach(() => bot.end());

const chosen = (privacy: LibrarySettings['privacy']) => ({ ...DEFAULT_SETTINGS, privacy });
const chosenLate = (privacy: LibrarySettings['privacy']) => () => pause(late, chosen(privacy));

/** Returns what the user sees at the end, and everything another user saw meanwhile. */
async function watch(path: string, options: { private?: boolean }): Promise<{ mine: string[]; theirs: Set<string> }> {
  const theirs = new Set<string>();
  const look = () => {
    for (const message of other.sees()) theirs.add(textOf(message));
  };
  const watching = setInterval(look, 10);
  await playground.person.command(path, options);
  const mine = () => playground.person.sees().map(textOf);
  await expect.poll(mine, { timeout: 8000 }).toEqual([expect.stringMatching(/./v)]);
  look();
  clearInterval(watching);
  return { mine: mine(), theirs };
}

test('a slow answer shows others not even a “thinking” message if the library’s answers are private', async () => {
  read = () => Promise.resolve(chosen('private'));
  const { mine, theirs } = await watch('slow', {});
  expect([mine, [...theirs]]).toEqual([['Late'], []]);
});

test('until the settings are known, others see no “thinking” message', async () => {
  read = chosenLate('private');
  const { mine, theirs } = await watch('random', {});
  expect([mine.length, [...theirs]]).toEqual([1, []]);
});

test('an answer that turns out to be public is shown to all, once', async () => {
  read = chosenLate('public');
  const { mine, theirs } = await watch('random', {});
  expect([...theirs]).toEqual(mine);
});

test('the option of a command takes effect at once', async () => {
  read = chosenLate('private');
  const { mine, theirs } = await watch('random', { private: false });
  // First the “thinking” message.
  expect([...theirs]).toEqual(['', ...mine]);
});

test('a press on Add to library is answered however long the settings take', async () => {
  read = () => Promise.resolve(chosen('public'));
  const { message } = await playground.person.command('quote', { words: 'https://news.example/dam' });
  if (message === undefined) throw new Error('The link is unknown');
  read = () => pause(3500, chosen('public'));
  expect((await other.press(message, 'Add to library')).failed).toBeUndefined();
  await expect.poll(() => other.sees().map(textOf).join('\n'), { timeout: 8000 }).toContain('Manage Server');
});

test('if settings can’t be read, help and forms still work, and other commands say what’s wrong', async () => {
  read = () => Promise.reject(new StorageError(message('keeping.taken')));
  expect(textOf((await playground.person.command('help')).message ?? {})).toContain('Who said what');
  expect((await playground.person.command('article add')).modal).toBeDefined();
  const answer = await playground.person.command('random');
  expect([textOf(answer.message ?? {}), answer.ephemeral]).toEqual([sayIn('en')('keeping.taken'), true]);
});

test('if settings are never read, help and forms come in time', async () => {
  read = () => new Promise(() => undefined);
  expect(textOf((await playground.person.command('help')).message ?? {})).toContain('Who said what');
  expect((await playground.person.command('article add')).modal).toBeDefined();
});
