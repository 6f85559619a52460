import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startPlayground } from '../../playground/playground.ts';
import { buttonsOf, textOf } from '../replies/read-reply.ts';
import { addFile, bridge, dam, fileOf, listed, messageOf, removeArticle, said } from './article-steps.ts';
import { startProgram } from './program.ts';
import { anyPort, startVerbatim } from './start-verbatim.ts';

test('a full library says so, and Keep works once there is room', async () => {
  const small = await startVerbatim({ mostArticles: 2 });
  const { person } = small.playground;
  await addFile(person, 'One', dam);
  const shown = await messageOf(person.command('article add', {}, { file: fileOf('two.txt', 'Two', bridge) }));
  const full = await messageOf(person.press(shown, 'Keep'));
  expect(textOf(full)).toContain('The library is full (2 articles)');
  await removeArticle(person, 'One');
  expect(textOf(await messageOf(person.press(full, 'Keep')))).toContain('Saved: ');
  await small.stop();
});

test('a second process on the same folder exits with one sentence; a draft offered by one can be kept in the next, and so can those that follow it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-drafts-'));
  const playground = await startPlayground({ port: anyPort, folder: undefined });
  const { person } = playground;
  const settings = { DISCORD_TOKEN: playground.token, DISCORD_API_URL: playground.apiUrl, DATA_DIR: folder };
  let program = startProgram(settings);
  const replaced = async () => {
    program.signal('SIGTERM');
    expect(await program.ended).toMatchObject({ code: 0 });
    program = startProgram(settings);
    await program.firstLine;
  };
  await program.firstLine;
  const { code, errors } = await startProgram(settings).ended;
  expect(code).toBe(1);
  expect(errors.trim().split('\n')).toHaveLength(1);
  expect(errors).not.toContain('    at ');
  const files = [fileOf('dam.txt', 'Dam', dam), fileOf('bridge.txt', 'Bridge', bridge)];
  const shown = await messageOf(person.use('Add to library', person.say('Read', files)));
  expect(textOf(shown)).toMatch(/\(1 of 2\).+Dam/sv);
  await replaced();
  const second = await messageOf(person.press(shown, 'Keep'));
  expect(textOf(second)).toMatch(/Saved: .+\(2 of 2\).+Bridge/sv);
  await replaced();
  expect(textOf(await messageOf(person.press(second, 'Discard')))).toContain('Discarded: ');
  expect(await said(person, 'the dam at Morva will hold')).toContain('Ilse Brandt');
  expect(await listed(person)).not.toContain('Bridge');
  program.signal('SIGTERM');
  expect(await program.ended).toMatchObject({ code: 0 });
  await playground.close();
  expect(playground.refusals).toEqual([]);
  rmSync(folder, { recursive: true });
}, 120_000);

test('kept articles are there after a restart, and earlier buttons still work', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-restart-'));
  const before = await startVerbatim({ libraryFolder: folder });
  await addFile(before.playground.person, 'Dam', dam);
  const removed = await removeArticle(before.playground.person, 'us-china-rome-meeting');
  await before.stop();
  const after = await startVerbatim({ libraryFolder: folder });
  const { person } = after.playground;
  expect(await said(person, 'the dam at Morva will hold')).toContain('Ilse Brandt');
  const shown = await messageOf(person.command('article list'));
  expect(textOf(shown)).toContain('1 article in');
  await person.forge(buttonsOf(removed)[0]?.custom_id ?? '', shown);
  expect(await listed(person)).toContain('2 articles');
  await after.stop();
  rmSync(folder, { recursive: true });
});
