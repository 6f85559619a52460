import { SlashCommandBuilder } from '@discordjs/builders';
import { articleReply, libraryReply } from '../replies/article.ts';
import { articleCode } from '../replies/custom-id.ts';
import { notice } from '../replies/notice.ts';
import type { Reply } from '../replies/reply.ts';
import type { Command, Context, Options } from './command.ts';
import { articleOrNewest } from './find.ts';
import { articleOption, complete, privateOption, usableEverywhere } from './options.ts';

function list(options: Options, { library }: Context): Reply {
  if (library.articles.length === 0) return notice('The library is still empty: there is no article to read from yet.');
  return libraryReply(library.articles, { kind: 'library', page: 0 }, options.flags.private === true);
}

function show(options: Options, context: Context): Reply {
  const chosen = articleOrNewest(options, context);
  if (chosen.kind === 'notice') return chosen.reply;
  const view = { kind: 'article', page: 0, article: articleCode(chosen.value.article.id) } as const;
  return articleReply(chosen.value, view, options.flags.private === true);
}

export const article: Command = {
  builder: usableEverywhere(new SlashCommandBuilder())
    .setName('article')
    .setDescription('The articles that I have read')
    .addSubcommand(subcommand =>
      subcommand.setName('list').setDescription('All articles, the newest first').addBooleanOption(privateOption),
    )
    .addSubcommand(subcommand =>
      subcommand
        .setName('show')
        .setDescription('A whole article, its paragraphs numbered')
        .addStringOption(option => articleOption(option).setDescription('Which one').setRequired(true))
        .addBooleanOption(privateOption),
    ),
  advice: [
    { path: 'article list', does: 'lists what I have read.', example: '/article list' },
    {
      path: 'article show',
      does: 'shows a whole article, its paragraphs numbered.',
      example: '/article show article:Rome',
    },
  ],
  autocomplete: complete,
  run: (options, context) => (options.subcommand === 'show' ? show : list)(options, context),
};
