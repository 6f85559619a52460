import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLibraries } from '../../src/library/libraries.ts';
import { StorageError } from '../../src/library/store/errors.ts';
import { findTerms } from '../../src/library/store/terms.ts';
import { times } from '../depth.ts';
import { attributeHere } from './attribute-in-process.ts';
import { longTextOf, metadataOf, server, textOf } from './numbered-texts.ts';
import { holds, startAdding } from './start-adding.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-kills-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The folder of libraries of an import whose data folder is `folder`. */
const data = () => join(folder, 'libraries');

/** It may have ended before anybody waits for its end. */
function startImport(path: string) {
  const script = join(import.meta.dirname, '../../src/terminal/import.ts');
  const env = { ...process.env, DATA_DIR: folder };
  const child = spawn(process.execPath, [script, '--server', server.id, '--create', path], {
    cwd: folder,
    env,
    stdio: 'ignore',
  });
  const closed = once(child, 'close');
  const reaches = (articles: number) => holds(join(data(), `server-${server.id}.sqlite`), articles);
  return { kill: () => child.kill('SIGKILL'), closed, reaches };
}

const settings = () => ({
  folder,
  databaseUrl: undefined,
  seeds: [],
  mostArticles: 100_000,
  mostOpen: 2,
  attributor: attributeHere,
});

/** Returns the numbers of the articles in the library, expecting each to be complete. */
async function numbersKept(where = folder, written = textOf): Promise<Set<number>> {
  const libraries = await openLibraries({
    ...settings(),
    folder: where,
    report: sentence => expect.unreachable(sentence),
  });
  const library = await libraries.open(server);
  await library.remove('us-china-rome-meeting');
  const ids = (await library.newest(0, 100_000)).map(({ id }) => id);
  expect(ids).toHaveLength(await library.count());
  const numbers = (await library.articles(ids)).map(({ article, attributions }) => {
    const number = Number(article.title.replace('Of ', ''));
    expect(article).toMatchObject({ ...metadataOf(number), text: written(number) });
    expect(attributions.length).toBeGreaterThan(0);
    return number;
  });
  const terms = await library.read(findTerms, 'text', numbers.map(String), []);
  await libraries.close();
  expect(new Set(terms.map(({ term }) => Number(term)))).toEqual(new Set(numbers));
  expect(numbers).toHaveLength(ids.length);
  return new Set(numbers);
}

function checkFile(where = folder): void {
  const database = new DatabaseSync(join(where, `server-${server.id}.sqlite`));
  expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  for (const halves of [
    'articles LEFT JOIN derived USING (number) LEFT JOIN texts USING (number) WHERE derived IS NULL OR text IS NULL',
    'articles WHERE removed_at IS NULL AND number NOT IN (SELECT number >> 20 FROM units)',
    'units WHERE number >> 20 NOT IN (SELECT number FROM articles WHERE removed_at IS NULL)',
  ]) {
    expect(database.prepare(`SELECT count(*) AS halves FROM ${halves}`).get()).toEqual({ halves: 0 });
  }
  database.exec("INSERT INTO unit_words (unit_words) VALUES ('integrity-check')");
  database.close();
}

const numbersIn = (told: readonly string[], what: string) =>
  told.filter(line => line.startsWith(what)).map(line => Number(line.slice(what.length)));

test('kills while articles are added: what was acknowledged is there, and nothing partial', async () => {
  const acknowledged = new Set<number>();
  const rounds = times(3, 12);
  for (let round = 0; round < rounds; round += 1) {
    const adding = startAdding(folder, round * 1000);
    // Later in each round: during opening, adding, removing.
    await adding.tells(1 + (24 / rounds) * round);
    await adding.kill();
    for (const number of numbersIn(adding.told, 'added')) acknowledged.add(number);
    for (const number of numbersIn(adding.told, 'removed')) acknowledged.delete(number);
    const kept = await numbersKept();
    expect([...acknowledged].filter(number => !kept.has(number) && number % 5 !== 0)).toEqual([]);
    expect(numbersIn(adding.told, 'removed').filter(number => kept.has(number))).toEqual([]);
    checkFile();
  }
  expect(acknowledged.size).toBeGreaterThan(3 * rounds);
});

test('kills while long articles are added and removed in threads', async () => {
  const acknowledged = new Set<number>();
  const rounds = times(3, 6);
  for (let round = 0; round < rounds; round += 1) {
    const kill = (6 / rounds) * round;
    // Higher than the numbers of roofs, which every text contains.
    const adding = startAdding(folder, (round + 1) * 1000, undefined, ['long']);
    await adding.tells(1 + kill);
    await setTimeout(kill * 40);
    await adding.kill();
    for (const number of numbersIn(adding.told, 'added')) acknowledged.add(number);
    for (const number of numbersIn(adding.told, 'removed')) acknowledged.delete(number);
    const kept = await numbersKept(folder, longTextOf);
    expect([...acknowledged].filter(number => !kept.has(number) && number % 5 !== 0)).toEqual([]);
    expect(numbersIn(adding.told, 'removed').filter(number => kept.has(number))).toEqual([]);
    checkFile();
  }
  expect(acknowledged.size).toBeGreaterThan(0);
});

/** Returns a text that is attributed and made ready for `/ask` quickly. */
const shortTextOf = (number: number) => `“Rain fell on ${number},” said Ann Lee.`;

test('kills while articles are imported: it resumes, and nothing is partial or there twice', async () => {
  const path = join(folder, 'news.jsonl');
  const rounds = times(2, 8);
  const numbers = Array.from({ length: rounds * 16 }, (_, number) => number);
  writeFileSync(
    path,
    numbers.map(number => JSON.stringify({ ...metadataOf(number), text: shortTextOf(number) })).join('\n'),
  );
  const counts = [];
  for (let round = 0; round < rounds; round += 1) {
    const importing = startImport(path);
    await importing.reaches(1 + round * 14);
    importing.kill();
    await importing.closed;
    counts.push((await numbersKept(data(), shortTextOf)).size);
    checkFile(data());
  }
  expect(counts).toEqual(counts.toSorted((one, other) => one - other));
  await startImport(path).closed;
  expect([...(await numbersKept(data(), shortTextOf))].sort((one, other) => one - other)).toEqual(numbers);
  checkFile(data());
});

test('a second process on the folder is refused in one sentence until the first is gone, however it ended', async () => {
  const adding = startAdding(folder, 0);
  await adding.tells(1);
  await expect(openLibraries(settings())).rejects.toThrow(StorageError);
  await expect(openLibraries(settings())).rejects.toThrow(
    `Another process has the libraries in ${folder} open (SQLITE_BUSY). Stop it first.`,
  );
  await adding.kill();
  const libraries = await openLibraries(settings());
  const second = startAdding(folder, 0);
  await second.ended();
  expect(second.told).toEqual([
    `refused: Another process has the libraries in ${folder} open (SQLITE_BUSY). Stop it first.`,
  ]);
  await libraries.close();
});

test('a full disk gives one sentence, and leaves nothing partial', async () => {
  const adding = startAdding(folder, 1, 1500);
  await adding.ended();
  expect(adding.told.at(-1)).toMatch(/^refused: .*(?:room|disk).*\.$/v);
  const kept = await numbersKept();
  expect(numbersIn(adding.told, 'added').length).toBeGreaterThan(0);
  for (const number of numbersIn(adding.told, 'added')) expect(kept.has(number) || number % 5 === 0).toBe(true);
  checkFile();
});
