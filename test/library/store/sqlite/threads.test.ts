import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { countArticles, findArticleRefs, findRemoved } from '../../../../src/library/store/articles.ts';
import {
  putArticle,
  removeArticle,
  restoreArticle,
  saveVectors,
  updateDerived,
} from '../../../../src/library/store/changes.ts';
import { StorageError } from '../../../../src/library/store/errors.ts';
import { findNearest } from '../../../../src/library/store/index-queries.ts';
import { NO_FILTER } from '../../../../src/library/store/library-index.ts';
import { SqliteBackend } from '../../../../src/library/store/sqlite/backend.ts';
import { SqliteThreads } from '../../../../src/library/store/sqlite/threads.ts';
import type { ArticleRef, NewArticleRow, Store } from '../../../../src/library/store/store.ts';
import { findTerms } from '../../../../src/library/store/terms.ts';
import { countUnits } from '../../../../src/library/store/units.ts';
import { buildNews, rowOf } from '../../rows.ts';
import { wordVector, wordVectors } from '../../word-vectors.ts';

const many = 1000;
/** So many that indexing them takes a thread. */
const lines = 400;
const linesOf = (word: string) => Array.from({ length: lines }, (_, at) => `Line ${at} is ${word} number ${at % 97}.`);
const url = 'https://news.example/long';
const short = rowOf(buildNews('short', [{ who: 'Ann Lee', says: 'Rain fell' }]));
const long = rowOf(buildNews('long', [{ who: 'Ann Lee', says: 'Sun shone' }, ...linesOf('cantankerous')], { url }));
const longer = rowOf(buildNews('longer', [{ who: 'Bo Cho', says: 'Hail fell' }, ...linesOf('quarrelsome')], { url }));

let folder = '';
let place: SqliteBackend;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-threads-'));
  place = new SqliteBackend(folder);
  store = await place.open('server-1', () => Promise.resolve([]));
  await store.write(putArticle, short, many);
});
afterEach(async () => {
  await store.close();
  await place.close();
  rmSync(folder, { recursive: true });
});

const fileOf = () => new DatabaseSync(join(folder, 'server-1.sqlite'));

/** Returns the answer to one query: all of it is of one moment. */
async function snapshot(): Promise<string> {
  const terms = await store.read(findTerms, 'text', ['cantankerous', 'quarrelsome', 'rain'], []);
  const found = terms.map(({ term, frequency }) => `${term} ${frequency}`);
  return found.sort().join(', ');
}

async function look(): Promise<string> {
  return [await store.read(countArticles), await store.read(countUnits), await snapshot()].join(', ');
}

/** Returns every distinct state that was seen while something was done. */
async function snapshotsWhile(done: Promise<unknown>): Promise<string[]> {
  let isDone = false;
  const settled = done.finally(() => {
    isDone = true;
  });
  const seen = new Set<string>();
  while (true) {
    await setImmediate();
    if (isDone) break;
    seen.add(await snapshot());
  }
  await settled;
  return [...seen];
}

async function pointerTo(row: NewArticleRow): Promise<ArticleRef> {
  const put = await store.write(putArticle, row, many);
  if (put.kind === 'full') throw new Error('full');
  return put.ref;
}

const nothingLong = '1, 1, rain 1';
const withLong = `2, ${lines + 2}, cantankerous ${lines}, rain 1`;
const withLonger = `2, ${lines + 2}, quarrelsome ${lines}, rain 1`;

test('a long article is seen as it was until it is complete, through all changes to it', async () => {
  const steps: readonly (readonly [() => Promise<unknown>, string])[] = [
    [() => store.write(putArticle, long, many), withLong],
    [() => store.write(putArticle, longer, many), withLonger],
    [() => store.write(removeArticle, 'long', 5), nothingLong],
    [async () => store.write(restoreArticle, await removed(), longer, many), withLonger],
    [async () => store.write(updateDerived, await there(), longer), withLonger],
  ];
  for (const [take, after] of steps) {
    const before = await snapshot();
    const seen = await snapshotsWhile(take());
    // A commit may be visible just before it is acknowledged.
    expect(seen).toContain(before);
    expect(await look()).toBe(after);
    expect([before, await snapshot()]).toEqual(expect.arrayContaining(seen));
  }
});

async function removed(): Promise<ArticleRef> {
  const pointer = await store.read(findRemoved, 'long', 0);
  if (pointer === undefined) throw new Error('It was not removed.');
  return pointer;
}

async function there(): Promise<ArticleRef> {
  const [pointer] = await store.read(findArticleRefs, { by: 'id', values: ['long'] });
  if (pointer === undefined) throw new Error('It is not there.');
  return pointer;
}

test('others are answered while a large library of an older version is migrated', async () => {
  const noSeeds = () => Promise.resolve([]);
  const file = new DatabaseSync(join(folder, 'server-2.sqlite'));
  file.exec(readFileSync(join(import.meta.dirname, '../../released/0.1.0-library.sql'), 'utf8'));
  file.exec('CREATE TABLE padding (bytes BLOB); INSERT INTO padding VALUES (zeroblob(5000000))');
  file.close();
  const opening = place.open('server-2', noSeeds);
  expect(await snapshotsWhile(opening)).toEqual(['rain 1']);
  const migrated = await opening;
  expect(await migrated.read(countArticles)).toBe(4);
  await migrated.close();
});

test('a large file that is no library is reported as damaged', async () => {
  writeFileSync(join(folder, 'server-3.sqlite'), Buffer.alloc(5_000_000, 'x\0'));
  await expect(place.open('server-3', () => Promise.resolve([]))).rejects.toThrow(StorageError);
});

test('what comes after a long change waits for it', async () => {
  const outcomes = await Promise.all([
    store.write(putArticle, long, many),
    store.write(putArticle, long, many),
    store.write(removeArticle, 'long', 5),
    store.write(putArticle, longer, 2),
    store.write(putArticle, rowOf(buildNews('third', ['One more.'])), 2),
  ]);
  expect(outcomes).toMatchObject([{ kind: 'added' }, { kind: 'same' }, true, { kind: 'added' }, { kind: 'full' }]);
  expect(await look()).toBe(withLonger);
  const last = store.write(putArticle, long, many);
  await store.close();
  expect(await last).toMatchObject({ kind: 'updated' });
  store = await place.open('server-1', () => Promise.reject(new Error('a library needs no seeds')));
  expect(await look()).toBe(withLong);
});

test('removing a long article leaves nothing of it in the index', async () => {
  const size = () => {
    const database = fileOf();
    database.exec("INSERT INTO unit_words (unit_words) VALUES ('integrity-check')");
    const rows = database.prepare('SELECT sum(length(block)) AS bytes FROM unit_words_data').get();
    const secure = database.prepare("SELECT v FROM unit_words_config WHERE k = 'secure-delete'").get();
    database.close();
    expect(secure).toEqual({ v: 1 });
    return Number(rows?.bytes);
  };
  const before = size();
  await store.write(putArticle, long, many);
  expect(size()).toBeGreaterThan(before + lines);
  await store.write(removeArticle, 'long', 5);
  expect(size()).toBeLessThanOrEqual(before + 100);
  expect(await look()).toBe(nothingLong);
});

test('an outage gives the same sentence as for a short one, and changes nothing', async () => {
  const database = fileOf();
  database.exec('BEGIN IMMEDIATE');
  const taken = /^Another program is using this library, so nothing was changed/v;
  await expect(store.write(putArticle, long, many)).rejects.toThrow(taken);
  await expect(store.write(putArticle, long, many)).rejects.toThrow(StorageError);
  await expect(store.write(putArticle, long, many)).rejects.toMatchObject({ userMessage: { key: 'keeping.taken' } });
  await expect(store.write(putArticle, rowOf(buildNews('third', ['One more.'])), many)).rejects.toThrow(taken);
  database.exec('ROLLBACK');
  database.close();
  expect(await look()).toBe(nothingLong);
  await pointerTo(long);
  expect(await look()).toBe(withLong);
});

test('an impossible change rejects, and the next one is made', async () => {
  const broken = { ...long, counts: { ...long.counts, paragraphs: Number.NaN } };
  await expect(store.write(putArticle, broken, many)).rejects.toThrow(/paragraphs/v);
  expect(await look()).toBe(nothingLong);
  await pointerTo(long);
  expect(await look()).toBe(withLong);
});

test('the log gets SQLite’s error, as for a short change', async () => {
  const database = fileOf();
  database.exec('BEGIN IMMEDIATE');
  const causes = await Promise.all(
    [long, rowOf(buildNews('third', ['One more.']))].map(row =>
      store
        .write(putArticle, row, many)
        .catch((error: unknown) => (error instanceof StorageError ? error.cause : undefined)),
    ),
  );
  expect(causes).toMatchObject([{ errcode: 5 }, { errcode: 5 }]);
  expect(causes.every(cause => cause instanceof Error)).toBe(true);
  database.exec('ROLLBACK');
  database.close();
});

test('a thread that exits rejects only its change; another makes the next', async () => {
  const threads = new SqliteThreads(new URL('./crashing-thread.ts', import.meta.url));
  const change = (path: string) => threads.run<string>('writing', { path, name: 'removeArticle', values: ['x', 0] });
  const none = 'removed nothing';
  const outcomes = ['crash', 'throw', 'good', 'crash', 'good'].map(change);
  const [crash, thrown, good, again, last] = await Promise.allSettled(outcomes);
  expect(crash).toMatchObject({ status: 'rejected', reason: { message: 'The SQLite thread ended with 3.' } });
  expect(thrown).toMatchObject({ status: 'rejected', reason: { message: 'thrown in a thread' } });
  expect(again).toMatchObject({ status: 'rejected' });
  expect([good, last]).toMatchObject([{ value: none }, { value: none }]);
  expect(await change('good')).toEqual(none);
  await threads.close();
});

test('libraries do not wait for each other’s long changes', async () => {
  const others = await Promise.all([2, 3, 4].map(at => place.open(`server-${at}`, () => Promise.resolve([]))));
  const puts = await Promise.all([store, ...others].map(each => each.write(putArticle, long, many)));
  expect(puts.map(({ kind }) => kind)).toEqual(['added', 'added', 'added', 'added']);
  expect(await Promise.all(others.map(each => each.read(countUnits)))).toEqual([lines + 1, lines + 1, lines + 1]);
  await Promise.all(others.map(each => each.close()));
});

test('the vectors of many articles are scanned in a thread, with the same answers', async () => {
  const ref = await pointerTo(long);
  const scan = vi.spyOn(SqliteThreads.prototype, 'run');
  await store.write(saveVectors, ref, 'a', wordVectors(['Sun shone', ...linesOf('cantankerous')]));
  const ask = () => store.read(findNearest, 'a', wordVector('line is cantankerous number'), lines, NO_FILTER);
  const here = await ask();
  expect([here.length, scan.mock.calls.length]).toEqual([lines, 0]);
  const file = fileOf();
  file.exec("INSERT INTO signs VALUES (1000, x'')");
  file.close();
  expect(await ask()).toEqual(here);
  expect(scan.mock.calls.length).toBe(1);
  expect(await store.read(findNearest, 'a', wordVector('sun'), 1, { ...NO_FILTER, article: 'long' })).toMatchObject([
    { article: 'long', paragraph: 0 },
  ]);
  expect(scan.mock.calls.length).toBe(1);
  scan.mockRestore();
});
