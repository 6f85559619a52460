import type { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { type PlannedFault, pause } from './faults.ts';
import type { Platform } from './platform.ts';
import { notJson, type Reply, refuse, unknownWebhook } from './refusal.ts';
import { routes } from './routes.ts';
import { isRecord } from './schema.ts';
import { parseBody, type Reading, type Received, readBytes } from './upload.ts';
import { applicationId } from './world.ts';

/** A body or route that Discord would not have taken. */
export interface Refusal {
  readonly route: string;
  readonly status: number;
  readonly code: number | undefined;
  readonly message: string;
  readonly errors: unknown;
}

const mostBytes = 30 * 1024 * 1024;
const prefix = '/api/v10/';
const tooLarge = refuse(413, 40005, 'Request entity too large');
const unauthorized = refuse(401, 0, '401: Unauthorized');
const badPath = refuse(400, 0, '400: Bad Request');

/** Answers a request to `/api/…` as Discord would, and notes what it refused. */
export async function serveRest(
  platform: Platform,
  refusals: Refusal[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const reading = await readBytes(request, mostBytes);
  const url = new URL(request.url ?? '/', 'http://playground');
  const matched = matchRoute(request.method ?? '', url.pathname);
  const fault = platform.faults.take(matched.name);
  if (await goWrongBefore(platform, fault, response)) return;
  const received =
    reading.kind === 'read' ? await parseBody(request.headers['content-type'] ?? '', reading.value) : reading;
  const reply = run(platform, matched, { request, url, received });
  if (reply.status >= 400) refusals.push(describe(matched.name, reply));
  if (fault?.fault === 'lost') {
    breakOff(response);
    return;
  }
  send(response, reply);
}

type Matched = ReturnType<typeof matchRoute>;

interface Arrived {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly received: Reading<Received>;
}

function run(platform: Platform, matched: Matched, { request, url, received }: Arrived): Reply {
  const { route, parts } = matched;
  if (received.kind === 'too big') return tooLarge;
  if (parts === undefined) return badPath;
  if (route === undefined) return refuse(404, 0, `The playground does not model ${matched.name}.`);
  if (route.isBots && request.headers.authorization !== `Bot ${platform.token}`) return unauthorized;
  if ((parts.get('application') ?? applicationId) !== applicationId) return unknownWebhook;
  if (received.kind === 'malformed') return notJson;
  return route.run(platform, {
    part: name => parts.get(name) ?? '',
    query: url.searchParams,
    received: received.value,
  });
}

function matchRoute(method: string, path: string) {
  const given = path.startsWith(prefix) ? decodeParts(path.slice(prefix.length)) : [];
  const unmodelled = { name: `${method} ${path.replace(/^\/api\/v10/v, '').slice(0, 200)}`, route: undefined };
  if (given === undefined) return { ...unmodelled, parts: undefined };
  for (const route of routes) {
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

function describe(route: string, { status, body }: Reply): Refusal {
  const { code, message, errors } = isRecord(body) ? body : {};
  return { route, status, code: typeof code === 'number' ? code : undefined, message: String(message), errors };
}

/** True when the request has had its answer, or lost its connection. */
async function goWrongBefore(
  platform: Platform,
  planned: PlannedFault | undefined,
  response: ServerResponse,
): Promise<boolean> {
  if (planned === undefined) return false;
  const { fault, milliseconds } = planned;
  if (fault === 'late') await pause(platform.clock, milliseconds);
  if (fault === 'late' || fault === 'lost') return false;
  if (fault === 'reset') breakOff(response);
  if (fault === '429') send(response, slowDown(milliseconds / 1000));
  if (fault === '500' || fault === '502') send(response, refuse(Number(fault), 0, `${fault}: Server Error`));
  return true;
}

/** As a connection breaks, not as a server hangs up. */
function breakOff(response: ServerResponse): void {
  if (response.socket instanceof Socket) response.socket.resetAndDestroy();
}

function slowDown(seconds: number): Reply {
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

function send(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  if (response.destroyed) return;
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { ...headers, ...type, 'x-content-type-options': 'nosniff' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
