import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { GatewayDispatchEvents, Locale } from 'discord-api-types/v10';
import { Attached } from './attached.ts';
import { type Clock, systemClock } from './clock.ts';
import { Commands } from './commands.ts';
import { createFaults, type Faults } from './faults.ts';
import { isThinking } from './follow.ts';
import { Gateway } from './gateway.ts';
import { createHappenings } from './happenings.ts';
import { Interactions } from './interactions.ts';
import { Messages } from './messages.ts';
import { createPage, type Page } from './page-routes.ts';
import { Person, placeAt } from './person.ts';
import type { Platform } from './platform.ts';
import { type Refusal, serveRest } from './rest.ts';
import { createIds } from './snowflake.ts';
import { openStorage, type Storage } from './storage.ts';
import { isTrusted } from './trust.ts';
import {
  type Actor,
  ada,
  applicationId,
  makePlace,
  managerPermissions,
  memberPermissions,
  type Place,
  personCalled,
} from './world.ts';

export interface PlaygroundOptions {
  /** undefined: a free one near 3000. */
  readonly port: number | undefined;
  /** Where messages and commands are kept; undefined: in memory only. */
  readonly folder: string | undefined;
  readonly clock?: Clock;
  /** How many servers the bot is in; 1 when left out. */
  readonly guilds?: number;
  /** How many shards it recommends; 1 when left out. */
  readonly shards?: number;
  /** Told of a file that could not be read. */
  readonly report?: (sentence: string) => void;
}

interface PersonOptions {
  readonly name: string;
  /** The server they are in, from 0; 'direct' for direct messages to the bot. */
  readonly where: number | 'direct';
  /** Whether they have Manage Server. */
  readonly isManager: boolean;
  /** Who has installed the bot there: the server where left out. */
  readonly installedBy?: Actor['installedBy'];
  /** Their Discord's language: English where left out. */
  readonly locale?: Locale;
}

export interface Playground {
  /** `http://127.0.0.1:3000`, the page. */
  readonly address: string;
  /** `http://127.0.0.1:3000/api`, for DISCORD_API_URL. */
  readonly apiUrl: string;
  readonly token: string;
  readonly person: Person;
  readonly faults: Faults;
  readonly refusals: readonly Refusal[];
  personOf(options: PersonOptions): Person;
  /** The bot is taken out of a server, by its order, or put into it. */
  takeOut(where: number): void;
  bringIn(where: number): void;
  /** A server is away for a while, through no doing of anybody's; `bringIn` ends that. */
  outage(where: number): void;
  /** The ids of the servers. */
  servers(): readonly string[];
  /** How many clients are logged in, one a shard. */
  shards(): number;
  /** A shard's client is shut out for good. */
  shutOut(shard: number): void;
  close(): Promise<void>;
}

/** Starts a stand-in for Discord on this machine's loopback address. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const storage = await openStorage(options.folder, options.report ?? (() => undefined));
  const refusals: Refusal[] = [];
  const server = createServer();
  const platform = build(options, storage, () => addressOf(server));
  const actor = defaultActor(platform);
  const page = createPage(platform, actor);
  answerOn(server, platform, page, refusals);
  await listen(server, options.port);
  const address = addressOf(server);
  return {
    address,
    apiUrl: `${address}/api`,
    token: platform.token,
    faults: platform.faults,
    refusals,
    person: new Person(platform, actor),
    personOf: options => new Person(platform, actorFor(platform, options)),
    takeOut: where => tellOfGuild(platform, where, GatewayDispatchEvents.GuildDelete, ({ id }) => ({ id })),
    bringIn: where => tellOfGuild(platform, where, GatewayDispatchEvents.GuildCreate, guild => guild),
    outage: where =>
      tellOfGuild(platform, where, GatewayDispatchEvents.GuildDelete, ({ id }) => ({ id, unavailable: true })),
    servers: () => platform.places.flatMap(({ guild }) => guild?.id ?? []),
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
  const { name, where, isManager, installedBy = 'server', locale = Locale.EnglishUS } = options;
  const user = personCalled(name, platform.nextId());
  const place = placeAt(platform, where, user);
  return { user, place, permissions: isManager ? managerPermissions : memberPermissions, installedBy, locale };
}

type Guild = NonNullable<Place['guild']>;

function tellOfGuild(
  { places, gateway }: Platform,
  where: number,
  event: GatewayDispatchEvents,
  payloadOf: (guild: Guild) => unknown,
): void {
  const guild = places[where]?.guild;
  if (guild !== undefined) gateway.dispatch(event, payloadOf(guild), guild.id);
}

function build(options: PlaygroundOptions, storage: Storage, address: () => string): Platform {
  const clock = options.clock ?? systemClock;
  const nextId = createIds(clock);
  const happenings = createHappenings();
  const places = Array.from({ length: options.guilds ?? 1 }, (_, order) => makePlace(order));
  const token = makeToken();
  const shards = options.shards ?? 1;
  const gateway = new Gateway({ clock, token, places, happenings, address, shards });
  const messages = new Messages(happenings, storage.messages);
  const interactions = new Interactions(clock, nextId, expired => {
    const original = messages.find(expired.original ?? '')?.message;
    if (original !== undefined && isThinking(original)) messages.remove(original.id);
  });
  const commands = new Commands(happenings, storage.commands, nextId);
  const attached = new Attached({ nextId, address });
  const faults = createFaults(gateway);
  const kept = { messages, commands, interactions, attached };
  return { clock, nextId, token, places, happenings, ...kept, gateway, faults, address };
}

/** Looks like a token of Discord's, so that what checks tokens lets it pass; made anew at each start. */
function makeToken(): string {
  const id = Buffer.from(applicationId).toString('base64url');
  return `${id}.${randomBytes(4).toString('base64url')}.${randomBytes(28).toString('base64url').slice(0, 38)}`;
}

function defaultActor({ places: [place] }: Platform): Actor {
  if (place === undefined) throw new RangeError('The playground needs at least one server.');
  return { user: ada, permissions: managerPermissions, place, installedBy: 'server', locale: Locale.EnglishUS };
}

function answerOn(server: Server, platform: Platform, page: Page, refusals: Refusal[]): void {
  const serve = (request: IncomingMessage, response: ServerResponse) =>
    (request.url ?? '').startsWith('/api/')
      ? serveRest(platform, refusals, request, response)
      : page.serve(request, response);
  server.on('request', (request, response) => {
    if (!isTrusted(request, portOf(server))) {
      response.writeHead(403, { 'content-type': 'text/plain' }).end('The playground answers this machine only.');
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

function addressOf(server: Server): string {
  return `http://127.0.0.1:${portOf(server)}`;
}

const firstPort = 3000;
const portsToTry = 20;

/** On the port that was asked for, or on the first free one from 3000 on. */
async function listen(server: Server, port: number | undefined): Promise<void> {
  if (port !== undefined) return bind(server, port);
  for (let offset = 0; offset < portsToTry; offset += 1) {
    const isBound = await bind(server, firstPort + offset).then(
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
