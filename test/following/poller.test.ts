import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { MODEL_ID } from '../../src/answering/networks/model.ts';
import { listFollows, pause, unfollow } from '../../src/following/following.ts';
import { hasWords } from '../../src/following/take.ts';
import { type Derives, TooSlow } from '../../src/library/attributor.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import { countUnencoded, readVectors } from '../../src/library/store/articles.ts';
import { StorageError } from '../../src/library/store/errors.ts';
import { findFeeds, readTroubledFeeds } from '../../src/library/store/following/feeds.ts';
import { changeFollow } from '../../src/library/store/following/following.ts';
import type { Post } from '../../src/library/store/following/outbox.ts';
import { deletePosts, readPosts } from '../../src/library/store/following/outbox.ts';
import type { Run } from '../../src/library/store/script.ts';
import { type Document, readDocument } from '../../src/reading/document.ts';
import { DocumentReader } from '../../src/reading/document-reader.ts';
import type { Net } from '../../src/reading/fetch.ts';
import { refuse } from '../../src/reading/reading.ts';
import { titleLine } from '../../src/replies/parts/citation.ts';
import { message, sayIn } from '../../src/wording/say.ts';
import { Crashed } from '../../src/workers.ts';
import { attributeByHand } from '../library/attribute-by-hand.ts';
import { type FeedServer, startFeedServer } from './feed-server.ts';
import { rss, type TestItem } from './feeds.ts';
import { makePatientNet, pageOf, startPolling, titlesIn } from './polling.ts';

const DAY_MINUTES = 24 * 60;
let site: FeedServer;
let polling: Awaited<ReturnType<typeof startPolling>>;

beforeEach(async () => {
  site = await startFeedServer();
  polling = await startPolling();
});
afterEach(async () => {
  await polling.end();
  await site.close();
});

const feed = () => `${site.address}/feed`;

/** Serves the numbered articles, and a feed of them, the newest first. */
function serve(numbers: readonly number[], change: (item: TestItem, number: number) => TestItem = item => item): void {
  const items = numbers.map(number => {
    site.play(`/${number}`, { kind: 'send', type: 'text/html', body: pageOf(`Story ${number}`) });
    return change({ guid: `g${number}`, link: `${site.address}/${number}`, title: `Story ${number}` }, number);
  });
  site.play('/feed', { kind: 'send', body: rss(items.reverse()) });
}

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, at) => first + at);
const stories = (...numbers: number[]) => numbers.map(number => `Story ${number}`);
const reportOf = async (library: Awaited<ReturnType<typeof polling.libraryOf>>) =>
  (await listFollows(library, polling.libraries.feeds, polling.clock.now))[0];
const requestsOf = (path: string) => site.asked.filter(asked => asked.path === path).length;

describe('taking', () => {
  test('the newest three when it is followed, then each new one once, the oldest first', async () => {
    const library = await polling.libraryOf();
    serve(upTo(6));
    await polling.follow(library, feed());
    await polling.pass(0);
    expect(await titlesIn(library)).toEqual(stories(4, 5, 6));
    serve(upTo(8, 3));
    await polling.pass(30);
    await polling.pass(30);
    expect(await titlesIn(library)).toEqual(stories(4, 5, 6, 7, 8));
    expect(await reportOf(library)).toMatchObject({ taken: 5, skipped: {}, isNew: false });
    expect([requestsOf('/7'), requestsOf('/3'), polling.reports]).toEqual([1, 0, []]);
  });

  test('articles that /ask can then find by meaning', async () => {
    const library = await polling.libraryOf();
    serve(upTo(3));
    await polling.follow(library, feed());
    await polling.pass(0);
    await expect.poll(() => library.read(countUnencoded, MODEL_ID)).toBe(0);
    const [first] = await library.newest(0, 1);
    expect((await library.read(readVectors, [first?.id ?? ''], MODEL_ID)).size).toBe(1);
  });

  test('once for all who follow it, whoever they are, and at their own time', async () => {
    const [one, two] = [await polling.libraryOf('1'), await polling.libraryOf('2')];
    serve(upTo(3));
    await polling.follow(one, feed());
    await polling.pass(0);
    serve(upTo(5));
    await polling.follow(two, feed());
    await polling.pass(1);
    expect([await titlesIn(one), await titlesIn(two)]).toEqual([stories(1, 2, 3, 4, 5), stories(3, 4, 5)]);
    expect([requestsOf('/4'), requestsOf('/5'), requestsOf('/feed')]).toEqual([1, 1, 2]);
  });

  test('nothing twice: edited, moved, with another guid or link, twice in the feed, or added by hand', async () => {
    const library = await polling.libraryOf();
    serve(upTo(3));
    await polling.follow(library, feed());
    await polling.pass(0);
    await library.add(
      {
        title: 'By hand',
        titleIsDescriptive: false,
        outlet: undefined,
        byline: undefined,
        published: undefined,
        url: `${site.address}/4`,
      },
      'By hand.',
    );
    serve([3, 1, 2, 4], (item, number) => ({ ...item, title: `Edited ${number}`, guid: `other ${number}` }));
    await polling.pass(30);
    serve([3, 1, 2, 4, 5, 5], (item, number) => ({
      ...item,
      guid: number === 5 ? 'g5' : `again ${number}`,
      link: `${item.link}?utm_source=rss`,
    }));
    await polling.pass(30);
    expect(await titlesIn(library)).toEqual([...stories(1, 2, 3), 'By hand', 'Story 5']);
    expect(await reportOf(library)).toMatchObject({ taken: 4, skipped: { there: 1 } });
  });

  test('the feed’s own text, if the page can’t be read, and says so; else counts why not', async () => {
    const library = await polling.libraryOf();
    const html = '<p>Rain fell. “Hail fell,” said Ann Lee.</p><p>Nobody else spoke.</p>';
    serve([1, 2, 3], (item, number) => ({ ...item, html: number === 1 ? html : 'Rain fell.' }));
    site.play('/1', { kind: 'status', status: 403 });
    site.play('/2', { kind: 'status', status: 403 });
    site.play('/3', { kind: 'send', type: 'text/html', body: '<p>No article.</p>' });
    await polling.follow(library, feed());
    await polling.pass(0);
    const [from] = await library.newest(0, 1);
    expect(from).toMatchObject({
      title: 'Story 1',
      outlet: 'The Harbour Post',
      isFromFeed: true,
      url: `${site.address}/1`,
    });
    expect(await library.count()).toBe(1);
    expect(await reportOf(library)).toMatchObject({ taken: 1, skipped: { paywall: 1, 'no article': 1 } });
  });

  test('only items with some words', async () => {
    const library = await polling.libraryOf();
    serve([1, 2, 3], (item, number) => ({ ...item, html: number === 2 ? 'Of the Harbour wall.' : 'Of rain.' }));
    await polling.follow(library, feed(), { only: 'hail, harbour wall' });
    await polling.pass(0);
    expect(await titlesIn(library)).toEqual(stories(2));
    expect([requestsOf('/1'), (await reportOf(library))?.skipped]).toEqual([0, { words: 2 }]);
    expect([
      hasWords('雨水很多', '雨水'),
      hasWords('雨水很多', '水很'),
      hasWords('雨水很多', '多雨'),
      hasWords('Rain', ' , '),
    ]).toEqual([true, true, false, false]);
  });

  test.each([
    ['Two ferries ran aground', 'ferry', true],
    ['A ferry ran aground', 'ferries', true],
    ['The fairy tale', 'ferry', false],
    ['Ferry club wins the cup', 'ferry -cup', false],
    ['Ferry club wins the cup', 'ferry, boat, -clubs', false],
    ['Ferry runs again', 'ferry, boat, -cup', true],
    ['Rain', '-cup', true],
    ['A well-known ferry', 'well-known', true],
    ['港口渡輪', '渡輪 -港口', false],
  ])('“%s” with only “%s”: %s', (text, only, isTaken) => {
    expect(hasWords(text, only)).toBe(isTaken);
  });

  test('what another feed of the server brought is posted in this one’s channel, too, once', async () => {
    const library = await polling.libraryOf();
    serve([1]);
    for (const path of ['/more', '/third']) {
      site.play(path, { kind: 'send', body: rss([{ guid: 'other', link: `${site.address}/1`, title: 'Story 1' }]) });
    }
    await polling.follow(library, feed(), { channel: '12' });
    await polling.follow(library, `${site.address}/more`, { channel: '13' });
    await polling.follow(library, `${site.address}/third`, { channel: '13' });
    for (let times = 0; times < 4; times += 1) await polling.pass(31);
    const posts = await library.read(readPosts, Number.MAX_SAFE_INTEGER, 10);
    expect([await library.count(), posts.map(({ channel }) => channel).sort()]).toEqual([1, ['12', '13']]);
  });

  test('nothing that somebody has removed, not even from another feed', async () => {
    const library = await polling.libraryOf();
    serve(upTo(3));
    await polling.follow(library, feed(), { channel: '12' });
    await polling.pass(0);
    const [removed] = await library.newest(0, 1);
    await library.remove(removed?.id ?? '');
    site.play('/more', { kind: 'send', body: rss([{ guid: 'other', link: `${site.address}/3`, title: 'Story 3' }]) });
    await polling.follow(library, `${site.address}/more`, { channel: '13' });
    for (let day = 0; day < 3; day += 1) {
      serve(upTo(4 + day));
      await polling.pass(DAY_MINUTES);
      await polling.libraries.maintain();
    }
    expect(await titlesIn(library)).toEqual(stories(1, 2, 4, 5, 6));
  });

  test('an item that only says when it was changed with that date, said as such', async () => {
    const library = await polling.libraryOf();
    serve([1]);
    const entry = `<entry><id>1</id><title>Story 1</title><link href="${site.address}/1"/><updated>2026-11-26T10:00:00Z</updated></entry>`;
    const body = `<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title>${entry}</feed>`;
    site.play('/feed', { kind: 'send', body });
    await polling.follow(library, feed());
    await polling.pass(0);
    const [only] = await library.newest(0, 1);
    expect(only).toMatchObject({ published: '2026-11-26T10:00:00.000Z', isChangeDate: true });
    expect(only && titleLine(only, sayIn('en'))).toContain('updated 26 November 2026');
  });

  test('the feed’s title as the outlet of a page that names none', async () => {
    const library = await polling.libraryOf();
    serve([1]);
    await polling.follow(library, feed());
    await polling.pass(0);
    const [only] = await library.newest(0, 1);
    expect(only?.outlet).toBe('The Harbour Post');
  });

  test('what can’t be reached is read again, some times', async () => {
    const library = await polling.libraryOf();
    serve([1, 2]);
    for (const path of ['/1', '/2']) site.play(path, { kind: 'status', status: 500 });
    await polling.follow(library, feed());
    await polling.pass(0);
    await polling.pass(30);
    site.play('/2', { kind: 'send', type: 'text/html', body: pageOf('Story 2') });
    for (let hour = 0; hour < 12; hour += 1) await polling.pass(60);
    expect(await titlesIn(library)).toEqual(stories(2));
    expect(requestsOf('/1')).toBe(4);
    expect(await reportOf(library)).toMatchObject({ taken: 1, skipped: { unreachable: 1 } });
    const before = requestsOf('/feed');
    await polling.pass(30);
    expect([requestsOf('/feed') - before, polling.results.at(-1)]).toEqual([1, 'unchanged']);
  });

  test('what can’t be reached is read again even if it has left the feed, once for all', async () => {
    const libraries = [await polling.libraryOf('1'), await polling.libraryOf('2')];
    serve([1, 2]);
    site.play('/1', { kind: 'status', status: 500 });
    for (const library of libraries) await polling.follow(library, feed(), { only: 'story' });
    await polling.pass(0);
    serve([2]);
    await polling.pass(30);
    site.play('/1', { kind: 'send', type: 'text/html', body: pageOf('Story 1') });
    await polling.pass(30);
    expect([requestsOf('/1'), polling.results.at(-1)]).toEqual([2, 'changed']);
    await polling.pass(30);
    await polling.pass(30);
    for (const library of libraries) expect(await titlesIn(library)).toEqual(stories(2, 1));
    expect([requestsOf('/1'), polling.results.at(-1)]).toEqual([3, 'unchanged']);
    expect(await reportOf(libraries[0] ?? (await polling.libraryOf()))).toMatchObject({ taken: 2, skipped: {} });
  });

  test('what can’t be reached and has left the feed isn’t read again after a pause', async () => {
    const library = await polling.libraryOf();
    serve([1, 2]);
    site.play('/1', { kind: 'status', status: 500 });
    await polling.follow(library, feed());
    await polling.pass(0);
    await pause(library, polling.libraries.feeds, feed(), true);
    serve([2, 3]);
    site.play('/1', { kind: 'send', type: 'text/html', body: pageOf('Story 1') });
    await polling.pass(DAY_MINUTES);
    await pause(library, polling.libraries.feeds, feed(), false, polling.clock.now);
    for (let hour = 0; hour < 6; hour += 1) await polling.pass(60);
    expect(await titlesIn(library)).toEqual(stories(2, 3));
    expect([requestsOf('/1'), polling.results.at(-1)]).toEqual([1, 'unchanged']);
    expect(await reportOf(library)).toMatchObject({ taken: 2, skipped: {} });
  });

  test.each(['guid', 'link'] as const)(
    'what was taken with another %s isn’t retried when it has left the feed',
    async key => {
      const library = await polling.libraryOf();
      serve([1]);
      site.play('/1', { kind: 'status', status: 500 });
      await polling.follow(library, feed());
      await polling.pass(0);
      serve([1], item => ({ ...item, [key]: `${site.address}/elsewhere` }));
      site.play('/elsewhere', { kind: 'send', type: 'text/html', body: pageOf('Story 1') });
      await polling.pass(30);
      const [article] = await library.newest(0, 1);
      await library.remove(article?.id ?? '');
      site.play('/feed', { kind: 'send', body: rss([]) });
      for (let hour = 0; hour < 6; hour += 1) await polling.pass(60);
      expect([await library.count(), polling.results.at(-1)]).toEqual([0, 'unchanged']);
      expect(requestsOf('/1') + requestsOf('/elsewhere')).toBe(2);
    },
  );

  test('what has left the feed waits for another day if the daily limit is reached, and is skipped in the end', async () => {
    await polling.end();
    polling = await startPolling({ mostPerDay: 1 });
    const library = await polling.libraryOf();
    serve([1, 2, 3]);
    for (const path of ['/1', '/2']) site.play(path, { kind: 'status', status: 500 });
    await polling.follow(library, feed());
    await polling.pass(0);
    serve([3]);
    site.play('/1', { kind: 'send', type: 'text/html', body: pageOf('Story 1') });
    await polling.pass(30);
    expect(await titlesIn(library)).toEqual(stories(3));
    for (let day = 0; day < 5; day += 1) await polling.pass(DAY_MINUTES);
    expect(await titlesIn(library)).toEqual(stories(3, 1));
    expect(await reportOf(library)).toMatchObject({ taken: 2, skipped: { unreachable: 1 } });
  });

  test('a page that takes too long to read is read again: the machine may have been busy', async () => {
    await polling.end();
    let isBusy = true;
    const read = async (document: Document) =>
      isBusy ? refuse(message('reading.takes-too-long')) : readDocument(document);
    polling = await startPolling({ documents: { read } });
    const library = await polling.libraryOf();
    serve([1]);
    await polling.follow(library, feed());
    await polling.pass(0);
    isBusy = false;
    await polling.pass(30);
    expect(await titlesIn(library)).toEqual(stories(1));
  });

  test('an article that takes too long to attribute is attributed again', async () => {
    await polling.end();
    let isBusy = true;
    const derive: Derives['derive'] = async (owner, text) => {
      if (isBusy) throw new TooSlow();
      return await attributeByHand.derive(owner, text);
    };
    polling = await startPolling({ attributor: { ...attributeByHand, derive } });
    const library = await polling.libraryOf();
    serve([1]);
    await polling.follow(library, feed());
    await polling.pass(0);
    isBusy = false;
    await polling.pass(30);
    expect(await titlesIn(library)).toEqual(stories(1));
  });

  test('all but a page that crashes the process that reads it', async () => {
    await polling.end();
    const documents = new DocumentReader(5000, new URL('../reading/blocking-reader.ts', import.meta.url));
    polling = await startPolling({ documents });
    const library = await polling.libraryOf();
    serve(upTo(3), (item, number) => (number === 2 ? { ...item, link: `${site.address}/crash` } : item));
    site.play('/crash', { kind: 'send', type: 'text/html', body: pageOf('Crash') });
    await polling.follow(library, feed());
    await polling.pass(0);
    await documents.close();
    expect(await reportOf(library)).toMatchObject({ taken: 2, skipped: { 'no article': 1 } });
    expect([polling.results, polling.reports]).toEqual([['changed'], []]);
  });

  test('all but an article that crashes the process that attributes it', async () => {
    await polling.end();
    const derive: Derives['derive'] = async (owner, text) => {
      if (text.text.includes('Story 2')) throw new Crashed('The attribution process ended with SIGKILL.');
      return await attributeByHand.derive(owner, text);
    };
    polling = await startPolling({ attributor: { ...attributeByHand, derive } });
    const library = await polling.libraryOf();
    serve(upTo(3));
    await polling.follow(library, feed());
    await polling.pass(0);
    await polling.pass(30);
    expect(await titlesIn(library)).toEqual(stories(1, 3));
    expect(await reportOf(library)).toMatchObject({ taken: 2, skipped: { 'too long': 1 } });
  });

  test('a page that always takes too long to read is read twice in all', async () => {
    await polling.end();
    const read = async () => refuse(message('reading.takes-too-long'));
    polling = await startPolling({ documents: { read } });
    const library = await polling.libraryOf();
    serve([1]);
    await polling.follow(library, feed());
    for (let hour = 0; hour < 12; hour += 1) await polling.pass(60);
    expect([requestsOf('/1'), await reportOf(library)]).toMatchObject([2, { skipped: { unreachable: 1 } }]);
  });

  test('what two minutes are enough for, and the rest with the next poll', async () => {
    await polling.end();
    const read = async (document: Document) => {
      for (let times = 0; times < 2; times += 1) {
        polling.clock.now += 25_000;
        await polling.poller.renewClaims();
      }
      return readDocument(document);
    };
    polling = await startPolling({ documents: { read } });
    const library = await polling.libraryOf();
    serve(upTo(3));
    await polling.follow(library, feed());
    await polling.pass(0);
    serve(upTo(8));
    await polling.pass(30);
    expect([await titlesIn(library), requestsOf('/7')]).toEqual([stories(1, 2, 3, 4, 5, 6), 0]);
    await polling.pass(30);
    expect(await titlesIn(library)).toEqual(stories(1, 2, 3, 4, 5, 6, 7, 8));
  });

  /** Returns a library that may take so many articles a day and follows the feed, after the first poll. */
  async function followWithLimit(mostPerDay: number): Promise<OpenLibrary> {
    await polling.end();
    polling = await startPolling({ mostPerDay });
    const library = await polling.libraryOf();
    serve(upTo(3));
    await polling.follow(library, feed());
    await polling.pass(0);
    return library;
  }

  test('no more a day than allowed, and nothing while paused', async () => {
    const library = await followWithLimit(3);
    serve(upTo(4));
    await polling.pass(30);
    expect(await reportOf(library)).toMatchObject({ taken: 3, skipped: { limit: 1 } });
    await pause(library, polling.libraries.feeds, feed(), true);
    serve(upTo(9));
    await polling.pass(DAY_MINUTES);
    expect(await library.count()).toBe(3);
    await pause(library, polling.libraries.feeds, feed(), false, polling.clock.now);
    await polling.pass(30);
    expect(await titlesIn(library)).toEqual(stories(1, 2, 3, 4, 7, 8));
  });

  test('what is above the daily limit is taken on another day, if it is still in the feed, and counted once', async () => {
    const library = await followWithLimit(2);
    serve(upTo(7, 2));
    await polling.pass(30);
    const again = async () => {
      for (let hour = 0; hour < 25; hour += 1) await polling.pass(60);
      return await titlesIn(library);
    };
    expect(await titlesIn(library)).toEqual(stories(1, 2));
    expect(await again()).toEqual(stories(1, 2, 3, 4));
    expect([requestsOf('/5'), await reportOf(library)]).toMatchObject([0, { taken: 4, skipped: { limit: 3 } }]);
    serve([5, 7]);
    expect(await again()).toEqual(stories(1, 2, 3, 4, 5, 7));
    expect(await reportOf(library)).toMatchObject({ taken: 6, skipped: { limit: 1 } });
    const before = requestsOf('/feed');
    await polling.pass(60);
    expect([requestsOf('/feed') - before, polling.results.at(-1)]).toEqual([1, 'unchanged']);
  });

  test('what is above the daily limit is taken a day later even if it has left the feed, unless that day is full, too', async () => {
    const library = await followWithLimit(2);
    for (const number of [4, 5]) {
      serve([number]);
      await polling.pass(30);
    }
    serve([6]);
    for (let day = 0; day < 4; day += 1) await polling.pass(DAY_MINUTES);
    expect(await titlesIn(library)).toEqual(stories(1, 2, 3, 4, 6));
    expect([requestsOf('/5'), await reportOf(library)]).toMatchObject([0, { taken: 5, skipped: { limit: 1 } }]);
    expect(polling.results.at(-1)).toBe('unchanged');
  });

  test('only the newest after a pause, even if it is followed again instead of resumed', async () => {
    const library = await polling.libraryOf();
    serve(upTo(3));
    await polling.follow(library, feed());
    await polling.pass(0);
    await pause(library, polling.libraries.feeds, feed(), true);
    serve(upTo(9));
    await polling.pass(DAY_MINUTES);
    await polling.follow(library, feed());
    await polling.pass(1);
    expect(await titlesIn(library)).toEqual(stories(1, 2, 3, 7, 8, 9));
  });

  test('only the newest of a feed that ended and is followed again', async () => {
    const library = await polling.libraryOf();
    serve(upTo(3));
    await polling.follow(library, feed());
    await polling.pass(0);
    site.play('/feed', { kind: 'status', status: 410 });
    await polling.pass(DAY_MINUTES);
    serve(upTo(9));
    await polling.follow(library, feed());
    await polling.pass(1);
    expect(await titlesIn(library)).toEqual(stories(1, 2, 3, 7, 8, 9));
  });

  test.each([
    { what: 'paused', stop: pause },
    { what: 'removed', stop: unfollow },
  ])('nothing more once it is $what in the middle of a poll, unless another library wants it', async ({ stop }) => {
    await polling.end();
    let stopNow: (() => Promise<unknown>) | undefined;
    const read = async (document: Document) => {
      await stopNow?.();
      return readDocument(document);
    };
    polling = await startPolling({ documents: { read } });
    const [one, two] = [await polling.libraryOf('1'), await polling.libraryOf('2')];
    serve([1]);
    for (const library of [one, two]) await polling.follow(library, feed(), { channel: '12' });
    await polling.pass(0);
    serve(upTo(3));
    stopNow = () => stop(one, polling.libraries.feeds, feed(), true);
    await polling.pass(30);
    expect([await titlesIn(one), await titlesIn(two)]).toEqual([stories(1), stories(1, 2, 3)]);
    stopNow = () => stop(two, polling.libraries.feeds, feed(), true);
    serve(upTo(6));
    await polling.pass(30);
    expect([await titlesIn(two), requestsOf('/5'), polling.reports]).toEqual([stories(1, 2, 3), 0, []]);
    stopNow = undefined;
    for (const library of [one, two]) await polling.follow(library, feed());
    await polling.pass(1);
    for (const library of [one, two]) expect((await titlesIn(library)).slice(-3)).toEqual(stories(4, 5, 6));
  });

  test('articles for some days only', async () => {
    const library = await polling.libraryOf();
    serve(upTo(2));
    await polling.follow(library, feed(), { keepDays: 2, ping: undefined });
    await polling.pass(0);
    serve(upTo(3));
    await polling.pass(DAY_MINUTES);
    await polling.pass(DAY_MINUTES);
    expect(await titlesIn(library)).toEqual(stories(3));
    site.play('/feed', { kind: 'status', status: 410 });
    await polling.pass(DAY_MINUTES);
    expect(await titlesIn(library)).toEqual([]);
    await polling.pass(DAY_MINUTES);
    expect([await reportOf(library), polling.reports]).toMatchObject([{ taken: 3, skipped: {} }, []]);
  });

  test('articles expire while the feed is paused, and a feed that everyone has paused isn’t asked for', async () => {
    const [one, two] = [await polling.libraryOf('1'), await polling.libraryOf('2')];
    serve(upTo(2));
    for (const library of [one, two]) await polling.follow(library, feed(), { keepDays: 2, ping: undefined });
    await polling.pass(0);
    const pauseIn = (library: typeof one, isPaused: boolean) =>
      pause(library, polling.libraries.feeds, feed(), isPaused, polling.clock.now);
    await pauseIn(one, true);
    await polling.pass(30);
    expect(requestsOf('/feed')).toBe(2);
    await pauseIn(two, true);
    for (let hour = 0; hour < 24; hour += 1) await polling.pass(60);
    expect([requestsOf('/feed'), await titlesIn(one), await titlesIn(two)]).toEqual([2, stories(1, 2), stories(1, 2)]);
    serve(upTo(3));
    for (let hour = 0; hour < 48; hour += 1) await polling.pass(60);
    expect([requestsOf('/feed'), await titlesIn(one), await titlesIn(two)]).toEqual([2, [], []]);
    await pauseIn(two, false);
    await polling.pass(0);
    expect([await titlesIn(one), await titlesIn(two)]).toEqual([[], stories(3)]);
  });

  test('who follows it is read once a poll, and only if it has changed or the day has', async () => {
    const library = await polling.libraryOf();
    serve(upTo(2));
    await polling.follow(library, feed(), { keepDays: 2, ping: undefined });
    await polling.pass(0);
    const reads: number[] = [];
    for (const minutes of [30, DAY_MINUTES, 30]) {
      polling.clock.now += minutes * 60_000;
      if (minutes === DAY_MINUTES) serve(upTo(3));
      const uses: string[] = [];
      await polling.pollerOf(observed(polling.libraries, use => uses.push(use))).pollDue();
      reads.push(uses.filter(use => use === 'readFollowers').length);
    }
    expect([reads, await titlesIn(library)]).toEqual([[0, 1, 0], stories(1, 2, 3)]);
  });

  test('old items are forgotten with each poll that marks some', async () => {
    const library = await polling.libraryOf();
    serve(upTo(2));
    await polling.follow(library, feed());
    const forgotten: number[] = [];
    for (const [last, minutes] of [
      [2, 0],
      [3, 30],
      [3, 30],
    ] as const) {
      serve(upTo(last), item => ({ ...item, title: `${minutes}` }));
      polling.clock.now += minutes * 60_000;
      const uses: string[] = [];
      await polling.pollerOf(observed(polling.libraries, use => uses.push(use))).pollDue();
      forgotten.push(uses.filter(use => use === 'forgetMarks').length);
    }
    expect([forgotten, await library.count()]).toEqual([[1, 1, 0], 3]);
  });

  test('a full library keeps what it has, and tries again', async () => {
    await polling.end();
    polling = await startPolling({ mostArticles: 2 });
    const library = await polling.libraryOf();
    serve(upTo(3));
    await polling.follow(library, feed());
    await polling.pass(0);
    expect(await titlesIn(library)).toEqual(stories(1, 2));
    const [newest] = await library.newest(0, 1);
    await library.remove(newest?.id ?? '');
    await polling.pass(30);
    expect(await titlesIn(library)).toEqual(stories(1, 3));
  });

  test('posts what it takes into the channel, unless that was disabled', async () => {
    const library = await polling.libraryOf();
    serve(upTo(2));
    await polling.follow(library, feed(), { channel: '12' });
    await polling.pass(0);
    const sent: Post[] = [];
    const deliver = () =>
      polling.libraries.deliver(
        ({ id }) => id === '1',
        async each => {
          sent.push(...(await each.read(readPosts, polling.clock.now, 10)));
          await each.write(
            deletePosts,
            (await each.read(readPosts, polling.clock.now, 10)).map(({ id }) => id),
          );
          return () => Promise.resolve(undefined);
        },
      );
    await deliver();
    await deliver();
    const ids = (await library.newest(0, 10)).map(({ id }) => id).sort();
    // On the test's clock, they were added at the same moment.
    sent.sort((one, other) => (one.article < other.article ? -1 : 1));
    const reason = { kind: 'article', feed: feed() };
    expect(sent).toMatchObject(ids.map(article => ({ article, channel: '12', reason, attempts: 0 })));
    await library.write(changeFollow, feed(), { disabled: 50_001 });
    serve(upTo(3));
    await polling.pass(30);
    await deliver();
    expect([await library.count(), sent.length]).toEqual([3, 2]);
  });
});

/**
 * Libraries that call `before` with each use of them, which may throw in its place: a script or another method. `id` is
 * the library's.
 */
function observed(libraries: typeof polling.libraries, before: (use: string, id?: string) => unknown) {
  const running =
    (run: Run, id?: string): Run =>
    async (script, ...values) => {
      await before(script.name, id);
      return await run(script, ...values);
    };
  const observe = (library: OpenLibrary, id: string): OpenLibrary =>
    new Proxy(library, {
      get(target, name) {
        if (name === 'read' || name === 'write') return running(target[name], id);
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return async (...given: readonly unknown[]) => {
          await before(String(name), id);
          return await Reflect.apply(value, target, given);
        };
      },
    });
  return {
    feeds: running(libraries.feeds),
    has: libraries.has.bind(libraries),
    open: async (owner: Parameters<typeof libraries.open>[0]) => observe(await libraries.open(owner), owner.id),
  };
}

/** Libraries that a process uses which ends before its nth use of them. */
function endingAt(libraries: typeof polling.libraries, last: number) {
  const uses = { made: 0 };
  const some = observed(libraries, () => {
    uses.made += 1;
    if (uses.made > last) throw new Error('The process has ended.');
  });
  return { some, uses };
}

test('nothing is lost or taken twice, wherever between two uses of the store it ends', async () => {
  const libraries = [await polling.libraryOf('1'), await polling.libraryOf('2')];
  serve([1]);
  for (const library of libraries) await polling.follow(library, feed(), { channel: '12' });
  await polling.pass(0);
  let last = 0;
  for (let isWhole = false; !isWhole; last += 1) {
    serve(upTo(last + 2));
    polling.clock.now += 31 * 60_000;
    const { some, uses } = endingAt(polling.libraries, last);
    await polling.pollerOf(some).pollDue();
    isWhole = uses.made <= last;
    await polling.pass(31);
  }
  expect(last).toBeGreaterThan(12);
  for (const library of libraries) {
    expect((await titlesIn(library)).sort()).toEqual(stories(...upTo(last + 1)).sort());
    expect(await library.read(readPosts, polling.clock.now, 1000)).toHaveLength(last + 1);
  }
  expect(await reportOf(libraries[0] ?? (await polling.libraryOf()))).toMatchObject({ taken: last + 1, skipped: {} });
});

test('what left the feed when it couldn’t be reached isn’t lost or taken twice, either', async () => {
  const libraries = [await polling.libraryOf('1'), await polling.libraryOf('2')];
  serve([]);
  for (const library of libraries) await polling.follow(library, feed());
  await polling.pass(0);
  let last = 0;
  for (let isWhole = false; !isWhole; last += 1) {
    serve([last]);
    site.play(`/${last}`, { kind: 'status', status: 500 });
    await polling.pass(31);
    serve([last]);
    site.play('/feed', { kind: 'send', body: rss([]) });
    polling.clock.now += 31 * 60_000;
    const { some, uses } = endingAt(polling.libraries, last);
    await polling.pollerOf(some).pollDue();
    isWhole = uses.made <= last;
    await polling.pass(31);
  }
  expect(last).toBeGreaterThan(12);
  for (const library of libraries)
    expect((await titlesIn(library)).sort()).toEqual(stories(...upTo(last - 1, 0)).sort());
});

describe('a library that can’t be used for a while', () => {
  const outage = () => new StorageError('No connection.');

  /** Polls what is due while these uses fail in the library 1. */
  async function pollWithout(...uses: readonly string[]): Promise<void> {
    const some = observed(polling.libraries, (use, id) => {
      if (id === '1' && uses.includes(use)) throw outage();
    });
    await polling.pollerOf(some).pollDue();
  }

  test.each(['readFollow', 'readMarks', 'markItems', 'forgetMarks'])(
    '%s: others take what is new, and it does so later',
    async use => {
      const [one, two] = [await polling.libraryOf('1'), await polling.libraryOf('2')];
      serve([1]);
      for (const library of [one, two]) await polling.follow(library, feed());
      await polling.pass(0);
      serve(upTo(2));
      // An item that is marked without being added.
      await one.write(changeFollow, feed(), { isNew: true });
      polling.clock.now += DAY_MINUTES * 60_000;
      await pollWithout(use);
      expect([await titlesIn(two), polling.results.at(-1)]).toEqual([stories(1, 2), 'changed']);
      expect(polling.reports).toMatchObject([expect.stringContaining(feed())]);
      await polling.pass(30);
      expect([await titlesIn(one), await titlesIn(two)]).toEqual([stories(1, 2), stories(1, 2)]);
    },
  );

  test.each(['findTakenUntil', 'remove', 'forgetTaken'])('%s: articles of others expire, once a day', async use => {
    const [one, two] = [await polling.libraryOf('1'), await polling.libraryOf('2')];
    serve([1]);
    for (const library of [one, two]) await polling.follow(library, feed(), { keepDays: 1, ping: undefined });
    await polling.pass(0);
    polling.clock.now += DAY_MINUTES * 60_000;
    await pollWithout(use);
    expect([await titlesIn(two), polling.results.at(-1)]).toEqual([[], 'unchanged']);
    polling.clock.now += 60_000;
    await pollWithout(use);
    expect(polling.reports).toMatchObject([expect.stringContaining(feed())]);
    await polling.pass(DAY_MINUTES);
    expect(await titlesIn(one)).toEqual([]);
  });
});

describe('politeness', () => {
  test('a feed that hasn’t changed isn’t sent again, and is asked for when its site says', async () => {
    const library = await polling.libraryOf();
    const nextIn = async () => Math.round((Number((await reportOf(library))?.next) - polling.clock.now) / 60_000);
    serve([1]);
    await polling.follow(library, feed());
    await polling.pass(0);
    expect(await nextIn()).toBe(30);
    await polling.pass(29);
    expect(requestsOf('/feed')).toBe(1);
    await polling.pass(1);
    expect([requestsOf('/feed'), polling.results]).toEqual([2, ['changed', 'unchanged']]);
    for (const [ttl, age, minutes] of [
      [5, 0, 15],
      [20, 60, 20],
      [60, 0, 60],
      [60, 7200, 120],
      [1, 9e8, DAY_MINUTES],
    ]) {
      site.play('/feed', {
        kind: 'send',
        body: rss([], `<ttl>${ttl}</ttl>`),
        headers: { 'cache-control': `max-age=${age}` },
      });
      await polling.pass(2 * DAY_MINUTES);
      expect(await nextIn()).toBe(minutes);
    }
  });

  test('only the playground’s own feed is asked for every minute', async () => {
    await polling.end();
    polling = await startPolling({ playground: `${site.address}/feeds/` });
    const library = await polling.libraryOf();
    for (const path of ['/feeds/a', '/feed']) {
      site.play(path, { kind: 'send', body: rss([], '<ttl>1</ttl>') });
      await polling.follow(library, site.address + path);
    }
    await polling.pass(0);
    for (let minute = 0; minute < 14; minute += 1) await polling.pass(1);
    expect([requestsOf('/feeds/a'), requestsOf('/feed')]).toEqual([15, 1]);
  });

  test('failures back off to a day, end after a week with a reason, and start again when resumed', async () => {
    const library = await polling.libraryOf();
    serve([1]);
    await polling.follow(library, feed());
    await polling.pass(0);
    site.play('/feed', { kind: 'status', status: 503 });
    const waits: number[] = [];
    for (let at = 0; at < 10; at += 1) {
      await polling.pass(Number((await reportOf(library))?.next) / 60_000 - polling.clock.now / 60_000);
      waits.push(Math.round((Number((await reportOf(library))?.next) - polling.clock.now) / 60_000));
    }
    expect(waits).toEqual([15, 20, 40, 80, 160, 320, 640, 1280, DAY_MINUTES, DAY_MINUTES]);
    expect(await reportOf(library)).toMatchObject({ state: { problem: { key: 'reading.trouble' }, ended: undefined } });
    for (let day = 0; day < 7; day += 1) await polling.pass(DAY_MINUTES);
    const before = requestsOf('/feed');
    for (let day = 0; day < 3; day += 1) await polling.pass(DAY_MINUTES);
    expect(await reportOf(library)).toMatchObject({ next: undefined, state: { ended: 'failing' } });
    expect(requestsOf('/feed')).toBe(before);
    serve([1, 2]);
    await pause(library, polling.libraries.feeds, feed(), false, polling.clock.now);
    await polling.pass(1);
    expect(await reportOf(library)).toMatchObject({ taken: 2, state: { ended: undefined, problem: undefined } });
  });

  test('a feed that fails isn’t asked for sooner because somebody follows, pauses or resumes it', async () => {
    const [one, two] = [await polling.libraryOf('1'), await polling.libraryOf('2')];
    const { feeds } = polling.libraries;
    site.play('/feed', { kind: 'status', status: 429, headers: { 'retry-after': '10800' } });
    await polling.follow(one, feed());
    await polling.pass(0);
    await polling.follow(two, feed());
    for (const isPaused of [true, false]) await pause(one, feeds, feed(), isPaused, polling.clock.now);
    await polling.pass(179);
    expect([requestsOf('/feed'), (await reportOf(two))?.state.problem?.key]).toEqual([1, 'reading.too-many-visits']);
    await polling.pass(1);
    expect(requestsOf('/feed')).toBe(2);
  });

  test('Retry-After is waited for', async () => {
    const library = await polling.libraryOf();
    site.play('/feed', { kind: 'status', status: 429, headers: { 'retry-after': '10800' } });
    await polling.follow(library, feed());
    await polling.pass(0);
    await polling.pass(179);
    expect(requestsOf('/feed')).toBe(1);
    await polling.pass(1);
    expect(requestsOf('/feed')).toBe(2);
  });

  test('a feed that moved for good is asked for there, and one that is gone no more', async () => {
    const library = await polling.libraryOf();
    serve([1]);
    site.play('/old', { kind: 'redirect', to: '/feed', status: 301 });
    await polling.follow(library, `${site.address}/old`);
    await polling.pass(0);
    await polling.pass(30);
    expect([requestsOf('/old'), requestsOf('/feed')]).toEqual([1, 2]);
    site.play('/feed', { kind: 'status', status: 410 });
    await polling.pass(30);
    await polling.pass(2 * DAY_MINUTES);
    expect([requestsOf('/feed'), await reportOf(library)]).toMatchObject([
      3,
      { next: undefined, state: { ended: 'gone' } },
    ]);
  });

  test('followers are told once that a feed has failed for a day: in its channel, or else whoever followed it', async () => {
    const library = await polling.libraryOf();
    const other = await polling.libraryOf('2');
    site.play('/feed', { kind: 'status', status: 503 });
    await polling.follow(library, feed(), { channel: '12' });
    await polling.follow(other, feed());
    const posts = async () => {
      const all = await Promise.all([library, other].map(each => each.read(readPosts, Number.MAX_SAFE_INTEGER, 10)));
      return all.flat().map(({ channel, reason }) => `${channel} ${reason.kind}`);
    };
    await polling.pass(0);
    for (let hours = 0; hours < 20; hours += 1) await polling.pass(60);
    expect(await posts()).toEqual([]);
    for (let days = 0; days < 5; days += 1) await polling.pass(DAY_MINUTES);
    expect(await posts()).toEqual(['12 failing', '@7 failing']);
  });

  test('followers are told only once, even if the first poll after a day isn’t finished', async () => {
    const library = await polling.libraryOf();
    site.play('/feed', { kind: 'status', status: 503 });
    await polling.follow(library, feed(), { channel: '12' });
    await polling.pass(0);
    for (let hours = 0; hours < 20; hours += 1) await polling.pass(60);
    polling.clock.now += DAY_MINUTES * 60_000;
    const before = requestsOf('/feed');
    // Longer than a claim.
    const delays = [31_000];
    const delayed = observed(polling.libraries, use => {
      if (use === 'readFollow') polling.clock.now += delays.pop() ?? 0;
    });
    await polling.pollerOf(delayed).pollDue();
    expect([delays.length, requestsOf('/feed') - before]).toEqual([0, 1]);
    const posts = await library.read(readPosts, Number.MAX_SAFE_INTEGER, 10);
    expect(posts.map(({ channel, reason }) => `${channel} ${reason.kind}`)).toEqual(['12 failing']);
  });

  test('followers are told only once, even if each poll ends with an error of ours', async () => {
    await polling.end();
    polling = await startPolling({ documents: { read: () => Promise.reject(new Error('A bug.')) } });
    const library = await polling.libraryOf();
    serve([1]);
    await polling.follow(library, feed(), { channel: '12' });
    for (let days = 0; days < 5; days += 1) await polling.pass(DAY_MINUTES);
    const posts = await library.read(readPosts, Number.MAX_SAFE_INTEGER, 10);
    expect(posts.map(({ channel, reason }) => `${channel} ${reason.kind}`)).toEqual(['12 failing']);
  });

  test('a feed that moved to an address that fails for a day is asked for at its own', async () => {
    const library = await polling.libraryOf();
    serve([1]);
    site.play('/old', { kind: 'redirect', to: '/feed', status: 301 });
    await polling.follow(library, `${site.address}/old`);
    await polling.pass(0);
    site.play('/old', { kind: 'send', body: rss([]) });
    site.play('/feed', { kind: 'status', status: 503 });
    await polling.pass(30);
    for (let hours = 0; hours < 30; hours += 1) await polling.pass(60);
    const before = requestsOf('/old');
    expect(before).toBe(1);
    for (let hours = 0; hours < 24; hours += 1) await polling.pass(60);
    expect(requestsOf('/old')).toBeGreaterThan(before);
    expect(await reportOf(library)).toMatchObject({ state: { failingSince: undefined } });
  });

  test('who follows a feed that moved to an address that fails reads it at its own at once', async () => {
    serve([1]);
    site.play('/old', { kind: 'redirect', to: '/feed', status: 301 });
    await polling.follow(await polling.libraryOf(), `${site.address}/old`);
    await polling.pass(0);
    site.play('/old', { kind: 'send', body: rss([{ guid: 'g1', link: `${site.address}/1`, title: 'Story 1' }]) });
    site.play('/feed', { kind: 'status', status: 503 });
    await polling.pass(30);
    const other = await polling.libraryOf('2');
    await polling.follow(other, `${site.address}/old`);
    await polling.pass(1);
    expect(await titlesIn(other)).toEqual(stories(1));
  });

  test('a feed whose turn comes when its claim is over is left to whoever claimed it next', async () => {
    const library = await polling.libraryOf();
    serve(upTo(2));
    await polling.follow(library, feed());
    const others = [() => polling.pass(11)];
    const waiting = observed(polling.libraries, async use => {
      if (use === 'readFollowers') await others.pop()?.();
    });
    await polling.pollerOf(waiting).pollDue();
    expect([requestsOf('/feed'), polling.results, await titlesIn(library)]).toEqual([1, ['changed'], stories(1, 2)]);
  });

  test('a poll that outlasts its claim isn’t begun again beside itself', async () => {
    const library = await polling.libraryOf();
    serve(upTo(2));
    await polling.follow(library, feed());
    const again: Promise<void>[] = [];
    const slow = observed(polling.libraries, async use => {
      if (use !== 'readFollowers' || again.length > 0) return;
      polling.clock.now += 31_000;
      // Once the poller no longer looks for others.
      await wait(50);
      again.push(poller.pollDue());
      await wait(100);
    });
    const poller = polling.pollerOf(slow);
    await poller.pollDue();
    await Promise.all(again);
    expect([again.length, requestsOf('/feed'), await titlesIn(library)]).toEqual([1, 1, stories(1, 2)]);
  });

  test('a host has one request at a time, and rests after each; other hosts don’t wait', async () => {
    await polling.end();
    const hostRest = 60;
    polling = await startPolling({ hostRest });
    const other = await startFeedServer('127.0.0.2');
    const library = await polling.libraryOf();
    serve(upTo(3));
    site.play('/more', { kind: 'send', body: rss([]) });
    other.play('/feed', { kind: 'silent' });
    for (const address of [feed(), `${site.address}/more`, `${other.address}/feed`])
      await polling.follow(library, address);
    const poll = polling.pass(0);
    await expect.poll(() => polling.results).toEqual(['changed']);
    await other.close();
    await poll;
    // On the test's clock, the host is left alone for longer than a poll takes.
    await polling.pass(1);
    expect([site.most, site.asked.length]).toEqual([1, 5]);
    const gaps = site.asked.slice(1).map(({ at }, index) => at - (site.asked[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(hostRest - 1);
  });
});

test('while a host rests, feeds of others are asked for', async () => {
  await polling.end();
  polling = await startPolling({ hostRest: 150 });
  const sites = await Promise.all(Array.from({ length: 6 }, (_, at) => startFeedServer(`127.0.1.${at + 1}`)));
  const library = await polling.libraryOf();
  for (const each of sites) {
    const items = upTo(3).map(number => ({ guid: `${number}`, link: `${each.address}/${number}` }));
    each.play('/feed', { kind: 'send', body: rss(items) });
    await polling.follow(library, `${each.address}/feed`);
  }
  await polling.pass(0);
  const firsts = sites.map(({ asked }) => asked[0]?.at ?? Number.POSITIVE_INFINITY);
  const lasts = sites.map(({ asked }) => asked.at(-1)?.at ?? 0);
  expect(sites.map(({ asked }) => asked.length)).toEqual([4, 4, 4, 4, 4, 4]);
  expect(Math.max(...firsts)).toBeLessThan(Math.min(...lasts));
  await Promise.all(sites.map(each => each.close()));
});

/** Until the test ends, timers run forty times as fast, or slower if the machine can't follow. */
function hurry(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const timer = setInterval(() => vi.advanceTimersByTime(200), 5);
  onTestFinished(() => {
    clearInterval(timer);
    vi.useRealTimers();
  });
}

test('fifty feeds whose pages never arrive keep no other waiting, nor does one with many items', async () => {
  await polling.end();
  const patient = makePatientNet();
  const silent: string[] = [];
  const fetch: Net['fetch'] = async (link, asker) => {
    if (!link.startsWith('http://127.0.2.')) return await patient.fetch(link, asker);
    silent.push(link);
    return await new Promise(resolve => setTimeout(resolve, 5000, refuse(message('reading.too-slow'))));
  };
  polling = await startPolling({ net: { ...patient, fetch }, hostRest: 100 });
  hurry();
  const library = await polling.libraryOf();
  const slow = await Promise.all(Array.from({ length: 50 }, (_, at) => startFeedServer(`127.0.2.${at + 1}`)));
  for (const each of slow) {
    const items = upTo(3).map(number => ({ guid: `${number}`, link: `${each.address}/${number}` }));
    each.play('/feed', { kind: 'send', body: rss(items) });
    await polling.follow(library, `${each.address}/feed`);
  }
  const began = Date.now() - polling.clock.now;
  Object.defineProperty(polling.clock, 'now', { get: () => Date.now() - began });
  serve(upTo(3));
  const healthy = await polling.libraryOf('2');
  await polling.follow(healthy, feed());
  void polling.poller.pollDue();
  await expect.poll(() => titlesIn(healthy), { timeout: 60_000 }).toEqual(stories(1, 2, 3));
  // The last page of each.
  expect(silent.filter(link => link.endsWith('/1')).length).toBeLessThan(slow.length / 2);
  serve(upTo(60));
  await polling.follow(healthy, feed());
  const other = await startFeedServer('127.0.3.1');
  other.play('/1', { kind: 'send', type: 'text/html', body: pageOf('Other story') });
  other.play('/feed', { kind: 'send', body: rss([{ guid: '1', link: `${other.address}/1` }]) });
  await polling.follow(healthy, `${other.address}/feed`);
  void polling.poller.pollDue();
  await expect.poll(() => titlesIn(healthy), { timeout: 60_000 }).toContain('Other story');
  expect(requestsOf('/60')).toBe(0);
  await Promise.all([...slow, other].map(each => each.close()));
}, 150_000);

test('feeds of one host take turns', async () => {
  await polling.end();
  const read = async (document: Document) => {
    polling.clock.now += 6000;
    await polling.poller.renewClaims();
    return readDocument(document);
  };
  polling = await startPolling({ documents: { read } });
  const library = await polling.libraryOf();
  serve(upTo(3));
  await polling.follow(library, feed());
  await polling.pass(0);
  serve(upTo(20));
  site.play('/other', { kind: 'send', body: rss([{ guid: '99', link: `${site.address}/99` }]) });
  site.play('/99', { kind: 'send', type: 'text/html', body: pageOf('Story 99') });
  polling.clock.now += 30 * 60_000;
  await polling.follow(library, `${site.address}/other`);
  await polling.pass(0);
  expect(await titlesIn(library)).toEqual(stories(1, 2, 3, 4, 5, 99));
  await polling.pass(1);
  expect(await titlesIn(library)).toEqual([...stories(1, 2, 3, 4, 5, 99), ...stories(...upTo(20, 6))]);
});

test('a clock that was set back stops no polls', async () => {
  const library = await polling.libraryOf();
  serve(upTo(3));
  await polling.follow(library, feed());
  await polling.pass(0);
  serve(upTo(4));
  await polling.pass(-DAY_MINUTES);
  expect(await titlesIn(library)).toEqual(stories(1, 2, 3, 4));
  serve(upTo(5));
  await polling.pass(30);
  expect(await titlesIn(library)).toEqual(stories(1, 2, 3, 4, 5));
});

describe('faults', () => {
  test.each(['silent', 'endless', 'bomb', 'broken'] as const)(
    '%s: one feed fails, and another is taken',
    async kind => {
      const library = await polling.libraryOf();
      serve([1]);
      site.play(`/${kind}`, { kind });
      await polling.follow(library, `${site.address}/${kind}`);
      await polling.follow(library, feed());
      await polling.pass(0);
      await polling.pass(1);
      expect(await titlesIn(library)).toEqual(stories(1));
      expect(
        (await listFollows(library, polling.libraries.feeds)).map(({ state }) => state.problem === undefined),
      ).toEqual([false, true]);
      expect((await polling.libraries.feeds(readTroubledFeeds, 10)).troubled).toMatchObject([
        { feed: `${site.address}/${kind}` },
      ]);
    },
  );

  test('a poll that is interrupted because the bot stops is no failure of the feed', async () => {
    await polling.end();
    const asked = Promise.withResolvers<void>();
    const closing = Promise.withResolvers<never>();
    const read = () => {
      asked.resolve();
      return closing.promise;
    };
    polling = await startPolling({ documents: { read } });
    const library = await polling.libraryOf();
    serve([1]);
    await polling.follow(library, feed());
    const poll = polling.pass(0);
    await asked.promise;
    const stopping = polling.poller.stop();
    closing.reject(new Error('Reading has stopped.'));
    await Promise.all([stopping, poll]);
    expect(await reportOf(library)).toMatchObject({
      next: undefined,
      state: { problem: undefined, failingSince: undefined },
    });
    expect(polling.reports).toEqual([]);
  });

  test('10,000 items are at most 2,000, and a page in place of the feed is a failure', async () => {
    const library = await polling.libraryOf();
    const items = upTo(10_000).map(number => ({ guid: `${number}`, title: `Story ${number}` }));
    site.play('/feed', { kind: 'send', body: rss(items) });
    await polling.follow(library, feed());
    await polling.pass(0);
    expect(await reportOf(library)).toMatchObject({ taken: 0, skipped: { 'no article': 3 } });
    site.play('/feed', { kind: 'send', type: 'text/html', body: pageOf('Log in') });
    await polling.pass(30);
    expect(await reportOf(library)).toMatchObject({ state: { problem: { key: 'feeds.problem.not-a-feed' } } });
  });

  test('a feed whose state can’t be saved is polled again when its claim ends, even while others are polled', async () => {
    await polling.end();
    const read = async (document: Document) => {
      await expect.poll(() => polling.reports).toHaveLength(1);
      for (let times = 0; times < 2; times += 1) {
        polling.clock.now += 25_000;
        await failing.renewClaims();
      }
      return readDocument(document);
    };
    polling = await startPolling({ documents: { read } });
    const outages = [new StorageError('No connection.')];
    const failing = polling.pollerOf(
      observed(polling.libraries, use => {
        const outage = use === 'saveFeed' ? outages.pop() : undefined;
        if (outage !== undefined) throw outage;
      }),
    );
    const library = await polling.libraryOf();
    const other = await startFeedServer('127.0.0.2');
    other.play('/1', { kind: 'send', type: 'text/html', body: pageOf('Story 1') });
    other.play('/feed', { kind: 'send', body: rss([{ guid: '1', link: `${other.address}/1` }]) });
    serve([]);
    for (const address of [feed(), `${other.address}/feed`]) await polling.follow(library, address);
    await failing.pollDue();
    await other.close();
    expect([requestsOf('/feed'), await titlesIn(library)]).toEqual([2, stories(1)]);
  });

  test('a library that is gone doesn’t follow any more', async () => {
    const library = await polling.libraryOf();
    serve([1]);
    await polling.follow(library, feed());
    await library.erase();
    await polling.pass(0);
    expect([await polling.libraries.feeds(findFeeds, [feed()]), requestsOf('/feed')]).toEqual([[], 0]);
  });
});
