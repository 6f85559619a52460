import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AttributedArticle } from '../../../src/attribution/attribution.ts';
import {
  countArticles,
  findArticleRefs,
  findByLink,
  findByText,
  findRemoved,
  findStale,
  listByIds,
  listNewest,
  purgeArticles,
  readArticleRows,
  readNumbersAfter,
} from '../../../src/library/store/articles.ts';
import { putArticle, removeArticle, restoreArticle, updateDerived } from '../../../src/library/store/changes.ts';
import { derivationOf, VERSIONS } from '../../../src/library/store/derived.ts';
import { findDraft, saveDraft } from '../../../src/library/store/drafts.ts';
import { codeOf } from '../../../src/library/store/keys.ts';
import { NO_FILTER } from '../../../src/library/store/library-index.ts';
import {
  changeLibrarySettings,
  DEFAULT_SETTINGS,
  readLibrarySettings,
} from '../../../src/library/store/library-settings.ts';
import { readTopSpellings } from '../../../src/library/store/names.ts';
import { readTopSpeakers } from '../../../src/library/store/people.ts';
import type {
  ArticleRef,
  ArticleRow,
  Backend,
  NewArticleRow,
  PutResult,
  Store,
} from '../../../src/library/store/store.ts';
import { findTerms, findTermsWithPrefix } from '../../../src/library/store/terms.ts';
import { countUnits } from '../../../src/library/store/units.ts';
import { buildArticle } from '../../search/build-article.ts';
import { buildNews, rowOf } from '../rows.ts';
import { describeStoredDrafts } from './draft-contract.ts';
import { describeFollowing, describeRegister } from './following-contract.ts';
import { describeIndex } from './index-contract.ts';
import { describeSequences } from './index-sequences.ts';
import { describeOrder } from './order-contract.ts';
import { describeStatements } from './statement-contract.ts';
import { describeVectors } from './vector-contract.ts';

/** A backend, empty at first, that can be opened repeatedly. */
export interface TestBackend {
  open(): Promise<Backend>;
  /** Called when the backend is closed. */
  clear(): Promise<void>;
}

const many = 100;
const noSeeds = () => Promise.resolve([]);
const url = 'https://news.example/rain';
const rain = buildNews('rain', [{ who: 'Ann Lee', says: 'Rain fell on the harbour' }], { url });
const sun = buildNews('sun', [{ who: 'Bo Cho', says: 'Sun shone' }], { outlet: 'The Post', published: '2022-03-14' });
const newer = buildNews('newer', [{ who: 'Ann Lee', says: 'Hail fell' }], { url });

function refOf(put: PutResult): ArticleRef {
  if (put.kind === 'full') throw new Error('full');
  return put.ref;
}

async function rowIn(store: Store, number: number): Promise<ArticleRow> {
  const [row] = await store.read(readArticleRows, [number]);
  if (row === undefined || row === 'damaged') throw new Error(`No row ${number}: ${row}`);
  return row;
}

async function listedIn(store: Store): Promise<string[]> {
  return (await store.read(listNewest, 0, many)).map(({ id }) => id);
}

async function textsIn(store: Store): Promise<string[]> {
  const rows = await store.read(readArticleRows, await store.read(readNumbersAfter, 0, many));
  return rows.map(row => (row === 'damaged' ? row : row.text.text));
}

/** Tests what every backend promises, or only the part that changes most tables. */
export function describeBackend(
  name: string,
  makeBackend: () => Promise<TestBackend>,
  extent: 'all' | 'part' = 'all',
): void {
  describe(`a backend on ${name}`, () => {
    let made: TestBackend;
    let place: Backend;
    let store: Store;

    const reopen = async () => {
      await store.close();
      await place.close();
      place = await made.open();
      store = await place.open('server-1', noSeeds);
    };
    const put = (from: AttributedArticle, most = many) => store.write(putArticle, rowOf(from), most);
    const finds = async (word: string) => (await store.read(findTerms, 'text', [word], [])).length > 0;

    beforeEach(async () => {
      made = await makeBackend();
      place = await made.open();
      store = await place.open('server-1', noSeeds);
    });
    afterEach(async () => {
      await store.close();
      await place.close();
      await made.clear();
    });

    test('keeps a row as it was put, in order of putting', async () => {
      const row = rowOf(rain);
      const added = await store.write(putArticle, row, many);
      expect(added).toMatchObject({ kind: 'added', ref: { id: 'rain' } });
      await put(sun);
      await reopen();
      const { number, revision } = refOf(added);
      expect(number).toBeGreaterThan(0);
      const { text, keys, derived, madeBy } = row;
      const expected: ArticleRow = {
        number,
        revision,
        text,
        keys,
        disputes: [],
        removedAt: undefined,
        derived,
        madeBy,
      };
      expect(await rowIn(store, number)).toStrictEqual(expected);
      expect(await textsIn(store)).toEqual([rain.article.text, sun.article.text]);
      expect(await store.read(readNumbersAfter, number, 1)).toHaveLength(1);
      expect(await store.read(readNumbersAfter, 0, 1)).toEqual([number]);
      expect(await store.read(readArticleRows, [number + 1000])).toEqual([]);
      expect(await store.read(countArticles)).toBe(2);
    });

    test('keeps half characters, NUL and text that was updated before', async () => {
      const odd = buildArticle('odd\ud800', 'Rain \ud800\0\u2028 fell.\r\n');
      const row = rowOf({ ...odd, article: { ...odd.article, title: 'A\0\udfff', updated: true } });
      const { number } = refOf(await store.write(putArticle, row, many));
      await reopen();
      expect((await rowIn(store, number)).text).toStrictEqual(row.text);
      expect((await store.read(findArticleRefs, { by: 'id', values: ['odd\ud800'] })).map(each => each.number)).toEqual(
        [number],
      );
      expect(await listedIn(store)).toEqual(['odd\ud800']);
    });

    test('finds by id and by code, and nothing by a made-up one', async () => {
      const pointer = refOf(await put(rain));
      await put(sun);
      expect(await store.read(findArticleRefs, { by: 'id', values: ['rain', 'none', "' OR 1=1 --", '\0'] })).toEqual([
        pointer,
      ]);
      expect(await store.read(findArticleRefs, { by: 'code', values: [codeOf('rain'), 'rain', ''] })).toEqual([
        pointer,
      ]);
      expect(await store.read(findArticleRefs, { by: 'id', values: [] })).toEqual([]);
      expect(await store.read(listByIds, ['none', '__proto__'])).toEqual([]);
    });

    test('lists the newest first, with the fields of a list', async () => {
      await put(rain);
      await put(sun);
      expect(await listedIn(store)).toEqual(['sun', 'rain']);
      expect((await store.read(listNewest, 1, 1)).map(({ id }) => id)).toEqual(['rain']);
      expect(await store.read(listNewest, 2, 1)).toEqual([]);
      const { text, paragraphs, ...metadata } = sun.article;
      const listed = { ...metadata, paragraphs: 1, attributions: 1, speakers: 1 };
      expect(await store.read(listByIds, ['sun'])).toStrictEqual([listed]);
      expect(await store.read(listByIds, ['rain', 'sun', 'rain', 'none'])).toHaveLength(2);
    });

    test('treats the same text as the same article, whatever its link', async () => {
      const pointer = refOf(await put(rain));
      const copy = { ...rain, article: { ...rain.article, id: 'copy', url: 'https://elsewhere.example/' } };
      expect(await store.read(findByText, rowOf(copy).keys)).toEqual(pointer);
      expect(await store.write(putArticle, rowOf(copy), many)).toEqual({ kind: 'same', ref: pointer });
      expect(await store.read(findByText, rowOf(sun).keys)).toBeUndefined();
      expect(await store.read(findByLink, rowOf(newer).keys)).toEqual(pointer);
      for (const other of [copy, sun]) expect(await store.read(findByLink, rowOf(other).keys)).toBeUndefined();
      expect(await listedIn(store)).toEqual(['rain']);
    });

    test('replaces different text under the same link, keeping its id and number', async () => {
      const before = refOf(await put(rain));
      await put(sun);
      const updated = await put(newer);
      expect(updated).toMatchObject({ kind: 'updated', ref: { id: 'rain', number: before.number } });
      expect(refOf(updated).revision).not.toBe(before.revision);
      expect((await rowIn(store, before.number)).text).toMatchObject({ id: 'rain', updated: true });
      expect(await textsIn(store)).toEqual([newer.article.text, sun.article.text]);
      expect([await finds('hail'), await finds('rain'), await finds('harbour')]).toEqual([true, false, false]);
      expect((await store.read(listByIds, ['rain']))[0]?.updated).toBe(true);
      expect(await store.read(findArticleRefs, { by: 'id', values: ['newer'] })).toEqual([]);
    });

    test('takes nothing more when full, except updates and what is already there', async () => {
      await put(rain, 2);
      await put(sun, 2);
      const more = buildNews('more', ['More.']);
      expect(await put(more, 2)).toEqual({ kind: 'full' });
      expect(await finds('more')).toBe(false);
      expect((await put(sun, 2)).kind).toBe('same');
      expect((await put(newer, 2)).kind).toBe('updated');
      await store.write(removeArticle, 'sun', 5);
      expect((await put(more, 2)).kind).toBe('added');
      expect(await store.read(countArticles)).toBe(2);
    });

    test('lists removed articles only among the removed', async () => {
      const pointer = refOf(await put(rain));
      await put(sun);
      expect(await store.write(removeArticle, 'rain', 5000)).toBe(true);
      expect(await store.write(removeArticle, 'rain', 6000)).toBe(false);
      expect(await store.write(removeArticle, 'none', 6000)).toBe(false);
      expect([await store.read(countArticles), await listedIn(store)]).toEqual([1, ['sun']]);
      expect(await store.read(findArticleRefs, { by: 'id', values: ['rain'] })).toEqual([]);
      expect(await store.read(findArticleRefs, { by: 'code', values: [codeOf('rain')] })).toEqual([]);
      expect([await store.read(listByIds, ['rain']), await textsIn(store)]).toEqual([[], [sun.article.text]]);
      expect(await store.read(findByText, rowOf(rain).keys)).toBeUndefined();
      expect([await finds('harbour'), await finds('sun')]).toEqual([false, true]);
      expect(await store.read(countUnits)).toBe(1);
      expect(await rowIn(store, pointer.number)).toMatchObject({ removedAt: 5000, text: rowOf(rain).text });
    });

    test('restores an article as it was until a deadline, unless it was added again', async () => {
      await put(rain);
      await put(sun);
      await store.write(removeArticle, 'rain', 5000);
      await reopen();
      expect(await store.read(findRemoved, 'rain', 5000)).toBeUndefined();
      expect(await store.read(findRemoved, 'sun', 0)).toBeUndefined();
      const removed = await store.read(findRemoved, 'rain', 4999);
      if (removed === undefined) throw new Error('not found');
      expect(removed).toMatchObject({ id: 'rain', revision: (await rowIn(store, removed.number)).revision });
      expect(await store.write(restoreArticle, removed, derivationOf(rain), 1)).toBe('full');
      expect(await finds('harbour')).toBe(false);
      expect(await store.write(restoreArticle, removed, derivationOf(rain), 2)).toBe('restored');
      expect(await textsIn(store)).toEqual([rain.article.text, sun.article.text]);
      expect(await finds('harbour')).toBe(true);
      expect(await store.read(findRemoved, 'rain', 0)).toBeUndefined();
      expect(await store.write(restoreArticle, removed, derivationOf(rain), many)).toBeUndefined();
    });

    test('has an article that was removed and added again once, and can’t restore it', async () => {
      await put(rain);
      await store.write(removeArticle, 'rain', 5000);
      const removed = await store.read(findRemoved, 'rain', 0);
      if (removed === undefined) throw new Error('not found');
      expect((await put(newer)).kind).toBe('added');
      expect(await store.write(restoreArticle, removed, derivationOf(rain), many)).toBeUndefined();
      expect(await store.read(findRemoved, 'rain', 0)).toBeUndefined();
      expect(await textsIn(store)).toEqual([newer.article.text]);
      expect(await finds('harbour')).toBe(false);
    });

    test('purges what was removed before a moment, and returns when the next purge is due', async () => {
      const numbers = [];
      for (const from of [rain, sun]) numbers.push(refOf(await put(from)).number);
      expect(await store.erase(purgeArticles, 1e15)).toBeUndefined();
      await store.write(removeArticle, 'rain', 5000);
      await store.write(removeArticle, 'sun', 6000);
      expect(await store.erase(purgeArticles, 4999)).toBe(5000);
      expect(await store.read(readArticleRows, numbers)).toHaveLength(2);
      expect(await store.erase(purgeArticles, 5000)).toBe(6000);
      expect(await store.read(readArticleRows, numbers)).toHaveLength(1);
      expect(await store.read(findRemoved, 'rain', 0)).toBeUndefined();
      expect(await store.erase(purgeArticles, 6000)).toBeUndefined();
      expect(await store.read(readArticleRows, numbers)).toEqual([]);
      expect(refOf(await put(rain)).id).toBe('rain');
    });

    test('never uses a revision twice', async () => {
      const revisions = new Set<string>();
      for (const from of [rain, newer, rain, newer]) {
        const { number, revision } = refOf(await put(from));
        revisions.add(`${number} ${revision}`);
      }
      await store.write(removeArticle, 'rain', 5000);
      await store.erase(purgeArticles, 5000);
      const { number, revision } = refOf(await put(rain));
      revisions.add(`${number} ${revision}`);
      expect(revisions.size).toBe(5);
    });

    test('reports articles that other code derived, until they are derived again', async () => {
      const old = { ...rowOf(rain), madeBy: { ...VERSIONS, attribution: 0 } };
      const first = refOf(await store.write(putArticle, old, many));
      const second = refOf(await store.write(putArticle, { ...rowOf(sun), madeBy: { ...VERSIONS, index: 0 } }, many));
      await put(buildNews('more', ['More.']));
      expect((await rowIn(store, first.number)).madeBy).toEqual({ ...VERSIONS, attribution: 0 });
      expect(await store.read(findStale, VERSIONS, 0, many)).toEqual([first.number, second.number]);
      expect(await store.read(findStale, VERSIONS, 0, 1)).toEqual([first.number]);
      expect(await store.read(findStale, VERSIONS, first.number, many)).toEqual([second.number]);
      const read = derivationOf(buildArticle('rain', rain.article.text));
      await store.write(updateDerived, first, read);
      await store.write(updateDerived, { ...second, revision: second.revision + 1000 }, read);
      expect(await store.read(findStale, VERSIONS, 0, many)).toEqual([second.number]);
      const row = await rowIn(store, first.number);
      expect(row).toMatchObject({ derived: read.derived, madeBy: VERSIONS });
      expect(row.revision).not.toBe(first.revision);
      expect(await store.read(readTopSpeakers, NO_FILTER, many)).toMatchObject([{ shown: 'Bo Cho' }]);
      expect((await store.read(listByIds, ['rain']))[0]?.attributions).toBe(0);
      await store.write(removeArticle, 'sun', 5000);
      expect(await store.read(findStale, VERSIONS, 0, many)).toEqual([]);
    });

    test('keeps settings, changes only what is named, and loses neither of two concurrent changes', async () => {
      expect(await store.read(readLibrarySettings)).toStrictEqual(DEFAULT_SETTINGS);
      expect(await store.write(changeLibrarySettings, { accent: 0 })).toStrictEqual({ ...DEFAULT_SETTINGS, accent: 0 });
      await Promise.all([
        store.write(changeLibrarySettings, { privacy: 'private' }),
        store.write(changeLibrarySettings, { language: 'zh-TW' }),
      ]);
      await reopen();
      expect(await store.read(readLibrarySettings)).toStrictEqual({
        ...DEFAULT_SETTINGS,
        ...{ privacy: 'private', language: 'zh-TW', accent: 0 },
      });
      expect(await store.write(changeLibrarySettings, { accent: undefined, privacy: 'public' })).toStrictEqual({
        ...DEFAULT_SETTINGS,
        ...{ privacy: 'public', language: 'zh-TW', accent: undefined },
      });
      expect(await store.write(changeLibrarySettings, { accent: 0xffffff })).toMatchObject({ accent: 0xffffff });
      for (const mentions of [['1180000000000000004', '5'], [], 'everywhere'] as const) {
        await store.write(changeLibrarySettings, { mentions });
        expect((await store.read(readLibrarySettings)).mentions).toEqual(mentions);
      }
      const other = await place.open('server-2', noSeeds);
      expect(await other.read(readLibrarySettings)).toStrictEqual(DEFAULT_SETTINGS);
      await other.close();
    });

    test('a library starts with the seeds, once', async () => {
      expect([await place.has('server-2'), await place.has('server-1')]).toEqual([false, true]);
      const seeds = () => Promise.resolve([rowOf(rain), rowOf(sun)]);
      const seeded = await place.open('server-2', seeds);
      expect(await textsIn(seeded)).toEqual([rain.article.text, sun.article.text]);
      await seeded.write(removeArticle, 'rain', 1);
      await seeded.close();
      const again = await place.open('server-2', () => Promise.reject(new Error('not asked for again')));
      expect(await listedIn(again)).toEqual(['sun']);
      await again.close();
      expect([...(await place.names())].sort()).toEqual(['server-1', 'server-2']);
    });

    test('makes no library if the seeds can’t be loaded', async () => {
      await expect(place.open('server-2', () => Promise.reject(new Error('no seeds')))).rejects.toThrow('no seeds');
      const second = await place.open('server-2', () => Promise.resolve([rowOf(sun)]));
      expect(await listedIn(second)).toEqual(['sun']);
      await second.close();
    });

    test('erasing leaves nothing, and other libraries untouched', async () => {
      await put(rain);
      await store.write(changeLibrarySettings, { privacy: 'private' });
      const draft = { id: 'a', asker: '1', until: 10, body: '{}', checksum: '' };
      await store.write(saveDraft, draft, undefined, { now: 0, perPerson: 1, bytes: 100 });
      const other = await place.open('person-1', noSeeds);
      await other.write(putArticle, rowOf(rain), many);
      await other.write(changeLibrarySettings, { accent: 1 });
      await store.close();
      await place.erase('server-1');
      await place.erase('server-404');
      expect([await place.has('server-1'), await place.names()]).toEqual([false, ['person-1']]);
      store = await place.open('server-1', noSeeds);
      expect([await store.read(countArticles), await store.read(countUnits), await finds('rain')]).toEqual([
        0,
        0,
        false,
      ]);
      expect(await store.read(findDraft, 'a')).toBeUndefined();
      expect([await store.read(readLibrarySettings), await other.read(readLibrarySettings)]).toEqual([
        DEFAULT_SETTINGS,
        { ...DEFAULT_SETTINGS, accent: 1 },
      ]);
      expect(await textsIn(other)).toEqual([rain.article.text]);
      await other.close();
    });

    test('keeps each server’s earliest due date through a restart', async () => {
      await place.schedule('leaving', 'server-1', 50);
      await place.schedule('leaving', 'server-1', 90);
      await place.schedule('leaving', 'server-2', 60);
      await place.schedule('purging', 'server-1', 10);
      await reopen();
      expect([await place.due('leaving', 49), await place.due('leaving', 50)]).toEqual([[], ['server-1']]);
      await place.complete('leaving', 'server-1');
      await place.complete('leaving', 'server-404');
      expect(await place.due('leaving', 60, name => name !== 'server-2')).toEqual([]);
      expect([await place.due('leaving', 60), await place.due('purging', 10)]).toEqual([['server-2'], ['server-1']]);
    });

    test('keeps the earlier of two purge dates', async () => {
      for (const moment of [50, 10, 30]) await place.schedule('purging', 'server-1', moment);
      expect([await place.due('purging', 9), await place.due('purging', 10)]).toEqual([[], ['server-1']]);
      for (const moment of [50, 10]) await place.schedule('leaving', 'server-1', moment);
      expect([await place.due('leaving', 49), await place.due('leaving', 50)]).toEqual([[], ['server-1']]);
    });

    test('keeps a purge that is scheduled again while it runs, but not that of a server that left', async () => {
      for (const list of ['purging', 'leaving'] as const) {
        await place.schedule(list, 'server-1', 10);
        expect(await place.due(list, 10)).toEqual(['server-1']);
        await place.schedule(list, 'server-1', 20);
        await place.complete(list, 'server-1');
        expect(await place.due(list, 20)).toEqual(list === 'purging' ? ['server-1'] : []);
        await place.complete(list, 'server-1');
        expect(await place.due(list, 20)).toEqual([]);
      }
    });

    test('schedules a task again as it is completed, unless it is due again or gone', async () => {
      for (const [list, isAgain] of [
        ['leaving', false],
        ['purging', false],
        ['posting', true],
      ] as const) {
        await place.schedule(list, 'server-1', 10);
        expect(await place.due(list, 10)).toEqual(['server-1']);
        if (isAgain) await place.schedule(list, 'server-1', 20);
        await place.complete(list, 'server-1', 30);
        expect([await place.due(list, 29), await place.due(list, 30)]).toEqual([
          isAgain ? ['server-1'] : [],
          ['server-1'],
        ]);
        await place.complete(list, 'server-1');
        await place.complete(list, 'server-1', 30);
        expect(await place.due(list, 30)).toEqual([]);
      }
    });

    test('gives a one-time task to one claimant, until it is released or expires', async () => {
      const claim = (claimant: string, name = 'server-1') => place.claim(name, claimant, 600_000);
      expect([await claim('one'), await claim('two'), await claim('one')]).toEqual([true, false, true]);
      expect(await claim('two', 'server-2')).toBe(true);
      await place.release('server-1', 'two');
      expect(await claim('two')).toBe(false);
      await place.release('server-1', 'one');
      expect([await claim('two'), await claim('one')]).toEqual([true, false]);
      expect(await place.claim('server-3', 'one', 1)).toBe(true);
      await pause(20);
      expect([await claim('two', 'server-3'), await claim('one', 'server-3')]).toEqual([true, false]);
      const claimed = await Promise.all(['a', 'b', 'c', 'd'].map(claimant => claim(claimant, 'server-4')));
      expect(claimed.filter(Boolean)).toHaveLength(1);
    });

    test('releases a process’s claims when it stops cleanly', async () => {
      expect(await place.claim('server-1', 'one', 600_000)).toBe(true);
      await reopen();
      expect(await place.claim('server-1', 'two', 600_000)).toBe(true);
    });

    test('keeps two libraries separate', async () => {
      const other = await place.open('server-2', noSeeds);
      const rows: NewArticleRow[] = [rowOf(rain), rowOf(sun)];
      for (const row of rows) await store.write(putArticle, row, many);
      expect([await other.read(countArticles), await other.read(countUnits)]).toEqual([0, 0]);
      expect(await other.read(findTerms, 'text', ['rain', 'harbour', 'sun'], [])).toEqual([]);
      expect(await other.read(findTermsWithPrefix, 'name', 'a', many)).toEqual([]);
      expect(await other.read(findArticleRefs, { by: 'id', values: ['rain'] })).toEqual([]);
      expect(await other.read(readTopSpellings, many)).toEqual([]);
      expect((await other.write(putArticle, rowOf(rain), 1)).kind).toBe('added');
      expect(await other.read(findTerms, 'text', ['rain'], [])).toMatchObject([{ frequency: 1 }]);
      expect(await other.write(removeArticle, 'sun', 5)).toBe(false);
      expect(await store.read(countArticles)).toBe(2);
      await other.close();
    });

    describeSequences(() => place);
    if (extent === 'part') return;
    describeStoredDrafts(
      () => store,
      () => place,
    );
    describeVectors(
      () => store,
      () => place,
    );
    describeFollowing(() => store);
    describeRegister(() => place);
    describeIndex(() => store);
    describeOrder(() => store);
    describeStatements(() => store);
  });
}
