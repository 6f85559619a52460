import { type ChannelMessageBody, MessageCreateRequestSchema } from 'discord-api-spec/zod';
import { AllowedMentionsTypes, type APIMessage, MessageType, PermissionFlagsBits } from 'discord-api-types/v10';
import { composeContext, type Platform } from '../world/platform.ts';
import { BOT } from '../world/servers.ts';
import type { Received } from './body.ts';
import { allComponents } from './components.ts';
import { blankMessage, fill, referenceTo } from './compose.ts';
import { checkMessage, textDisplays } from './message-rules.ts';
import {
  type ApiResponse,
  apiError,
  invalidForm,
  NO_CONTENT,
  ok,
  UNKNOWN_CHANNEL,
  UNKNOWN_MESSAGE,
} from './responses.ts';

export const MISSING_ACCESS = apiError(403, 50001, 'Missing Access');
export const MISSING_PERMISSIONS = apiError(403, 50013, 'Missing Permissions');
const NO_HISTORY = apiError(400, 160002, 'Cannot reply without permission to read message history');
const UNKNOWN_REFERENCE = invalidForm([
  { path: ['message_reference'], code: 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', message: 'Unknown message' },
]);

/** Returns the roles that a message of the bot notifies: those that it names, may mention and allows to be mentioned. */
export function mentionedRoles(
  { locations }: Platform,
  { guildId, permissions }: { readonly guildId: string | undefined; readonly permissions: bigint },
  { allowed_mentions: allowed, components }: ChannelMessageBody,
): string[] {
  const roles = locations.find(({ guild }) => guild?.id === guildId)?.guild?.roles ?? [];
  const text = textDisplays(allComponents(components)).join('\n');
  const mayMentionAll = (permissions & PermissionFlagsBits.MentionEveryone) !== 0n;
  return roles
    .filter(({ id, mentionable }) => text.includes(`<@&${id}>`) && (mentionable || mayMentionAll))
    .filter(({ id }) => allowed?.roles?.includes(id) === true || allowed?.parse?.includes(AllowedMentionsTypes.Role))
    .map(({ id }) => id);
}

/** `POST /channels/:channel/messages`: a message of the bot's own accord, or a reply. */
export function postToChannel(platform: Platform, id: string, { body, files }: Received): ApiResponse {
  const channel = platform.channels.find(id);
  if (channel === undefined) return UNKNOWN_CHANNEL;
  const may = (permission: bigint) => (channel.permissions & permission) !== 0n;
  if (!may(PermissionFlagsBits.ViewChannel)) return MISSING_ACCESS;
  const toSend = channel.parentId === undefined ? 'SendMessages' : 'SendMessagesInThreads';
  if (!may(PermissionFlagsBits[toSend])) return MISSING_PERMISSIONS;
  if (files.size > 0 && !may(PermissionFlagsBits.AttachFiles)) return MISSING_PERMISSIONS;
  const checked = checkMessage(body, { schema: MessageCreateRequestSchema, prefix: [], current: undefined, files });
  if (checked.kind === 'refused') return checked.reply;
  const { nonce, enforce_nonce: isEnforced, message_reference: reference }: ChannelMessageBody = checked.value;
  const before = isEnforced === true ? platform.messages.withNonce(id, nonce, platform.clock.now()) : undefined;
  if (before !== undefined) return ok(before);
  const replied = platform.messages.findIn(id, reference?.message_id);
  if (reference && !may(PermissionFlagsBits.ReadMessageHistory)) return NO_HISTORY;
  if (reference && replied === undefined && reference.fail_if_not_exists !== false) return UNKNOWN_REFERENCE;
  const type = replied === undefined ? MessageType.Default : MessageType.Reply;
  const blank: APIMessage = {
    ...blankMessage({ id: platform.nextId(), channel_id: id, type, author: BOT }, platform.clock.now()),
    mention_roles: mentionedRoles(platform, channel, checked.value),
    mentions: replied !== undefined && checked.value.allowed_mentions?.replied_user === true ? [replied.author] : [],
    ...(replied === undefined ? {} : { message_reference: referenceTo(replied) }),
  };
  const filled = fill(blank, checked.value, files, composeContext(platform));
  const message = nonce === undefined || nonce === null ? filled.message : { ...filled.message, nonce };
  platform.messages.post({ message, reader: undefined }, filled.files);
  return ok(message);
}

const MOST_LISTED = 100;
const USUALLY_LISTED = 50;

/** `GET /channels/:channel/messages`: the newest first, without nonces, or the first ones after the id in `after`. */
export function listChannel(platform: Platform, id: string, query: URLSearchParams): ApiResponse {
  const channel = platform.channels.find(id);
  if (channel === undefined) return UNKNOWN_CHANNEL;
  if ((channel.permissions & PermissionFlagsBits.ViewChannel) === 0n) return MISSING_ACCESS;
  if ((channel.permissions & PermissionFlagsBits.ReadMessageHistory) === 0n) return ok([]);
  const limit = Math.min(MOST_LISTED, Number(query.get('limit') ?? USUALLY_LISTED));
  const after = query.get('after');
  const all = platform.messages.list(id, '').map(({ nonce: _, ...message }) => message);
  const listed =
    after === null ? all.slice(-limit) : all.filter(message => BigInt(message.id) > BigInt(after)).slice(0, limit);
  return ok(listed.toReversed());
}

/** `GET /channels/:channel/messages/:message`. */
export function readInChannel({ channels, messages }: Platform, id: string, messageId: string): ApiResponse {
  const channel = channels.find(id);
  if (channel === undefined) return UNKNOWN_CHANNEL;
  const needed = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;
  if ((channel.permissions & needed) !== needed) return MISSING_ACCESS;
  const message = messages.findIn(id, messageId);
  return message === undefined ? UNKNOWN_MESSAGE : ok(message);
}

/** `DELETE /channels/:channel/messages/:message`: the bot's own, since it has no Manage Messages. */
export function deleteInChannel({ channels, messages }: Platform, id: string, messageId: string): ApiResponse {
  const channel = channels.find(id);
  if (channel === undefined) return UNKNOWN_CHANNEL;
  if ((channel.permissions & PermissionFlagsBits.ViewChannel) === 0n) return MISSING_ACCESS;
  const message = messages.findIn(id, messageId);
  if (message === undefined) return UNKNOWN_MESSAGE;
  if (message.author.id !== BOT.id) return MISSING_PERMISSIONS;
  messages.remove(messageId);
  return NO_CONTENT;
}
