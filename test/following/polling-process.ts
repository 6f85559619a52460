/**
 * A process that polls feeds and matches watches until it is killed: `node polling-process.ts PLACE START`. PLACE is a folder or a database
 * URL, START is when it believes that it starts, in milliseconds since 1970. It prints `idle` when nothing is due.
 */

import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { readFeedDocument } from '../../src/following/parse.ts';
import { Poller } from '../../src/following/poller.ts';
import { matchNewArticles } from '../../src/following/watch.ts';
import { openLibraries } from '../../src/library/libraries.ts';
import { findFeeds } from '../../src/library/store/following/feeds.ts';
import { readDocument } from '../../src/reading/document.ts';
import { makeNet } from '../../src/reading/fetch.ts';
import { attributeByHand } from '../library/attribute-by-hand.ts';

const [place = '', start = '0', ...feeds] = process.argv.slice(2);
const kept = place.startsWith('postgres')
  ? { folder: '', databaseUrl: place }
  : { folder: place, databaseUrl: undefined };
const now = () => Number(start) + Math.floor(performance.now());

/** Written synchronously: a killed process has no time to flush a buffer. */
function tell(line: string): void {
  writeSync(1, `${line}\n`);
}

const libraries = await openLibraries({
  ...kept,
  seeds: [],
  mostArticles: 100_000,
  mostOpen: 10,
  now,
  attributor: attributeByHand,
});
const poller = new Poller({
  libraries,
  net: makeNet({ allowLoopback: true }),
  feeds: { read: async document => readFeedDocument(document) },
  documents: { read: async document => readDocument(document) },
  mostPerDay: 100_000,
  report: (sentence, cause) => tell(`${sentence}: ${cause}`),
  now,
  hostRest: 0,
});
/** Other than the bot, it claims nothing: another process may match the same articles. */
async function matchAll(): Promise<never> {
  for (;;) {
    for (const id of await libraries.knownServers()) {
      const library = await libraries.open({ kind: 'server', id });
      await matchNewArticles(library, (sentence, cause) => tell(`${sentence}: ${cause}`));
    }
    await pause(50);
  }
}

void matchAll();
for (;;) {
  await poller.pollDue();
  const due = (await libraries.feeds(findFeeds, feeds)).filter(({ next }) => next <= now());
  tell(due.length === 0 ? 'idle' : 'waiting');
  await pause(100);
}
