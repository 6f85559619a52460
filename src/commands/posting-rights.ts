import { PermissionFlagsBits } from 'discord-api-types/v10';
import { channelMention } from '../replies/feeds.ts';
import { notice, type Reply } from '../replies/reply.ts';
import { listIn } from '../wording/languages.ts';
import type { Say } from '../wording/say.ts';
import type { Channel, ChosenChannel } from './command.ts';

/** Returns the permissions that posting in a channel needs and the bot lacks, by name; none if Discord didn't say. */
export function missingRights({ permissions }: Pick<Channel, 'permissions'>, say: Say): readonly string[] {
  if (permissions === undefined) return [];
  const lacks = (permission: bigint) => (permissions & permission) === 0n;
  return [
    ...(lacks(PermissionFlagsBits.ViewChannel) ? [say('permitting.view')] : []),
    ...(lacks(PermissionFlagsBits.SendMessages) ? [say('permitting.send')] : []),
  ];
}

/** Returns why nothing can be posted in a channel, with the permissions to grant. If Discord didn't say, posting will tell. */
export function refuseWithoutRights(
  { id, permissions, ...channel }: Channel | ChosenChannel,
  say: Say,
): Reply | undefined {
  if ('isText' in channel && !channel.isText) return notice(say('permitting.text-channel'));
  const missing = missingRights({ permissions }, say);
  if (missing.length === 0) return undefined;
  const grant = { channel: channelMention(id), permissions: listIn(say.language, 'and', missing) };
  return notice(say('permitting.grant', grant));
}
