import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FeedReader } from '../../src/following/feed-reader.ts';
import { makeNet } from '../../src/reading/fetch.ts';
import { format } from '../../src/wording/say.ts';
import { type FeedServer, type Play, startFeedServer } from './feed-server.ts';
import { rss } from './feeds.ts';

const feed = rss([{ guid: '1', title: 'Rain' }]);
const userAgent = 'Verbatim/9 (ann@post.example)';
// A busy machine may take seconds for anything but silence.
const net = makeNet({ allowLoopback: true, userAgent, milliseconds: 60_000 });
const impatient = makeNet({ allowLoopback: true, userAgent, milliseconds: 250 });
let reader: FeedReader;
let site: FeedServer;

beforeAll(async () => {
  reader = new FeedReader();
  site = await startFeedServer();
});
afterAll(async () => {
  await reader.close();
  await site.close();
});

const find = async (path: string) =>
  await reader.find(`${site.address}${path}`, 'ann', path === '/silence' ? impatient : net);
const reasonOf = async (path: string) => {
  const found = await find(path);
  return found.kind === 'refused' ? format(found.reason, 'en') : found.kind;
};

describe('finding a feed', () => {
  test('at its own address, without what browsers don’t send', async () => {
    site.play('/feed', { kind: 'send', body: feed });
    expect(await find('/feed#top')).toMatchObject({ address: `${site.address}/feed`, title: 'The Harbour Post' });
    expect(site.asked.at(-1)?.headers).toMatchObject({ 'user-agent': userAgent });
  });

  test('that a page names', async () => {
    site.play('/feed', { kind: 'send', body: feed, type: 'text/html' });
    const page = '<link rel="alternate" type="application/rss+xml" href="/feed">';
    site.play('/', { kind: 'send', type: 'text/html', body: page });
    expect(await find('/')).toMatchObject({ kind: 'feed', address: `${site.address}/feed` });
  });

  test('that moved: for good, or for now', async () => {
    site.play('/feed', { kind: 'send', body: feed });
    site.play('/moved', { kind: 'redirect', to: '/feed', status: 301 });
    site.play('/away', { kind: 'redirect', to: '/moved', status: 302 });
    expect(await find('/moved')).toMatchObject({ address: `${site.address}/feed` });
    expect(await find('/away')).toMatchObject({ address: `${site.address}/away` });
  });

  const plays: readonly (readonly [string, Play, string])[] = [
    ['a page without one', { kind: 'send', type: 'text/html', body: '<p>News.</p>' }, 'There’s no news feed'],
    ['nothing', { kind: 'status', status: 404 }, 'There’s no page'],
    ['what is gone', { kind: 'status', status: 410 }, 'There’s no page'],
    ['a server in trouble', { kind: 'status', status: 503 }, 'is having problems'],
    ['silence', { kind: 'silent' }, 'took too long'],
    ['a body without end', { kind: 'endless' }, 'larger than 5 MB'],
    ['a bomb', { kind: 'bomb' }, 'larger than 5 MB'],
    ['half an answer', { kind: 'broken' }, 'can’t be reached'],
  ];
  test.each(plays)('not in %s', async (name, play, reason) => {
    site.play(`/${name}`.replaceAll(' ', '-'), play);
    expect(await reasonOf(`/${name}`.replaceAll(' ', '-'))).toContain(reason);
  });

  test('not on this machine’s own network', async () => {
    const closed = makeNet({ allowLoopback: false });
    const found = await reader.find(`${site.address}/feed`, 'ann', closed);
    expect(found).toMatchObject({ kind: 'refused', reason: { key: 'reading.not-public' } });
  });
});

test('a feed that takes too long to parse is refused, and the next is read', async () => {
  const hurried = new FeedReader(1);
  const bytes = Buffer.from(feed);
  const document = { address: 'https://post.example/feed', contentType: 'text/xml', bytes };
  expect(await hurried.read(document, 'ann')).toMatchObject({ reason: { key: 'reading.takes-too-long' } });
  await hurried.close();
  expect(await reader.read(document, 'ann')).toMatchObject({ kind: 'feed', title: 'The Harbour Post' });
});

test('a known version isn’t sent again; when it may change and when to come back is read', async () => {
  site.play('/feed', { kind: 'send', body: feed, headers: { 'cache-control': 'public, max-age=7200' } });
  const first = await net.fetchFeed(`${site.address}/feed`, 'ann');
  if (first.kind !== 'feed') throw new Error(first.kind);
  expect(first).toMatchObject({ maxAge: 7200, movedTo: undefined });
  expect(await net.fetchFeed(`${site.address}/feed`, 'ann', first.validators)).toEqual({
    kind: 'unchanged',
    movedTo: undefined,
    maxAge: 7200,
  });
  site.play('/busy', { kind: 'status', status: 429, headers: { 'retry-after': '120' } });
  expect(await net.fetchFeed(`${site.address}/busy`, 'ann')).toMatchObject({ kind: 'refused', retryAfter: 120 });
  const soon = new Date(Date.now() + 3_600_000).toUTCString();
  site.play('/busy', { kind: 'status', status: 503, headers: { 'retry-after': soon } });
  const later = await net.fetchFeed(`${site.address}/busy`, 'ann');
  expect(later.kind === 'refused' ? Number(later.retryAfter) : 0).toBeGreaterThan(3000);
});
