import { SlashCommandBuilder } from '@discordjs/builders';
import type { Command } from './command.ts';
import { complete } from './complete.ts';
import { articleOption, nameOption, privateOption, usableEverywhere, withFilters, wordsOption } from './options.ts';
import { whoIs } from './who-is.ts';
import { whoSaid } from './who-said.ts';

export const who: Command = {
  builder: usableEverywhere(new SlashCommandBuilder())
    .setName('who')
    .setDescription('Who said something, and who somebody is')
    .addSubcommand(subcommand =>
      withFilters(subcommand.setName('said').setDescription('Find out who said it').addStringOption(wordsOption)),
    )
    .addSubcommand(subcommand =>
      subcommand
        .setName('is')
        .setDescription('Who somebody is, in the articles’ own words, and what they said, the newest first')
        .addStringOption(nameOption)
        .addStringOption(articleOption)
        .addBooleanOption(privateOption),
    ),
  advice: [
    {
      path: 'who said',
      does: 'tells who said it; `article`, `outlet`, `after` and `before` narrow it.',
      example: '/who said words:it really is a project of Xi',
    },
    {
      path: 'who is',
      does: 'tells who somebody is, in the articles’ own words, and what they said, the newest first.',
      example: '/who is name:Jake Sullivan',
    },
  ],
  autocomplete: complete,
  run: (options, context) => (options.subcommand === 'is' ? whoIs : whoSaid)(options, context),
};
