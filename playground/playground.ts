import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type APIMessage, GatewayDispatchEvents, Locale } from 'discord-api-types/v10';
import { createPage, type Page } from './client/page-server.ts';
import { createFaults, type Faults } from './faults.ts';
import { Gateway } from './gateway/gateway.ts';
import { relayMessages } from './gateway/message-events.ts';
import { locationAt, Person } from './person.ts';
import { type Refusal, serveRest } from './rest/server.ts';
import { Attached } from './world/attachments.ts';
import { Channels } from './world/channels.ts';
import { type Clock, SYSTEM_CLOCK } from './world/clock.ts';
import { Commands } from './world/commands.ts';
import { createEvents } from './world/events.ts';
import { Interactions } from './world/interactions.ts';
import { isThinking, Messages } from './world/messages.ts';
import type { Platform } from './world/platform.ts';
import {
  type Actor,
  APPLICATION_ID,
  actorAt,
  type Location,
  MANAGER_PERMISSIONS,
  MEMBER_PERMISSIONS,
  makeServer,
  makeUser,
} from './world/servers.ts';
import { createIds } from './world/snowflake.ts';
import { openStorage, type Storage } from './world/storage.ts';

/** Where the invented articles are that a playground's libraries start with, in the format of `seeds/`. */
export const INVENTED_ARTICLES = join(import.meta.dirname, 'articles');

/**
 * Returns true if a request comes from the bot or the playground's own page. Other sites open in the same browser can
 * reach the loopback address by name (so Host is checked) or by address (so Origin and Sec-Fetch-Site are checked).
 */
function isTrusted(request: IncomingMessage, port: number): boolean {
  const { host, origin } = request.headers;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return false;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

export interface PlaygroundOptions {
  /** Default: a free port near 3000 */
  readonly port: number | undefined;
  /** Where messages and commands are stored. Default: in memory */
  readonly folder: string | undefined;
  /** What its addresses begin with. The bot looks up a name, such as Discord's, for each new connection. Default: 127.0.0.1 */
  readonly host?: '127.0.0.1' | 'localhost';
  readonly clock?: Clock;
  /** Number of servers. Default: 1 */
  readonly guilds?: number;
  /** Adds to what the bot is sent of each server. Default: it has one channel and two roles */
  readonly furnish?: (guild: Guild) => Guild;
  /** Number of shards it recommends. Default: 1 */
  readonly shards?: number;
  /** Called with a message about each file that can't be read. */
  readonly report?: (message: string) => void;
}

type Guild = NonNullable<Location['guild']>;

interface PersonOptions {
  readonly name: string;
  /** The index of their server, or 'direct' for direct messages. */
  readonly where: number | 'direct';
  /** The id of the thread that they are in. Default: they are in the server's first channel */
  readonly thread?: string;
  /** True if they have Manage Server. */
  readonly isManager: boolean;
  /** Who installed the bot. Default: the server */
  readonly installedBy?: Actor['installedBy'];
  /** Their Discord language. Default: English */
  readonly locale?: Locale;
}

interface ForumOptions {
  /** True if each post must have a tag. Default: false */
  readonly needsTag?: boolean;
  /** The names of tags that only moderators may use. */
  readonly moderated?: readonly string[];
}

/** The channels of the servers, for tests. */
interface PlaygroundChannels {
  /** Returns the id of a server's first channel, by the server's index. */
  first(where: number): string;
  /** Adds a channel to a server, by index, or a thread to one of its channels. Returns its id. */
  add(where: number, name: string, parent?: string): string;
  /** Adds a forum with tags of these names, of which moderators alone may use some. Returns its id. */
  addForum(where: number, name: string, tags: readonly string[], options?: ForumOptions): string;
  /** Returns the posts of a forum, oldest first, with the names of their tags. */
  posts(forum: string): readonly { readonly id: string; readonly name: string; readonly tags: readonly string[] }[];
  /** Archives a thread or a forum's post, as Discord does after some days without messages. */
  archive(id: string): void;
  /** Sets what the bot may do in a channel. */
  permit(id: string, permissions: bigint): void;
  delete(id: string): void;
  /** Returns what everybody sees in a channel, oldest first. */
  messages(id: string): readonly APIMessage[];
}

/** The roles of the servers, for tests. */
interface PlaygroundRoles {
  /** Adds a role to a server, by index. Returns its id. */
  add(where: number, name: string, isMentionable: boolean): string;
  delete(where: number, id: string): void;
}

export interface Playground {
  /** The page's URL, such as `http://127.0.0.1:3000`. */
  readonly address: string;
  /** The API's URL for DISCORD_API_URL, such as `http://127.0.0.1:3000/api`. */
  readonly apiUrl: string;
  /** What the addresses of its own news site begin with, such as `http://127.0.0.1:3000/feeds/`. */
  readonly feedsUrl: string;
  readonly token: string;
  readonly person: Person;
  readonly faults: Faults;
  /** Makes a user leave all servers. */
  leave(user: string): void;
  readonly refusals: readonly Refusal[];
  personOf(options: PersonOptions): Person;
  /** Removes the bot from a server, by index. */
  takeOut(where: number): void;
  /** Adds the bot to a server, or ends its outage. */
  bringIn(where: number): void;
  /** Makes a server unavailable until `bringIn`. */
  outage(where: number): void;
  /** Returns the ids of the servers. */
  servers(): readonly string[];
  readonly channels: PlaygroundChannels;
  readonly roles: PlaygroundRoles;
  /** Returns the number of connected shards. */
  shards(): number;
  /** Disconnects a shard as if its token had been revoked. */
  shutOut(shard: number): void;
  close(): Promise<void>;
}

/** Starts a stand-in for Discord on this machine's loopback address. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const storage = await openStorage(options.folder, options.report ?? (() => undefined));
  const refusals: Refusal[] = [];
  const server = createServer();
  const platform = createPlatform(options, storage, () => addressOf(server, options));
  const page = createPage(platform);
  attach(server, platform, page, refusals);
  await listen(server, options.port);
  const address = addressOf(server, options);
  return {
    address,
    apiUrl: `${address}/api`,
    feedsUrl: `${address}/feeds/`,
    token: platform.token,
    faults: platform.faults,
    leave: user => void platform.left.add(user),
    refusals,
    person: new Person(platform, actorAt(platform.locations, { member: null, server: null })),
    personOf: options => new Person(platform, actorFor(platform, options)),
    takeOut: where => sendGuildEvent(platform, where, GatewayDispatchEvents.GuildDelete, ({ id }) => ({ id })),
    bringIn: where => sendGuildEvent(platform, where, GatewayDispatchEvents.GuildCreate, guild => guild),
    outage: where =>
      sendGuildEvent(platform, where, GatewayDispatchEvents.GuildDelete, ({ id }) => ({ id, unavailable: true })),
    servers: () => platform.locations.flatMap(({ guild }) => guild?.id ?? []),
    channels: channelsOf(platform),
    roles: rolesOf(platform),
    shards: () => platform.gateway.online().length,
    shutOut: shard => platform.gateway.shutOut(shard),
    async close() {
      platform.interactions.close();
      platform.gateway.close();
      page.close();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      await storage.settled();
    },
  };
}

function actorFor(platform: Platform, options: PersonOptions): Actor {
  const { name, where, isManager, thread, installedBy = 'server', locale = Locale.EnglishUS } = options;
  const user = makeUser(name, platform.nextId());
  const { channel, ...there } = locationAt(platform, where, user);
  const location = { ...there, channel: thread === undefined ? channel : { id: thread, name: 'thread' } };
  return {
    user,
    location,
    permissions: isManager ? MANAGER_PERMISSIONS : MEMBER_PERMISSIONS,
    installedBy,
    locale,
  };
}

function channelsOf({ channels, locations, messages, nextId }: Platform): PlaygroundChannels {
  return {
    first: where => locations[where]?.channel.id ?? '',
    add(where, name, parent) {
      const id = nextId();
      channels.add(id, { name, guildId: locations[where]?.guild?.id, parentId: parent });
      return id;
    },
    addForum(where, name, names, { needsTag = false, moderated = [] } = {}) {
      const id = nextId();
      const tags = names.map(each => ({ id: nextId(), name: each, moderated: moderated.includes(each) }));
      channels.add(id, { name, guildId: locations[where]?.guild?.id, forum: { tags, needsTag } });
      return id;
    },
    posts: forum =>
      channels.threads({ parentId: forum }).map(({ id, name, appliedTags }) => {
        const tags = channels.find(forum)?.forum?.tags.filter(tag => appliedTags.includes(tag.id)) ?? [];
        return { id, name, tags: tags.map(tag => tag.name) };
      }),
    archive: id => channels.archive(id),
    permit: (id, permissions) => channels.permit(id, permissions),
    delete: id => channels.delete(id),
    messages: id => messages.list(id, ''),
  };
}

function rolesOf({ locations, nextId }: Platform): PlaygroundRoles {
  return {
    add(where, name, mentionable) {
      const id = nextId();
      const { guild } = locations[where] ?? {};
      const [everyone] = guild?.roles ?? [];
      if (everyone !== undefined) guild?.roles.push({ ...everyone, id, name, mentionable });
      return id;
    },
    delete(where, id) {
      const { guild } = locations[where] ?? {};
      if (guild !== undefined) guild.roles = guild.roles.filter(role => role.id !== id);
    },
  };
}

function sendGuildEvent(
  { locations, gateway }: Platform,
  where: number,
  event: GatewayDispatchEvents,
  payloadOf: (guild: Guild) => unknown,
): void {
  const guild = locations[where]?.guild;
  if (guild !== undefined) gateway.dispatch(event, payloadOf(guild), guild.id);
}

function createPlatform(options: PlaygroundOptions, storage: Storage, address: () => string): Platform {
  const clock = options.clock ?? SYSTEM_CLOCK;
  const nextId = createIds(clock);
  const events = createEvents();
  const locations = Array.from({ length: options.guilds ?? 1 }, (_, order) => makeServer(order, options.furnish));
  const token = makeToken();
  const shards = options.shards ?? 1;
  const gateway = new Gateway({ clock, token, locations, events, address, shards });
  const messages = new Messages(events, storage.messages);
  const interactions = new Interactions(clock, nextId, expired => {
    const original = messages.find(expired.original ?? '')?.message;
    if (original !== undefined && isThinking(original)) messages.remove(original.id);
  });
  const commands = new Commands(events, storage.commands, nextId);
  const attached = new Attached({ nextId, address });
  const faults = createFaults(gateway, interactions, id => messages.forgetNonces(id, clock.now()));
  const kept = { messages, commands, interactions, attached };
  const channels = new Channels(locations);
  relayMessages({ events, gateway, messages, channels });
  return { clock, nextId, token, locations, channels, events, ...kept, gateway, faults, address, left: new Set() };
}

/** Creates a random token in Discord's format. */
function makeToken(): string {
  const id = Buffer.from(APPLICATION_ID).toString('base64url');
  return `${id}.${randomBytes(4).toString('base64url')}.${randomBytes(28).toString('base64url').slice(0, 38)}`;
}

function attach(server: Server, platform: Platform, page: Page, refusals: Refusal[]): void {
  const serve = (request: IncomingMessage, response: ServerResponse) =>
    (request.url ?? '').startsWith('/api/')
      ? serveRest(platform, refusals, request, response)
      : page.serve(request, response);
  server.on('request', (request, response) => {
    if (!isTrusted(request, portOf(server))) {
      response.writeHead(403, { 'content-type': 'text/plain' }).end('The playground only answers this machine.');
      return;
    }
    serve(request, response).catch(() => response.destroy());
  });
  server.on('upgrade', (request, socket, head) => {
    const isGateway = (request.url ?? '').split('?')[0]?.replace(/\/$/v, '') === '/gateway';
    if (isGateway && isTrusted(request, portOf(server))) {
      platform.gateway.accept(request, socket, head);
      return;
    }
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function addressOf(server: Server, { host = '127.0.0.1' }: PlaygroundOptions): string {
  return `http://${host}:${portOf(server)}`;
}

const FIRST_PORT = 3000;
const PORTS_TO_TRY = 20;

/** Listens on the given port, or on the first free one from 3000. */
async function listen(server: Server, port: number | undefined): Promise<void> {
  if (port !== undefined) return bind(server, port);
  for (let offset = 0; offset < PORTS_TO_TRY; offset += 1) {
    const isBound = await bind(server, FIRST_PORT + offset).then(
      () => true,
      () => false,
    );
    if (isBound) return;
  }
  return bind(server, 0);
}

function bind(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
