import { type APIAttachment, type APIMessage, MessageType } from 'discord-api-types/v10';
import * as z from 'zod/mini';
import { act } from './act.ts';
import { blankMessage } from './compose.ts';
import { deedSchema, spokenSchema } from './deed.ts';
import type { Happening } from './happenings.ts';
import type { Kept } from './messages.ts';
import type { Platform } from './platform.ts';
import { type Actor, bot } from './world.ts';

export interface PageAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly bytes: Uint8Array | string;
  readonly disposition?: string;
}

export function json(body: unknown, status = 200): PageAnswer {
  return { status, contentType: 'application/json', bytes: JSON.stringify(body) };
}

export const notFound = json({ failed: 'There is nothing here.' }, 404);
const badRequest = json({ failed: 'This request makes no sense.' }, 400);

export function stateOf(platform: Platform, { user, place }: Actor): unknown {
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

export function toEvent(platform: Platform, actor: Actor, happening: Happening): unknown {
  if (happening.kind === 'commands') return { t: 'commands', commands: platform.commands.at(actor.place.guild?.id) };
  if (happening.kind === 'bot') return { t: 'bot', online: happening.online };
  const { kind, kept } = happening;
  if (!isReadable(kept, actor)) return undefined;
  if (kind === 'removed') return { t: 'delete', id: kept.message.id };
  return { t: kind === 'posted' ? 'message' : 'update', message: kept.message };
}

export async function interact(platform: Platform, actor: Actor, body: unknown): Promise<PageAnswer> {
  const deed = deedSchema.safeParse(body);
  const spoken = spokenSchema.safeParse(body);
  if (!deed.success || !spoken.success) return badRequest;
  const { locale = actor.locale } = spoken.data;
  const done = act(platform, { ...actor, locale }, deed.data);
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

/** A person's own message. */
export function post(
  platform: Platform,
  { user, place }: Pick<Actor, 'user' | 'place'>,
  content: string,
  attachments: APIAttachment[],
): APIMessage {
  const bare = { id: platform.nextId(), channel_id: place.channel.id, type: MessageType.Default, author: user };
  const message = { ...blankMessage(bare, platform.clock.now()), content, attachments };
  platform.messages.post({ message, reader: undefined }, new Map());
  return message;
}

export function say(platform: Platform, { user, place }: Actor, body: unknown): PageAnswer {
  const said = saying.safeParse(body);
  if (!said.success || said.data.content.trim() === '') return badRequest;
  post(platform, { user, place }, said.data.content, []);
  return json({ ok: true });
}

/** Only an ephemeral message can be put away by the one who sees it. */
export function dismiss(platform: Platform, actor: Actor, id: string): PageAnswer {
  const kept = platform.messages.find(id);
  if (kept?.reader === undefined || !isReadable(kept, actor)) return notFound;
  platform.messages.remove(id);
  return json({ ok: true });
}

const shownImages: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

export function serveAttachment(platform: Platform, actor: Actor, messageId: string, name: string): PageAnswer {
  const kept = platform.messages.find(messageId);
  const posted = kept && isReadable(kept, actor) ? platform.messages.file(messageId, name) : undefined;
  const file = posted ?? platform.attached.find(messageId, name);
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
