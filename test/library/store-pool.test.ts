import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countArticles } from '../../src/library/store/articles.ts';
import { SqliteBackend } from '../../src/library/store/sqlite/backend.ts';
import type { Store } from '../../src/library/store/store.ts';
import { StorePool } from '../../src/library/store-pool.ts';

const minute = 60_000;
const count = (store: Store) => store.read(countArticles);

let folder: string;
let backend: SqliteBackend;
let stores: StorePool;
let now: number;
/** The name of a library each time it is opened. */
let opened: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-open-'));
  backend = new SqliteBackend(folder);
  now = 0;
  opened = [];
  stores = new StorePool({
    backend,
    mostOpen: 2,
    now: () => now,
    seeds: () => Promise.resolve([]),
    onOpen: name => opened.push(name),
    report: sentence => opened.push(sentence),
  });
});

afterEach(async () => {
  await stores.close();
  await backend.close();
  rmSync(folder, { recursive: true });
});

test('a store unused for ten minutes is closed, but none in use', async () => {
  const work = Promise.withResolvers<void>();
  const working = stores.withStore('person-1', () => work.promise);
  now += 10 * minute;
  void stores.closeIdle(10 * minute);
  // While a store is being closed, this would wait for all work on it.
  await stores.withStore('person-1', count);
  work.resolve();
  await working;
  now += 9 * minute;
  await stores.closeIdle(10 * minute);
  await stores.withStore('person-1', count);
  expect(opened).toEqual(['person-1']);
  now += 10 * minute;
  await stores.closeIdle(10 * minute);
  await stores.withStore('person-1', count);
  expect(opened).toEqual(['person-1', 'person-1']);
}, 5000);

test('above the limit, the store unused for longest is closed, but none in use', async () => {
  const work = Promise.withResolvers<void>();
  const working = ['person-1', 'person-2'].map(name => stores.withStore(name, () => work.promise));
  for (const name of ['person-3', 'person-3', 'person-1']) await stores.withStore(name, count);
  expect(opened).toEqual(['person-1', 'person-2', 'person-3']);
  work.resolve();
  await Promise.all(working);
  opened = [];
  for (const name of ['person-3', 'person-1', 'person-2']) await stores.withStore(name, count);
  expect(opened).toEqual(['person-3', 'person-2']);
}, 5000);

test('a library that there isn’t, or that is being erased, isn’t created by whoever wants an existing one', async () => {
  expect(await stores.withExisting('person-1', count)).toBeUndefined();
  await stores.withStore('person-1', count);
  expect(await stores.withExisting('person-1', count)).toBe(0);
  const erase = () => backend.erase('person-1');
  const outcomes = await Promise.all([
    stores.withExisting('person-1', count),
    stores.leave('person-1', erase),
    stores.withExisting('person-1', count),
  ]);
  expect(outcomes).toEqual([undefined, undefined, undefined]);
  expect([opened, await backend.has('person-1')]).toEqual([['person-1'], false]);
});

test('a library that is erased while somebody begins to use it is used first, and doesn’t come back', async () => {
  await stores.withStore('person-1', count);
  const using = stores.withStore('person-1', count);
  await stores.leave('person-1', () => backend.erase('person-1'));
  expect(await using).toBe(0);
  expect([opened, await backend.has('person-1')]).toEqual([['person-1'], false]);
});

test('whoever waits for a store to be erased gets it even if erasing fails', async () => {
  await stores.withStore('person-1', count);
  const erasing = stores.leave('person-1', () => Promise.reject(new Error('the disk failed')));
  const counting = stores.withStore('person-1', count);
  await expect(erasing).rejects.toThrow('the disk failed');
  expect(await counting).toBe(0);
});
