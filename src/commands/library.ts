import { SlashCommandBuilder } from '@discordjs/builders';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { eraseForm, type Form } from '../replies/form.ts';
import { bold, escapeMarkdown } from '../replies/parts/markdown.ts';
import { mention, notice, type Reply } from '../replies/reply.ts';
import { refuseTooOften } from './allowance.ts';
import { barrier, type Command, type Desk, type Options } from './command.ts';
import { described } from './filter.ts';
import { usableEverywhere } from './options.ts';

const longestCounting = 1_000;

/** What must be typed to erase: the server's name, on one line as a text input shows it. */
function wordsToType({ owner, serverName, say }: Desk): string | undefined {
  return owner.kind === 'person'
    ? say('erasing.own-library')
    : serverName?.replaceAll(/\s+/gv, ' ').trim() || undefined;
}

/** A form must come within three seconds, and a library that cannot be opened can still be erased: then it goes without the number. */
async function countOf(desk: Desk): Promise<number | undefined> {
  const counted = desk.open().then(({ library: opened }) => opened.count());
  const tooLate = new Promise<undefined>(resolve => setTimeout(resolve, longestCounting, undefined));
  return await Promise.race([counted.catch(() => undefined), tooLate]);
}

async function askToErase(_options: Options, desk: Desk): Promise<Form | Reply> {
  const words = wordsToType(desk);
  const barred = barrier(desk);
  if (barred !== undefined) return barred;
  if (words === undefined) return notice(desk.say('erasing.no-name-yet'));
  return eraseForm(words, await countOf(desk), desk.say);
}

/** Erases the library if the right words were typed. */
export async function erase(typed: string, desk: Desk): Promise<Reply> {
  const { say } = desk;
  const words = wordsToType(desk);
  const barred = barrier(desk);
  if (barred !== undefined) return barred;
  if (words === undefined || typed.replaceAll(/\s+/gv, ' ').trim() !== words) {
    return notice(
      words === undefined
        ? say('erasing.other-name')
        : say('erasing.other-words', { words: bold(escapeMarkdown(words)) }),
    );
  }
  const enough = refuseTooOften('erasing', desk);
  if (enough !== undefined) return enough;
  await desk.erase();
  return notice(say('erasing.erased', { add: mention('article add', desk.commandIds) }));
}

export const library: Command = {
  builder: described(usableEverywhere(new SlashCommandBuilder()), 'command.library')
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .addSubcommand(subcommand => described(subcommand, 'command.library erase')),
  advice: [{ path: 'library erase', example: [] }],
  first: askToErase,
  isPrivate: () => true,
  run: (_options, { say }) => Promise.resolve(notice(say('erasing.by-form'))),
};
