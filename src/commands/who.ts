import { SlashCommandBuilder } from '@discordjs/builders';
import type { Command } from './command.ts';
import { complete } from './complete.ts';
import { described } from './named.ts';
import { articleOption, nameOption, privateOption, usableEverywhere, withFilters, wordsOption } from './options.ts';
import { whoIs } from './who-is.ts';
import { whoSaid } from './who-said.ts';

export const who: Command = {
  builder: described(usableEverywhere(new SlashCommandBuilder()), 'command.who')
    .addSubcommand(subcommand => withFilters(described(subcommand, 'command.who said').addStringOption(wordsOption)))
    .addSubcommand(subcommand =>
      described(subcommand, 'command.who is')
        .addStringOption(nameOption)
        .addStringOption(articleOption)
        .addBooleanOption(privateOption),
    ),
  advice: [
    { path: 'who said', example: [['words', 'it really is a project of Xi']] },
    { path: 'who is', example: [['name', 'Jake Sullivan']] },
  ],
  autocomplete: complete,
  run: (options, context) => (options.subcommand === 'is' ? whoIs : whoSaid)(options, context),
};
