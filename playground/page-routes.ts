import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  dismiss,
  interact,
  json,
  notFound,
  type PageAnswer,
  say,
  serveAttachment,
  stateOf,
  toEvent,
} from './page-acts.ts';
import { isAsset, readPageFile } from './page-files.ts';
import type { Platform } from './platform.ts';
import { parseBody, readBytes } from './upload.ts';
import type { Actor } from './world.ts';

const mostBytes = 64 * 1024;
/** With a file in base64. */
const mostBytesWithFiles = 16 * 1024 * 1024;

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

export interface Page {
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Ends the streams that pages listen to. */
  close(): void;
}

/** The page and what it calls, for one person in one channel. */
export function createPage(platform: Platform, actor: Actor): Page {
  const listeners = new Set<ServerResponse>();
  const stop = platform.happenings.watch(happening => {
    const event = toEvent(platform, actor, happening);
    if (event === undefined) return;
    for (const listener of listeners) listener.write(`data: ${JSON.stringify(event)}\n\n`);
  });
  return {
    async serve(request, response) {
      const [, ...path] = (request.url ?? '/').split(/[?#]/v, 1).join().split('/');
      if (request.method === 'GET' && path.join('/') === 'page/events') {
        listen(response, listeners);
        return;
      }
      respond(response, await answerTo(platform, actor, request, path));
    },
    close() {
      stop();
      for (const listener of listeners) listener.end();
    },
  };
}

async function answerTo(
  platform: Platform,
  actor: Actor,
  request: IncomingMessage,
  [first = '', second = '', id = '', file = '']: readonly string[],
): Promise<PageAnswer> {
  switch (`${request.method} /${first}${first === 'page' ? `/${second}` : ''}`) {
    case 'GET /':
      return second === '' ? serveFile('index.html') : notFound;
    case 'GET /assets':
      return id === '' && isAsset(second) ? serveFile(second) : notFound;
    case 'GET /page/state':
      return json(stateOf(platform, actor));
    case 'GET /page/attachments':
      return serveAttachment(platform, actor, id, file);
    case 'POST /page/interactions':
      return interact(platform, actor, await readJson(request, mostBytesWithFiles));
    case 'POST /page/messages':
      return say(platform, actor, await readJson(request, mostBytes));
    case 'DELETE /page/messages':
      return dismiss(platform, actor, id);
    default:
      return notFound;
  }
}

async function serveFile(name: string): Promise<PageAnswer> {
  const file = await readPageFile(name);
  return file === undefined ? notFound : { status: 200, ...file };
}

function listen(response: ServerResponse, listeners: Set<ServerResponse>): void {
  response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
  response.write(': listening\n\n');
  listeners.add(response);
  response.on('close', () => listeners.delete(response));
}

/** JSON only, and only as `application/json`: what a form of another site can post is something else. */
async function readJson(request: IncomingMessage, most: number): Promise<unknown> {
  const contentType = request.headers['content-type'] ?? '';
  if (!contentType.startsWith('application/json')) return undefined;
  const reading = await readBytes(request, most);
  const parsed = reading.kind === 'read' ? await parseBody(contentType, reading.value) : reading;
  return parsed.kind === 'read' ? parsed.value.body : undefined;
}

function respond(response: ServerResponse, { status, contentType, bytes, disposition }: PageAnswer): void {
  if (response.destroyed) return;
  const extra = disposition === undefined ? {} : { 'content-disposition': disposition };
  response.writeHead(status, { ...headers, ...extra, 'content-type': contentType });
  response.end(bytes);
}
