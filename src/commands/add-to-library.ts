import { ContextMenuCommandBuilder } from '@discordjs/builders';
import { ApplicationCommandType, PermissionFlagsBits } from 'discord-api-types/v10';
import { notice } from '../replies/notice.ts';
import type { Reply } from '../replies/reply.ts';
import { offer } from './add.ts';
import type { Command, Context, Options } from './command.ts';
import type { Source } from './drafts.ts';
import { named } from './named.ts';
import { usableEverywhere } from './options.ts';
import { barrier } from './permission.ts';

const most = 5;

async function run({ target }: Options, context: Context): Promise<Reply> {
  const all: readonly Source[] = [
    ...(target?.attachments ?? []).map(attachment => ({ kind: 'file', attachment }) as const),
    ...(target?.links ?? []).map(address => ({ kind: 'link', address }) as const),
  ];
  const sources = all.slice(0, most);
  const left = all.length - sources.length;
  const { say } = context;
  const told = left > 0 ? [say('adding.first-of', { all: all.length, most })] : [];
  if (all.length === 0) return notice(say('adding.nothing-there'));
  return await offer(sources, told, context);
}

/** Reads what a message links to or holds. */
export const addToLibrary: Command = {
  builder: named(usableEverywhere(new ContextMenuCommandBuilder()), 'menu.add to library')
    .setType(ApplicationCommandType.Message)
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild),
  advice: [],
  first: (_options, desk) => barrier(desk),
  isPrivate: () => true,
  run,
};
