import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Libraries, openLibraries } from '../../src/library/libraries.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import { attributeHere } from '../library/attribute-here.ts';
import { makeDatabase } from '../postgres/database.ts';
import { linesOf, type Outcome, outcomeOf, startCommand } from './commands.ts';

let database = '';
let folder = '';
beforeEach(async () => {
  database = await makeDatabase();
  folder = mkdtempSync(join(tmpdir(), 'verbatim-migrate-'));
  mkdirSync(join(folder, 'news'));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Command = 'import' | 'export' | 'migrate';

const inFiles = (dataDir = 'data') => ({ DATA_DIR: dataDir });
const inDatabase = () => ({ DATA_DIR: 'none', DATABASE_URL: database });
const run = (settings: Readonly<Record<string, string>>, command: Command, ...args: readonly string[]) =>
  outcomeOf(startCommand(folder, settings, command, ...args));

async function fill(count: number, ...owner: readonly string[]): Promise<void> {
  writeFileSync(join(folder, 'news', 'a.jsonl'), linesOf(count));
  expect((await run(inFiles(), 'import', ...owner, 'news')).out).toContain(`Added ${count}, `);
}

async function exportsOf(settings: Readonly<Record<string, string>>): Promise<readonly Outcome[]> {
  const outcomes = [];
  for (const owner of ['--server', '--person']) outcomes.push(await run(settings, 'export', owner, '1'));
  return outcomes;
}

/** The server's library, as a bot with these settings has it. */
async function withLibrary<Result>(
  { DATA_DIR }: { readonly DATA_DIR: string },
  use: (library: OpenLibrary, libraries: Libraries) => Promise<Result>,
): Promise<Result> {
  const kept = { folder: join(folder, DATA_DIR, 'libraries'), databaseUrl: undefined };
  const libraries = await openLibraries({
    ...kept,
    seeds: [],
    mostArticles: 100,
    mostOpen: 2,
    attributor: attributeHere,
  });
  const using = libraries.open({ kind: 'server', id: '1' }).then(library => use(library, libraries));
  return await using.finally(() => libraries.close());
}

test('copies all libraries to a database and back, with every word and in their order', {
  timeout: 240_000,
}, async () => {
  await fill(5, '--server', '1');
  await fill(3, '--person', '1');
  // Two versions of one address: the flag that it was updated goes along.
  writeFileSync(
    join(folder, 'news', 'a.jsonl'),
    `${linesOf(1).trim().replace('Rain', 'Hail')}\n{"text":"Half \\ud800 \\u0000."}`,
  );
  expect((await run(inFiles(), 'import', '--server', '1', 'news')).out).toContain('Added 1, updated 1');
  const chosen = { privacy: 'private', language: 'zh-TW', accent: 0 } as const;
  await withLibrary(inFiles(), library => library.choose(chosen));
  const before = await exportsOf(inFiles());
  expect(before.map(({ code }) => code)).toEqual([0, 0]);
  const there = await run(inFiles(), 'migrate', '--to', database);
  // Each has the seed, too.
  expect(there).toEqual({
    out: [
      'person-1: 4 articles, of which 4 were copied just now.',
      'server-1: 7 articles, of which 7 were copied just now.',
      'Both places hold the same 2 libraries with 11 articles.\n',
    ].join('\n'),
    err: '',
    code: 0,
  });
  expect(await exportsOf(inDatabase())).toEqual(before);
  expect(await exportsOf(inFiles())).toEqual(before);
  expect((await run(inDatabase(), 'migrate', '--to', 'back')).out).toContain('the same 2 libraries with 11 articles');
  expect(await exportsOf(inFiles('back'))).toEqual(before);
  expect(await withLibrary(inFiles('back'), (_, libraries) => libraries.choices({ kind: 'server', id: '1' }))).toEqual(
    chosen,
  );
  const again = await run(inFiles(), 'migrate', '--to', database);
  expect(again.out).toContain('server-1: 7 articles, of which 0 were copied just now.');
});

test('leaves a library alone that is there with something else in it, and copies the others', async () => {
  await fill(2, '--server', '1');
  await fill(1, '--person', '1');
  writeFileSync(join(folder, 'news', 'a.jsonl'), '{"text":"Something else."}');
  await run(inDatabase(), 'import', '--server', '1', 'news');
  const [before] = await exportsOf(inDatabase());
  const outcome = await run(inFiles(), 'migrate', '--to', database);
  expect(outcome).toMatchObject({ code: 1, out: expect.stringContaining('person-1: 2 articles') });
  expect(outcome.err).toMatch(
    /^server-1: there is another library of this name already, which was left as it is\. To have this one there, erase/v,
  );
  expect((await exportsOf(inDatabase()))[0]).toEqual(before);
});

test('goes on where it was killed', { timeout: 240_000 }, async () => {
  await fill(30, '--server', '1');
  for (const milliseconds of [900, 1500, 2200]) {
    const migrating = startCommand(folder, inFiles(), 'migrate', '--to', database);
    const outcome = outcomeOf(migrating);
    await setTimeout(milliseconds);
    migrating.kill('SIGKILL');
    await outcome;
  }
  expect((await run(inFiles(), 'migrate', '--to', database)).out).toContain('the same 1 library with 31 articles');
  expect((await exportsOf(inDatabase()))[0]).toEqual((await exportsOf(inFiles()))[0]);
});

test('a place without libraries is not copied, and neither place is made', async () => {
  const outcome = await run(inFiles('nowhere'), 'migrate', '--to', 'there');
  expect(outcome).toMatchObject({ out: '', code: 1 });
  expect(outcome.err).toContain(
    `There are no libraries in ${join(folder, 'nowhere/libraries')}, so nothing was copied`,
  );
  expect(readdirSync(folder)).toEqual(['news']);
});

test('a file that is damaged is named and left out, and the others are copied', async () => {
  await fill(2, '--server', '1');
  for (const [name, rest] of [
    ['person-5', ''],
    ['server-9', 'rubbish '.repeat(1000)],
  ] as const) {
    writeFileSync(join(folder, `data/libraries/${name}.sqlite`), rest);
  }
  const { code, out, err } = await run(inFiles(), 'migrate', '--to', 'there');
  expect([code, out]).toEqual([1, expect.stringContaining('Both places hold the same 1 library with 3 articles.')]);
  const lines = err.trim().split('\n');
  for (const [number, name] of ['person-5', 'server-9'].entries()) {
    expect(lines[number]).toContain(`data/libraries/${name}.sqlite was left out. This library’s file is damaged`);
  }
});

test('says what is damaged and left behind', async () => {
  await fill(2, '--server', '1');
  const file = new DatabaseSync(join(folder, 'data/libraries/server-1.sqlite'));
  file.exec(`UPDATE texts SET text = '"Rain rose."' WHERE number = 2`);
  file.close();
  expect(await run(inFiles(), 'migrate', '--to', database)).toMatchObject({
    code: 1,
    out: expect.stringContaining('server-1: 2 articles, of which 2 were copied just now, 1 damaged and left behind.'),
  });
});

test('what cannot be done is a sentence, without the password', async () => {
  expect((await run(inFiles(), 'migrate')).err).toMatch(/^npm run migrate -- --to/v);
  for (const [settings, to] of [
    [inFiles(), 'data/'],
    [inDatabase(), database],
  ] as const) {
    expect(await run(settings, 'migrate', '--to', to)).toEqual({
      out: '',
      err: 'The libraries are there already: name another place.\n',
      code: 1,
    });
  }
  for (const to of ['mysql://me:secret@127.0.0.1/none', 'Postgres.old://me:secret@127.0.0.1/none']) {
    const refused = await run(inFiles(), 'migrate', '--to', to);
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('PostgreSQL or in files, not at') });
    expect(refused.err).not.toContain('secret');
  }
  expect(readdirSync(folder)).toEqual(['news']);
  await fill(1, '--server', '1');
  const hidden = await run({ ...inFiles(), TARGET_DATABASE_URL: database }, 'migrate');
  expect(hidden).toMatchObject({ code: 0, out: expect.stringContaining('the same 1 library with 2 articles') });
  const nowhere = await run(inFiles(), 'migrate', '--to', 'postgres://me:secret@127.0.0.1:1/none');
  expect(nowhere).toMatchObject({ code: 1, out: '' });
  expect(nowhere.err.trim().split('\n')).toHaveLength(1);
  expect(nowhere.err).not.toContain('secret');
});
