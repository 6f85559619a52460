import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { startPlayground } from '../playground/playground.ts';
import { commands } from './commands/index.ts';
import { startBot } from './discord/bot.ts';
import { describe } from './discord/describe.ts';
import { CannotStart } from './discord/refusal.ts';
import { stopOnSignal } from './discord/shutdown.ts';
import { CannotKeep } from './library/faults.ts';
import { openLibraries } from './library/libraries.ts';
import { loadSeeds } from './library/seeds.ts';
import { makeNet } from './reading/fetch.ts';
import { readSettings, type Settings } from './settings.ts';

/** Where the bot lives: on Discord, or in a playground on this machine when there is no token. */
interface Home {
  readonly token: string;
  readonly apiUrl: string | undefined;
  readonly line: (name: string) => string;
  readonly close: () => Promise<void>;
}

async function homeOf({ discordToken, discordApiUrl, dataDir, playgroundPort }: Settings, log: Logger): Promise<Home> {
  if (discordToken !== undefined) {
    const line = (name: string) => `Verbatim is on Discord as ${name}.`;
    return { token: discordToken, apiUrl: discordApiUrl, line, close: () => Promise.resolve() };
  }
  const { token, apiUrl, address, close } = await startPlayground({
    port: playgroundPort,
    folder: join(dataDir, 'playground'),
    report: sentence => log.warn(sentence),
  });
  const line = () => `Verbatim is in a playground at ${address} – open it in a browser.`;
  return { token, apiUrl, line, close };
}

/** An open library is a connection to its file and some memory for what was read last. */
const mostOpen = 100;

function leave(reason: string): never {
  console.error(reason);
  process.exit(1);
}

async function start(settings: Settings): Promise<void> {
  const log = pino({ level: settings.logLevel }, pino.destination(2));
  const { articles: seeds, problems } = loadSeeds(join(import.meta.dirname, '../seeds'));
  for (const problem of problems) log.warn(problem, 'An article was left out');
  const libraries = await openLibraries({
    folder: join(settings.dataDir, 'libraries'),
    databaseUrl: settings.databaseUrl,
    seeds,
    mostArticles: settings.maxArticles,
    mostOpen,
    report: (sentence, cause) => log.warn({ error: describe(cause) }, sentence),
  });
  const home = await homeOf(settings, log);
  const net = makeNet({ allowLoopback: false });
  const { token, apiUrl } = home;
  const noticesLeaving = settings.discordToken !== undefined;
  const bot = await startBot({ token, apiUrl, commands, libraries, noticesLeaving, net, log, shutOut: leave });
  stopOnSignal(async () => {
    await bot.stop();
    await libraries.close();
    await home.close();
  });
  console.log(home.line(bot.name));
  await libraries.prepare().catch((cause: unknown) => {
    // A library that is opened tries again, and tells whoever opens it.
    log.warn({ error: describe(cause) }, 'The articles of new libraries could not be attributed yet');
  });
}

function explain(error: unknown): never {
  if (error instanceof CannotStart || error instanceof CannotKeep) leave(error.message);
  const taken = error instanceof Error && Reflect.get(error, 'code') === 'EADDRINUSE';
  if (taken) leave('The port in PLAYGROUND_PORT is taken: choose another one, or leave the setting out.');
  throw error;
}

const outcome = readSettings();
if (outcome.kind === 'problems') leave(outcome.problems.join('\n'));
await start(outcome.settings).catch(explain);
