/** Started by `bench/faults.ts` as a process: the bot in a playground, allowed to read pages of this machine. */
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { pino } from 'pino';
import { CardDrawer } from '../../src/cards/card-drawer.ts';
import { commands } from '../../src/commands/index.ts';
import { startBot } from '../../src/discord/bot.ts';
import { openLibraries } from '../../src/library/libraries.ts';
import { DocumentReader } from '../../src/reading/document-reader.ts';
import { makeNet } from '../../src/reading/fetch.ts';

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
  noticesLeaving: false,
  net: makeNet({ allowLoopback: true, nameServers: [nameServer] }),
  documents: new DocumentReader(),
  drawer: new CardDrawer(),
  log,
  shutOut: reason => console.error(reason),
});
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
// Reports how long its event loop was blocked at most since the last message, in milliseconds.
process.on('message', () => {
  process.send?.(delay.max / 1e6);
  delay.reset();
});
process.send?.('ready');
