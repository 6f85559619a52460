import type { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { ChannelType } from 'discord-api-types/v10';
import { type Fault, type PlannedFault, pause } from '../faults.ts';
import { isRecord } from '../json.ts';
import type { Platform } from '../world/platform.ts';
import { APPLICATION_ID, BOT, directMessages, makeUser } from '../world/servers.ts';
import { parseBody, type Reading, type Received, readBytes } from './body.ts';
import { answer } from './callback.ts';
import { deleteInChannel, listChannel, postToChannel, readInChannel } from './channel-messages.ts';
import { listActiveThreads, listArchivedThreads, postToForum, readChannel } from './forums.ts';
import { type ApiResponse, apiError, NOT_JSON, ok, UNKNOWN_WEBHOOK } from './responses.ts';
import { edit, followUp, remove } from './webhook.ts';

interface Call {
  /** Returns a path parameter, such as `token` for `:token`. */
  readonly part: (name: string) => string;
  readonly query: URLSearchParams;
  readonly received: Received;
}

interface Route {
  /** The method and path, such as `POST /interactions/:id/:token/callback`. */
  readonly name: string;
  readonly run: (platform: Platform, call: Call) => ApiResponse;
}

const APPLICATION = {
  id: APPLICATION_ID,
  name: 'Verbatim',
  icon: null,
  description: '',
  summary: '',
  bot_public: true,
  bot_require_code_grant: false,
  verify_key: '0'.repeat(64),
  flags: 0,
  bot: BOT,
  owner: { ...BOT, id: '1180000000000000002', username: 'ada', bot: false },
  team: null,
  tags: [],
};

const NO_GUILD = apiError(404, 10004, 'Unknown Guild');
const NO_ROLE = apiError(404, 10011, 'Unknown Role');
const NO_MEMBER = apiError(404, 10007, 'Unknown Member');
const NO_RECIPIENT = apiError(400, 50033, 'Invalid Recipient(s)');

/** Opens the direct messages with anybody. */
function openDirectMessages({ channels }: Platform, { received: { body } }: Call): ApiResponse {
  const id = isRecord(body) ? body.recipient_id : undefined;
  if (typeof id !== 'string') return NO_RECIPIENT;
  const location = directMessages(makeUser('Somebody', id));
  channels.know(location);
  return ok({ id: location.channel.id, type: ChannelType.DM });
}

/** Returns a member of a server: everybody, until they leave. */
function memberOf({ locations, left }: Platform, call: Call): ApiResponse {
  const user = call.part('user');
  if (!locations.some(({ guild }) => guild?.id === call.part('guild'))) return NO_GUILD;
  return left.has(user) ? NO_MEMBER : ok({ user: makeUser('Somebody', user), roles: [] });
}

function roleOf({ locations }: Platform, guildId: string, call: Call): ApiResponse {
  const { guild } = locations.find(place => place.guild?.id === guildId) ?? {};
  const role = guild?.roles.find(({ id }) => id === call.part('role'));
  return role === undefined ? NO_ROLE : ok(role);
}

/** The routes that need the bot's token. `:application` must be the bot's own id. */
const BOT_ROUTES: readonly Route[] = [
  { name: 'GET /gateway/bot', run: gatewayBot },
  { name: 'GET /users/@me', run: () => ok(BOT) },
  { name: 'GET /applications/@me', run: () => ok(APPLICATION) },
  {
    name: 'GET /applications/:application/commands',
    run: ({ commands }, { query }) => commands.list(isTrue(query.get('with_localizations'))),
  },
  {
    name: 'PUT /applications/:application/commands',
    run: ({ commands }, { received }) => commands.replaceAll(received.body),
  },
  { name: 'POST /users/@me/channels', run: openDirectMessages },
  { name: 'GET /guilds/:guild/members/:user', run: memberOf },
  { name: 'GET /guilds/:guild/roles/:role', run: inGuild(roleOf) },
  {
    name: 'GET /guilds/:guild/threads/active',
    run: inGuild((platform, guild) => listActiveThreads(platform, guild)),
  },
  { name: 'GET /channels/:channel', run: (platform, { part }) => readChannel(platform, part('channel')) },
  {
    name: 'POST /channels/:channel/threads',
    run: (platform, { part, received }) => postToForum(platform, part('channel'), received),
  },
  {
    name: 'GET /channels/:channel/threads/archived/public',
    run: (platform, { part }) => listArchivedThreads(platform, part('channel')),
  },
  {
    name: 'GET /channels/:channel/messages/:message',
    run: (platform, { part }) => readInChannel(platform, part('channel'), part('message')),
  },
  {
    name: 'GET /channels/:channel/messages',
    run: (platform, { part, query }) => listChannel(platform, part('channel'), query),
  },
  {
    name: 'POST /channels/:channel/messages',
    run: (platform, { part, received }) => postToChannel(platform, part('channel'), received),
  },
  {
    name: 'DELETE /channels/:channel/messages/:message',
    run: (platform, { part }) => deleteInChannel(platform, part('channel'), part('message')),
  },
];

/** The routes that need none, as most have a token in their path. */
const OPEN_ROUTES: readonly Route[] = [
  { name: 'GET /gateway', run: platform => ok({ url: platform.gateway.url }) },
  {
    name: 'POST /interactions/:id/:token/callback',
    run: (platform, { part, received }) => answer(platform, part('id'), part('token'), received),
  },
  {
    name: 'POST /webhooks/:application/:token',
    run: (platform, { part, received, query }) =>
      followUp(platform, part('token'), received, isTrue(query.get('wait'))),
  },
  {
    name: 'PATCH /webhooks/:application/:token/messages/:message',
    run: (platform, { part, received }) => edit(platform, part('token'), part('message'), received),
  },
  {
    name: 'DELETE /webhooks/:application/:token/messages/:message',
    run: (platform, { part }) => remove(platform, part('token'), part('message')),
  },
];

function isTrue(value: string | null): boolean {
  return value === 'true' || value === '1';
}

function gatewayBot(platform: Platform): ApiResponse {
  const { url, shards } = platform.gateway;
  return ok({ url, shards, session_start_limit: platform.gateway.loginLimit() });
}

function inGuild(run: (platform: Platform, guild: string, call: Call) => ApiResponse): Route['run'] {
  return (platform, call) => {
    const guild = call.part('guild');
    return platform.locations.some(place => place.guild?.id === guild) ? run(platform, guild, call) : NO_GUILD;
  };
}

/** A request that Discord would have rejected. */
export interface Refusal {
  readonly route: string;
  readonly status: number;
  readonly code: number | undefined;
  readonly message: string;
  readonly errors: unknown;
}

const MAX_BYTES = 30 * 1024 * 1024;
const PREFIX = '/api/v10/';
const TOO_LARGE = apiError(413, 40005, 'Request entity too large');
const UNAUTHORIZED = apiError(401, 0, '401: Unauthorized');
const BAD_PATH = apiError(400, 0, '400: Bad Request');

/** Answers a request to `/api/…` as Discord would, and adds rejected requests to `refusals`. */
export async function serveRest(
  platform: Platform,
  refusals: Refusal[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('date', new Date(platform.clock.now()).toUTCString());
  const reading = await readBytes(request, MAX_BYTES);
  const url = new URL(request.url ?? '/', 'http://playground');
  const matched = matchRoute(request.method ?? '', url.pathname);
  const fault = platform.faults.take(`${matched.name} ${url.pathname}`);
  if (await goWrongBefore(platform, fault, response)) return;
  const received =
    reading.kind === 'read' ? await parseBody(request.headers['content-type'] ?? '', reading.value) : reading;
  const reply = run(platform, matched, { request, url, received });
  if (reply.status >= 400) refusals.push(describe(matched.name, reply));
  if (goWrongAfter(fault, reply, response)) return;
  send(response, reply);
}

type Matched = ReturnType<typeof matchRoute>;

interface Arrived {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly received: Reading<Received>;
}

function run(platform: Platform, matched: Matched, { request, url, received }: Arrived): ApiResponse {
  const { route, parts } = matched;
  if (received.kind === 'too big') return TOO_LARGE;
  if (parts === undefined) return BAD_PATH;
  if (route === undefined) return apiError(404, 0, `The playground does not model ${matched.name}.`);
  if (BOT_ROUTES.includes(route) && request.headers.authorization !== `Bot ${platform.token}`) return UNAUTHORIZED;
  if ((parts.get('application') ?? APPLICATION_ID) !== APPLICATION_ID) return UNKNOWN_WEBHOOK;
  if (received.kind === 'malformed') return NOT_JSON;
  return route.run(platform, {
    part: name => parts.get(name) ?? '',
    query: url.searchParams,
    received: received.value,
  });
}

function matchRoute(method: string, path: string) {
  const given = path.startsWith(PREFIX) ? decodeParts(path.slice(PREFIX.length)) : [];
  const unmodelled = { name: `${method} ${path.replace(/^\/api\/v10/v, '').slice(0, 200)}`, route: undefined };
  if (given === undefined) return { ...unmodelled, parts: undefined };
  for (const route of [...BOT_ROUTES, ...OPEN_ROUTES]) {
    const parts = fitParts(route.name, `${method} `, given);
    if (parts !== undefined) return { name: route.name, route, parts };
  }
  return { ...unmodelled, parts: new Map<string, string>() };
}

function decodeParts(path: string): string[] | undefined {
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function fitParts(name: string, method: string, given: readonly string[]): Map<string, string> | undefined {
  if (!name.startsWith(method)) return undefined;
  const wanted = name.slice(method.length + 1).split('/');
  const fits =
    wanted.length === given.length && wanted.every((part, order) => part.startsWith(':') || part === given[order]);
  return fits ? new Map(wanted.map((part, order) => [part.slice(1), given[order] ?? ''])) : undefined;
}

function describe(route: string, { status, body }: ApiResponse): Refusal {
  const { code, message, errors } = isRecord(body) ? body : {};
  return { route, status, code: typeof code === 'number' ? code : undefined, message: String(message), errors };
}

/** Faults that lose the response only. */
const PROCESSED: ReadonlySet<Fault> = new Set(['closed', 'cut', 'held', 'lost']);

/**
 * Applies faults that happen before a request is processed. Returns true if it has been answered or its connection
 * broken.
 */
async function goWrongBefore(
  platform: Platform,
  planned: PlannedFault | undefined,
  response: ServerResponse,
): Promise<boolean> {
  if (planned === undefined) return false;
  const { fault, milliseconds } = planned;
  if (fault === 'late') await pause(platform.clock, milliseconds);
  if (fault === 'late' || PROCESSED.has(fault)) return false;
  if (fault === 'reset') breakOff(response);
  if (fault === '302') send(response, { status: 302, body: undefined, headers: { location: '/elsewhere' } });
  if (fault === '429') send(response, slowDown(milliseconds / 1000));
  if (fault === '500' || fault === '502') send(response, apiError(Number(fault), 0, `${fault}: Server Error`));
  return true;
}

/** Applies faults that happen after a request was processed. Returns true if its connection has been closed. */
function goWrongAfter(planned: PlannedFault | undefined, reply: ApiResponse, response: ServerResponse): boolean {
  if (planned === undefined || !PROCESSED.has(planned.fault)) return false;
  if (planned.fault === 'lost') breakOff(response);
  if (planned.fault === 'closed') response.socket?.end();
  if (planned.fault === 'cut') cutOff(response, reply);
  return true;
}

/** Sends half a body, then closes the connection. A reply without a body gets one, since its end is all it could lose. */
function cutOff(response: ServerResponse, { status, body = {}, headers = {} }: ApiResponse): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status === 204 ? 200 : status, {
    ...headers,
    'content-type': 'application/json',
    'content-length': bytes.length,
  });
  response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.end());
}

/** Resets the connection, unlike a server that closes it. */
function breakOff(response: ServerResponse): void {
  if (response.socket instanceof Socket) response.socket.resetAndDestroy();
}

function slowDown(seconds: number): ApiResponse {
  const headers = {
    'retry-after': String(Math.ceil(seconds)),
    'x-ratelimit-limit': '5',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset-after': String(seconds),
    'x-ratelimit-bucket': 'playground',
    'x-ratelimit-scope': 'user',
  };
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: seconds, global: false },
    headers,
  };
}

function send(response: ServerResponse, { status, body, headers = {} }: ApiResponse): void {
  if (response.destroyed) return;
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { ...headers, ...type, 'x-content-type-options': 'nosniff' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
