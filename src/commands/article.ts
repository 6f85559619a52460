import { SlashCommandBuilder } from '@discordjs/builders';
import { codeOf } from '../library/store/keys.ts';
import { articleReply } from '../replies/article.ts';
import { type Form, pasteForm } from '../replies/form.ts';
import type { Reply } from '../replies/reply.ts';
import { offer } from './add.ts';
import { refuseTooOften } from './allowance.ts';
import type { Answered, Command, Context, Desk, Options } from './command.ts';
import { complete } from './complete.ts';
import type { Source } from './drafts.ts';
import { exportAll } from './export.ts';
import { articleOrNewest, emptyLibrary } from './find.ts';
import { list } from './list.ts';
import { described } from './named.ts';
import { oneArticleOption, privateOption, textOf, usableEverywhere } from './options.ts';
import { barrier } from './permission.ts';
import { askToRemove } from './remove.ts';

const changing: ReadonlySet<string | undefined> = new Set(['add', 'remove', 'export']);
/** Fits into a button whole, so that every page is one of the same search. */
const longestFind = 90;

async function show(options: Options, context: Context): Promise<Reply> {
  const chosen = await articleOrNewest(options, context);
  if (chosen.kind === 'notice') return chosen.reply;
  const view = { kind: 'article', page: 0, article: codeOf(chosen.value.article.id) } as const;
  return articleReply(chosen.value, view, options.flags.private === true, context.say);
}

function given(options: Options): readonly Source[] {
  const address = textOf(options, 'link');
  const attachment = options.attachments.file;
  return [
    ...(attachment === undefined ? [] : [{ kind: 'file', attachment } as const]),
    ...(address === undefined ? [] : [{ kind: 'link', address } as const]),
  ];
}

function add(options: Options, context: Context): Promise<Reply> {
  return offer(given(options), [], context);
}

function first(options: Options, desk: Desk): Form | Reply | undefined {
  const barred = changing.has(options.subcommand) ? barrier(desk) : undefined;
  return barred ?? (options.subcommand === 'add' && given(options).length === 0 ? pasteForm(desk.say) : undefined);
}

async function exported(_options: Options, context: Context): Promise<Answered> {
  const total = await context.library.count();
  if (total === 0) return emptyLibrary(context);
  return refuseTooOften('exporting', context) ?? exportAll(total, context);
}

const runs: Readonly<Record<string, Command['run']>> = { add, list, show, remove: askToRemove, export: exported };

export const article: Command = {
  builder: described(usableEverywhere(new SlashCommandBuilder()), 'command.article')
    .addSubcommand(subcommand =>
      described(subcommand, 'command.article add')
        .addStringOption(option => described(option, 'option.link').setMaxLength(2000))
        .addAttachmentOption(option => described(option, 'option.file')),
    )
    .addSubcommand(subcommand =>
      described(subcommand, 'command.article list')
        .addStringOption(option => described(option, 'option.find').setMaxLength(longestFind).setAutocomplete(true))
        .addBooleanOption(privateOption),
    )
    .addSubcommand(subcommand =>
      described(subcommand, 'command.article show').addStringOption(oneArticleOption).addBooleanOption(privateOption),
    )
    .addSubcommand(subcommand => described(subcommand, 'command.article remove').addStringOption(oneArticleOption))
    .addSubcommand(subcommand => described(subcommand, 'command.article export')),
  advice: [
    { path: 'article add', example: [['link', 'https://example.org/news']] },
    { path: 'article list', example: [['find', 'Rome']] },
    { path: 'article show', example: [['article', 'Rome']] },
    { path: 'article remove', example: [['article', 'Rome']] },
    { path: 'article export', example: [] },
  ],
  autocomplete: complete,
  first,
  isPrivate: options => changing.has(options.subcommand) || options.flags.private === true,
  run: (options, context) => (runs[options.subcommand ?? ''] ?? list)(options, context),
};
