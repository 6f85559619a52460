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
  const before = isEnforced === true ? platform.messages.withNonce(id, nonce) : undefined;
  if (before !== undefined) return ok(before);
  const bare = { id: platform.nextId(), channel_id: id, type: MessageType.Default, author: BOT };
  const blank: APIMessage = blankMessage(bare, platform.clock.now());
  const filled = fill(blank, checked.value, files, composeContext(platform));
  const message = nonce === undefined || nonce === null ? filled.message : { ...filled.message, nonce };
  platform.messages.post({ message, reader: undefined }, filled.files);
  return ok(message);
}
