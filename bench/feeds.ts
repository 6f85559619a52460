/**
 * `npm run bench:feeds -- [--days D] [--feeds F] [--register N] [--rest MS] [--slow S] [--minutes M]`: F feeds with an item an hour each, polled by
 * two processes on PostgreSQL for D days on a clock that is moved on by half an hour at a time. One of them is killed
 * each day. Prints how many items were lost or taken twice, how long each took from the poll to its post, and how closely
 * hosts were asked, which are left alone for MS after each request. Then one process polls N feeds as fast as it can; they
 * haven't changed the second time. A month with 200 feeds takes hours; 0 days skip the first part. With `--slow`, it only
 * measures for M minutes how soon the items of ten healthy feeds are posted beside S feeds whose pages take nine seconds.
 */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { follow } from '../src/following/following.ts';
import { type Libraries, openLibraries } from '../src/library/libraries.ts';
import { readFollows, readMarksAfter } from '../src/library/store/following/following.ts';
import type { FeedServer } from '../test/following/feed-server.ts';
import { rss } from '../test/following/feeds.ts';
import { createDatabase, startPostgres } from '../test/postgres/server.ts';
import { measureNeighbours } from './feeds/neighbours.ts';
import { publishPage, siteOf, startSites } from './feeds/sites.ts';
import { makeNews } from './made-up-news.ts';

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '30' },
    feeds: { type: 'string', default: '200' },
    register: { type: 'string', default: '5000' },
    rest: { type: 'string', default: '1000' },
    slow: { type: 'string', default: '0' },
    minutes: { type: 'string', default: '5' },
  },
});
/** Longer than the time between two polls, and than a claim lasts. */
const stepMilliseconds = 31 * 60_000;
/** Without new items, for what is left; more if pages are to be tried again, which goes on for 5¼ hours. */
const stepsAfter = 3;
const mostStepsAfter = 15;
/** Longer than articles wait for others that belong together. */
const postedWithin = 6000;
/** A process is killed after so many requests a feed. */
const killedAfter = 0.4;
const stepsPerDay = 48;
const feedsEach = 50;
const itemsShown = 30;
const paragraphsEach = 4;
const start = Date.UTC(2026, 10, 1);
const rest = Number(values.rest);

const told = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('post'), channel: z.string(), nonce: z.string(), text: z.string() }),
  z.object({
    ...{ kind: z.literal('idle'), polls: z.number(), cpu: z.number(), rss: z.number(), heapUsed: z.number() },
  }),
]);
type Told = z.infer<typeof told>;
type Idle = Told & { kind: 'idle' };

/** A process that polls. */
class Polling {
  readonly #child: ChildProcess;
  readonly #listeners = new Set<(told: Told) => void>();

  constructor(database: string, number: number, hostRest: number, onPost: (post: Told & { kind: 'post' }) => void) {
    this.#child = fork(join(import.meta.dirname, 'feeds/poll.ts'), [database, `${number}`, `${hostRest}`]);
    this.#child.on('message', message => {
      const what = told.parse(message);
      if (what.kind === 'post') onPost(what);
      for (const listener of this.#listeners) listener(what);
    });
  }

  async #next(kind: Told['kind']): Promise<Told> {
    return await new Promise(resolve => {
      const listener = (what: Told) => {
        if (what.kind !== kind) return;
        this.#listeners.delete(listener);
        resolve(what);
      };
      this.#listeners.add(listener);
    });
  }

  async ready(): Promise<this> {
    await this.#next('ready');
    return this;
  }

  /** Polls what is due then. */
  async poll(moment: number): Promise<Idle> {
    const idle = this.#next('idle');
    this.#child.send(moment);
    const what = await idle;
    if (what.kind !== 'idle') throw new Error('It told something else.');
    return what;
  }

  async kill(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}

const ownerOf = (number: number) =>
  ({ kind: 'server', id: String(1_180_000_000_000_000_000n + BigInt(number)) }) as const;

async function withLibraries<Result>(
  database: string,
  work: (libraries: Libraries) => Promise<Result>,
): Promise<Result> {
  const libraries = await openLibraries({
    ...{ folder: '', databaseUrl: database, seeds: [], mostArticles: 1_000_000, mostOpen: 10, processes: 1 },
  });
  return await work(libraries).finally(() => libraries.close());
}

/** Lets libraries follow the feeds, 50 each, with a channel for each feed. */
async function followAll(database: string, feeds: readonly string[], only: string | undefined): Promise<void> {
  await withLibraries(database, async libraries => {
    for (const [at, feed] of feeds.entries()) {
      const library = await libraries.open(ownerOf(Math.floor(at / feedsEach)));
      const chosen = {
        feed,
        title: feed,
        channel: String(at),
        only,
        keepDays: undefined,
        ping: undefined,
        addedBy: '1',
      };
      await follow(library, libraries.feeds, chosen, start);
    }
  });
}

/** What is in the libraries. */
interface Stored {
  /** They are unique in each library. */
  readonly titles: readonly string[];
  /** Why items weren't taken, and how many. */
  readonly skipped: Readonly<Record<string, number>>;
}

async function readStored(database: string, owners: number): Promise<Stored> {
  const titles: string[] = [];
  const skipped: Record<string, number> = {};
  await withLibraries(database, async libraries => {
    for (let number = 0; number < owners; number += 1) {
      const library = await libraries.open(ownerOf(number));
      titles.push(...(await library.newest(0, 1_000_000)).map(({ title }) => title));
      for (const each of await library.read(readFollows)) {
        for (const [reason, count] of Object.entries(each.skipped)) skipped[reason] = (skipped[reason] ?? 0) + count;
      }
    }
  });
  return { titles, skipped };
}

/** Returns whether an item is to be tried again. */
async function isRetrying(database: string, feeds: readonly string[]): Promise<boolean> {
  return await withLibraries(database, async libraries => {
    for (const [at, feed] of feeds.entries()) {
      const library = await libraries.open(ownerOf(Math.floor(at / feedsEach)));
      const marks = await library.read(readMarksAfter, feed, '', 1_000_000);
      if (marks.some(({ outcome }) => outcome === 'retrying')) return true;
    }
    return false;
  });
}

const at = (sorted: readonly number[], part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

const news = makeNews(500, 7);
const titleIn = /Story \d+-\d+/v;
const titleOf = (feed: number, item: number) => `Story ${feed}-${item}`;

/** Publishes an item of a feed, which shows the newest. */
function publish(site: FeedServer, feed: number, item: number): void {
  const text = news[(feed * 31 + item) % news.length]?.text ?? '';
  const title = titleOf(feed, item);
  publishPage(site, `/${feed}/${item}`, title, text.split('\n').slice(0, paragraphsEach));
  const shown = Array.from({ length: Math.min(item + 1, itemsShown) }, (_, back) => item - back);
  const items = shown.map(each => ({
    guid: titleOf(feed, each),
    title: titleOf(feed, each),
    link: `${site.address}/${feed}/${each}`,
  }));
  site.play(`/${feed}`, { kind: 'send', body: rss(items) });
}

/** What a simulation published, and what came of it. Moments are those of `performance.now`. */
interface Run {
  readonly sites: readonly FeedServer[];
  readonly publishedAt: ReadonlyMap<string, number>;
  /** By nonce. */
  readonly posted: ReadonlyMap<string, { readonly title: string; readonly moment: number }>;
  readonly kills: number;
}

async function simulate(database: string, days: number, count: number): Promise<Run> {
  const sites = await startSites(Math.min(100, count));
  const feeds = Array.from({ length: count }, (_, feed) => `${siteOf(sites, feed).address}/${feed}`);
  await followAll(database, feeds, undefined);
  const posted = new Map<string, { readonly title: string; readonly moment: number }>();
  const startOne = (number: number) =>
    new Polling(database, number, rest, ({ nonce, text }) => {
      const title = titleIn.exec(text)?.[0] ?? text;
      // Discord drops a second one.
      if (!posted.has(nonce)) posted.set(nonce, { title, moment: performance.now() });
    }).ready();
  const polling = [await startOne(0), await startOne(1)];
  const publishedAt = new Map<string, number>();
  const requests = () => sites.reduce((sum, { asked }) => sum + asked.length, 0);
  const steps = Math.round(days * stepsPerDay);
  let kills = 0;
  const isOver = async (step: number) =>
    step >= steps + stepsAfter && (step >= steps + mostStepsAfter || !(await isRetrying(database, feeds)));
  for (let step = 0; !(await isOver(step)); step += 1) {
    // Half of the feeds at each half of the hour.
    for (let feed = step % 2; feed < count && step < steps; feed += 2) {
      const item = Math.floor(step / 2);
      publish(siteOf(sites, feed), feed, item);
      publishedAt.set(titleOf(feed, item), performance.now());
    }
    const moment = start + step * stepMilliseconds;
    const last = requests() + Math.floor(count * killedAfter);
    const victim = kills % polling.length;
    const isKilled = step < steps && step % stepsPerDay === Math.floor(Math.min(stepsPerDay, steps) / 2);
    const work = polling.map(async (each, number) => {
      const going = each.poll(moment);
      if (!isKilled || number !== victim) return await going;
      let isIdle = false;
      void going.then(() => {
        isIdle = true;
      });
      while (!isIdle && requests() < last) await pause(5);
      await each.kill();
      kills += 1;
      polling[victim] = await startOne(victim);
      return undefined;
    });
    await Promise.all(work);
    await pause(postedWithin);
  }
  await Promise.all(polling.map(each => each.kill()));
  await Promise.all(sites.map(site => site.close()));
  return { sites, publishedAt, posted, kills };
}

/** Prints what came of a simulation. */
function report({ sites, publishedAt, posted, kills }: Run, stored: Stored): void {
  const titles = [...posted.values()].map(({ title }) => title);
  console.log(`${publishedAt.size} items of ${values.feeds} feeds in ${values.days} days, ${kills} kills`);
  for (const [what, all] of Object.entries({ articles: stored.titles, posts: titles })) {
    const distinct = new Set(all);
    const lost = [...publishedAt.keys()].filter(title => !distinct.has(title)).length;
    console.log(`${what}: ${lost} lost, ${all.length - distinct.size} doubled`);
  }
  for (const [reason, count] of Object.entries(stored.skipped)) console.log(`skipped: ${count} (${reason})`);
  const polledAt = pollsOf(sites, publishedAt);
  const waits = [...posted.values()]
    .map(({ title, moment }) => moment - (polledAt.get(title) ?? Number.NaN))
    .sort((one, other) => one - other);
  console.log(`from the poll to the post: p50 ${seconds(at(waits, 0.5))}, p99 ${seconds(at(waits, 0.99))}`);
  const gaps = sites.flatMap(({ asked }) => asked.slice(1).map((each, before) => each.at - (asked[before]?.at ?? 0)));
  const closest = gaps.reduce((least, gap) => Math.min(least, gap)).toFixed(0);
  const most = Math.max(...sites.map(each => each.most));
  console.log(`at one host: ${most} request at once at most, ${closest} ms between two at least (rest ${rest} ms)`);
}

/** Returns when each item's feed was first asked for after it was published. */
function pollsOf(sites: readonly FeedServer[], publishedAt: ReadonlyMap<string, number>): Map<string, number> {
  const polls = sites.flatMap(({ asked }) => asked);
  const byPath = Map.groupBy(polls, ({ path }) => path);
  return new Map(
    [...publishedAt].map(([title, since]) => {
      const feed = /\d+/v.exec(title)?.[0] ?? '';
      return [title, byPath.get(`/${feed}`)?.find(asked => asked.at >= since)?.at ?? Number.NaN];
    }),
  );
}

async function measureRegister(database: string, count: number): Promise<void> {
  const sites = await startSites(100);
  const feeds = Array.from({ length: count }, (_, feed) => `${siteOf(sites, feed).address}/${feed}`);
  const items = Array.from({ length: itemsShown }, (_, item) => ({ guid: `${item}`, title: `Rain ${item}` }));
  for (let feed = 0; feed < count; feed += 1) {
    siteOf(sites, feed).play(`/${feed}`, { kind: 'send', body: rss(items) });
  }
  await followAll(database, feeds, 'hail');
  const polling = await new Polling(database, 0, 0, () => undefined).ready();
  const show = ({ polls, cpu, rss: resident, heapUsed }: Idle, what: string, took: number) => {
    const memory = [resident, heapUsed].map(bytes => (bytes / 2 ** 20).toFixed(0));
    const perCore = (polls / cpu) * 1000;
    console.log(
      `${what}: ${polls} polls in ${seconds(took)}, ${perCore.toFixed(0)} a second of CPU, ${memory[0]} MiB (heap ${memory[1]})`,
    );
  };
  for (const [round, what] of ['before', 'new feeds of 30 items', 'unchanged feeds'].entries()) {
    const began = performance.now();
    show(await polling.poll(round === 0 ? 1 : start + round * 2 * stepMilliseconds), what, performance.now() - began);
  }
  await polling.kill();
  await Promise.all(sites.map(site => site.close()));
}

console.log(`${cpus().length} cores, Node ${process.version}`);
if (Number(values.slow) > 0) {
  const waits = await measureNeighbours(Number(values.slow), Number(values.minutes));
  const sorted = waits.toSorted((one, other) => one - other);
  const [half, most] = [at(sorted, 0.5), at(sorted, 0.99)];
  const missing = waits.filter(wait => wait === Number.POSITIVE_INFINITY).length;
  console.log(`beside ${values.slow} slow feeds: ${waits.length} items of healthy ones, ${missing} not posted`);
  console.log(`from due to posted: p50 ${seconds(half)}, p99 ${seconds(most)}`);
  process.exit();
}
const server = await startPostgres();
const database = await createDatabase(server.url);
const days = Number(values.days);
const run = days === 0 ? undefined : await simulate(database, days, Number(values.feeds));
if (run !== undefined) report(run, await readStored(database, Math.ceil(Number(values.feeds) / feedsEach)));
if (Number(values.register) > 0) await measureRegister(await createDatabase(server.url), Number(values.register));
await server.stop();
