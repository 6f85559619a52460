import { type ChannelMessageBody, MessageCreateRequestSchema } from 'discord-api-spec/zod';
import { type APIMessage, MessageType, PermissionFlagsBits } from 'discord-api-types/v10';
import { composeContext, type Platform } from '../world/platform.ts';
import { BOT } from '../world/servers.ts';
import type { Received } from './body.ts';
import { blankMessage, fill } from './compose.ts';
import { checkMessage } from './message-rules.ts';
import { type ApiResponse, apiError, ok } from './responses.ts';

const UNKNOWN_CHANNEL = apiError(404, 10003, 'Unknown Channel');
const MISSING_ACCESS = apiError(403, 50001, 'Missing Access');
const MISSING_PERMISSIONS = apiError(403, 50013, 'Missing Permissions');

/** `POST /channels/:channel/messages`: a message of the bot's own accord. */
export function postToChannel(platform: Platform, id: string, { body, files }: Received): ApiResponse {
  const channel = platform.channels.find(id);
  if (channel === undefined) return UNKNOWN_CHANNEL;
  const may = (permission: bigint) => (channel.permissions & permission) !== 0n;
  if (!may(PermissionFlagsBits.ViewChannel)) return MISSING_ACCESS;
  if (!may(PermissionFlagsBits.SendMessages)) return MISSING_PERMISSIONS;
  const checked = checkMessage(body, { schema: MessageCreateRequestSchema, prefix: [], current: undefined, files });
  if (checked.kind === 'refused') return checked.reply;
  const { nonce, enforce_nonce: isEnforced }: ChannelMessageBody = checked.value;
  const before = isEnforced === true ? platform.messages.withNonce(id, nonce, platform.clock.now()) : undefined;
  if (before !== undefined) return ok(before);
  const bare = { id: platform.nextId(), channel_id: id, type: MessageType.Default, author: BOT };
  const blank: APIMessage = blankMessage(bare, platform.clock.now());
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
