/** Started by benchmarks as a process: the bot in a playground, allowed to read pages of this machine. */
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { pino } from 'pino';
import { CardDrawer } from '../src/cards/card-drawer.ts';
import { commands } from '../src/commands/index.ts';
import { startBot } from '../src/discord/bot.ts';
import { FeedReader } from '../src/following/feed-reader.ts';
import { openLibraries } from '../src/library/libraries.ts';
import { DocumentReader } from '../src/reading/document-reader.ts';
import { makeNet } from '../src/reading/fetch.ts';

// As in `src/index.ts`.
setFlagsFromString('--heap-growing-percent=50');
const [token = '', apiUrl, folder = '', nameServer = ''] = process.argv.slice(2);
const log = pino({ level: 'silent' });
const libraries = await openLibraries({
  folder: join(folder, 'libraries'),
  databaseUrl: undefined,
  seeds: [],
  mostArticles: 10_000,
  mostOpen: 100,
  report: () => undefined,
});
await startBot({
  token,
  apiUrl,
  commands,
  libraries,
  noticesLeaving: true,
  net: makeNet({ allowLoopback: true, nameServers: [nameServer] }),
  documents: new DocumentReader(),
  feedReader: new FeedReader(),
  drawer: new CardDrawer(),
  log,
  shutOut: reason => console.error(reason),
});
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');
process.on('message', asked => {
  // How long its event loop was blocked at most since it was last asked, in milliseconds.
  if (asked === 'delay') {
    process.send?.(delay.max / 1e6);
    delay.reset();
  }
  // In bytes, without garbage.
  if (asked === 'memory') {
    if (typeof collectGarbage === 'function') collectGarbage();
    process.send?.(process.memoryUsage());
  }
});
process.send?.('ready');
