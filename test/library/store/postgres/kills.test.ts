import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { countArticles, listNewest } from '../../../../src/library/store/articles.ts';
import { openPostgresBackend } from '../../../../src/library/store/postgres/backend.ts';
import { findTerms } from '../../../../src/library/store/terms.ts';
import { times } from '../../../depth.ts';
import { makeDatabase } from '../../../postgres/database.ts';
import { server as owner } from '../../numbered-texts.ts';
import { startAdding } from '../../start-adding.ts';

const rounds = times(3, 10);

let url = '';
beforeAll(async () => {
  url = await makeDatabase();
});

const numbersIn = (told: readonly string[], what: string) =>
  told.filter(line => line.startsWith(what)).map(line => Number(line.slice(what.length)));

/** Returns the numbers of the articles in the library that are found by their own word. */
async function numbersKept(): Promise<Set<number>> {
  const place = await openPostgresBackend(url);
  const store = await place.open(`server-${owner.id}`, () => Promise.resolve([]));
  const numbers = (await store.read(listNewest, 0, 10_000)).map(({ title }) => Number(title.replace('Of ', '')));
  const terms = await store.read(findTerms, 'text', numbers.map(String), []);
  expect(new Set(terms.map(({ term }) => Number(term)))).toEqual(new Set(numbers));
  expect(await store.read(countArticles)).toBe(numbers.length);
  await place.close();
  return new Set(numbers);
}

const unindexed = 'SELECT number FROM verbatim.articles WHERE removed_at IS NULL';
const halves = [
  `SELECT 1 FROM verbatim.units WHERE number >> 20 NOT IN (${unindexed})`,
  `SELECT 1 FROM verbatim.speakers WHERE number >> 20 NOT IN (${unindexed})`,
  `SELECT 1 FROM (${unindexed}) AS there WHERE number NOT IN (SELECT number >> 20 FROM verbatim.units)`,
  'SELECT 1 FROM verbatim.terms WHERE in_text + in_names = 0',
  'SELECT 1 FROM verbatim.bearers WHERE form NOT IN (SELECT number FROM verbatim.forms)',
  'SELECT 1 FROM verbatim.libraries WHERE units <> (SELECT count(*) FROM verbatim.units)',
];

async function countHalves(): Promise<number> {
  const client = new pg.Client(url);
  await client.connect();
  let count = 0;
  for (const sql of halves) count += (await client.query(sql)).rows.length;
  await client.end();
  return count;
}

test('kills of processes that add to one database, two at a time: what was acknowledged is there, and nothing partial', async () => {
  const acknowledged = new Set<number>();
  for (let round = 0; round < rounds; round += 1) {
    const both = [startAdding(url, round * 2000), startAdding(url, round * 2000 + 1000)];
    // Later in each round: during opening, adding, removing.
    await Promise.all(both.map(adding => adding.tells(1 + Math.floor((20 / rounds) * round))));
    await Promise.all(both.map(adding => adding.kill()));
    const kept = await numbersKept();
    for (const { told } of both) {
      for (const number of numbersIn(told, 'added')) acknowledged.add(number);
      for (const number of numbersIn(told, 'removed')) acknowledged.delete(number);
      expect(numbersIn(told, 'removed').filter(number => kept.has(number))).toEqual([]);
    }
    // For those being removed, it is unknown how far it got.
    expect([...acknowledged].filter(number => !kept.has(number) && number % 5 !== 0)).toEqual([]);
    expect(await countHalves()).toBe(0);
  }
  expect(acknowledged.size).toBeGreaterThan(5 * rounds);
});
