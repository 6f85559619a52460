import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CannotKeep } from '../../src/library/faults.ts';
import { openLibraries } from '../../src/library/libraries.ts';
import { mastheadOf, server, textOf } from './numbered.ts';
import { startAdding } from './process.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-kills-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const settings = () => ({ folder, databaseUrl: undefined, seeds: [], mostArticles: 100_000, mostOpen: 2 });

/** The numbers of the articles that stand in the library, whole. */
async function numbersKept(): Promise<Set<number>> {
  const libraries = await openLibraries({ ...settings(), report: sentence => expect.unreachable(sentence) });
  const library = await libraries.open(server);
  const ids = (await library.newest(0, 100_000)).map(({ id }) => id);
  expect(ids).toHaveLength(await library.count());
  const numbers = (await library.articles(ids)).map(({ article, attributions }) => {
    const number = Number(article.title.replace('Of ', ''));
    expect(article).toMatchObject({ ...mastheadOf(number), text: textOf(number) });
    expect(attributions.length).toBeGreaterThan(0);
    return number;
  });
  await libraries.close();
  expect(numbers).toHaveLength(ids.length);
  return new Set(numbers);
}

function checkFile(): void {
  const database = new DatabaseSync(join(folder, `server-${server.id}.sqlite`));
  expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  const halves = 'SELECT count(*) AS halves FROM articles LEFT JOIN derived USING (number) WHERE derived IS NULL';
  expect(database.prepare(halves).get()).toEqual({ halves: 0 });
  database.close();
}

const numbersIn = (told: readonly string[], what: string) =>
  told.filter(line => line.startsWith(what)).map(line => Number(line.slice(what.length)));

test('20 kills while articles are added: what was acknowledged is there, and nothing by half', {
  timeout: 240_000,
}, async () => {
  const acknowledged = new Set<number>();
  for (let kill = 0; kill < 20; kill += 1) {
    const adding = startAdding(folder, kill * 1000);
    // Later at every kill, so that it strikes everywhere: in opening, in adding, in removing.
    await adding.tells(1 + kill * 2);
    await adding.kill();
    for (const number of numbersIn(adding.told, 'added')) acknowledged.add(number);
    for (const number of numbersIn(adding.told, 'removed')) acknowledged.delete(number);
    const kept = await numbersKept();
    expect([...acknowledged].filter(number => !kept.has(number) && number % 5 !== 0)).toEqual([]);
    expect(numbersIn(adding.told, 'removed').filter(number => kept.has(number))).toEqual([]);
    checkFile();
  }
  expect(acknowledged.size).toBeGreaterThan(50);
});

test('a second process on the folder is refused in one sentence until the first one is gone, however it went', async () => {
  const adding = startAdding(folder, 0);
  await adding.tells(1);
  await expect(openLibraries(settings())).rejects.toThrow(CannotKeep);
  await expect(openLibraries(settings())).rejects.toThrow(
    `Another process keeps its libraries in ${folder}: stop it first.`,
  );
  await adding.kill();
  const libraries = await openLibraries(settings());
  const second = startAdding(folder, 0);
  await second.ended();
  expect(second.told).toEqual([`refused: Another process keeps its libraries in ${folder}: stop it first.`]);
  await libraries.close();
});

test('a disk that takes no more is one sentence, and leaves nothing by half', async () => {
  const adding = startAdding(folder, 1, 1500);
  await adding.ended();
  expect(adding.told.at(-1)).toMatch(/^refused: .*(?:room|disk).*\.$/v);
  const kept = await numbersKept();
  expect(numbersIn(adding.told, 'added').length).toBeGreaterThan(0);
  for (const number of numbersIn(adding.told, 'added')) expect(kept.has(number) || number % 5 === 0).toBe(true);
  checkFile();
});
