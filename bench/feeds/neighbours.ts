import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import type { SendPost } from '../../src/discord/channels.ts';
import { Poster } from '../../src/discord/posting.ts';
import { FeedReader } from '../../src/following/feed-reader.ts';
import { follow } from '../../src/following/following.ts';
import { Poller } from '../../src/following/poller.ts';
import { openLibraries } from '../../src/library/libraries.ts';
import { findFeeds, registerFollower } from '../../src/library/store/following/feeds.ts';
import { DocumentReader } from '../../src/reading/document-reader.ts';
import { makeNet } from '../../src/reading/fetch.ts';
import { type FeedServer, startFeedServer } from '../../test/following/feed-server.ts';
import { rss } from '../../test/following/feeds.ts';
import { publishPage, startSites } from './sites.ts';

const SECOND = 1000;
/** How often each healthy feed has an item, of which the bot is told. It asks at most once a minute. */
const ITEM_EVERY = 65 * SECOND;
/** Just below the time limit of a page. */
const SLOW_PAGE = 9 * SECOND;
const SLOW_ITEMS = 30;
const HEALTHY = 10;
/** As in `src/discord/posting.ts`. */
const POST_EVERY = 2 * SECOND;
const titleIn = /Story \d+-\d+/v;

/** A feed whose pages take nine seconds each. */
function playSlow(site: FeedServer): void {
  const items = Array.from({ length: SLOW_ITEMS }, (_, item) => ({
    guid: `${item}`,
    link: `${site.address}/p${item}`,
  }));
  for (let item = 0; item < SLOW_ITEMS; item += 1) {
    site.play(`/p${item}`, { kind: 'late', milliseconds: SLOW_PAGE, body: '<p>Nothing.</p>', type: 'text/html' });
  }
  site.play('/feed', { kind: 'send', body: rss(items) });
}

function publish(site: FeedServer, feed: number, last: number): void {
  const titles = Array.from({ length: last + 1 }, (_, item) => `Story ${feed}-${item}`);
  publishPage(site, `/${last}`, `Story ${feed}-${last}`, ['It rained on Monday.', '“Rain fell,” said Ann Lee.']);
  const items = titles.map((title, item) => ({ guid: title, title, link: `${site.address}/${item}` }));
  site.play('/feed', { kind: 'send', body: rss(items.reverse()) });
}

/**
 * Returns how long each item of ten healthy feeds took from being due to its post, in milliseconds, while `slow` other
 * feeds have pages that take nine seconds and all begin at the same time.
 */
export async function measureNeighbours(slow: number, minutes: number): Promise<readonly number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-neighbours-'));
  const report = (sentence: string, cause?: unknown) => console.error(sentence, cause);
  const libraries = await openLibraries({
    ...{ folder, databaseUrl: undefined, seeds: [], mostArticles: 100_000, mostOpen: 100, report },
  });
  const feeds = new FeedReader();
  const documents = new DocumentReader();
  const net = makeNet({ allowLoopback: true });
  const poller = new Poller({ libraries, net, feeds, documents, mostPerDay: 1_000_000, report });
  const posted = new Map<string, number>();
  const send: SendPost = (_channel, { components }) => {
    posted.set(titleIn.exec(JSON.stringify(components))?.[0] ?? '', performance.now());
    return Promise.resolve();
  };
  const poster = new Poster({
    ...{ send, now: Date.now, isThere: () => Promise.resolve(false), isStopping: () => false, commandIds: new Map() },
    ...{ log: pino({ level: 'silent' }), serverOf: () => undefined, choices: owner => libraries.choices(owner) },
  });
  const isMine = () => true;
  const posting = setInterval(() => void libraries.deliver(isMine, each => poster.prepare(each)), POST_EVERY);
  const followIn = async (id: number, feed: string) => {
    const library = await libraries.open({ kind: 'server', id: `${id}` });
    const chosen = {
      feed,
      title: feed,
      channel: `${id}`,
      only: undefined,
      keepDays: undefined,
      ping: undefined,
      addedBy: '1',
    };
    await follow(library, libraries.feeds, chosen);
  };
  const bad = await startSites(slow);
  for (const [at, site] of bad.entries()) {
    playSlow(site);
    await followIn(1000 + at, `${site.address}/feed`);
  }
  const good = await Promise.all(Array.from({ length: HEALTHY }, (_, at) => startFeedServer(`127.0.3.${at + 1}`)));
  const due = new Map<string, number>();
  poller.start();
  const end = performance.now() + minutes * 60 * SECOND;
  for (let item = 0; performance.now() < end; item += 1) {
    for (const [at, site] of good.entries()) {
      publish(site, at, item);
      const feed = `${site.address}/feed`;
      if (item === 0) await followIn(1 + at, feed);
      else await libraries.feeds(registerFollower, feed, `server-${1 + at}`, Date.now());
      const [registered] = await libraries.feeds(findFeeds, [feed]);
      // It was asked for less than a minute ago.
      const later = Math.max(0, (registered?.next ?? 0) - Date.now());
      due.set(`Story ${at}-${item}`, performance.now() + later);
    }
    await pause(ITEM_EVERY);
  }
  clearInterval(posting);
  await poller.stop();
  await Promise.all([...bad, ...good].map(site => site.close()));
  await Promise.all([libraries.close(), feeds.close(), documents.close()]);
  rmSync(folder, { recursive: true });
  return [...due].map(([title, since]) => (posted.get(title) ?? Number.POSITIVE_INFINITY) - since);
}
