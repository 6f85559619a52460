import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AttributedArticle } from '../../../../src/attribution/attribution.ts';
import {
  countArticles,
  countUnencoded,
  findArticleRefs,
  findRemoved,
  findStale,
  findUnencoded,
  listByIds,
  purgeArticles,
  readArticleRows,
} from '../../../../src/library/store/articles.ts';
import {
  putArticle,
  removeArticle,
  restoreArticle,
  saveVectors,
  updateDerived,
} from '../../../../src/library/store/changes.ts';
import { derivationOf, versions } from '../../../../src/library/store/derived.ts';
import { findDraft, saveDraft } from '../../../../src/library/store/drafts.ts';
import { countUnits, findNearest, findTerms, readTopSpellings } from '../../../../src/library/store/index-queries.ts';
import { codeOf } from '../../../../src/library/store/keys.ts';
import { noFilter } from '../../../../src/library/store/library-index.ts';
import {
  changeLibrarySettings,
  defaultSettings,
  readLibrarySettings,
} from '../../../../src/library/store/library-settings.ts';
import { readAppearances, readTimeline, readTopSpeakers } from '../../../../src/library/store/people.ts';
import { SqliteBackend } from '../../../../src/library/store/sqlite/backend.ts';
import { migrations } from '../../../../src/library/store/sqlite/schema.ts';
import type { Store } from '../../../../src/library/store/store.ts';
import { checksum, encodeArticleText } from '../../../../src/library/store/stored.ts';
import { toVersion4, toVersion5, toVersion6, toVersion7 } from '../../downgrade.ts';
import { buildNews, rowOf } from '../../rows.ts';
import { wordVector } from '../../word-vectors.ts';

const rain = buildNews('rain', [{ who: 'Ann Lee', says: 'Rain fell' }], { published: '2022-03-14T10:00:00Z' });
const sun = buildNews('sun', [{ who: 'Bo Cho', says: 'Sun shone' }], { outlet: 'The Post' });
const hail = buildNews('hail', [{ who: 'Ann Lee', says: 'Hail fell' }]);

let folder = '';
let place: SqliteBackend;
let store: Store;

/** Stores an article as the first version did. */
function putFirst(database: DatabaseSync, from: AttributedArticle, removedAt: number | null): void {
  const { text, keys, derived } = rowOf(from);
  const { id, masthead, text: words, checksum: sum } = encodeArticleText(text);
  const columns = 'id, link_key, text_key, updated, masthead, text, checksum, removed_at';
  const { lastInsertRowid } = database
    .prepare(`INSERT INTO articles (${columns}) VALUES (?, ?, ?, 0, ?, ?, ?, ?)`)
    .run(id, keys.link ?? null, keys.text, masthead, words, sum, removedAt);
  const derivedColumns = 'number, made_by, derived, derived_checksum';
  database
    .prepare(`INSERT INTO derived (${derivedColumns}) VALUES (?, 1, ?, ?)`)
    .run(lastInsertRowid, derived, checksum(derived));
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-migration-'));
  const database = new DatabaseSync(join(folder, 'server-1.sqlite'));
  database.exec(migrations[0] ?? '');
  putFirst(database, rain, null);
  putFirst(database, sun, 5000);
  putFirst(database, hail, null);
  database.prepare('UPDATE articles SET text = ? WHERE id = ?').run('"Hail rose"', 'hail');
  database.exec('PRAGMA user_version = 1');
  database.close();
  place = new SqliteBackend(folder);
  store = await place.open('server-1', () => Promise.reject(new Error('a library needs no seeds')));
});

afterEach(async () => {
  await store.close();
  await place.close();
  rmSync(folder, { recursive: true });
});

test('articles of the first version are unchanged', async () => {
  expect(await store.read(countArticles)).toBe(2);
  expect(await store.read(findArticleRefs, { by: 'code', values: [codeOf('rain')] })).toMatchObject([
    { id: 'rain', number: 1 },
  ]);
  const { text, keys, derived } = rowOf(rain);
  const madeBy = { attribution: 1, index: 0 };
  const [row, removed, damaged] = await store.read(readArticleRows, [1, 2, 3]);
  expect(row).toMatchObject({ number: 1, text, keys, derived, madeBy, removedAt: undefined });
  expect(removed).toMatchObject({ number: 2, removedAt: 5000 });
  expect(damaged).toBe('damaged');
  expect(await store.read(listByIds, ['rain', 'sun', 'hail'])).toMatchObject([
    { id: 'rain', title: rain.article.title, paragraphs: 1, attributions: 1, speakers: 1 },
  ]);
});

test('nothing is set yet, and damaged settings count as defaults except for privacy', async () => {
  expect(await store.read(readLibrarySettings)).toEqual(defaultSettings);
  await store.write(changeLibrarySettings, { privacy: 'public', language: 'zh-CN', accent: 7 });
  await store.close();
  const database = new DatabaseSync(join(folder, 'server-1.sqlite'));
  database.exec("UPDATE choices SET privacy = 'all', language = 'xx', accent = -1");
  database.close();
  store = await place.open('server-1', () => Promise.resolve([]));
  expect(await store.read(readLibrarySettings)).toEqual({ ...defaultSettings, privacy: 'private' });
});

test('drafts can be held in a library from before drafts', async () => {
  const draft = { id: 'a', asker: '1', until: 10, body: '{}', checksum: '' };
  await store.close();
  const database = new DatabaseSync(join(folder, 'server-1.sqlite'));
  database.exec(toVersion5);
  database.close();
  store = await place.open('server-1', () => Promise.reject(new Error('a library needs no seeds')));
  expect([await store.read(countArticles), await store.read(findDraft, 'a')]).toEqual([2, undefined]);
  expect(await store.write(saveDraft, draft, undefined, { now: 0, perPerson: 1, bytes: 10 })).toBe(true);
  expect(await store.read(findDraft, 'a')).toEqual(draft);
});

test('they are in no index until it is built', async () => {
  expect(await store.read(countUnits)).toBe(0);
  expect(await store.read(findStale, versions, 0, 10)).toEqual([1, 3]);
  const [pointer] = await store.read(findArticleRefs, { by: 'id', values: ['rain'] });
  await store.write(updateDerived, { number: 1, revision: pointer?.revision ?? 0 }, derivationOf(rain));
  expect(await store.read(findStale, versions, 0, 10)).toEqual([3]);
  expect(await store.read(findTerms, 'text', ['rain', 'sun'], [])).toMatchObject([{ term: 'rain', frequency: 1 }]);
  const among = { ...noFilter, after: '2022-03-14', before: '2022-03-14' };
  expect(await store.read(readTopSpeakers, among, 10)).toMatchObject([{ shown: 'Ann Lee', published: '2022-03-14' }]);
  expect(await store.read(readTopSpeakers, noFilter, 10)).toMatchObject([{ shown: 'Ann Lee' }]);
});

test('a removed one can be restored, and one in no index can be removed', async () => {
  const removed = await store.read(findRemoved, 'sun', 4000);
  if (removed === undefined) throw new Error('not found');
  expect(await store.write(restoreArticle, removed, derivationOf(sun), 10)).toBe('restored');
  expect(await store.write(removeArticle, 'rain', 6000)).toBe(true);
  expect(await store.read(findTerms, 'text', ['rain', 'sun'], [])).toMatchObject([{ term: 'sun' }]);
  expect(await store.erase(purgeArticles, 6000)).toBeUndefined();
  expect(await store.read(readArticleRows, [1, 2])).toHaveLength(1);
});

test('statements are in order of days and articles are counted, though an earlier version did neither', async () => {
  const snow = buildNews('snow', [{ who: 'Ann Lee', says: 'Snow fell' }], { published: '2020-01-01' });
  const undated = buildNews('undated', [{ who: 'Ann Lee', says: 'It fell' }], { published: undefined });
  const [pointer] = await store.read(findArticleRefs, { by: 'id', values: ['rain'] });
  await store.write(updateDerived, { number: 1, revision: pointer?.revision ?? 0 }, derivationOf(rain));
  for (const from of [snow, undated]) await store.write(putArticle, rowOf(from), 10);
  const tell = async () => [
    await store.read(readTimeline, ['person ann lee'], noFilter, { order: 'oldest', offset: 0, limit: 9 }),
    await store.read(readAppearances, ['person ann lee'], noFilter, 0, 9),
  ];
  const told = await tell();
  expect(told).toMatchObject([
    { rows: [{ article: 'snow' }, { article: 'rain' }, { article: 'undated' }] },
    { articles: 3, said: 3 },
  ]);
  await store.close();
  const database = new DatabaseSync(join(folder, 'server-1.sqlite'));
  database.exec(toVersion4);
  database.close();
  store = await place.open('server-1', () => Promise.reject(new Error('a library needs no seeds')));
  expect(await tell()).toEqual(told);
  expect(await store.write(removeArticle, 'rain', 1)).toBe(true);
  expect(await store.read(readAppearances, ['person ann lee'], noFilter, 0, 0)).toMatchObject({ articles: 2, said: 2 });
});

test('quotes by spelling are counted, though an earlier version didn’t', async () => {
  const [pointer] = await store.read(findArticleRefs, { by: 'id', values: ['rain'] });
  await store.write(updateDerived, { number: 1, revision: pointer?.revision ?? 0 }, derivationOf(rain));
  const twice = ['One', 'Two'].map(says => ({ who: 'Bo Lee', says }));
  await store.write(putArticle, rowOf(buildNews('twice', twice)), 10);
  const spellings = async () => (await store.read(readTopSpellings, 2)).map(({ terms }) => terms.join(' '));
  expect(await spellings()).toEqual(['bo lee', 'ann lee']);
  await store.close();
  const database = new DatabaseSync(join(folder, 'server-1.sqlite'));
  database.exec(toVersion6);
  database.close();
  store = await place.open('server-1', () => Promise.reject(new Error('a library needs no seeds')));
  expect(await spellings()).toEqual(['bo lee', 'ann lee']);
});

test('articles of an earlier version have no vectors yet, and can be given some', async () => {
  await store.close();
  const database = new DatabaseSync(join(folder, 'server-1.sqlite'));
  database.exec(toVersion7);
  database.close();
  store = await place.open('server-1', () => Promise.reject(new Error('a library needs no seeds')));
  expect(await store.read(countUnencoded, 'a')).toBe(2);
  const [, first] = await store.read(findUnencoded, 'a', 10);
  if (first === undefined) throw new Error('not found');
  await store.write(saveVectors, first, 'a', wordVector('rain'));
  expect(await store.read(countUnencoded, 'a')).toBe(1);
  expect(await store.read(findNearest, 'a', wordVector('rain'), 9, noFilter)).toMatchObject([
    { article: 'rain', paragraph: 0 },
  ]);
});
