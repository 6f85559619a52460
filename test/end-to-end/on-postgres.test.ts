import { describe, expect, test } from 'vitest';
import { makeDatabase } from '../postgres/database.ts';
import { startPostgres } from '../postgres/server.ts';
import { buttonsOf, textOf } from '../replies/check.ts';
import { addFile, dam, isEphemeral, listed, messageOf, removeArticle, said } from './librarian.ts';
import { describeLibrary } from './library-walk.ts';
import { describeOwners } from './owners-walk.ts';
import { describeSettings, expectKept } from './settings-walk.ts';
import { startVerbatim } from './verbatim.ts';

const shelf = async () => ({ databaseUrl: await makeDatabase() });

describe('a library in a database', () => {
  describeLibrary(shelf);
});

describe('libraries in a database', () => {
  describeOwners(shelf);
});

describe('settings in a database', () => {
  describeSettings(shelf);

  test('stay through a restart', async () => await expectKept(await shelf()));
});

test('what was kept is there after a restart, and buttons of before still work', async () => {
  const inDatabase = await shelf();
  const before = await startVerbatim(inDatabase);
  await addFile(before.playground.person, 'Dam', dam);
  const removed = await removeArticle(before.playground.person, 'us-china-rome-meeting');
  await before.stop();
  const after = await startVerbatim(inDatabase);
  const { person } = after.playground;
  expect(await said(person, 'the dam at Morva will hold')).toContain('Ilse Brandt');
  const shown = await messageOf(person.command('article list'));
  await person.forge(buttonsOf(removed)[0]?.custom_id ?? '', shown);
  expect(await listed(person)).toContain('2 articles');
  await after.stop();
});

test('a database that is away for a while: one clear answer to the person, and then the next command works', async () => {
  const server = await startPostgres();
  const verbatim = await startVerbatim({ databaseUrl: server.url });
  const { person } = verbatim.playground;
  await addFile(person, 'Dam', dam);
  await server.halt();
  const { message } = await person.command('quote', { words: 'the dam at Morva will hold', private: true });
  const told = () => textOf(person.sees().at(-1) ?? {});
  await expect.poll(told, { timeout: 20_000 }).toMatch(/database/iv);
  expect(message === undefined || isEphemeral(message)).toBe(true);
  await server.start();
  expect(await said(person, 'the dam at Morva will hold')).toContain('Ilse Brandt');
  await verbatim.stop();
  await server.stop();
}, 60_000);
