import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { Logger } from 'pino';
import packageJson from '../package.json' with { type: 'json' };
import { startPlayground } from '../playground/playground.ts';
import { CardDrawer } from './cards/card-drawer.ts';
import { commands } from './commands/index.ts';
import { startBot } from './discord/bot.ts';
import { describe } from './discord/errors.ts';
import { watch } from './discord/monitoring.ts';
import { readyMessage, recommendedBy, startShards } from './discord/shards.ts';
import { Shutdown } from './discord/shutdown.ts';
import { type Libraries, openLibraries } from './library/libraries.ts';
import { loadSeeds, type Seeds } from './library/seeds.ts';
import { mostOpen } from './library/store-cache.ts';
import { makeNet } from './reading/fetch.ts';
import { readSettings, type Settings, tooOpen } from './settings.ts';
import { CannotStart, exitCodes, startFailure } from './start-failure.ts';
import { openDoor } from './terminal/door.ts';
import { openLog } from './watching/log.ts';
import { format } from './wording/say.ts';

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

function leave(reason: string): never {
  console.error(reason);
  process.exit(exitCodes.misconfigured);
}

/** The sentence is the last line, whatever is logged while things are closed: there people look for what the matter is. */
async function endFor({ message, exitCode }: CannotStart, shutdown: Shutdown): Promise<void> {
  process.once('exit', () => console.error(message));
  await shutdown.end(exitCode);
}

/** All shards, each in a process of its own that runs this program. */
async function startProcesses(
  shards: number,
  atOnce: number,
  token: string,
  log: Logger,
  shutdown: Shutdown,
): Promise<void> {
  const program = join(import.meta.dirname, 'index.ts');
  const failed = (code: number = exitCodes.failed) => void shutdown.end(code);
  const processes = startShards({ shards, atOnce, program, token, log, failed });
  shutdown.afterwards(processes.stop);
  await processes.ready;
  console.log(`Verbatim is on Discord in ${shards} processes.`);
}

/** The shards that run in this process; `undefined` where they have processes of their own, which were started then. */
async function shardsHere(settings: Settings, log: Logger, shutdown: Shutdown) {
  const { shards, discordToken: token, discordApiUrl, databaseUrl } = settings;
  if (shards.kind === 'some') return shards;
  // A playground is one server, and recommends nothing.
  const isLone = token === undefined || shards.count === 1;
  if (isLone) return shardsUpTo(shards.count === 'auto' ? 1 : shards.count);
  const recommended = await recommendedBy(token, discordApiUrl);
  const count = shards.count === 'auto' ? recommended.shards : shards.count;
  // Files have one process.
  if (databaseUrl === undefined || count === 1) return shardsUpTo(count);
  await startProcesses(count, recommended.atOnce, token, log, shutdown);
  return undefined;
}

function shardsUpTo(count: number) {
  return { ids: Array.from({ length: count }, (_, id) => id), count, isChild: false };
}

/** Without it commands at the terminal must wait until the bot is stopped; it answers all the same. */
async function openDoorOf({ dataDir }: Settings, libraries: Libraries, log: Logger, shutdown: Shutdown): Promise<void> {
  try {
    const door = await openDoor(join(dataDir, 'libraries'), libraries);
    if (door !== undefined) shutdown.afterwards(door.close);
  } catch (error) {
    log.warn({ error: describe(error) }, 'Nothing can be imported or exported at the terminal while the bot runs');
  }
}

function seedsIn(folder: string): Seeds {
  try {
    return loadSeeds(folder);
  } catch (cause) {
    const way = 'install Verbatim whole (git checkout seeds, or a new clone)';
    throw new CannotStart(`${folder} cannot be read: ${way}.`, exitCodes.misconfigured, { cause });
  }
}

async function start(settings: Settings, log: Logger, shutdown: Shutdown): Promise<void> {
  const shards = await shardsHere(settings, log, shutdown);
  if (shards === undefined) return;
  const { articles: seeds, problems } = seedsIn(join(import.meta.dirname, '../seeds'));
  for (const problem of problems)
    log.warn({ ...problem, expected: format(problem.expected, 'en') }, 'An article was left out');
  const libraries = await openLibraries({
    folder: join(settings.dataDir, 'libraries'),
    databaseUrl: settings.databaseUrl,
    seeds,
    mostArticles: settings.maxArticles,
    mostOpen: mostOpen(),
    report: (sentence, cause) => log.warn({ error: describe(cause) }, sentence),
  });
  shutdown.afterwards(() => libraries.close());
  if (settings.databaseUrl === undefined) await openDoorOf(settings, libraries, log, shutdown);
  const watched = settings.metrics && (await watch(settings.metrics, libraries, shutdown));
  const home = await homeOf(settings, log);
  shutdown.afterwards(home.close);
  const net = makeNet({ allowLoopback: false });
  const drawer = new CardDrawer();
  shutdown.afterwards(() => drawer.close());
  const { token, apiUrl } = home;
  const shutOut = (reason: CannotStart) => void endFor(reason, shutdown);
  const noticesLeaving = settings.discordToken !== undefined;
  const meter = watched?.meter;
  const around = { commands, libraries, noticesLeaving, net, drawer, log, meter, shutOut };
  const bot = await startBot({ token, apiUrl, shards, ...around });
  watched?.follow(bot);
  shutdown.afterwards(bot.stop);
  if (shards.isChild) process.send?.(readyMessage);
  else console.log(home.line(bot.name));
  await libraries.prepare().catch((cause: unknown) => {
    // A library that is opened tries again, and tells whoever opens it.
    log.warn({ error: describe(cause) }, 'The articles of new libraries could not be attributed yet');
  });
}

// What is read of articles is soon garbage, of which V8 lets several times as much gather as is in use: 270 MiB under load. With half as
// much again it needs no more of a core (docs/scale.md). Here, so that it holds however the program is started.
setFlagsFromString('--heap-growing-percent=50');
const outcome = readSettings();
if (outcome.kind === 'problems') leave(outcome.problems.join('\n'));
const log = openLog(outcome.settings.logLevel, process.stderr.isTTY);
log.info({ version: packageJson.version, node: process.version }, 'Verbatim begins');
const warning = tooOpen();
if (warning !== undefined) log.warn(warning);
const shutdown = new Shutdown(log);
shutdown.listen();
const { shards } = outcome.settings;
if (shards.kind === 'some' && shards.isChild) shutdown.listenToParent();
await start(outcome.settings, log, shutdown).catch(async (error: unknown) => {
  const failure = startFailure(error, outcome.settings);
  if (failure === undefined) throw error;
  await endFor(failure, shutdown);
});
