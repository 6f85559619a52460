/**
 * Started by `npm run bench:feeds` as a process that polls feeds and posts what they bring, without Discord:
 * `poll.ts DATABASE NUMBER REST`. NUMBER is 0 or 1: it posts for the libraries with such an id. REST: how long it leaves
 * a host alone, in milliseconds. A message with a moment, in milliseconds since 1970, sets its clock, which then goes on
 * by itself. It sends what it posts, and how it is, each time that nothing is left to do.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { pino } from 'pino';
import type { SendPost } from '../../src/discord/channels.ts';
import { Poster } from '../../src/discord/posting.ts';
import { FeedReader } from '../../src/following/feed-reader.ts';
import { Poller } from '../../src/following/poller.ts';
import { openLibraries } from '../../src/library/libraries.ts';
import type { Owner } from '../../src/library/owner.ts';
import { DocumentReader } from '../../src/reading/document-reader.ts';
import { makeNet } from '../../src/reading/fetch.ts';

// As in `src/index.ts`.
setFlagsFromString('--heap-growing-percent=50');
setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');
const [databaseUrl = '', number = '0', rest = '1000'] = process.argv.slice(2);
const clock = { start: 0, since: performance.now() };
const now = () => Math.floor(clock.start + performance.now() - clock.since);

/** Resolves when the parent has it, even if this process is killed then. */
function tell(message: object): Promise<void> {
  return new Promise(resolve => process.send?.(message, () => resolve()));
}

const report = (sentence: string, cause?: unknown) => console.error(sentence, cause);
const libraries = await openLibraries({
  ...{ folder: '', databaseUrl, seeds: [], mostArticles: 1_000_000, mostOpen: 100, now, report, processes: 1 },
});
let polls = 0;
const poller = new Poller({
  libraries,
  net: makeNet({ allowLoopback: true }),
  feeds: new FeedReader(),
  documents: new DocumentReader(),
  mostPerDay: 1_000_000,
  hostRest: Number(rest),
  report,
  now,
  onPoll: () => {
    polls += 1;
  },
});
const send: SendPost = async (channel, { components }, nonce) => {
  await tell({ kind: 'post', channel, nonce, text: JSON.stringify(components) });
};
const poster = new Poster({
  ...{
    send,
    now,
    isThere: () => Promise.resolve(false),
    commandIds: new Map(),
    log: pino({ level: 'silent' }),
    serverOf: () => undefined,
    isStopping: () => false,
  },
  choices: owner => libraries.choices(owner),
});
const isMine = ({ id }: Owner) => BigInt(id) % 2n === BigInt(number);
/** As often as in `src/discord/posting.ts`. */
const postEvery = 2000;

async function post(): Promise<void> {
  for (;;) {
    await pause(postEvery);
    await libraries.deliver(isMine, library => poster.prepare(library));
  }
}

process.on('message', async (start: number) => {
  clock.start = start;
  clock.since = performance.now();
  const before = { polls, cpu: process.cpuUsage() };
  await poller.pollDue();
  const { user, system } = process.cpuUsage(before.cpu);
  if (typeof collectGarbage === 'function') collectGarbage();
  const { rss, heapUsed } = process.memoryUsage();
  await tell({ kind: 'idle', polls: polls - before.polls, cpu: (user + system) / 1000, rss, heapUsed });
});
process.on('disconnect', () => process.exit());
await tell({ kind: 'ready' });
await post();
