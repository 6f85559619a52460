import { follow } from '../../src/following/following.ts';
import { type Libraries, openLibraries } from '../../src/library/libraries.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import type { StorageLocation } from '../../src/library/store/backends.ts';
import { readFollows } from '../../src/library/store/following/following.ts';
import { readPosts } from '../../src/library/store/following/outbox.ts';
import { rss } from '../../test/following/feeds.ts';
import { publishPage, siteOf, startSites } from '../feeds/sites.ts';
import { makeNews } from '../made-up-news.ts';

/** A server, and the channel in which it wants new articles. */
interface Following {
  readonly server: string;
  readonly channel: string;
}

/** Feeds that servers follow. */
interface FollowedFeeds {
  /** Returns what became of them, once the bot has ended. */
  report(): Promise<string>;
  close(): Promise<void>;
}

/** A host has one request at a time, and so many feeds at most that none waits for its host. */
const mostSites = 100;
const itemsEach = 30;
const pollEvery = 30 * 60_000;
/** How many posts a library may have left to send. */
const manyPosts = 1000;

/**
 * Lets servers follow so many feeds, in equal shares. As if they had followed them for long, they are due one after the
 * other in the next half an hour, and every second one has something new: an item an hour each.
 */
export async function followFeeds(
  to: StorageLocation,
  count: number,
  followers: readonly Following[],
): Promise<FollowedFeeds> {
  const sites = await startSites(Math.min(mostSites, count));
  const news = makeNews(500, 7);
  const old = Array.from({ length: itemsEach - 1 }, (_, item) => ({ guid: `${item}`, title: `Rain ${item}` }));
  const feeds = Array.from({ length: count }, (_, feed) => {
    const site = siteOf(sites, feed);
    const title = `Story ${feed}`;
    const fresh = { guid: title, title, link: `${site.address}/story/${feed}` };
    if (feed % 2 === 0) publishPage(site, `/story/${feed}`, title, news[feed % news.length]?.text.split('\n') ?? []);
    site.play(`/feed/${feed}`, { kind: 'send', body: rss(feed % 2 === 0 ? [fresh, ...old] : old) });
    return `${site.address}/feed/${feed}`;
  });
  const start = Date.now();
  await forEach(to, followers, async (library, { channel }, at, libraries) => {
    for (let number = at; number < count; number += followers.length) {
      const feed = feeds[number] ?? '';
      const chosen = { feed, title: feed, channel, only: 'story', keepDays: undefined, ping: undefined, addedBy: '1' };
      const due = start + Math.floor((pollEvery * number) / count);
      if (!(await follow(library, libraries.feeds, chosen, due))) throw new Error('A server may follow 50 feeds.');
    }
  });
  return {
    async report() {
      let [taken, left] = [0, 0];
      await forEach(to, followers, async library => {
        taken += (await library.read(readFollows)).reduce((sum, each) => sum + each.taken, 0);
        left += (await library.read(readPosts, Date.now() + pollEvery, manyPosts)).length;
      });
      const asked = sites.flatMap(site => site.asked.map(({ path }) => path));
      const polls = asked.filter(path => path.startsWith('/feed/')).length;
      return `${polls} polls of ${count} feeds, ${taken} articles taken, ${taken - left} posted`;
    },
    async close() {
      await Promise.all(sites.map(site => site.close()));
    },
  };
}

async function forEach(
  to: StorageLocation,
  followers: readonly Following[],
  work: (library: OpenLibrary, follower: Following, at: number, libraries: Libraries) => Promise<void>,
): Promise<void> {
  const libraries = await openLibraries({ ...to, seeds: [], mostArticles: 1_000_000, mostOpen: 10 });
  try {
    for (const [at, follower] of followers.entries()) {
      await work(await libraries.open({ kind: 'server', id: follower.server }), follower, at, libraries);
    }
  } finally {
    await libraries.close();
  }
}
