import type { IncomingMessage, ServerResponse } from 'node:http';
import { MessageType } from 'discord-api-types/v10';
import * as z from 'zod/mini';
import { act } from './act.ts';
import { blankMessage } from './compose.ts';
import { deedSchema } from './deed.ts';
import type { Happening } from './happenings.ts';
import type { Kept } from './messages.ts';
import { readPageFile } from './page-files.ts';
import type { Platform } from './platform.ts';
import { parseBody, readBytes } from './upload.ts';
import type { Actor } from './world.ts';
import { bot } from './world.ts';

const mostBytes = 64 * 1024;

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
      const [, first = '', second = '', ...rest] = new URL(request.url ?? '/', 'http://playground').pathname.split('/');
      if (request.method === 'GET' && first === 'page' && second === 'events') {
        listen(response, listeners);
        return;
      }
      const answer = await answerTo(
        platform,
        actor,
        request,
        first === 'page' ? [second, ...rest] : undefined,
        first,
        second,
      );
      respond(response, answer);
    },
    close() {
      stop();
      for (const listener of listeners) listener.end();
    },
  };
}

interface PageAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly bytes: Uint8Array | string;
  readonly disposition?: string;
}

function json(body: unknown, status = 200): PageAnswer {
  return { status, contentType: 'application/json', bytes: JSON.stringify(body) };
}

const notFound = json({ failed: 'There is nothing here.' }, 404);
const badRequest = json({ failed: 'This request makes no sense.' }, 400);

async function answerTo(
  platform: Platform,
  actor: Actor,
  request: IncomingMessage,
  path: readonly string[] | undefined,
  first: string,
  second: string,
): Promise<PageAnswer> {
  if (path === undefined)
    return request.method === 'GET' ? serveFile(first === 'assets' ? second : first || 'index.html') : notFound;
  const [name, id = '', file = ''] = path;
  switch (`${request.method} ${name}`) {
    case 'GET state':
      return json(stateOf(platform, actor));
    case 'GET attachments':
      return serveAttachment(platform, actor, id, file);
    case 'POST interactions':
      return interact(platform, actor, await readJson(request));
    case 'POST messages':
      return say(platform, actor, await readJson(request));
    case 'DELETE messages':
      return dismiss(platform, actor, id);
    default:
      return notFound;
  }
}

async function serveFile(name: string): Promise<PageAnswer> {
  const file = await readPageFile(name);
  return file === undefined ? notFound : { status: 200, ...file };
}

function stateOf(platform: Platform, { user, place }: Actor): unknown {
  return {
    guild: { id: place.guild?.id, name: place.guild?.name },
    channel: place.channel,
    user,
    bot: { user: bot, online: platform.gateway.isOnline() },
    commands: platform.commands.at(place.guild?.id),
    messages: platform.messages.list(place.channel.id, user.id),
  };
}

function isReadable({ message, reader }: Kept, { user, place }: Actor): boolean {
  return message.channel_id === place.channel.id && (reader ?? user.id) === user.id;
}

function toEvent(platform: Platform, actor: Actor, happening: Happening): unknown {
  if (happening.kind === 'commands') return { t: 'commands', commands: platform.commands.at(actor.place.guild?.id) };
  if (happening.kind === 'bot') return { t: 'bot', online: happening.online };
  const { kind, kept } = happening;
  if (!isReadable(kept, actor)) return undefined;
  if (kind === 'removed') return { t: 'delete', id: kept.message.id };
  return { t: kind === 'posted' ? 'message' : 'update', message: kept.message };
}

function listen(response: ServerResponse, listeners: Set<ServerResponse>): void {
  response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
  response.write(': listening\n\n');
  listeners.add(response);
  response.on('close', () => listeners.delete(response));
}

/** JSON only, and only as `application/json`: what a form of another site can post is something else. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const contentType = request.headers['content-type'] ?? '';
  if (!contentType.startsWith('application/json')) return undefined;
  const reading = await readBytes(request, mostBytes);
  const parsed = reading.kind === 'read' ? await parseBody(contentType, reading.value) : reading;
  return parsed.kind === 'read' ? parsed.value.body : undefined;
}

async function interact(platform: Platform, actor: Actor, body: unknown): Promise<PageAnswer> {
  const deed = deedSchema.safeParse(body);
  if (!deed.success) return badRequest;
  const done = act(platform, actor, deed.data);
  if (done.kind === 'failed') return json({ failed: done.reason });
  const outcome = await done.interaction.first.promise;
  switch (outcome.kind) {
    case 'failed':
      return json({ failed: outcome.reason });
    case 'choices':
      return json({ choices: outcome.choices });
    case 'modal':
      return json({ modal: { ...outcome.modal, interactionId: done.interaction.id } });
    default:
      return json({ ok: true });
  }
}

const saying = z.object({ content: z.string().check(z.minLength(1), z.maxLength(2000)) });

function say(platform: Platform, { user, place }: Actor, body: unknown): PageAnswer {
  const said = saying.safeParse(body);
  if (!said.success || said.data.content.trim() === '') return badRequest;
  const bare = { id: platform.nextId(), channel_id: place.channel.id, type: MessageType.Default, author: user };
  const message = { ...blankMessage(bare, platform.clock.now()), content: said.data.content };
  platform.messages.post({ message, reader: undefined }, new Map());
  return json({ ok: true });
}

/** Only an ephemeral message can be put away by the one who sees it. */
function dismiss(platform: Platform, actor: Actor, id: string): PageAnswer {
  const kept = platform.messages.find(id);
  if (kept?.reader === undefined || !isReadable(kept, actor)) return notFound;
  platform.messages.remove(id);
  return json({ ok: true });
}

const shownImages: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

function serveAttachment(platform: Platform, actor: Actor, messageId: string, name: string): PageAnswer {
  const kept = platform.messages.find(messageId);
  const file = kept && isReadable(kept, actor) ? platform.messages.file(messageId, name) : undefined;
  if (file === undefined) return notFound;
  const isShown = shownImages.has(file.contentType);
  return {
    status: 200,
    contentType: isShown ? file.contentType : 'application/octet-stream',
    bytes: file.bytes,
    // The name is made of safe characters only since it was attached.
    disposition: `${isShown ? 'inline' : 'attachment'}; filename="${name}"`,
  };
}

function respond(response: ServerResponse, { status, contentType, bytes, disposition }: PageAnswer): void {
  if (response.destroyed) return;
  const extra = disposition === undefined ? {} : { 'content-disposition': disposition };
  response.writeHead(status, { ...headers, ...extra, 'content-type': contentType });
  response.end(bytes);
}
