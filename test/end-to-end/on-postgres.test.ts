import { describe, expect, test } from 'vitest';
import { makeDatabase } from '../postgres/database.ts';
import { startPostgres } from '../postgres/server.ts';
import { buttonsOf, textOf } from '../replies/read-reply.ts';
import { addFile, dam, isEphemeral, listed, messageOf, removeArticle, said } from './article-steps.ts';
import { describeLibrary } from './library-suite.ts';
import { describeOwners } from './owners-suite.ts';
import { expectSettingsKept } from './settings-suite.ts';
import { startVerbatim } from './start-verbatim.ts';

const storage = async () => ({ databaseUrl: await makeDatabase() });

describe('a library in a database', () => {
  describeLibrary(storage);
});

describe('libraries in a database', () => {
  describeOwners(storage);
});

// All that they change in answers is tested with files, and both stores keep them alike.
test('settings in a database survive a restart', async () => await expectSettingsKept(await storage()));

test('kept articles are there after a restart, and earlier buttons still work', async () => {
  const inDatabase = await storage();
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

test('while the database is down, one clear answer; then the next command works', async () => {
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
