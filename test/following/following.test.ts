import { expect, test } from 'vitest';
import {
  type FollowOptions,
  follow,
  listFollows,
  mostFollowed,
  newestItems,
  pause,
  unfollow,
} from '../../src/following/following.ts';
import { findFeeds, readFollowers } from '../../src/library/store/following/feeds.ts';
import { markItems } from '../../src/library/store/following/following.ts';
import { openTestLibraries } from '../library/test-libraries.ts';

const options: FollowOptions = {
  feed: 'https://news.example/feed',
  title: 'The Post',
  channel: '12',
  only: undefined,
  keepDays: undefined,
  ping: undefined,
  addedBy: '7',
};

async function openLibrary(kind: 'server' | 'person' = 'server') {
  const { libraries, end } = await openTestLibraries([]);
  const library = await libraries.open({ kind, id: '7600000000000000001' });
  return { library, feeds: libraries.feeds, end };
}

test('a feed is followed, changed, paused, resumed and left', async () => {
  const { library, feeds, end } = await openLibrary();
  expect(await follow(library, feeds, options, 1000)).toBe(true);
  expect(await feeds(readFollowers, options.feed)).toEqual(['server-7600000000000000001']);
  expect(await listFollows(library, feeds, 999)).toMatchObject([
    { ...options, next: 1000, isNew: true, addedAt: 1000 },
  ]);
  expect(await listFollows(library, feeds, 1000)).toMatchObject([{ next: undefined }]);
  await library.write(markItems, options.feed, [], true);
  expect(await follow(library, feeds, { ...options, only: 'rain' }, 2000)).toBe(true);
  expect(await listFollows(library, feeds)).toMatchObject([{ only: 'rain', isNew: false, addedAt: 1000 }]);
  await pause(library, feeds, options.feed, true);
  expect(await listFollows(library, feeds)).toMatchObject([{ isPaused: true, next: undefined, isNew: false }]);
  expect(await follow(library, feeds, options, 2500)).toBe(true);
  expect(await listFollows(library, feeds)).toMatchObject([{ isPaused: false, isNew: true, addedAt: 1000 }]);
  await pause(library, feeds, options.feed, true);
  await pause(library, feeds, options.feed, false, 3000);
  expect(await listFollows(library, feeds, 0)).toMatchObject([{ isPaused: false, next: 1000, isNew: true }]);
  await unfollow(library, feeds, options.feed);
  await pause(library, feeds, options.feed, false);
  expect([await listFollows(library, feeds), await feeds(findFeeds, [options.feed])]).toEqual([[], []]);
  await end();
});

test('a person follows ten feeds at most', async () => {
  const { library, feeds, end } = await openLibrary('person');
  const followed: boolean[] = [];
  for (let at = 0; at <= mostFollowed(library); at += 1) {
    followed.push(await follow(library, feeds, { ...options, feed: `https://news.example/${at}` }));
  }
  expect(followed).toEqual([...Array(10).fill(true), false]);
  expect(await feeds(findFeeds, ['https://news.example/10'])).toEqual([]);
  await end();
});

test('the newest items are those with the latest dates, or the first if one has none', () => {
  const itemOf = (title: string, published?: string) => ({
    keys: [title],
    title,
    link: undefined,
    published,
    text: '',
  });
  const items = [itemOf('a', '2026-01-01'), itemOf('b', '2026-01-03'), itemOf('c', '2026-01-02')];
  const titlesOf = (more: typeof items) =>
    newestItems({ title: '', items: more, ttlMinutes: undefined }, 2).map(({ title }) => title);
  expect([titlesOf(items), titlesOf([...items, itemOf('d')])]).toEqual([
    ['b', 'c'],
    ['a', 'b'],
  ]);
});
