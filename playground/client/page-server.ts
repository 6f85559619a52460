import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import { extname, join } from 'node:path';
import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import * as z from 'zod/mini';
import { HarbourPost } from '../feeds/harbour-post.ts';
import { parseBody, readBytes } from '../rest/body.ts';
import type { PlatformEvent } from '../world/events.ts';
import type { StoredMessage } from '../world/messages.ts';
import type { Platform } from '../world/platform.ts';
import { type Actor, actorAt, BOT, DIRECT, MEMBERS } from '../world/servers.ts';
import { actionSchema, localeSchema } from './actions.ts';
import { isForHere, isPermitted, perform } from './perform.ts';
import { post } from './post.ts';

const FOLDER = join(import.meta.dirname, '../page');
const ASSET_NAME = /^(?:[a-z\-]+\/)?[a-z\-]+\.(?:ts|css|svg|woff2)$/v;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Scripts by source: stripping those of the page takes longer than the rest of loading it. */
const stripped = new Map<string, string>();

/** Suppresses Node's warning that type stripping is experimental. */
function stripQuietly(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    const script = stripped.get(source) ?? stripTypeScriptTypes(source);
    stripped.set(source, script);
    return script;
  } finally {
    process.emitWarning = emitWarning;
  }
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

const NOT_FOUND = json({ failed: 'Not found' }, 404);
const BAD_REQUEST = json({ failed: 'Invalid request' }, 400);

function stateOf(platform: Platform, actor: Actor): unknown {
  const { user, location } = actor;
  return {
    guild: { id: location.guild?.id ?? DIRECT, name: location.guild?.name ?? '' },
    roles: (location.guild?.roles ?? []).map(({ id, name }) => ({ id, name })),
    channel: location.channel,
    user,
    servers: platform.locations.flatMap(({ guild }) =>
      guild === undefined ? [] : [{ id: guild.id, name: guild.name }],
    ),
    members: MEMBERS.map(({ user: member, permissions }) => ({
      user: member,
      isManager: (permissions & PermissionFlagsBits.ManageGuild) !== 0n,
    })),
    bot: { user: BOT, online: platform.gateway.isOnline() },
    ...commandsFor(platform, actor),
    messages: platform.messages.list(location.channel.id, user.id),
  };
}

/**
 * Returns the commands that a person may use, with the channel that the page shows as the only choice of a channel, the
 * server's roles as those of a role, and those that they lack a permission for.
 */
function commandsFor({ commands }: Platform, actor: Actor) {
  const { guild, channel } = actor.location;
  const channels = [{ name: `#${channel.name}`, value: channel.id }];
  const roles = (guild?.roles ?? []).map(({ id, name }) => ({ name: `@${name.replace('@', '')}`, value: id }));
  const withChoices = (options: readonly APIApplicationCommandOption[] | undefined): unknown =>
    options?.map(option => {
      if (option.type === ApplicationCommandOptionType.Channel) return { ...option, choices: channels };
      if (option.type === ApplicationCommandOptionType.Role) return { ...option, choices: roles };
      return 'options' in option ? { ...option, options: withChoices(option.options) } : option;
    });
  const shown = (some: readonly APIApplicationCommand[]) =>
    some.map(command => ({ ...command, options: withChoices(command.options) }));
  const here = commands.all.filter(command => isForHere(command, actor));
  return {
    commands: shown(here.filter(command => isPermitted(command, actor))),
    hidden: shown(here.filter(command => !isPermitted(command, actor))),
  };
}

function isReadable({ message, reader }: StoredMessage, { user, location }: Actor): boolean {
  return message.channel_id === location.channel.id && (reader ?? user.id) === user.id;
}

function toEvent(platform: Platform, actor: Actor, happening: PlatformEvent): unknown {
  if (happening.kind === 'commands') return { t: 'commands', ...commandsFor(platform, actor) };
  if (happening.kind === 'bot') return { t: 'bot', online: happening.online };
  const { kind, kept } = happening;
  if (!isReadable(kept, actor)) return undefined;
  if (kind === 'removed') return { t: 'delete', id: kept.message.id };
  return { t: kind === 'posted' ? 'message' : 'update', message: kept.message };
}

async function interact(platform: Platform, actor: Actor, body: unknown): Promise<PageAnswer> {
  const action = actionSchema.safeParse(body);
  const spoken = localeSchema.safeParse(body);
  if (!action.success || !spoken.success) return BAD_REQUEST;
  const { locale = actor.locale } = spoken.data;
  const done = perform(platform, { ...actor, locale }, action.data);
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

const saying = z.object({
  content: z.string().check(z.minLength(1), z.maxLength(2000)),
  replyTo: z.optional(z.string().check(z.maxLength(20))),
  isPinging: z.optional(z.boolean()),
});

function say(platform: Platform, actor: Actor, body: unknown): PageAnswer {
  const said = saying.safeParse(body);
  if (!said.success || said.data.content.trim() === '') return BAD_REQUEST;
  post(platform, actor, said.data);
  return json({ ok: true });
}

/** Dismisses an ephemeral message, or deletes one's own. */
function remove(platform: Platform, actor: Actor, id: string): PageAnswer {
  const kept = platform.messages.find(id);
  if (kept === undefined || !isReadable(kept, actor)) return NOT_FOUND;
  if (kept.reader === undefined && kept.message.author.id !== actor.user.id) return NOT_FOUND;
  platform.messages.remove(id);
  return json({ ok: true });
}

const SHOWN_IMAGES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

function serveAttachment(platform: Platform, actor: Actor, id: string, name: string): PageAnswer {
  const posted = platform.messages.file(`/page/attachments/${id}/${name}`);
  if (posted !== undefined && !isReadable(posted.kept, actor)) return NOT_FOUND;
  const file = posted?.upload ?? platform.attached.find(id, name);
  if (file === undefined) return NOT_FOUND;
  const isShown = SHOWN_IMAGES.has(file.contentType);
  return {
    status: 200,
    contentType: isShown ? file.contentType : 'application/octet-stream',
    bytes: file.bytes,
    // `safeName` has removed all special characters.
    disposition: `${isShown ? 'inline' : 'attachment'}; filename="${name}"`,
  };
}

const MAX_BYTES = 64 * 1024;
/** Files are in base64. */
const MAX_BYTES_WITH_FILES = 16 * 1024 * 1024;

const CONTENT_SECURITY_POLICY = [
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

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

export interface Page {
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Ends the event streams, and stops publishing. */
  close(): void;
}

const PUBLISHING_MILLISECONDS = 60_000;

/**
 * Serves the page and its API, and a feed that grows while the page is open. Each address of the page is of one person
 * in one server: its query has the ids of both.
 */
export function createPage(platform: Platform): Page {
  const listeners = new Map<ServerResponse, Actor>();
  const stop = platform.events.subscribe(happening => {
    for (const [listener, actor] of listeners) {
      const event = toEvent(platform, actor, happening);
      if (event !== undefined) listener.write(`data: ${JSON.stringify(event)}\n\n`);
    }
  });
  const harbourPost = new HarbourPost(() => `${platform.address()}/feeds/`, platform.clock.now());
  const publish = () => {
    if (listeners.size > 0) harbourPost.publish(platform.clock.now());
    return platform.clock.after(PUBLISHING_MILLISECONDS, () => {
      stopPublishing = publish();
    });
  };
  let stopPublishing = publish();
  return {
    async serve(request, response) {
      const [target = '', query] = (request.url ?? '/').split('?', 2);
      const [, ...path] = target.split('/');
      const chosen = new URLSearchParams(query);
      const actor = actorAt(platform.locations, { member: chosen.get('member'), server: chosen.get('server') });
      if (request.method === 'GET' && path.join('/') === 'page/events') {
        listen(response, listeners, actor);
        return;
      }
      if (request.method === 'GET' && path[0] === 'feeds') {
        const page = harbourPost.page(path.slice(1).join('/'));
        respond(response, page === undefined ? NOT_FOUND : { status: 200, ...page });
        return;
      }
      respond(response, await answerTo(platform, actor, request, path));
    },
    close() {
      stop();
      stopPublishing();
      for (const listener of listeners.keys()) listener.end();
    },
  };
}

async function answerTo(
  platform: Platform,
  actor: Actor,
  request: IncomingMessage,
  path: readonly string[],
): Promise<PageAnswer> {
  const [first = '', second = '', id = '', file = ''] = path;
  switch (`${request.method} /${first}${first === 'page' ? `/${second}` : ''}`) {
    case 'GET /':
      return second === '' ? serveFile('index.html') : NOT_FOUND;
    case 'GET /assets':
      return serveAsset(path.slice(1).join('/'));
    case 'GET /page/state':
      return json(stateOf(platform, actor));
    case 'GET /page/attachments':
      return serveAttachment(platform, actor, id, file);
    case 'POST /page/interactions':
      return interact(platform, actor, await readJson(request, MAX_BYTES_WITH_FILES));
    case 'POST /page/messages':
      return say(platform, actor, await readJson(request, MAX_BYTES));
    case 'DELETE /page/messages':
      return remove(platform, actor, id);
    default:
      return NOT_FOUND;
  }
}

function serveAsset(name: string): Promise<PageAnswer> {
  return ASSET_NAME.test(name) ? serveFile(name) : Promise.resolve(NOT_FOUND);
}

async function serveFile(name: string): Promise<PageAnswer> {
  const bytes = await readFile(join(FOLDER, name)).catch(() => undefined);
  const contentType = CONTENT_TYPES[extname(name)];
  if (bytes === undefined || contentType === undefined) return NOT_FOUND;
  return { status: 200, contentType, bytes: name.endsWith('.ts') ? stripQuietly(bytes.toString('utf8')) : bytes };
}

function listen(response: ServerResponse, listeners: Map<ServerResponse, Actor>, actor: Actor): void {
  response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
  response.write(': listening\n\n');
  listeners.set(response, actor);
  response.on('close', () => listeners.delete(response));
}

/** Requires `application/json`, which another site's form can't send. */
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
  response.writeHead(status, { ...HEADERS, ...extra, 'content-type': contentType });
  response.end(bytes);
}
