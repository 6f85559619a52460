import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { channelMention } from '../replies/feeds.ts';
import { notice, type Reply } from '../replies/reply.ts';
import { listIn } from '../wording/languages.ts';
import type { Say } from '../wording/say.ts';
import type { Channel, ChosenChannel } from './command.ts';

export const THREAD_TYPES = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
] as const;
/** The types of channels in which the bot can post. */
export const POSTABLE_TYPES = [ChannelType.GuildText, ChannelType.GuildAnnouncement, ...THREAD_TYPES] as const;

/** Returns the permissions that posting in a channel needs and the bot lacks, by name; none if Discord didn't say. */
export function missingRights(
  { permissions, ...channel }: Pick<Channel, 'permissions'> | ChosenChannel,
  say: Say,
): readonly string[] {
  if (permissions === undefined) return [];
  const isThread = 'isThread' in channel && channel.isThread;
  const lacks = (permission: bigint) => (permissions & permission) === 0n;
  return [
    ...(lacks(PermissionFlagsBits.ViewChannel) ? [say('permitting.view')] : []),
    ...(!isThread && lacks(PermissionFlagsBits.SendMessages) ? [say('permitting.send')] : []),
    ...(isThread && lacks(PermissionFlagsBits.SendMessagesInThreads) ? [say('permitting.send-in-threads')] : []),
  ];
}

/** Returns why nothing can be posted in a channel, with the permissions to grant. If Discord didn't say, posting will tell. */
export function refuseWithoutRights(channel: Channel | ChosenChannel, say: Say): Reply | undefined {
  if ('isText' in channel && !channel.isText) return notice(say('permitting.text-channel'));
  const missing = missingRights(channel, say);
  if (missing.length === 0) return undefined;
  const grant = { channel: channelMention(channel.id), permissions: listIn(say.language, 'and', missing) };
  return notice(say('permitting.grant', grant));
}
