import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { Logger } from 'pino';
import { Encoder } from './answering/networks/encoder.ts';
import { buildHere } from './build.ts';
import { CardDrawer } from './cards/card-drawer.ts';
import { describe } from './discord/errors.ts';
import { Logins } from './discord/logins.ts';
import { startMonitoring } from './discord/monitoring.ts';
import { planShards, READY_MESSAGE, type ShardPlan, startShards } from './discord/shards.ts';
import { Shutdown } from './discord/shutdown.ts';
import { FeedReader } from './following/feed-reader.ts';
import { type Libraries, openLibraries } from './library/libraries.ts';
import { loadSeeds, type Seeds } from './library/seeds.ts';
import { leaseShards } from './library/store/backends.ts';
import { mostOpenWithin, openFilesLimit } from './library/store-pool.ts';
import { openLog } from './monitoring/log.ts';
import { monitorStorage } from './monitoring/warnings.ts';
import { DocumentReader } from './reading/document-reader.ts';
import { makeNet, userAgentOf } from './reading/fetch.ts';
import { loadSettings, type Settings, tooOpen } from './settings.ts';
import { CannotStart, EXIT_CODES, startFailure } from './start-failure.ts';
import { isHelpWanted, locationIn } from './terminal/command.ts';
import { openControlSocket } from './terminal/control-socket.ts';
import { format } from './wording/say.ts';

/** What the bot connects to: Discord, or a playground on this machine if there is no token. */
interface Platform {
  readonly token: string;
  readonly apiUrl: string | undefined;
  /** Where the playground's own feeds are. */
  readonly feedsUrl: string | undefined;
  /** The playground's servers, by id. */
  readonly servers: readonly string[];
  readonly greeting: (name: string) => string;
  readonly close: () => Promise<void>;
}

async function openPlatform(
  { discordToken, discordApiUrl, dataDir, playgroundPort }: Settings,
  log: Logger,
): Promise<Platform> {
  if (discordToken !== undefined) {
    return {
      token: discordToken,
      apiUrl: discordApiUrl,
      feedsUrl: undefined,
      servers: [],
      greeting: name => `Verbatim is on Discord as ${name}.`,
      close: () => Promise.resolve(),
    };
  }
  // It takes a fifth of the time that everything takes to load, and isn't needed on Discord.
  const { startPlayground } = await import('../playground/playground.ts');
  const { token, apiUrl, feedsUrl, address, servers, close } = await startPlayground({
    port: playgroundPort,
    guilds: 2,
    folder: join(dataDir, 'playground'),
    report: sentence => log.warn(sentence),
  });
  const greeting = () => `Verbatim's playground is at ${address} – open it in a browser.`;
  return { token, apiUrl, feedsUrl, servers: servers(), greeting, close };
}

/** Shuts down and prints the reason as the last line, where people look for it. */
async function endFor({ message, exitCode }: CannotStart, shutdown: Shutdown): Promise<void> {
  process.once('exit', () => console.error(message));
  await shutdown.end(exitCode);
}

/** Starts all shards, each in a process of its own that runs this program. */
async function startProcesses(
  plan: Extract<ShardPlan, { readonly kind: 'processes' }>,
  apiUrl: string | undefined,
  log: Logger,
  shutdown: Shutdown,
): Promise<void> {
  const program = join(import.meta.dirname, 'index.ts');
  const failed = (code: number) => void shutdown.end(code);
  const processes = startShards({ ...plan, apiUrl, program, log, failed });
  shutdown.afterwards(processes.stop);
  await processes.ready;
  console.log(`Verbatim is on Discord in ${plan.shards} processes.`);
}

/** A failure doesn't stop the bot: then import and export need it stopped. */
async function openControl(folder: string, libraries: Libraries, log: Logger, shutdown: Shutdown): Promise<void> {
  try {
    const socket = await openControlSocket(folder, libraries);
    if (socket !== undefined) shutdown.afterwards(socket.close);
  } catch (error) {
    log.warn(
      { error: describe(error) },
      'Cannot open the control socket: npm run import and export need the bot stopped',
    );
  }
}

/** Returns what new libraries start with. In a playground, invented articles are among it. */
function seedsFor({ discordToken }: Settings): readonly Seeds[] {
  const folders = discordToken === undefined ? ['../seeds', '../playground/articles'] : ['../seeds'];
  return folders.map(folder => seedsIn(join(import.meta.dirname, folder)));
}

function seedsIn(folder: string): Seeds {
  try {
    return loadSeeds(folder);
  } catch (cause) {
    const way = 'Restore it (git checkout seeds playground) or clone Verbatim again.';
    throw new CannotStart(`${folder} can't be read. ${way}`, EXIT_CODES.misconfigured, { cause });
  }
}

/** Minimum limit of open files: enough for a few libraries, connections, pictures and links. */
const FEWEST_FILES = 128;

async function start(settings: Settings, log: Logger, shutdown: Shutdown): Promise<void> {
  const files = openFilesLimit();
  if (files < FEWEST_FILES) {
    const sentence = `This process may open only ${files} files, but needs at least ${FEWEST_FILES}. Raise the limit (ulimit -n, or LimitNOFILE in a systemd unit).`;
    throw new CannotStart(sentence, EXIT_CODES.misconfigured);
  }
  const logins = new Logins(log);
  const shards = await planShards(settings, logins);
  if (shards.kind === 'processes') return await startProcesses(shards, settings.discordApiUrl, log, shutdown);
  const seeds = seedsFor(settings);
  for (const problem of seeds.flatMap(({ problems }) => problems))
    log.warn({ ...problem, expected: format(problem.expected, 'en') }, 'Skipped a seed article');
  const report = (sentence: string, cause?: unknown) =>
    log.warn(cause === undefined ? {} : { error: describe(cause) }, sentence);
  const build = buildHere();
  const encoder = new Encoder();
  // Most bots have none, and the package takes time to load.
  const metrics = settings.metrics && new (await import('./monitoring/metrics.ts')).Metrics();
  metrics?.describe(build, settings.dataDir);
  const location = locationIn(settings.dataDir, settings.databaseUrl);
  const libraries = await openLibraries({
    ...location,
    seeds: seeds.flatMap(({ articles }) => articles),
    mostArticles: settings.maxArticles,
    mostOpen: mostOpenWithin(files),
    encoder,
    report,
    progress: sentence => log.info(sentence),
    monitor: monitorStorage(log, metrics),
  });
  shutdown.afterwards(() => libraries.close());
  if (settings.databaseUrl === undefined) await openControl(location.folder, libraries, log, shutdown);
  const reportOn =
    settings.metrics && metrics && (await startMonitoring(settings.metrics, metrics, libraries, logins, shutdown));
  const shutOut = (reason: CannotStart) => void endFor(reason, shutdown);
  if (settings.discordToken !== undefined && settings.databaseUrl !== undefined) {
    const lost = (shard: string) =>
      shutOut(new CannotStart(`Another process on this database has taken over ${shard}.`));
    const lease = await leaseShards(settings.databaseUrl, shards, lost);
    shutdown.afterwards(() => lease.release());
  }
  // During the login, so that the first command in a new library needn't wait for it.
  const prepared = libraries.prepare().catch((cause: unknown) => {
    // Opening a library tries again and reports the error to the user.
    log.warn({ error: describe(cause) }, 'Cannot attribute the seed articles yet');
  });
  const platform = await openPlatform(settings, log);
  shutdown.afterwards(platform.close);
  const playground = platform.feedsUrl;
  const userAgent = userAgentOf(build.version, settings.contact);
  const net = makeNet({ allowLoopback: false, playground, userAgent });
  const documents = new DocumentReader();
  shutdown.afterwards(() => documents.close());
  const feedReader = new FeedReader();
  shutdown.afterwards(() => feedReader.close());
  const drawer = new CardDrawer();
  shutdown.afterwards(() => drawer.close());
  // Takes time to load, and neither a start that fails nor a process that only manages others needs it.
  const [{ commands }, { startBot }, { Poller }] = await Promise.all([
    import('./commands/index.ts'),
    import('./discord/bot.ts'),
    import('./following/poller.ts'),
  ]);
  const { token, apiUrl } = platform;
  const noticesLeaving = settings.discordToken !== undefined;
  const { hearsMessages } = settings;
  const services = { commands, libraries, net, documents, feedReader, drawer, noticesLeaving, hearsMessages };
  const bot = await startBot({ token, apiUrl, shards, log, logins, metrics, shutOut, ...services });
  shutdown.afterwards(bot.stop);
  await prepared;
  const onPoll = (result: string) => metrics?.polls.inc({ result });
  const poller = new Poller({
    libraries,
    net,
    feeds: feedReader,
    documents,
    mostPerDay: settings.maxFeedArticlesPerDay,
    playground,
    report,
    onPoll,
  });
  poller.start();
  shutdown.afterwards(() => poller.stop());
  reportOn?.(bot);
  // So that a newcomer's first question finds vectors. Opening them for a command tries again.
  await Promise.all(platform.servers.map(id => libraries.open({ kind: 'server', id }))).catch(() => undefined);
  // Nobody waits for it, and libraries report what fails.
  void libraries.encodeAll().catch(() => undefined);
  if (shards.isChild) process.send?.(READY_MESSAGE);
  else console.log(platform.greeting(bot.name));
}

// Articles that were read soon become garbage, and V8 lets the heap grow to several times what is in use, 270 MiB under
// load. Growing by half costs no more CPU (docs/scale.md). Set here so that it applies however the program is started.
setFlagsFromString('--heap-growing-percent=50');
// Libraries are private, and a folder that already exists may be open to others.
process.umask(0o077);
const USAGE = `Usage: npm start

Starts the bot, or the playground in a browser if DISCORD_TOKEN isn't set. The settings come from .env and the
environment: .env.example lists them, and npm run doctor checks them.`;
if (isHelpWanted(USAGE)) process.exit();
const outcome = loadSettings();
if (outcome.kind === 'problems') {
  console.error(outcome.problems.join('\n'));
  process.exit(EXIT_CODES.misconfigured);
}
const log = openLog(outcome.settings.logLevel, process.stderr.isTTY);
log.info({ ...buildHere(), node: process.version }, 'Starting Verbatim');
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
