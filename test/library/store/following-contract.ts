import { beforeEach, describe, expect, test } from 'vitest';
import { putArticle } from '../../../src/library/store/changes.ts';
import type { FeedState, RegisteredFeed } from '../../../src/library/store/following/feeds.ts';
import {
  claimFeed,
  extendClaim,
  extendClaims,
  findFeeds,
  readFollowers,
  readTroubledFeeds,
  refetchFeed,
  registerFollower,
  removeFollower,
  saveFeed,
} from '../../../src/library/store/following/feeds.ts';
import type { Follow, ItemMark } from '../../../src/library/store/following/following.ts';
import {
  countTakenSince,
  deleteFollow,
  findTakenUntil,
  forgetMarks,
  forgetTaken,
  markItems,
  readFollows,
  readKeptItems,
  readMarks,
  readMarksAfter,
  saveFollow,
  writeMarks,
} from '../../../src/library/store/following/following.ts';
import type { NewPost } from '../../../src/library/store/following/outbox.ts';
import {
  deletePosts,
  groupPosts,
  postponePosts,
  readNextPost,
  readPosts,
  readUnmatched,
  replacePosts,
  saveMatches,
} from '../../../src/library/store/following/outbox.ts';
import type { Watch } from '../../../src/library/store/following/watches.ts';
import { changeWatch, deleteWatch, readWatches, saveWatch } from '../../../src/library/store/following/watches.ts';
import type { Backend, Store } from '../../../src/library/store/store.ts';
import { type Message, message } from '../../../src/wording/say.ts';
import { buildNews, rowOf } from '../rows.ts';

const feed = 'https://news.example/feed';
const many = 100;
const rain = buildNews('rain', [{ who: 'Ann Lee', says: 'Rain fell' }], { url: 'https://news.example/rain' });
const newer = buildNews('newer', [{ who: 'Ann Lee', says: 'Hail fell' }], { url: 'https://news.example/rain' });

function followOf(address = feed, more: Partial<Follow> = {}): Follow {
  const chosen = {
    channel: '12',
    only: 'harbour',
    keepDays: 30,
    ping: '98',
    isPaused: false,
    isNew: true,
    disabled: undefined,
  };
  return { feed: address, title: 'The Post \ud800 \0', ...chosen, addedBy: '7', addedAt: 1000, ...more };
}

function markOf(key: string, outcome: ItemMark['outcome'], more: Partial<ItemMark> = {}): ItemMark {
  return { keys: [key], outcome, attempts: 1, moment: 50, ...more };
}

const post: NewPost = { id: 'nonce', channel: '12', article: 'rain', reason: { kind: 'article', feed } };
const putWith = (keys: readonly string[], posts: readonly NewPost[] = [], now = 50) => ({
  now,
  item: { feed, keys },
  posts,
  isWatched: false,
});

/** Tests what every store promises about feeds, watches and posts. */
export function describeFollowing(storeOf: () => Store): void {
  describe('what it follows', () => {
    let store: Store;
    beforeEach(() => {
      store = storeOf();
    });
    const outcomesOf = async (...keys: string[]) => {
      const marks = await store.read(readMarks, feed, keys);
      return keys.map(key => marks.get(key)?.outcome);
    };

    test('is listed as it was saved, the oldest first, and no more than allowed', async () => {
      expect(await store.write(saveFollow, followOf(feed, { addedAt: 2000 }), 2)).toBe(true);
      const bare = { channel: undefined, only: undefined, keepDays: undefined, ping: undefined };
      expect(await store.write(saveFollow, followOf('https://b.example/', bare), 2)).toBe(true);
      expect(await store.write(saveFollow, followOf('https://c.example/'), 2)).toBe(false);
      expect(await store.write(saveFollow, followOf(feed, { addedAt: 2000, title: 'Renamed' }), 2)).toBe(true);
      expect(await store.read(readFollows)).toStrictEqual([
        { ...followOf('https://b.example/', bare), taken: 0, skipped: {} },
        { ...followOf(feed, { addedAt: 2000, title: 'Renamed' }), taken: 0, skipped: {} },
      ]);
    });

    test('counts what was taken and skipped, and forgets both with the follow', async () => {
      await store.write(saveFollow, followOf(), many);
      const marks = [markOf('a', 'there'), markOf('b', 'paywall'), markOf('c', 'paywall'), markOf('d', 'seen')];
      await store.write(markItems, feed, [...marks, markOf('e', 'retrying')], true);
      expect(await outcomesOf('a', 'd', 'e', 'z')).toEqual(['there', 'seen', 'retrying', undefined]);
      expect(await store.read(readFollows)).toMatchObject([
        { isNew: false, taken: 0, skipped: { there: 1, paywall: 2 } },
      ]);
      await store.write(saveFollow, followOf(feed, { isPaused: true }), many);
      expect(await store.read(readFollows)).toMatchObject([{ isPaused: true, skipped: { there: 1, paywall: 2 } }]);
      expect(await store.write(deleteFollow, feed)).toBe(true);
      expect(await store.write(deleteFollow, feed)).toBe(false);
      expect(await outcomesOf('a', 'd', 'e')).toEqual([undefined, undefined, undefined]);
    });

    test('marks thousands of items, by any of their keys', async () => {
      await store.write(saveFollow, followOf(), many);
      const marks = Array.from({ length: 2000 }, (_, at) =>
        markOf('', 'seen', { keys: [`guid ${at} \ud800`, `link ${at}`] }),
      );
      await store.write(markItems, feed, marks);
      expect(await outcomesOf('guid 0 \ud800', 'link 1999', 'guid 2000 \ud800')).toEqual(['seen', 'seen', undefined]);
    });

    test('marks nothing once it isn’t followed any more', async () => {
      await store.write(markItems, feed, [markOf('a', 'there')]);
      await store.write(putArticle, rowOf(rain), many, putWith(['a'], [post]));
      expect(await outcomesOf('a')).toEqual([undefined]);
    });

    test('marks an item with the article it became, and stores its posts', async () => {
      await store.write(saveFollow, followOf(), many);
      expect((await store.write(putArticle, rowOf(rain), many, putWith(['a', 'b'], [post]))).kind).toBe('added');
      expect(await outcomesOf('a', 'b')).toEqual(['taken', 'taken']);
      expect(await store.read(readPosts, 50, many)).toStrictEqual([
        { ...post, since: 50, attempts: 0, nonce: undefined },
      ]);
      expect(await store.read(readFollows)).toMatchObject([{ taken: 1, skipped: {} }]);
      expect([await store.read(countTakenSince, 49), await store.read(countTakenSince, 50)]).toEqual([1, 0]);
      expect(await store.read(findTakenUntil, feed, 49, many)).toEqual([]);
      expect(await store.read(findTakenUntil, feed, 50, many)).toEqual(['rain']);
      await store.write(forgetTaken, feed, ['rain']);
      expect(await store.read(findTakenUntil, feed, 50, many)).toEqual([]);
      expect(await outcomesOf('a', 'b')).toEqual(['taken', 'taken']);
    });

    test('posts only what is new, and marks what is there already', async () => {
      await store.write(saveFollow, followOf(), many);
      await store.write(putArticle, rowOf(rain), many);
      expect((await store.write(putArticle, rowOf(rain), many, putWith(['a'], [post]))).kind).toBe('same');
      expect((await store.write(putArticle, rowOf(newer), many, putWith(['b'], [post]))).kind).toBe('updated');
      expect((await store.write(putArticle, rowOf(buildNews('full', ['Full.'])), 1, putWith(['c'], [post]))).kind).toBe(
        'full',
      );
      expect(await outcomesOf('a', 'b', 'c')).toEqual(['there', 'taken', undefined]);
      expect(await store.read(readPosts, 1e15, many)).toEqual([]);
    });

    test('keeps items that are retried, unless they are long, until they are marked otherwise', async () => {
      await store.write(saveFollow, followOf(), many);
      await store.write(saveFollow, followOf('https://b.example/'), many);
      const bare = { link: undefined, published: undefined, text: '' };
      const [one, two, long] = [
        {
          keys: ['a', 'b'],
          title: 'Rain \ud800 \0',
          link: 'https://a.example/',
          published: '2026-11-27',
          text: 'Rain.',
        },
        { ...bare, keys: ['c'], title: 'Hail' },
        { ...bare, keys: ['d'], title: 'Snow', text: 'Snow. '.repeat(1000) },
      ];
      const marks = [one, two, long].map((kept, at) => ({
        ...markOf('', 'retrying'),
        keys: kept.keys,
        kept,
        moment: 90 - at,
      }));
      await store.write(markItems, feed, [...marks, markOf('e', 'retrying')]);
      await store.write(markItems, 'https://b.example/', marks);
      expect(await store.read(readKeptItems, feed)).toStrictEqual([two, one]);
      expect(await outcomesOf('a', 'b', 'c', 'd')).toEqual(Array(4).fill('retrying'));
      const copied = await store.read(readMarksAfter, feed, '', many);
      await store.write(markItems, feed, [{ ...markOf('', 'unreachable'), keys: one.keys }]);
      expect(await store.read(readKeptItems, feed)).toStrictEqual([two]);
      await store.write(writeMarks, feed, copied);
      expect(await store.read(readKeptItems, feed)).toStrictEqual([two, one]);
    });

    test('keeps at most 200 items of a feed: those to be tried last', async () => {
      await store.write(saveFollow, followOf(), many);
      await store.write(saveFollow, followOf('https://b.example/'), many);
      const marks = Array.from({ length: 202 }, (_, at) => {
        const kept = { keys: [`${at}`], title: 'Rain', link: undefined, published: undefined, text: '' };
        return markOf(`${at}`, 'retrying', { kept, moment: at });
      });
      await store.write(markItems, 'https://b.example/', marks.slice(0, 1));
      for (const some of [marks.slice(100), marks.slice(0, 100)]) await store.write(markItems, feed, some);
      expect((await store.read(readKeptItems, feed)).map(({ keys }) => keys[0])).toEqual(
        marks.slice(2).map(({ keys }) => keys[0]),
      );
      expect(await store.read(readKeptItems, 'https://b.example/')).toHaveLength(1);
      expect(await outcomesOf('0', '1')).toEqual(['retrying', 'retrying']);
    });

    test('forgets marks of items that left the feed, but not of articles', async () => {
      await store.write(saveFollow, followOf(), many);
      await store.write(putArticle, rowOf(rain), many, putWith(['taken']));
      await store.write(markItems, feed, [
        markOf('there', 'there'),
        markOf('gone', 'seen'),
        markOf('late', 'seen', { moment: 51 }),
      ]);
      await store.write(forgetMarks, feed, 50, ['there']);
      expect(await outcomesOf('taken', 'there', 'gone', 'late')).toEqual(['taken', 'there', undefined, 'seen']);
    });

    test('forgets all but the newest 10,000 marks of items that left the feed', async () => {
      await store.write(saveFollow, followOf(), many);
      await store.write(saveFollow, followOf('https://b.example/'), many);
      await store.write(putArticle, rowOf(rain), many, putWith(['taken'], [], 1));
      const marks = Array.from({ length: 10_003 }, (_, at) => markOf(`${at}`, 'seen', { moment: at + 100 }));
      await store.write(markItems, feed, marks);
      await store.write(markItems, 'https://b.example/', [markOf('other', 'seen')]);
      await store.write(forgetMarks, feed, 50, ['0']);
      expect(await outcomesOf('taken', '0', '1', '2', '3', '10002')).toEqual([
        ...['taken', 'seen', undefined, undefined],
        ...['seen', 'seen'],
      ]);
      expect((await store.read(readMarks, 'https://b.example/', ['other'])).get('other')?.outcome).toBe('seen');
      await store.write(forgetMarks, feed, 50, []);
      expect(await outcomesOf('0', '3', '4')).toEqual([undefined, 'seen', 'seen']);
    });

    test('posts are sent in order, put off, and deleted', async () => {
      await store.write(saveFollow, followOf(), many);
      const hit = { kind: 'watch', watch: 'w', passage: 3, others: 2 } as const;
      await store.write(putArticle, rowOf(rain), many, putWith(['a'], [post]));
      const hail = buildNews('hail', ['Hail.']);
      await store.write(
        putArticle,
        rowOf(hail),
        many,
        putWith(['b'], [{ ...post, id: 'second', article: 'hail', reason: hit }], 60),
      );
      expect((await store.read(readPosts, 60, many)).map(({ id }) => id)).toEqual(['nonce', 'second']);
      expect((await store.read(readPosts, 60, 1)).map(({ id }) => id)).toEqual(['nonce']);
      expect(await store.read(readNextPost)).toBe(50);
      await store.write(postponePosts, ['nonce'], 90);
      await store.write(postponePosts, ['nonce'], 100, true);
      expect(await store.read(readPosts, 99, many)).toMatchObject([{ id: 'second', reason: hit }]);
      expect(await store.read(readNextPost)).toBe(60);
      await store.write(deletePosts, ['second', 'none']);
      expect(await store.read(readPosts, 100, many)).toMatchObject([{ id: 'nonce', attempts: 1, since: 50 }]);
      await store.write(deletePosts, ['nonce']);
      expect(await store.read(readNextPost)).toBeUndefined();
    });

    test('what watches find in a new article is stored once, as old as the article', async () => {
      const hit = { kind: 'watch', watch: 'w', passage: 3, others: 2 } as const;
      const watched = (now: number) => ({ ...putWith(['a'], [], now), isWatched: true });
      await store.write(putArticle, rowOf(rain), many, watched(60));
      await store.write(putArticle, rowOf(rain), many, watched(61));
      await store.write(putArticle, rowOf(newer), many, watched(62));
      await store.write(putArticle, rowOf(buildNews('hail \ud800', ['Hail.'])), many, watched(50));
      await store.write(putArticle, rowOf(buildNews('sun', ['Sun.'])), many, putWith(['b']));
      const [hail, first] = [
        { article: 'hail \ud800', since: 50 },
        { article: 'rain', since: 60 },
      ];
      expect(await store.read(readUnmatched, many)).toStrictEqual([hail, first]);
      expect(await store.read(readUnmatched, 1)).toStrictEqual([hail]);
      expect(await store.read(readNextPost)).toBe(50);
      await store.write(saveMatches, hail.article, []);
      expect([await store.read(readPosts, 1e15, many), await store.read(readNextPost)]).toEqual([[], 60]);
      const found = { ...post, id: 'found', reason: hit, since: 60 };
      for (const id of ['found', 'again']) await store.write(saveMatches, 'rain', [{ ...found, id }]);
      await store.write(saveMatches, 'sun', [{ ...found, id: 'never' }]);
      const posts = await store.read(readPosts, 60, many);
      expect(posts).toStrictEqual([{ ...found, attempts: 0, nonce: undefined }]);
      expect(await store.read(readUnmatched, many)).toEqual([]);
      await store.write(replacePosts, posts, [hail]);
      expect([await store.read(readPosts, 60, many), await store.read(readUnmatched, many)]).toStrictEqual([
        posts,
        [hail],
      ]);
      await store.write(replacePosts, [], []);
      expect(await store.read(readNextPost)).toBeUndefined();
    });

    test('a post about a problem that this version doesn’t know any more doesn’t stay in the outbox', async () => {
      const problem: Message = JSON.parse('{"key":"reading.no-such","values":{}}');
      const failing = { ...post, id: 'failing', reason: { kind: 'failing', feed, problem }, since: 60 } as const;
      await store.write(replacePosts, [{ ...failing, attempts: 0, nonce: undefined }], []);
      const [read] = await store.read(readPosts, 60, many);
      expect(read?.reason).toEqual({ kind: 'failing', feed, problem: message('reading.trouble') });
    });

    test('posts that are sent as one message have a nonce for good, and are found together', async () => {
      await store.write(saveFollow, followOf(), many);
      const posts = ['a', 'b', 'c', 'd', 'e'].map(id => ({ ...post, id }));
      await store.write(putArticle, rowOf(rain), many, putWith(['a'], posts));
      const due = async (limit = many) =>
        (await store.read(readPosts, 50, limit)).map(({ id, nonce }) => `${id} ${nonce}`);
      expect((await store.write(groupPosts, ['c', 'd'], 'one')).toSorted()).toEqual(['c', 'd']);
      expect(await store.write(groupPosts, ['b', 'd', 'none'], 'two')).toEqual(['b']);
      expect(await store.write(groupPosts, ['b'], 'three')).toEqual([]);
      expect(await due()).toEqual(['c one', 'd one', 'b two', 'a undefined', 'e undefined']);
      expect(await due(4)).toEqual(['c one', 'd one', 'b two', 'a undefined']);
      expect((await store.write(groupPosts, ['a', 'e'], 'two')).toSorted()).toEqual(['a', 'e']);
      // Never a part of a group.
      expect(await due(3)).toEqual(['c one', 'd one']);
      await store.write(postponePosts, ['c', 'd'], 60);
      expect(await due(3)).toEqual(['a two', 'b two', 'e two']);
    });

    test('watches are saved, replaced, changed and deleted', async () => {
      const watch: Watch = {
        id: 'w',
        speaker: 'Ann Lee',
        words: undefined,
        channel: '12',
        addedBy: '7',
        locale: 'en',
        disabled: undefined,
        ping: '98',
        every: undefined,
        addedAt: 0,
      };
      expect(await store.write(saveWatch, watch, 1)).toBe(true);
      expect(await store.write(saveWatch, { ...watch, id: 'x' }, 1)).toBe(false);
      expect(await store.write(saveWatch, { ...watch, disabled: 50_001 }, 1)).toBe(true);
      expect(await store.read(readWatches)).toStrictEqual([{ ...watch, disabled: 50_001 }]);
      expect(await store.write(changeWatch, 'w', { disabled: 50_013 })).toBe(true);
      expect(await store.read(readWatches)).toStrictEqual([{ ...watch, disabled: 50_013 }]);
      expect([await store.write(deleteWatch, 'x'), await store.write(deleteWatch, 'w')]).toEqual([false, true]);
      expect(await store.write(changeWatch, 'w', { disabled: 50_001 })).toBe(false);
      expect(await store.read(readWatches)).toEqual([]);
    });
  });
}

const lease = { claimant: 'one', now: 1000, milliseconds: 100 };
const ended = { ...lease, milliseconds: 0 };

/** Tests what every backend promises about the feeds of all libraries. */
export function describeRegister(backendOf: () => Backend): void {
  describe('its feeds', () => {
    let backend: Backend;
    beforeEach(() => {
      backend = backendOf();
    });
    const namesOf = (feeds: readonly RegisteredFeed[]) => feeds.map(each => each.feed);
    const claim = async (more: Partial<typeof lease> = {}) =>
      (await backend.feeds(claimFeed, { ...lease, ...more }))?.feed;
    const stateOf = async (address = feed) => (await backend.feeds(findFeeds, [address]))[0]?.state;

    test('are there once for all libraries, and forgotten with the last', async () => {
      const { feeds } = backend;
      for (const name of ['server-1', 'server-2', 'server-2']) await feeds(registerFollower, feed, name, 1000);
      expect(await feeds(readFollowers, feed)).toEqual(['server-1', 'server-2']);
      expect([await claim({ now: 999 }), await claim()]).toEqual([undefined, feed]);
      await feeds(removeFollower, feed, 'server-1');
      expect(namesOf(await feeds(findFeeds, [feed, 'https://none.example/']))).toEqual([feed]);
      await feeds(removeFollower, feed, 'server-2');
      expect(await feeds(findFeeds, [feed])).toEqual([]);
    });

    test('aren’t followed by a library that the bot has left, nor by an erased one', async () => {
      const { feeds } = backend;
      const stores = await Promise.all(['server-1', 'server-2'].map(name => backend.open(name, async () => [])));
      for (const name of ['server-1', 'server-2']) await feeds(registerFollower, feed, name, 1000);
      await backend.schedule('leaving', 'server-1', 5000);
      expect(await feeds(readFollowers, feed)).toEqual(['server-2']);
      await backend.complete('leaving', 'server-1');
      await Promise.all(stores.map(store => store.close()));
      await backend.erase('server-2');
      expect(await feeds(readFollowers, feed)).toEqual(['server-1']);
    });

    test('are claimed one at a time and host by host, the one that waits longest first, until the claim ends', async () => {
      const { feeds } = backend;
      await feeds(registerFollower, feed, 'server-1', 900);
      await feeds(registerFollower, 'https://news.example/sport', 'server-1', 800);
      await feeds(registerFollower, 'https://other.example/', 'server-1', 1000);
      expect([await claim(), await claim({ claimant: 'two' }), await claim()]).toEqual([
        'https://news.example/sport',
        'https://other.example/',
        undefined,
      ]);
      expect(await feeds(extendClaim, 'https://news.example/sport', { ...lease, now: 1010, milliseconds: 190 })).toBe(
        true,
      );
      expect(await feeds(extendClaim, 'https://news.example/sport', { ...lease, claimant: 'two' })).toBe(false);
      expect(await claim({ claimant: 'two', now: 1100 })).toBe('https://other.example/');
      expect(await claim({ claimant: 'two', now: 1199 })).toBeUndefined();
      expect(await feeds(extendClaim, 'https://news.example/sport', { ...lease, now: 1200 })).toBe(false);
      expect(await claim({ claimant: 'two', now: 1200 })).toBe('https://news.example/sport');
      expect(await feeds(extendClaim, 'https://news.example/sport', lease)).toBe(false);
    });

    test('are extended only when half of the claim is over', async () => {
      const { feeds } = backend;
      await feeds(registerFollower, feed, 'server-1', 900);
      expect([await claim(), await feeds(extendClaim, feed, { ...lease, now: 1049 })]).toEqual([feed, true]);
      expect(await claim({ claimant: 'two', now: 1100 })).toBe(feed);
      expect(await feeds(extendClaim, feed, { ...lease, claimant: 'two', now: 1151 })).toBe(true);
      expect([await claim({ now: 1250 }), await claim({ now: 1251 })]).toEqual([undefined, feed]);
    });

    test('are extended together, but only those that are named and whose claim isn’t over', async () => {
      const { feeds } = backend;
      const names = ['https://a.example/', 'https://b.example/', 'https://c.example/'];
      for (const name of names) await feeds(registerFollower, name, 'server-1', 900);
      expect([await claim(), await claim(), await claim({ milliseconds: 40 })]).toEqual(names);
      await feeds(extendClaims, names, { ...lease, claimant: 'two', now: 1050 });
      await feeds(extendClaims, [...names.slice(1), 'https://none.example/'], { ...lease, now: 1050 });
      expect([await claim({ now: 1100 }), await claim({ now: 1100 }), await claim({ now: 1100 })]).toEqual([
        'https://a.example/',
        'https://c.example/',
        undefined,
      ]);
      expect(await claim({ now: 1150 })).toBe('https://b.example/');
    });

    test('leave their host alone for a while', async () => {
      const { feeds } = backend;
      await feeds(registerFollower, feed, 'server-1', 900);
      await feeds(registerFollower, 'https://news.example/sport', 'server-1', 1000);
      const claimed = await feeds(claimFeed, lease);
      if (claimed === undefined) throw new Error('not claimed');
      await feeds(saveFeed, { ...claimed, next: 5000 }, { ...lease, milliseconds: 10 });
      expect([await claim({ now: 1009 }), await claim({ now: 1010 })]).toEqual([
        undefined,
        'https://news.example/sport',
      ]);
    });

    test('keep how they fare, and when they are due next', async () => {
      const { feeds } = backend;
      await feeds(registerFollower, feed, 'server-1', 1000);
      const claimed = await feeds(claimFeed, lease);
      if (claimed === undefined) throw new Error('not claimed');
      const state: FeedState = {
        address: 'https://news.example/moved',
        etag: '"1"',
        lastModified: 'then',
        lastTried: 1000,
        lastSuccess: 900,
        failures: 3,
        failingSince: 800,
        problem: message('reading.passed-on', { most: '5' }),
        ended: undefined,
      };
      await feeds(saveFeed, { feed, next: 2000, state }, { ...ended, claimant: 'two' });
      expect(await stateOf()).toStrictEqual(claimed.state);
      await feeds(saveFeed, { feed, next: 2000, state }, ended);
      expect(await stateOf()).toStrictEqual(state);
      expect([await claim({ now: 1999 }), await claim({ now: 2000, claimant: 'two' })]).toEqual([undefined, feed]);
      const counted = await feeds(readTroubledFeeds, many);
      expect([counted.feeds, counted.failing, namesOf(counted.troubled)]).toEqual([1, 1, [feed]]);
    });

    test('are asked for in full, and soon, once another library follows', async () => {
      const { feeds } = backend;
      await feeds(registerFollower, feed, 'server-1', 1000);
      const claimed = await feeds(claimFeed, lease);
      if (claimed === undefined) throw new Error('not claimed');
      await feeds(registerFollower, feed, 'server-2', 1010);
      const known: FeedState = { ...claimed.state, etag: '"1"', ended: 'failing', failures: 9 };
      await feeds(saveFeed, { feed, next: 5000, state: known }, ended);
      expect(await stateOf()).toMatchObject({ etag: undefined, ended: undefined, failures: 0 });
      expect(await claim({ now: 1010 })).toBe(feed);
      await feeds(saveFeed, { feed, next: 5000, state: known }, ended);
      expect(await stateOf()).toMatchObject({ etag: '"1"', ended: 'failing' });
      await feeds(registerFollower, feed, 'server-3', 3000);
      expect(await stateOf()).toMatchObject({ etag: undefined, ended: undefined });
      expect([await claim({ now: 2999 }), await claim({ now: 3000 })]).toEqual([undefined, feed]);
    });

    test('that fail are left alone as long as before, whoever follows or pauses them', async () => {
      const { feeds } = backend;
      await feeds(registerFollower, feed, 'server-1', 1000);
      const claimed = await feeds(claimFeed, lease);
      if (claimed === undefined) throw new Error('not claimed');
      const state: FeedState = { ...claimed.state, etag: '"1"', lastTried: 1000, failures: 3, failingSince: 800 };
      await feeds(registerFollower, feed, 'server-2', 1010);
      await feeds(saveFeed, { feed, next: 5000, state }, ended);
      const failing = [{ feed, next: 5000, state: { ...state, etag: undefined } }];
      expect(await feeds(findFeeds, [feed])).toStrictEqual(failing);
      await feeds(registerFollower, feed, 'server-3', 2000);
      await feeds(refetchFeed, feed);
      expect(await feeds(findFeeds, [feed])).toStrictEqual(failing);
    });

    test('are asked for no sooner than a minute after the last time', async () => {
      const { feeds } = backend;
      await feeds(registerFollower, feed, 'server-1', 1000);
      for (const more of [{}, { ended: 'gone', failures: 2 }] as const) {
        const claimed = await feeds(claimFeed, { ...lease, now: 900_000 });
        if (claimed === undefined) throw new Error('not claimed');
        const state: FeedState = { ...claimed.state, lastTried: 800_000, ...more };
        await feeds(saveFeed, { feed, next: 1_000_000, state }, ended);
        await feeds(registerFollower, feed, 'server-2', 810_000);
        expect(await feeds(findFeeds, [feed])).toMatchObject([
          { next: 860_000, state: { failures: 0, ended: undefined } },
        ]);
      }
    });

    test('stay as they are, but are asked for in full, once a library pauses', async () => {
      const { feeds } = backend;
      await feeds(registerFollower, feed, 'server-1', 1000);
      const claimed = await feeds(claimFeed, lease);
      if (claimed === undefined) throw new Error('not claimed');
      const state: FeedState = { ...claimed.state, etag: '"1"', lastModified: 'then', ended: 'gone', failures: 2 };
      await feeds(saveFeed, { feed, next: 5000, state }, ended);
      await feeds(refetchFeed, feed);
      const whole = { ...state, etag: undefined, lastModified: undefined };
      expect(await feeds(findFeeds, [feed])).toStrictEqual([{ feed, next: 5000, state: whole }]);
    });

    test('stay as a poll found them if a library pauses meanwhile, unless another follows', async () => {
      const { feeds } = backend;
      await feeds(registerFollower, feed, 'server-1', 1000);
      const claimed = await feeds(claimFeed, lease);
      if (claimed === undefined) throw new Error('not claimed');
      const state: FeedState = { ...claimed.state, etag: '"1"', ended: 'gone' };
      await feeds(refetchFeed, feed);
      await feeds(saveFeed, { feed, next: 1000, state }, ended);
      expect(await feeds(findFeeds, [feed])).toStrictEqual([
        { feed, next: 1000, state: { ...state, etag: undefined } },
      ]);
      await feeds(claimFeed, lease);
      await feeds(saveFeed, { feed, next: 1000, state }, ended);
      expect(await stateOf()).toStrictEqual(state);
      await feeds(claimFeed, lease);
      await feeds(registerFollower, feed, 'server-2', 1000);
      await feeds(refetchFeed, feed);
      await feeds(saveFeed, { feed, next: 5000, state }, ended);
      expect(await stateOf()).toMatchObject({ etag: undefined, ended: undefined });
    });
  });
}
