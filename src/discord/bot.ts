import { setTimeout as pause } from 'node:timers/promises';
import { Client, DefaultRestOptions, Events, GatewayIntentBits, type Interaction, Options, Status } from 'discord.js';
import { GatewayDispatchEvents } from 'discord-api-types/v10';
import type { Drawer } from '../cards/card-drawer.ts';
import type { Attachment, Command } from '../commands/command.ts';
import { RateLimiter } from '../commands/rate-limit.ts';
import type { FeedReader } from '../following/feed-reader.ts';
import { logInteraction } from '../monitoring/log.ts';
import type { Metrics } from '../monitoring/metrics.ts';
import { DropWarning } from '../monitoring/warnings.ts';
import { type ReadsDocuments, readLink } from '../reading/document-reader.ts';
import type { Net } from '../reading/fetch.ts';
import { type Reading, type ReadingRefusal, refuse } from '../reading/reading.ts';
import type { CannotStart } from '../start-failure.ts';
import { message } from '../wording/say.ts';
import { Channels } from './channels.ts';
import { CreationClock, GatewayWatchdog, PacketFilter } from './connection.ts';
import { dispatch, type Outcome, turnAway } from './dispatch.ts';
import { describe, reasonFor } from './errors.ts';
import { Logins } from './logins.ts';
import { MessageAnswerer } from './messages.ts';
import { countRequests, InteractionMonitor } from './monitoring.ts';
import { typingOf } from './options.ts';
import { startPosting } from './posting.ts';
import { namerOf, register } from './registration.ts';
import { libraryOwnerOf, type Services } from './request-context.ts';
import { type DropReason, RecentIds, RequestQueue } from './request-queue.ts';
import { sendOnce } from './send-once.ts';
import { followServers, type ServersOptions } from './servers.ts';

/** In bytes. Nothing longer is an article. */
const LARGEST_ATTACHMENT = 2_000_000;
const DOWNLOAD_TIMEOUT = 10_000;
const ATTACHMENT_HOSTS: ReadonlySet<string> = new Set(['cdn.discordapp.com', 'media.discordapp.net']);

const TOO_LARGE = refuse(message('reading.file-too-large', { megabytes: String(LARGEST_ATTACHMENT / 1_000_000) }));
const NOT_FOUND = refuse(message('reading.file-not-here'));

/** True for addresses of Discord's attachments, or of the API that stands in for Discord. */
function isDiscords(url: URL, apiUrl: string | undefined): boolean {
  if (apiUrl !== undefined && url.origin === URL.parse(apiUrl)?.origin) return true;
  return url.protocol === 'https:' && url.port === '' && ATTACHMENT_HOSTS.has(url.hostname);
}

/** Returns the bytes; `undefined` if there are too many, since the stated size may be wrong. */
async function bytesOf(response: Response): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.length;
    if (size > LARGEST_ATTACHMENT) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Returns a file's bytes; `undefined` if there are too many. Rejects if they can't be fetched. */
async function fetchFile(url: URL): Promise<Uint8Array | undefined> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT) });
  if (!response.ok) throw new Error(`Discord answered with ${response.status}`);
  return await bytesOf(response);
}

/** Fetches an attachment. `apiUrl` is `undefined` for Discord itself. */
async function fetchAttachment(
  { size, url }: Attachment,
  apiUrl: string | undefined,
): Promise<{ readonly kind: 'fetched'; readonly bytes: Uint8Array } | ReadingRefusal> {
  const address = URL.parse(url);
  if (address === null || !isDiscords(address, apiUrl)) return NOT_FOUND;
  if (size > LARGEST_ATTACHMENT) return TOO_LARGE;
  return await fetchFile(address).then(
    bytes => (bytes === undefined ? TOO_LARGE : ({ kind: 'fetched', bytes } as const)),
    () => NOT_FOUND,
  );
}

/** Reads an article from an attachment, when it is the asker's turn. `apiUrl` is `undefined` for Discord itself. */
export async function readAttachment(
  attachment: Attachment,
  asker: string,
  documents: ReadsDocuments,
  apiUrl: string | undefined,
): Promise<Reading> {
  const { name, contentType } = attachment;
  const fetched = await fetchAttachment(attachment, apiUrl);
  if (fetched.kind === 'refused') return fetched;
  return await documents.read({ kind: 'file', name, contentType, bytes: fetched.bytes }, asker);
}

/** What a bot needs to start. */
export interface BotOptions extends ServersOptions {
  readonly token: string;
  /** `undefined` for Discord itself. */
  readonly apiUrl: string | undefined;
  /** The shards that this process connects, and how many there are. By default one of one. */
  readonly shards?: { readonly ids: readonly number[]; readonly count: number };
  readonly commands: readonly Command[];
  /** Fetches the links that users give. */
  readonly net: Net;
  /** Reads those links and attached files. */
  readonly documents: ReadsDocuments;
  /** Finds the feeds that users want to follow. */
  readonly feedReader: Pick<FeedReader, 'find' | 'outline'>;
  /** Collects metrics. */
  readonly metrics?: Metrics | undefined;
  readonly drawer: Drawer;
  /** True if mentions and direct messages are answered. Default: true */
  readonly hearsMessages?: boolean;
  /** Tells monitoring about the logins. */
  readonly logins?: Logins | undefined;
  /** Called with a message for the operator when Discord closes the connection for good. */
  readonly shutOut: (reason: CannotStart) => void;
}

interface Gateway {
  readonly isConnected: boolean;
  /** Round-trip time of a heartbeat; `undefined` before the first. */
  readonly milliseconds: number | undefined;
}

export interface Bot {
  /** The bot's user name. */
  readonly name: string;
  gateway(): Gateway;
  /** Finishes the answers in progress, in at most ten seconds, then disconnects. */
  stop(): Promise<void>;
}

const LONGEST_FINISH = 10_000;

const ONLY_SHARD = { ids: [0], count: 1 };

const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits;

function connect(options: BotOptions, { buildStrategy }: GatewayWatchdog, packets: PacketFilter): Client {
  const { ids, count } = options.shards ?? ONLY_SHARD;
  const client = new Client({
    shards: [...ids],
    shardCount: count,
    ws: { buildStrategy: manager => buildStrategy(packets.between(manager)) },
    // None of them is privileged.
    intents: options.hearsMessages === false ? [Guilds] : [Guilds, GuildMessages, DirectMessages],
    // No server data is needed for answers.
    waitGuildTimeout: 0,
    // Nor are the people who use the bot: interactions carry their own data.
    makeCache: Options.cacheWithLimits({
      UserManager: 0,
      GuildMemberManager: 0,
      MessageManager: 0,
      EntitlementManager: 0,
    }),
    allowedMentions: { parse: [] },
    // A post waits in the outbox, not in the client.
    rest: {
      makeRequest: sendOnce,
      rejectOnRateLimit: ['/channels'],
      api: options.apiUrl ?? DefaultRestOptions.api,
    },
  });
  if (options.metrics !== undefined) countRequests(client.rest, options.metrics);
  return client;
}

/** Waits until there are none, including those added meanwhile. */
async function emptied(inProgress: ReadonlySet<Promise<void>>): Promise<void> {
  while (inProgress.size > 0) await Promise.all(inProgress);
}

function outcomeOf(ended: Outcome | DropReason): Outcome {
  return typeof ended === 'string' ? { kind: ended, error: undefined } : ended;
}

interface Listening {
  /** `undefined` if messages aren't answered. */
  readonly messages: MessageAnswerer | undefined;
  /** Stops answering and waits for the answers in progress. */
  readonly finish: () => Promise<void>;
}

/** Answers interactions and messages. */
function listen(client: Client, options: BotOptions, services: Services, packets: PacketFilter): Listening {
  const inProgress = new Set<Promise<void>>();
  // Discord delivers some twice, for instance after a reconnect.
  const known = new RecentIds();
  const { commands, log, metrics } = options;
  const clock = new CreationClock();
  const queue = new RequestQueue();
  const drops = new DropWarning(log);
  const nameOf = namerOf(commands);
  let isStopping = false;
  const monitor = new InteractionMonitor(client.rest, answered => {
    logInteraction(log, answered);
    // While stopping, messages that wait are dropped however few they are.
    if (answered.result === 'expired' && !isStopping) drops.dropped();
    metrics?.answered(answered);
  });
  const track = (answering: Promise<void>) => {
    inProgress.add(answering);
    void answering.finally(() => inProgress.delete(answering));
  };
  client.on(Events.InteractionCreate, (interaction: Interaction) => {
    if (!known.add(interaction.id)) return;
    const madeAt = clock.createdAt(interaction.createdTimestamp, performance.now());
    const typing = interaction.isAutocomplete() ? typingOf(interaction) : undefined;
    const work = () => dispatch(interaction, services, madeAt);
    const inTurn = async () => outcomeOf(await queue.run({ madeAt, typing }, work));
    const asked = { id: interaction.id, owner: libraryOwnerOf(interaction), command: nameOf(interaction) };
    const answering = monitor
      .follow(asked, isStopping ? () => turnAway(interaction) : inTurn)
      .catch((error: unknown) => packets.drop(GatewayDispatchEvents.InteractionCreate, interaction, error));
    track(answering);
  });
  const messages = new MessageAnswerer({
    client,
    services,
    log,
    inTurn: work => queue.run({ madeAt: performance.now(), typing: undefined }, work),
    measure: (asked, answer) => monitor.follow(asked, answer),
    track,
  });
  const finish = async () => {
    isStopping = true;
    messages.stop();
    await Promise.race([emptied(inProgress), pause(LONGEST_FINISH, undefined, { ref: false })]);
  };
  return { messages: services.hearsMessages ? messages : undefined, finish };
}

function servicesOf(
  { commands, log, libraries, net, documents, feedReader, drawer, apiUrl, hearsMessages = true }: BotOptions,
  commandIds: ReadonlyMap<string, string>,
  { threads }: PacketFilter,
): Services {
  const reader = {
    link: async (address: string, asker: string) => await readLink(address, asker, net, documents),
    feed: async (address: string, asker: string) => await feedReader.find(address, asker, net),
    file: async (attachment: Attachment, asker: string) => await readAttachment(attachment, asker, documents, apiUrl),
    async outline(attachment: Attachment, asker: string) {
      const fetched = await fetchAttachment(attachment, apiUrl);
      return fetched.kind === 'refused' ? fetched : await feedReader.outline(fetched.bytes, asker);
    },
  };
  const rateLimiter = new RateLimiter();
  return { commands, log, libraries, rateLimiter, reader, drawer, commandIds, hearsMessages, threads };
}

const CONNECTED: ReadonlySet<Status> = new Set([Status.Ready, Status.WaitingForGuilds]);

function gatewayOf({ ws }: Client): Gateway {
  const isConnected = ws.shards.size > 0 && ws.shards.every(({ status }) => CONNECTED.has(status));
  return { isConnected, milliseconds: ws.ping >= 0 ? ws.ping : undefined };
}

/** Logs in, registers the commands and answers interactions. Throws `CannotStart` with a message for the operator. */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { log, logins = new Logins(log) } = options;
  const watchdog = new GatewayWatchdog(log, logins);
  const packets = new PacketFilter(log, options.metrics);
  const client = connect(options, watchdog, packets);
  const starting = new AbortController();
  logins.follow(client.rest, starting.signal);
  watchdog.follow(client);
  client.on(Events.Error, error => log.error({ error: describe(error) }, 'Gateway client error'));
  let closed: { readonly code: number } | undefined;
  client.on(Events.ShardDisconnect, ({ code }) => {
    closed = { code };
  });
  client.on(Events.ShardReconnecting, () => options.metrics?.reconnects.inc());
  const commandIds = new Map<string, string>();
  const { messages, finish } = listen(client, options, servicesOf(options, commandIds, packets), packets);
  packets.follow(client, messages);
  const leave = async () => {
    watchdog.stop();
    await client.destroy();
  };
  try {
    const ready = new Promise<Client<true>>(resolve => void client.once(Events.ClientReady, resolve));
    await client.login(options.token);
    const here = await ready;
    const { application, user } = here;
    const bodies = options.commands.map(command => command.builder.toJSON());
    for (const [name, id] of await register(client.rest, application.id, bodies)) commandIds.set(name, id);
    // A shard may have been closed meanwhile.
    if (closed !== undefined) throw reasonFor(closed, options.apiUrl);
    const following = followServers(here, options);
    const posting = startPosting(here, {
      channels: new Channels(here),
      libraries: options.libraries,
      commandIds,
      log,
    });
    client.on(Events.ShardDisconnect, ({ code }) => options.shutOut(reasonFor({ code }, options.apiUrl)));
    const stop = async () => {
      await Promise.all([finish(), following.stop(), posting.stop()]);
      await leave();
    };
    return { name: user.username, gateway: () => gatewayOf(here), stop };
  } catch (error) {
    await leave();
    // discord.js's error doesn't have the code.
    throw reasonFor(closed ?? error, options.apiUrl);
  } finally {
    starting.abort();
  }
}
