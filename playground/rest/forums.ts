import { BaseCreateMessageCreateRequestSchema, CreateForumThreadRequestSchema } from 'discord-api-spec/zod';
import { type APIMessage, ChannelFlags, ChannelType, MessageType, PermissionFlagsBits } from 'discord-api-types/v10';
import { isRecord } from '../json.ts';
import { composeContext, type Platform } from '../world/platform.ts';
import { BOT } from '../world/servers.ts';
import type { Received } from './body.ts';
import { MISSING_ACCESS, MISSING_PERMISSIONS, mentionedRoles } from './channel-messages.ts';
import { blankMessage, fill } from './compose.ts';
import { checkMessage } from './message-rules.ts';
import { type ApiResponse, apiError, ok, UNKNOWN_CHANNEL } from './responses.ts';
import { checkBody } from './schema.ts';

const NO_FORUM = apiError(400, 50024, 'Cannot execute action on this channel type');
const TAG_REQUIRED = apiError(400, 40067, 'A tag is required to create a forum post in this channel');
const UNKNOWN_TAG = apiError(404, 10087, 'Unknown tag');
const NO_FLAGS: number = 0;

type Found = NonNullable<ReturnType<Platform['channels']['find']>>;

/** Returns a channel as Discord describes it. */
function describe(id: string, { name, guildId, parentId, forum, appliedTags, isArchived }: Found): object {
  const base = { id, name, guild_id: guildId, flags: forum?.needsTag === true ? ChannelFlags.RequireTag : NO_FLAGS };
  if (forum !== undefined) {
    const available_tags = forum.tags.map(tag => ({ ...tag, emoji_id: null, emoji_name: null }));
    return { ...base, type: ChannelType.GuildForum, available_tags };
  }
  if (parentId === undefined) return { ...base, type: ChannelType.GuildText };
  const thread_metadata = { archived: isArchived, locked: false, auto_archive_duration: 4320 };
  const thread = { parent_id: parentId, owner_id: BOT.id, applied_tags: appliedTags, thread_metadata };
  return { ...base, type: ChannelType.PublicThread, ...thread };
}

/** `GET /channels/:channel`. */
export function readChannel({ channels }: Platform, id: string): ApiResponse {
  const channel = channels.find(id);
  if (channel === undefined) return UNKNOWN_CHANNEL;
  return (channel.permissions & PermissionFlagsBits.ViewChannel) === 0n ? MISSING_ACCESS : ok(describe(id, channel));
}

/** `POST /channels/:channel/threads`: a post of a forum, which has no nonce. */
export function postToForum(platform: Platform, id: string, { body, files }: Received): ApiResponse {
  const channel = platform.channels.find(id);
  if (channel === undefined) return UNKNOWN_CHANNEL;
  const { forum, permissions, guildId } = channel;
  if ((permissions & PermissionFlagsBits.ViewChannel) === 0n) return MISSING_ACCESS;
  if ((permissions & PermissionFlagsBits.SendMessages) === 0n) return MISSING_PERMISSIONS;
  if (forum === undefined) return NO_FORUM;
  const thread = checkBody(CreateForumThreadRequestSchema, body);
  if (thread.kind === 'refused') return thread.reply;
  const schema = BaseCreateMessageCreateRequestSchema;
  const sent = isRecord(body) ? body.message : undefined;
  const checked = checkMessage(sent, { schema, prefix: ['message'], current: undefined, files });
  if (checked.kind === 'refused') return checked.reply;
  const { name, applied_tags } = thread.value;
  const appliedTags = applied_tags ?? [];
  if (forum.needsTag && appliedTags.length === 0) return TAG_REQUIRED;
  if (appliedTags.some(tag => forum.tags.every(each => each.id !== tag))) return UNKNOWN_TAG;
  if (forum.tags.some(({ id: tag, moderated }) => moderated && appliedTags.includes(tag))) return MISSING_PERMISSIONS;
  const postId = platform.nextId();
  platform.channels.add(postId, { name: name.trim(), guildId, parentId: id, appliedTags });
  const bare = { id: postId, channel_id: postId, type: MessageType.Default, author: BOT };
  const mention_roles = mentionedRoles(platform, channel, checked.value);
  const blank: APIMessage = { ...blankMessage(bare, platform.clock.now()), mention_roles };
  const filled = fill(blank, checked.value, files, composeContext(platform));
  platform.messages.post({ message: filled.message, reader: undefined }, filled.files);
  const post = platform.channels.find(postId);
  return { status: 201, body: { ...(post && describe(postId, post)), message: filled.message } };
}

/** `GET /guilds/:guild/threads/active`. */
export function listActiveThreads({ channels }: Platform, guildId: string): ApiResponse {
  const threads = channels.threads({ guildId }).filter(({ isArchived }) => !isArchived);
  return ok({ threads: threads.map(thread => describe(thread.id, thread)), members: [] });
}

/** `GET /channels/:channel/threads/archived/public`: the newest first. */
export function listArchivedThreads({ channels }: Platform, parentId: string): ApiResponse {
  const channel = channels.find(parentId);
  if (channel === undefined) return UNKNOWN_CHANNEL;
  if ((channel.permissions & PermissionFlagsBits.ReadMessageHistory) === 0n) return MISSING_ACCESS;
  const threads = channels.threads({ parentId }).filter(({ isArchived }) => isArchived);
  return ok({ threads: threads.toReversed().map(thread => describe(thread.id, thread)), members: [], has_more: false });
}
