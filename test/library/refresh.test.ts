import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Attributor, type Derives, TooSlow } from '../../src/library/attributor.ts';
import { ArticleCache, SettingsCache } from '../../src/library/caches.ts';
import type { LibraryContext } from '../../src/library/context.ts';
import { refresh } from '../../src/library/refresh.ts';
import { findStale, readArticleRows } from '../../src/library/store/articles.ts';
import { putArticle, updateDerived } from '../../src/library/store/changes.ts';
import { VERSIONS } from '../../src/library/store/derived.ts';
import { StorageError } from '../../src/library/store/errors.ts';
import type { Run, RunnableScript } from '../../src/library/store/script.ts';
import { SqliteBackend } from '../../src/library/store/sqlite/backend.ts';
import { SqliteStore } from '../../src/library/store/sqlite/store.ts';
import { buildNews, rowOf } from './rows.ts';

const name = 'server-1';
const number = 40;
const minutes = 600_000;

/** Records which rows were stored again. */
class WatchedStore extends SqliteStore {
  readonly derived: number[] = [];

  override write<Values extends readonly unknown[], Result>(
    script: RunnableScript<Values, Result>,
    ...values: Values
  ): Promise<Result> {
    const [ref]: readonly unknown[] = values;
    if (Object.is(script, updateDerived)) this.derived.push(Number(Reflect.get(Object(ref), 'number')));
    return super.write(script, ...values);
  }
}

let folder: string;
let place: SqliteBackend;
let store: WatchedStore;
let attributor: Derives;
let isOpen = true;
let reported: string[] = [];

const oneProcess = new Attributor({ most: 1, mostForOne: 1 });
afterAll(() => oneProcess.close());

function contextHere(): LibraryContext {
  const unexpected = () => Promise.reject(new Error('Nothing is changed'));
  const claimant = randomUUID();
  return {
    name,
    attributor,
    encoder: undefined,
    mostArticles: number,
    articles: new ArticleCache(1, 1),
    settings: new SettingsCache(() => 0),
    now: () => 0,
    reportDamage: () => undefined,
    report: sentence => reported.push(sentence),
    read: (script, ...values) => store.read(script, ...values),
    write: (script, ...values) => store.write(script, ...values),
    change: unexpected,
    schedule: unexpected,
    countTaken: () => undefined,
    erase: unexpected,
    claim: () => place.claim(name, claimant, minutes),
    release: () => place.release(name, claimant),
    encodeMissing: unexpected,
  };
}

beforeEach(async () => {
  isOpen = true;
  reported = [];
  folder = mkdtempSync(join(tmpdir(), 'verbatim-refresh-'));
  place = new SqliteBackend(folder);
  store = new WatchedStore(join(folder, `${name}.sqlite`), [], undefined);
  attributor = oneProcess;
  for (let at = 0; at < number; at += 1) {
    const old = { ...rowOf(buildNews(`id-${at}`, [`Rain ${at} fell.`])), madeBy: { ...VERSIONS, attribution: 0 } };
    await store.write(putArticle, old, number);
  }
});

afterEach(async () => {
  isOpen = false;
  await store.close();
  await place.close();
  rmSync(folder, { recursive: true });
});

async function staleRows(): Promise<number> {
  return (await store.read(findStale, VERSIONS, 0, number)).length;
}

test('a library opened in two processes has each of its articles derived again once', async () => {
  const reading = [1, 2].map(() => refresh(contextHere(), () => isOpen));
  await Promise.race(reading);
  expect(await staleRows()).toBe(0);
  expect(store.derived).toHaveLength(number);
  expect(new Set(store.derived).size).toBe(number);
});

test('if one closes half-way, another continues at once', async () => {
  const first = refresh(contextHere(), () => store.derived.length < 5);
  await first;
  expect(store.derived).toHaveLength(5);
  await refresh(contextHere(), () => isOpen);
  expect(await staleRows()).toBe(0);
});

test('skips what another process has derived again', async () => {
  await place.claim(name, 'another process', minutes);
  const asked = vi.spyOn(place, 'claim');
  void refresh(contextHere(), () => isOpen);
  await vi.waitUntil(() => asked.mock.results.length > 0);
  await asked.mock.results[0]?.value;
  expect(store.derived).toEqual([]);
  expect(await staleRows()).toBe(number);
});

test('goes on after an outage of the store, which is reported once', async () => {
  const { write, ...context } = contextHere();
  let writes = 0;
  const outage = () => Promise.reject(new StorageError('No room'));
  const failing: Run = (script, ...values) => {
    writes += 1;
    return writes < 8 && writes % 3 === 0 ? outage() : write(script, ...values);
  };
  await refresh({ ...context, write: failing }, () => isOpen, 1);
  expect(await staleRows()).toBe(0);
  expect(store.derived).toHaveLength(number);
  expect(reported).toEqual([`Cannot refresh the articles of ${name}: will retry`]);
});

test.each([
  ['takes too long', new TooSlow()],
  ['ends its process', new Error('The attribution process ended with 1.')],
])('an article that %s keeps its attributions, and the others are derived again', async (_, error) => {
  const [before] = await store.read(readArticleRows, [4]);
  attributor = {
    derive: (owner, text, how) =>
      text.text === 'Rain 3 fell.' && how?.derived === undefined
        ? Promise.reject(error)
        : oneProcess.derive(owner, text, how),
    close: () => oneProcess.close(),
  };
  await refresh(contextHere(), () => isOpen);
  expect(reported).toEqual([`Cannot attribute an article of ${name} with 12 characters`]);
  expect(await staleRows()).toBe(0);
  expect(store.derived).toHaveLength(number);
  const [after] = await store.read(readArticleRows, [4]);
  expect(before).toMatchObject({ text: { text: 'Rain 3 fell.' } });
  expect(after).toMatchObject({ derived: before !== 'damaged' && before?.derived, madeBy: VERSIONS });
});
