import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { inForum } from '../library/store/following/watches.ts';
import { channelMention, roleMention } from '../replies/feeds.ts';
import { notice, type Reply } from '../replies/reply.ts';
import { listIn } from '../wording/languages.ts';
import type { Say } from '../wording/say.ts';
import {
  type Channel,
  type ChannelKind,
  type ChosenRole,
  type RequestContext,
  refuseWithoutPermission,
} from './command.ts';

/** The types of channels in which the bot can post, and how. Media channels are forums with another look. */
const TYPES = {
  text: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
  thread: [ChannelType.AnnouncementThread, ChannelType.PublicThread, ChannelType.PrivateThread],
  forum: [ChannelType.GuildForum, ChannelType.GuildMedia],
} as const;

/** Where messages can be posted. */
export const MESSAGE_TYPES = [...TYPES.text, ...TYPES.thread] as const;
/** Where articles and quotes can be posted. */
export const POST_TYPES = [...MESSAGE_TYPES, ...TYPES.forum] as const;

export function kindOfChannel(type: ChannelType): ChannelKind {
  const kinds = ['text', 'thread', 'forum'] as const;
  return kinds.find(kind => TYPES[kind].some(each => each === type)) ?? 'other';
}

const RIGHTS = {
  view: PermissionFlagsBits.ViewChannel,
  'send-in-threads': PermissionFlagsBits.SendMessagesInThreads,
  // Discord calls the same permission by another name in forums.
  'create-posts': PermissionFlagsBits.SendMessages,
  send: PermissionFlagsBits.SendMessages,
  'read-history': PermissionFlagsBits.ReadMessageHistory,
} as const;

const TO_SEND = { text: 'send', thread: 'send-in-threads', forum: 'create-posts', other: 'send' } as const;

/**
 * Returns the permissions that posting in a channel or replying to a message there needs and the bot lacks, by name;
 * none if Discord didn't say.
 */
export function missingRights({ kind, permissions }: Channel, say: Say, toReply = false): readonly string[] {
  if (permissions === undefined) return [];
  const needed = ['view', TO_SEND[kind], ...(toReply ? (['read-history'] as const) : [])] as const;
  return needed.filter(name => (permissions & RIGHTS[name]) === 0n).map(name => say(`permitting.${name}`));
}

/**
 * Returns why nothing can be posted in a channel, with the permissions to grant. If Discord didn't say, posting will
 * show.
 */
export function refuseWithoutRights(channel: Channel, say: Say, takesForums = true): Reply | undefined {
  const { kind } = channel;
  if (kind === 'other' || (kind === 'forum' && !takesForums)) {
    return notice(say(takesForums ? 'permitting.channel' : 'permitting.text-channel'));
  }
  const missing = missingRights(channel, say);
  if (missing.length === 0) return undefined;
  const grant = { channel: channelMention(channel.id), permissions: listIn(say.language, 'and', missing) };
  return notice(say('permitting.grant', grant));
}

/** Returns where to post, as it is stored. */
export function storedChannelOf({ id, kind }: Channel): string {
  return kind === 'forum' ? inForum(id) : id;
}

/** Returns what to know of a forum that requires tags, if a channel is one. */
export function tagNotes(channel: Channel | undefined, say: Say): readonly string[] {
  return channel?.needsTag ? [say('permitting.needs-tag', { channel: channelMention(channel.id) })] : [];
}

/**
 * Returns why posts to a channel can't mention a role; `undefined` if they can. `channel` is `undefined` if they go to a
 * person or nowhere.
 */
export function refusePing(
  role: ChosenRole | undefined,
  channel: Channel | undefined,
  { owner, user, say }: Pick<RequestContext, 'owner' | 'user' | 'say'>,
): Reply | undefined {
  if (role === undefined) return undefined;
  const refused = refuseWithoutPermission({ user, say });
  if (refused !== undefined) return refused;
  if (channel === undefined || owner.kind === 'person') return notice(say('pinging.channel'));
  // The role that everybody has.
  if (role.id === owner.id) return notice(say('pinging.everyone'));
  const { permissions = PermissionFlagsBits.MentionEveryone } = channel;
  const mayMention = role.isMentionable || (permissions & PermissionFlagsBits.MentionEveryone) !== 0n;
  return mayMention ? undefined : notice(say('pinging.grant', { role: roleMention(role.id) }));
}
