import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { follow } from '../../src/following/following.ts';
import { type Libraries, type LibrariesOptions, openLibraries } from '../../src/library/libraries.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import { nameOf, type Owner } from '../../src/library/owner.ts';
import type { StorageLocation } from '../../src/library/store/backends.ts';
import { StorageError } from '../../src/library/store/errors.ts';
import {
  claimFeed,
  findFeeds,
  readFollowers,
  removeFollower,
  saveFeed,
} from '../../src/library/store/following/feeds.ts';
import { readPosts } from '../../src/library/store/following/outbox.ts';
import { codeOf } from '../../src/library/store/keys.ts';
import { DEFAULT_SETTINGS } from '../../src/library/store/library-settings.ts';
import { findTerms } from '../../src/library/store/terms.ts';
import { countUnits } from '../../src/library/store/units.ts';
import { type Metadata, toArticle } from '../../src/news/article.ts';
import { times } from '../depth.ts';
import { fc } from '../fast-check.ts';
import { attributeHere } from './attribute-in-process.ts';
import { describeDisputed } from './dispute-contract.ts';
import { describeEncoding } from './encoding-contract.ts';
import { untitled } from './numbered-texts.ts';
import { describeDrafts } from './store/draft-contract.ts';

/** Libraries in some storage, empty at first, that can be opened repeatedly. */
export interface LibrariesUnderTest {
  readonly kept: StorageLocation;
  clear(): Promise<void>;
}

const linked: Metadata = { ...untitled, url: 'https://news.example/rain' };
const server: Owner = { kind: 'server', id: '7600000000000000001' };
const other: Owner = { kind: 'server', id: '7600000000000000002' };
const seed = toArticle('a-seed', untitled, 'The seed says nothing.');
const rain = '“Rain fell,” said Ann Lee.\nNobody else spoke.';
const plain = {
  ...{ title: 'News', addedBy: '7' },
  ...{ channel: undefined, ping: undefined, only: undefined, keepDays: undefined },
};
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Any UTF-16, including half characters and NUL, with words in it. */
const anyText = fc
  .array(fc.oneof(fc.constantFrom('“Rain,” said Ann Lee. ', '\n', '\r\n', '\0', '\uFEFF'), anyUnit()), {
    maxLength: 20,
  })
  .map(pieces => pieces.join(''));

function anyUnit(): fc.Arbitrary<string> {
  const units = fc.oneof(fc.nat({ max: 0xffff }), fc.integer({ min: 0xd800, max: 0xdfff }));
  return units.map(unit => String.fromCharCode(unit));
}

const anyMetadata: fc.Arbitrary<Metadata> = fc.record({
  title: anyText,
  titleIsDescriptive: fc.boolean(),
  outlet: fc.option(anyText, { nil: undefined }),
  byline: fc.option(anyText, { nil: undefined }),
  published: fc.constantFrom(undefined, '2022-03-14'),
  url: fc.option(fc.webUrl(), { nil: undefined }),
});

/** Oldest first. */
const idsOf = async (library: OpenLibrary) => (await library.newest(0, 100)).map(({ id }) => id).reverse();
const articlesOf = async (library: OpenLibrary) => library.articles(await idsOf(library));
const textsOf = async (library: OpenLibrary) => (await articlesOf(library)).map(({ article }) => article.text);
const findsIn = async ({ read }: OpenLibrary, word: string) => (await read(findTerms, 'text', [word], [])).length > 0;

async function linesOf(library: OpenLibrary): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of library.lines()) lines.push(line);
  return lines;
}

/** Tests what every store of libraries promises. */
export function describeLibraries(store: string, makeLibraries: () => Promise<LibrariesUnderTest>): void {
  describe(`libraries in ${store}`, () => {
    let tested: LibrariesUnderTest;
    let libraries: Libraries;
    let now = 0;
    const settings = { seeds: [seed], mostArticles: 5, mostOpen: 2, now: () => now, attributor: attributeHere };

    const start = async (more: Partial<LibrariesOptions> = {}) => {
      libraries = await openLibraries({ ...tested.kept, ...settings, ...more });
    };
    const restart = async (more: Partial<LibrariesOptions> = {}) => {
      await libraries.close();
      await start(more);
      return libraries.open(server);
    };

    beforeEach(async () => {
      now = Date.UTC(2026, 0, 1);
      tested = await makeLibraries();
      await start();
    });
    afterEach(async () => {
      await libraries.close();
      await tested.clear();
    });

    describeDrafts({
      libraries: () => libraries,
      restart: () => restart(),
      pass: milliseconds => {
        now += milliseconds;
      },
    });

    describeDisputed({
      libraries: () => libraries,
      restart,
      pass: milliseconds => {
        now += milliseconds;
      },
    });

    describeEncoding({
      libraries: () => libraries,
      restart: async more => {
        await libraries.close();
        await start(more);
      },
    });

    test('a preview is what adding stores, and stores nothing', async () => {
      const library = await libraries.open(server);
      const { from: shown, derivation } = await library.preview(linked, 'The harbour will open, Mayor Ann Lee said.');
      expect(await idsOf(library)).toEqual(['a-seed']);
      const added = await library.add(linked, shown.article.text, derivation);
      if (added.kind !== 'added') throw new Error(added.kind);
      expect(added.article.attributions).toEqual(shown.attributions);
      expect(shown.attributions.length).toBeGreaterThan(0);
    });

    test('a new library has the seeds; a removed seed doesn’t come back', async () => {
      expect(await libraries.has(server)).toBe(false);
      const library = await libraries.open(server);
      expect([await libraries.has(server), await libraries.has(other)]).toEqual([true, false]);
      expect(library.owner).toEqual(server);
      expect(await idsOf(library)).toEqual(['a-seed']);
      await library.remove('a-seed');
      expect(await idsOf(await restart())).toEqual([]);
      now += DAY;
      expect(await idsOf(await restart())).toEqual([]);
    });

    test('an article that was added is attributed, and unchanged after a restart', async () => {
      const metadata = { ...linked, title: 'Rain', outlet: 'The Post', byline: 'Bo', published: '2026-01-01' };
      const added = await (await libraries.open(server)).add(metadata, rain);
      if (added.kind !== 'added') throw new Error(added.kind);
      expect(added.article.article).toMatchObject({ ...metadata, text: rain, updated: false });
      expect(added.article.attributions.map(({ speaker }) => speaker)).toEqual([added.article.speakers[0]]);
      const library = await restart();
      expect(await library.article(added.article.article.id)).toStrictEqual(added.article);
      expect(await textsOf(library)).toEqual([seed.text, rain]);
    });

    test('keeps any text and metadata to the last code unit', async () => {
      await fc.assert(
        fc.asyncProperty(anyMetadata, anyText, async (metadata, text) => {
          await libraries.erase(server);
          const added = await (await libraries.open(server)).add(metadata, text);
          if (!('article' in added)) throw new Error(added.kind);
          const { id } = added.article.article;
          const library = await restart();
          expect((await library.article(id))?.article.text).toBe(text);
          expect(await library.article(id)).toStrictEqual(added.article);
          expect(JSON.parse((await linesOf(library)).at(-1) ?? '')).toMatchObject({ text, title: metadata.title });
        }),
        { numRuns: times(5, 120) },
      );
    });

    test('the same text, or the same link with it, is one article', async () => {
      const library = await libraries.open(server);
      const first = await library.add(linked, rain);
      for (const url of [linked.url, undefined, 'https://elsewhere.example/rain']) {
        expect(await library.add({ ...untitled, url }, rain)).toEqual({ ...first, kind: 'same' });
      }
      expect(await library.count()).toBe(2);
    });

    test('says before adding what it would replace, and what is already there', async () => {
      const library = await libraries.open(server);
      await library.add(linked, rain);
      await library.add(untitled, 'Another.');
      const title = linked.title;
      expect(await library.already(untitled, rain)).toMatchObject({ kind: 'same', listed: { title } });
      expect(await library.already(linked, rain)).toMatchObject({ kind: 'same', listed: { title } });
      const corrected = await library.already({ ...linked, url: `${linked.url}#top` }, `${rain} Correction.`);
      expect(corrected).toMatchObject({ kind: 'linked', listed: { title } });
      expect(await library.already(linked, 'Another.')).toMatchObject({ kind: 'same' });
      expect(await library.already(untitled, `${rain} Correction.`)).toBeUndefined();
      expect(await textsOf(library)).toEqual([seed.text, rain, 'Another.']);
    });

    test('different text under the same link replaces it and is marked as updated', async () => {
      const library = await libraries.open(server);
      const first = await library.add(linked, rain);
      await library.add(untitled, 'Another.');
      const links = ['http://news.example/rain/', 'https://news.example/rain?utm_source=mail#top'];
      for (const [at, url] of links.entries()) {
        const text = `${rain} Correction ${at}.`;
        const added = await library.add({ ...linked, url }, text);
        expect(added).toMatchObject({ kind: 'updated', article: { article: { updated: true, text, url } } });
        expect('article' in added && 'article' in first && added.article.article.id === first.article.article.id).toBe(
          true,
        );
        expect(await textsOf(library)).toEqual([seed.text, text, 'Another.']);
      }
      expect((await library.add(linked, 'Another.')).kind).toBe('same');
      const again = await restart();
      expect(await textsOf(again)).toEqual([seed.text, `${rain} Correction 1.`, 'Another.']);
      expect((await articlesOf(again)).map(({ article }) => article.updated)).toEqual([false, true, false]);
    });

    test('links that request different things are two articles', async () => {
      const library = await libraries.open(server);
      for (const url of ['https://news.example/?id=1', 'https://news.example/?id=2', 'https://news.example/ID=1']) {
        expect((await library.add({ ...untitled, url }, `Of ${url}.`)).kind).toBe('added');
      }
    });

    test('one article that is added twice at once is one article', async () => {
      const library = await libraries.open(server);
      const outcomes = await Promise.all([library.add(linked, rain), library.add(linked, rain)]);
      expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['added', 'same']);
      expect(await library.count()).toBe(2);
    });

    test('at the limit nothing is added except updates, and undo doesn’t exceed it', async () => {
      const library = await libraries.open(server);
      const added = await library.add(linked, rain);
      for (const text of ['One.', 'Two.', 'Three.']) await library.add(untitled, text);
      expect(await library.add(untitled, 'Four.')).toEqual({ kind: 'full', most: 5 });
      expect((await library.add(linked, 'Sun.')).kind).toBe('updated');
      expect((await library.add(untitled, 'One.')).kind).toBe('same');
      const id = 'article' in added ? added.article.article.id : '';
      await library.remove(id);
      expect((await library.add(untitled, 'Four.')).kind).toBe('added');
      await expect(library.restore(id)).rejects.toThrow(StorageError);
      expect(await library.count()).toBe(5);
    });

    test('a text of more than 2 MB is too long', async () => {
      const library = await libraries.open(server);
      expect(await library.add(untitled, 'é'.repeat(1_000_001))).toEqual({ kind: 'too long', most: 2_000_000 });
      expect(await library.count()).toBe(1);
    });

    test('a removed article can be restored to its old place for 10 minutes, also after a restart', async () => {
      const library = await libraries.open(server);
      await library.add(linked, rain);
      const removed = await library.remove('a-seed');
      expect(removed?.article.text).toBe(seed.text);
      expect(await library.article('a-seed')).toBeUndefined();
      expect(await library.remove('a-seed')).toBeUndefined();
      now += 10 * MINUTE - 1;
      await libraries.maintain();
      const again = await restart();
      expect(await again.restore('a-seed')).toEqual(removed);
      expect(await again.restore('a-seed')).toEqual(removed);
      expect(await textsOf(again)).toEqual([seed.text, rain]);
      expect(await textsOf(await restart())).toEqual([seed.text, rain]);
    });

    test('after 10 minutes it can’t', async () => {
      const library = await libraries.open(server);
      await library.remove('a-seed');
      now += 10 * MINUTE;
      expect(await library.restore('a-seed')).toBeUndefined();
      await libraries.maintain();
      expect(await (await restart()).restore('a-seed')).toBeUndefined();
    });

    test('made-up ids remove and restore nothing', async () => {
      const library = await libraries.open(server);
      for (const id of ['', '__proto__', 'constructor', '../a-seed', "' OR 1=1 --"]) {
        expect(await library.article(id)).toBeUndefined();
        expect(await library.remove(id)).toBeUndefined();
        expect(await library.restore(id)).toBeUndefined();
      }
      expect(await idsOf(library)).toEqual(['a-seed']);
    });

    test('an article that was removed can be added again, and is there once', async () => {
      const library = await libraries.open(server);
      const added = await library.add(linked, rain);
      const id = 'article' in added ? added.article.article.id : '';
      await library.remove(id);
      expect((await library.add(linked, rain)).kind).toBe('added');
      expect((await library.restore(id))?.article.text).toBe(rain);
      expect(await textsOf(await restart())).toEqual([seed.text, rain]);
    });

    test('returns articles in the order requested, by id and by code, and lists them without their text', async () => {
      const library = await libraries.open(server);
      const added = await library.add({ ...linked, title: 'Rain' }, rain);
      if (added.kind !== 'added') throw new Error(added.kind);
      const { id } = added.article.article;
      const ids = ['none', id, 'a-seed', id];
      expect((await library.articles(ids)).map(({ article }) => article.id)).toEqual([id, 'a-seed', id]);
      expect(await library.articleOfCode(codeOf(id))).toStrictEqual(added.article);
      for (const code of [id, '\0', '\ud800']) expect(await library.articleOfCode(code)).toBeUndefined();
      const listed = { ...linked, title: 'Rain', id, updated: false, paragraphs: 2, attributions: 1, speakers: 1 };
      expect((await library.listed(ids)).map(each => each.id)).toEqual([id, 'a-seed', id]);
      expect(await library.newest(0, 1)).toStrictEqual([listed]);
      expect(await library.newest(2, 1)).toEqual([]);
    });

    test('what is added can be found at once; what is removed or replaced can’t', async () => {
      const library = await libraries.open(server);
      await library.add(linked, rain);
      expect([await findsIn(library, 'rain'), await library.read(countUnits)]).toEqual([true, 3]);
      await library.add(linked, 'Sun.');
      expect([await findsIn(library, 'rain'), await findsIn(library, 'sun')]).toEqual([false, true]);
      await library.remove('a-seed');
      expect(await findsIn(library, 'seed')).toBe(false);
      await library.restore('a-seed');
      expect(await findsIn(library, 'seed')).toBe(true);
    });

    test('settings take effect at once and last through a restart, for one library only, until it is erased', async () => {
      expect(await libraries.choices(server)).toEqual(DEFAULT_SETTINGS);
      expect(await libraries.has(server)).toBe(false);
      const library = await libraries.open(server);
      expect(await library.choose({ privacy: 'private' })).toEqual({ ...DEFAULT_SETTINGS, privacy: 'private' });
      expect(await libraries.choices(server)).toEqual({ ...DEFAULT_SETTINGS, privacy: 'private' });
      const [chosen] = await Promise.all([library.choose({ accent: 5 }), libraries.choices(server)]);
      expect(await libraries.choices(server)).toEqual(chosen);
      expect(await libraries.choices(other)).toEqual(DEFAULT_SETTINGS);
      await restart();
      expect(await libraries.choices(server)).toEqual({ ...DEFAULT_SETTINGS, privacy: 'private', accent: 5 });
      await libraries.erase(server);
      expect(await libraries.choices(server)).toEqual(DEFAULT_SETTINGS);
      await libraries.open(server);
      expect(await libraries.choices(server)).toEqual(DEFAULT_SETTINGS);
    });

    test('opening a library registers what it follows, where that isn’t registered', async () => {
      const library = await libraries.open(server);
      const feed = 'https://news.example/feed';
      await follow(library, libraries.feeds, { ...plain, feed }, now);
      const lease = { claimant: 'one', now, milliseconds: 1000 };
      const claimed = await libraries.feeds(claimFeed, lease);
      if (claimed === undefined) throw new Error('It is not due.');
      await libraries.feeds(saveFeed, { ...claimed, next: now + DAY }, lease);
      await restart();
      await libraries.close();
      await start();
      expect(await libraries.feeds(findFeeds, [feed])).toMatchObject([{ next: now + DAY }]);
      await libraries.feeds(removeFollower, feed, nameOf(server));
      await restart();
      await libraries.close();
      await start();
      expect(await libraries.feeds(readFollowers, feed)).toEqual([nameOf(server)]);
      expect(await libraries.feeds(findFeeds, [feed])).toMatchObject([{ next: now }]);
    });

    test('an article that two feeds bring at once is posted in the channels of both', async () => {
      const library = await libraries.open(server);
      for (const channel of ['1', '2']) {
        const feed = `https://news.example/${channel}`;
        await follow(library, libraries.feeds, { ...plain, feed, channel }, now);
        await library.add(linked, rain, undefined, { feed, keys: [feed], channel });
      }
      const posts = await library.read(readPosts, now, 9);
      expect(posts.map(({ channel }) => channel).sort()).toEqual(['1', '2']);
    });

    test('knows the servers that have a library', async () => {
      for (const owner of [server, other, { kind: 'person', id: '1' } as const]) await libraries.open(owner);
      expect([...(await libraries.knownServers())].sort()).toEqual([server.id, other.id]);
    });

    test('two owners see nothing of each other, even a server and a person with the same id', async () => {
      const owners: readonly Owner[] = [server, other, { kind: 'person', id: server.id }];
      for (const owner of owners)
        await (await libraries.open(owner)).add(linked, `${rain} Of ${owner.kind} ${owner.id}.`);
      for (const owner of owners) {
        const library = await libraries.open(owner);
        expect(await textsOf(library)).toEqual([seed.text, `${rain} Of ${owner.kind} ${owner.id}.`]);
      }
      await (await libraries.open(server)).erase();
      expect(await (await libraries.open(other)).count()).toBe(2);
    });

    test.each([
      '',
      '0',
      '-1',
      '1e5',
      ' 1',
      '1\n',
      '../1',
      '..',
      '1/../2',
      '１',
      '1.sqlite',
      'x'.repeat(300),
      '123456789012345678901',
    ])('no library of %j is opened, erased or left', async id => {
      await expect(libraries.open({ kind: 'server', id })).rejects.toThrow(StorageError);
      await expect(libraries.erase({ kind: 'server', id })).rejects.toThrow(StorageError);
      await expect(libraries.scheduleErasure({ kind: 'server', id }, now)).rejects.toThrow(StorageError);
    });

    test('a library opened several times at once is one', async () => {
      const [one, two] = await Promise.all([libraries.open(server), libraries.open(server)]);
      await one.add(linked, rain);
      expect(await textsOf(two)).toEqual([seed.text, rain]);
    });

    test('a library closed as idle or to make room still reads and writes', async () => {
      const owners: readonly Owner[] = [server, other, { kind: 'person', id: '1' }, { kind: 'person', id: '2' }];
      const opened = await Promise.all(owners.map(owner => libraries.open(owner)));
      for (const library of opened) expect((await library.add(linked, rain)).kind).toBe('added');
      now += 11 * MINUTE;
      await libraries.maintain();
      for (const library of opened) {
        expect(await findsIn(library, 'rain')).toBe(true);
        expect((await library.add(untitled, 'Sun.')).kind).toBe('added');
      }
      for (const library of opened) expect(await textsOf(library)).toEqual([seed.text, rain, 'Sun.']);
      expect(await textsOf(await libraries.open(server))).toEqual([seed.text, rain, 'Sun.']);
    });

    test('articles being added are stored, however many other libraries are opened meanwhile', async () => {
      await restart({ mostOpen: 1 });
      const library = await libraries.open(server);
      const adding = library.add(linked, rain);
      for (const id of ['1', '2', '3']) await libraries.open({ kind: 'person', id });
      expect((await adding).kind).toBe('added');
      expect(await textsOf(library)).toEqual([seed.text, rain]);
    });

    test('an erased library starts anew', async () => {
      const library = await libraries.open(server);
      await library.add(linked, rain);
      await library.remove('a-seed');
      await library.erase();
      await expect(library.count()).rejects.toThrow(StorageError);
      expect(await textsOf(await libraries.open(server))).toEqual([seed.text]);
      expect(await textsOf(await restart())).toEqual([seed.text]);
    });

    test('rejects what is being added while the library is erased', async () => {
      const library = await libraries.open(server);
      const adding = expect(library.add(linked, rain)).rejects.toThrow(StorageError);
      await library.erase();
      await adding;
      expect(await textsOf(await restart())).toEqual([seed.text]);
    });

    test('closing waits for what is being added', async () => {
      const adding = (await libraries.open(server)).add(linked, rain);
      const library = await restart();
      expect((await adding).kind).toBe('added');
      expect(await textsOf(library)).toEqual([seed.text, rain]);
      await libraries.close();
      await expect(libraries.open(server)).rejects.toThrow(StorageError);
    });

    test('a server that left keeps its library for 30 days; one that returned, forever', async () => {
      for (const owner of [server, other]) {
        await (await libraries.open(owner)).add(linked, rain);
        await libraries.scheduleErasure(owner, now);
      }
      await libraries.cancelErasure(other);
      now += 30 * DAY - 1;
      await libraries.scheduleErasure(server, now);
      await restart();
      expect(await libraries.eraseDue(now, () => true)).toBe(0);
      now += 1;
      const announced: string[] = [];
      const announce = (id: string, when: string) => announced.push(`${id} ${when}`);
      expect(await libraries.eraseDue(now, () => true, announce)).toBe(0);
      now += DAY;
      await restart();
      expect(await libraries.eraseDue(now, () => true, announce)).toBe(1);
      expect(await libraries.eraseDue(now, () => true, announce)).toBe(0);
      expect(announced).toEqual([`${server.id} tomorrow`, `${server.id} now`]);
      expect(await textsOf(await libraries.open(server))).toEqual([seed.text]);
      expect(await textsOf(await libraries.open(other))).toEqual([seed.text, rain]);
    });

    test('one wrong time erases nothing, and a server that returned is forgotten', async () => {
      const began = now;
      await (await libraries.open(server)).add(linked, rain);
      await libraries.scheduleErasure(server, began);
      for (const days of [31, 0, 1, 29]) {
        await restart();
        expect(await libraries.eraseDue(began + days * DAY, () => true)).toBe(0);
      }
      expect(await libraries.eraseDue(began + 30 * DAY, () => true)).toBe(0);
      await libraries.cancelErasure(server);
      await libraries.scheduleErasure(server, began + 40 * DAY);
      expect(await libraries.eraseDue(began + 70 * DAY, () => true)).toBe(0);
      expect(await libraries.eraseDue(began + 71 * DAY, () => true)).toBe(1);
    });

    test('a machine whose clock is wrong neither erases a library early nor late', async () => {
      const left = now;
      await (await libraries.open(server)).add(linked, rain);
      for (const [years, days, erased] of [
        [-56, 0, 0],
        [1, 1, 0],
        [1, 2, 0],
        [-56, 30, 0],
        [1, 31, 1],
      ] as const) {
        now = left + years * 365 * DAY;
        await libraries.scheduleErasure(server, left + days * DAY);
        await restart();
        expect(await libraries.eraseDue(left + days * DAY, () => true)).toBe(erased);
      }
    });
  });
}
