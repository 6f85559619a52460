import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Person } from '../../playground/person.ts';
import { type Playground, startPlayground } from '../../playground/playground.ts';
import { makeDatabase } from '../postgres/database.ts';
import { buttonsOf, textOf } from '../replies/read-reply.ts';
import { runCommand } from '../terminal/commands.ts';
import { addFile, bridge, dam, listed, messageOf, removeArticle, said } from './article-steps.ts';
import { type Program, startProgram } from './program.ts';
import { anyPort } from './start-verbatim.ts';

/** With two shards, the second gets this server's events and the first gets direct messages. */
const onSecond = 0;

let playground: Playground;
let program: Program;
let databaseUrl = '';
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-shared-'));
  databaseUrl = await makeDatabase();
  playground = await startPlayground({ port: anyPort, folder: undefined, shards: 2 });
  const home = { DISCORD_TOKEN: playground.token, DISCORD_API_URL: playground.apiUrl };
  program = startProgram({ ...home, SHARDS: '2', DATABASE_URL: databaseUrl });
  await program.firstLine;
  await vi.waitUntil(() => playground.shards() === 2, { timeout: 30_000 });
}, 120_000);
afterAll(async () => {
  program.signal('SIGTERM');
  expect(await program.ended).toMatchObject({ code: 0, errors: '' });
  await playground.close();
  expect(playground.refusals).toEqual([]);
  rmSync(folder, { recursive: true });
});

/** Returns a user of both processes whose own library is open in each. */
async function onBoth(): Promise<readonly [inDirect: Person, inServer: Person]> {
  const eva = playground.personOf({ name: 'Eva', where: 'direct', isManager: false });
  const both = [eva, eva.alone(onSecond)] as const;
  for (const each of both) expect(await listed(each)).toContain('1 article in');
  return both;
}

async function importInto(owner: readonly string[], text: string): Promise<string> {
  const path = join(folder, 'news.jsonl');
  writeFileSync(path, `${JSON.stringify({ title: 'The mill', url: 'https://news.example/mill', text })}\n`);
  return (await runCommand(folder, { DATABASE_URL: databaseUrl }, 'import', ...owner, path)).out;
}

test('what one process adds, removes and restores, the other sees at once', async () => {
  const [inDirect, inServer] = await onBoth();
  expect(await addFile(inDirect, 'Dam', dam)).toContain('Saved: ');
  expect(await said(inServer, 'the dam at Morva will hold')).toContain('Ilse Brandt');
  expect(await addFile(inServer, 'Bridge', bridge)).toContain('Saved: ');
  expect(await said(inDirect, 'the bridge stays closed until')).toContain('Petra Lind');
  for (const each of [inDirect, inServer]) {
    expect(await listed(each)).toContain('3 articles');
    expect(textOf(await messageOf(each.command('who is', { name: 'Karl Osten' })))).toContain('shopkeepers');
    const offered = await each.autocomplete('who is', 'name', 'tom');
    expect(offered.map(({ name }) => name)).toContain('Tomas Havel');
  }
  const removed = await removeArticle(inServer, 'Dam');
  expect(await said(inDirect, 'the dam at Morva will hold')).not.toContain('Ilse Brandt');
  expect(await listed(inDirect)).toContain('2 articles');
  const shown = await messageOf(inDirect.command('article list'));
  await inDirect.forge(buttonsOf(removed)[0]?.custom_id ?? '', shown);
  expect(await said(inServer, 'the dam at Morva will hold')).toContain('Ilse Brandt');
});

test('an import next to the bot is found at once; new text for an address is shown from then on', async () => {
  const [inDirect, inServer] = await onBoth();
  const owner = ['--person', inDirect.id];
  expect(await importInto(owner, '“The mill opens in spring,” said Olga Marek.')).toContain('Added 1');
  for (const each of [inDirect, inServer]) expect(await said(each, 'the mill opens')).toContain('in spring');
  expect(await importInto(owner, '“The mill opens in autumn,” said Olga Marek.')).toContain('updated 1');
  for (const each of [inDirect, inServer]) expect(await said(each, 'the mill opens')).toContain('in autumn');
});

test('what one process erases is gone for the other at once, and new articles are never taken for old ones', async () => {
  const [inDirect, inServer] = await onBoth();
  const owner = ['--person', inDirect.id];
  await importInto(owner, '“The mill opens in spring,” said Olga Marek.');
  expect(await said(inServer, 'the mill opens')).toContain('in spring');
  const { modal } = await inDirect.command('library erase');
  if (modal === undefined) throw new Error('No form opened');
  expect(textOf(await messageOf(inDirect.submit(modal, { words: 'my library' })))).toContain('Everything was erased');
  // Again, so that the articles of the new library have the numbers of the erased ones.
  expect(await listed(inDirect)).toContain('1 article in');
  await importInto(owner, '“The mill opens in winter,” said Olga Marek.');
  for (const each of [inServer, inDirect]) expect(await said(each, 'the mill opens')).toContain('in winter');
});
