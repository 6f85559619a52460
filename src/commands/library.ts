import { SlashCommandBuilder } from '@discordjs/builders';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { eraseForm, type Form } from '../replies/form.ts';
import { bold, escapeMarkdown } from '../replies/markdown.ts';
import { mention, notice } from '../replies/notice.ts';
import type { Reply } from '../replies/reply.ts';
import { refuseTooOften } from './allowance.ts';
import type { Command, Desk, Options } from './command.ts';
import { described } from './named.ts';
import { usableEverywhere } from './options.ts';
import { barrier } from './permission.ts';

const ownLibrary = 'my library';

/** What must be typed to erase: the server's name, on one line as a text input shows it. */
function wordsToType({ owner, serverName }: Desk): string | undefined {
  return owner.kind === 'person' ? ownLibrary : serverName?.replaceAll(/\s+/gv, ' ').trim() || undefined;
}

function askToErase(_options: Options, desk: Desk): Form | Reply {
  const words = wordsToType(desk);
  return (
    barrier(desk) ??
    (words === undefined
      ? notice('Discord has not told me this server’s name yet. Try again in a minute.')
      : eraseForm(words))
  );
}

/** Erases the library if the right words were typed. */
export async function erase(typed: string, desk: Desk): Promise<Reply> {
  const words = wordsToType(desk);
  const barred = barrier(desk);
  if (barred !== undefined) return barred;
  if (words === undefined || typed.replaceAll(/\s+/gv, ' ').trim() !== words) {
    const expected = words === undefined ? 'the server’s name' : bold(escapeMarkdown(words));
    return notice(`Nothing was erased: that is not ${expected}.`);
  }
  const enough = refuseTooOften('erasing', desk);
  if (enough !== undefined) return enough;
  await desk.erase();
  desk.drafts.forget(desk.owner);
  return notice(
    `Everything is erased. The library begins anew, with nothing of yours in it; put articles into it with ${mention('article add', desk.commandIds)}.`,
  );
}

export const library: Command = {
  builder: described(usableEverywhere(new SlashCommandBuilder()), 'command.library')
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .addSubcommand(subcommand => described(subcommand, 'command.library erase')),
  advice: [{ path: 'library erase', example: [] }],
  first: askToErase,
  isPrivate: () => true,
  run: () => Promise.resolve(notice('Fill in the form to erase the library.')),
};
