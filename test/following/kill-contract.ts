import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { follow } from '../../src/following/following.ts';
import { matchNewArticles } from '../../src/following/watch.ts';
import { openLibraries } from '../../src/library/libraries.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import type { StorageLocation } from '../../src/library/store/backends.ts';
import { readFollows } from '../../src/library/store/following/following.ts';
import { readPosts, readUnmatched } from '../../src/library/store/following/outbox.ts';
import { saveWatch } from '../../src/library/store/following/watches.ts';
import { times } from '../depth.ts';
import { attributeByHand } from '../library/attribute-by-hand.ts';
import { type Adding, follow as followOutput } from '../library/start-adding.ts';
import { type FeedServer, startFeedServer } from './feed-server.ts';
import { rss } from './feeds.ts';
import { pageOf } from './polling.ts';

/** Where the libraries of one test are. */
export interface KilledStorage {
  readonly location: StorageLocation;
  readonly processes: number;
  clear(): Promise<void>;
}

/** Each process takes seconds to start on a busy machine. */
const LONGEST = 300_000;
const rounds = times(3, 30);
const hosts = 3;
const newEach = 4;
const owners = ['1', '2'].map(id => ({ kind: 'server', id }) as const);
const start = Date.UTC(2026, 10, 27);
/** Longer than the time between two polls, and than a claim lasts. */
const step = 31 * 60_000;
const watch = {
  id: 'w',
  speaker: 'Ann Lee',
  words: undefined,
  channel: '12',
  addedBy: '7',
  locale: undefined,
  ping: undefined,
  every: undefined,
  addedAt: 0,
};

function startPolling({ folder, databaseUrl }: StorageLocation, now: number, feeds: readonly string[]): Adding {
  const script = join(import.meta.dirname, 'polling-process.ts');
  const child = spawn(process.execPath, [script, databaseUrl ?? folder, String(now), ...feeds]);
  child.stderr.pipe(process.stderr);
  return followOutput(child, child.stdout);
}

/** Serves items up to a number: their titles are unique in all feeds. */
function serve(site: FeedServer, at: number, last: number): void {
  const titles = Array.from({ length: last }, (_, number) => `Story ${at}-${number}`);
  for (const title of titles) {
    site.play(`/${title.replace(' ', '-')}`, { kind: 'send', type: 'text/html', body: pageOf(title) });
  }
  const items = titles.map(title => ({ guid: title, title, link: `${site.address}/${title.replace(' ', '-')}` }));
  site.play('/feed', { kind: 'send', body: rss(items.reverse()) });
}

const open = (location: StorageLocation) =>
  openLibraries({ ...location, seeds: [], mostArticles: 100_000, mostOpen: 10, attributor: attributeByHand });

async function matchAll(library: OpenLibrary): Promise<void> {
  while ((await library.read(readUnmatched, 1)).length > 0) await matchNewArticles(library, console.error);
}

/** Follows all feeds and watches for the speaker of all articles. */
async function followAll(location: StorageLocation, feeds: readonly string[]): Promise<void> {
  const libraries = await open(location);
  for (const owner of owners) {
    const library = await libraries.open(owner);
    await library.write(saveWatch, { ...watch, disabled: undefined }, 10);
    for (const feed of feeds) {
      const chosen = {
        feed,
        title: feed,
        channel: '12',
        only: undefined,
        keepDays: undefined,
        ping: undefined,
        addedBy: '7',
      };
      await follow(library, libraries.feeds, chosen, start);
    }
  }
  await libraries.close();
}

async function stateOf(library: OpenLibrary) {
  const listed = await library.newest(0, 10_000);
  const titleOf = new Map(listed.map(({ id, title }) => [id, title]));
  const posts = await library.read(readPosts, Number.MAX_SAFE_INTEGER, 10_000);
  const postedFor = (kind: string) =>
    posts.flatMap(({ article, reason }) => (reason.kind === kind ? [titleOf.get(article)] : [])).sort();
  return {
    titles: listed.map(({ title }) => title).sort(),
    posted: postedFor('article'),
    found: postedFor('watch'),
    taken: (await library.read(readFollows)).reduce((sum, { taken }) => sum + taken, 0),
  };
}

/** Tests that no item is lost, or taken or posted twice, whenever the processes that poll and match are killed. */
export function describeKills(store: string, makeStorage: () => Promise<KilledStorage>): void {
  test(
    `kills while feeds are polled, on ${store}: no item is lost or taken twice`,
    async () => {
      const { location, processes, clear } = await makeStorage();
      const sites = await Promise.all(Array.from({ length: hosts }, (_, at) => startFeedServer(`127.0.0.${at + 1}`)));
      const feeds = sites.map(({ address }) => `${address}/feed`);
      await followAll(location, feeds);
      let kills = 0;
      for (let round = 0; round <= rounds; round += 1) {
        for (const [at, site] of sites.entries()) serve(site, at, 3 + newEach * round);
        const requests = () => sites.reduce((sum, { asked }) => sum + asked.length, 0);
        const before = requests();
        const polling = Array.from({ length: processes }, () => startPolling(location, start + step * round, feeds));
        const isIdle = () => polling.some(({ told }) => told.includes('idle'));
        // Not the first, which finds what is new, nor the last, which finishes. At another request in each round, and at another moment after it.
        const isKilled = round > 0 && round < rounds;
        const last = isKilled ? 1 + ((round * 5) % (hosts * (1 + newEach))) : Number.POSITIVE_INFINITY;
        await expect.poll(() => isIdle() || requests() - before >= last, { timeout: 60_000, interval: 5 }).toBe(true);
        if (!isIdle()) kills += 1;
        await new Promise(resolve => setTimeout(resolve, (round * 7) % 40));
        await Promise.all(polling.map(each => each.kill()));
        expect(polling.flatMap(({ told }) => told.filter(line => line !== 'idle' && line !== 'waiting'))).toEqual([]);
      }
      const after = await open(location);
      const expected = sites.flatMap((_, at) =>
        Array.from({ length: 3 + newEach * rounds }, (_item, number) => `Story ${at}-${number}`),
      );
      for (const owner of owners) {
        const all = expected.sort();
        const library = await after.open(owner);
        await matchAll(library);
        expect(await stateOf(library)).toEqual({ titles: all, posted: all, found: all, taken: all.length });
      }
      expect(kills).toBeGreaterThan(rounds / 2);
      await after.close();
      await Promise.all(sites.map(site => site.close()));
      await clear();
    },
    LONGEST,
  );
}
