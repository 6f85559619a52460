import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Playground, startPlayground } from '../../playground/playground.ts';
import { manualClock } from '../../playground/world/clock.ts';
import { attribute } from '../../src/attribution/attribute.ts';
import { readFeedDocument } from '../../src/following/parse.ts';
import { toArticle } from '../../src/news/article.ts';
import { readDocument } from '../../src/reading/document.ts';
import { readLink } from '../../src/reading/document-reader.ts';
import { makeNet, type Net } from '../../src/reading/fetch.ts';

const clock = manualClock(Date.UTC(2026, 10, 27, 12, 30));
const documents = { read: async (document: Parameters<typeof readDocument>[0]) => readDocument(document) };
const minute = 60_000;
let playground: Playground;
let net: Net;
beforeAll(async () => {
  playground = await startPlayground({ port: 0, folder: undefined, clock });
  net = makeNet({ allowLoopback: false, playground: playground.feedsUrl });
});
afterAll(() => playground.close());

async function readFeed() {
  const fetched = await net.fetchFeed(`${playground.feedsUrl}harbour-post.xml`, 'ann');
  if (fetched.kind !== 'feed') throw new Error(fetched.kind);
  const { url, contentType, bytes } = fetched;
  const feed = readFeedDocument({ address: url.href, contentType, bytes });
  if (feed.kind !== 'feed') throw new Error('No feed was sent.');
  return feed;
}
const links = async () => (await readFeed()).items.map(({ link }) => link ?? '');

test('its feed grows by an article a minute while the page is open', async () => {
  expect((await readFeed()).title).toBe('Harbour Post');
  const first = await links();
  expect(first).toHaveLength(3);
  clock.pass(minute);
  expect(await links()).toEqual(first);
  const controller = new AbortController();
  await fetch(`${playground.address}/page/events`, { signal: controller.signal });
  clock.pass(minute);
  clock.pass(minute);
  const [newest, second, ...others] = await readFeed().then(({ items }) => items);
  expect(others.map(({ link }) => link)).toEqual(first);
  expect([second, newest].map(item => Date.parse(item?.published ?? ''))).toEqual([clock.now() - minute, clock.now()]);
  controller.abort();
  await expect
    .poll(async () => {
      const before = await links();
      clock.pass(minute);
      return (await links()).length - before.length;
    })
    .toBe(0);
});

test('each article can be read, quotes somebody by name, and differs from all others', async () => {
  const texts = new Set<string>();
  const [newest = ''] = await links();
  const last = Number(newest.split('/').at(-1));
  for (let number = last; number > last - 24; number -= 1) {
    const link = `${playground.feedsUrl}harbour-post/${number}`;
    const reading = await readLink(link, 'ann', net, documents);
    if (reading.kind !== 'article') throw new Error(`${number} is no article.`);
    const { metadata, text } = reading;
    const published = new Date(number * minute).toISOString();
    expect(metadata).toMatchObject({ outlet: 'Harbour Post', url: link, byline: expect.stringContaining(' ') });
    expect(Date.parse(metadata.published ?? '')).toBe(Date.parse(published));
    expect(text).toContain('is invented');
    const { attributions } = await attribute(toArticle('a', metadata, text));
    const quoted = attributions.filter(({ speaker }) => speaker?.named === true);
    expect([link, quoted.length > 1]).toEqual([link, true]);
    texts.add(`${metadata.title} ${text}`);
  }
  expect(texts.size).toBe(24);
});

test('no other address of this machine can be read through it', async () => {
  const { address, feedsUrl } = playground;
  const port = Number(new URL(address).port);
  const other = await startPlayground({ port: 0, folder: undefined, clock });
  const asked = [
    `${address}/`,
    `${address}/page/state`,
    `${feedsUrl}../page/state`,
    `${feedsUrl}%2e%2e/page/state`,
    `${address}/feeds`,
    `http://localhost:${port}/feeds/harbour-post.xml`,
    `http://127.0.0.2:${port}/feeds/harbour-post.xml`,
    `http://[::1]:${port}/feeds/harbour-post.xml`,
    `http://127.0.0.1:${port}0/feeds/harbour-post.xml`,
    `http://127.0.0.1/feeds/harbour-post.xml`,
    `https://127.0.0.1:${port}/feeds/harbour-post.xml`,
    `${other.feedsUrl}harbour-post.xml`,
  ];
  for (const link of asked) {
    expect([link, await net.fetchFeed(link, 'ann')]).toMatchObject([link, { kind: 'refused' }]);
  }
  const { feedsUrl: others } = other;
  const without = makeNet({ allowLoopback: false });
  for (const link of [feedsUrl, others]) {
    const fetched = await without.fetchFeed(`${link}harbour-post.xml`, 'ann');
    expect(fetched).toMatchObject({ kind: 'refused', reason: { key: 'reading.not-public' } });
  }
  await other.close();
});

test.each(['', 'harbour-post', 'harbour-post/', 'harbour-post/x', '..%2fpage.ts'])(
  'there is no page at %j',
  async path => {
    expect((await fetch(playground.feedsUrl + path)).status).toBe(404);
  },
);
