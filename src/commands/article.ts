import { SlashCommandBuilder } from '@discordjs/builders';
import { codeOf } from '../library/keys.ts';
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
import { articleOption, privateOption, textOf, usableEverywhere } from './options.ts';
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
  const sources = given(options);
  return offer(sources, sources.length, [], context);
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
  builder: usableEverywhere(new SlashCommandBuilder())
    .setName('article')
    .setDescription('The articles of this library')
    .addSubcommand(subcommand =>
      subcommand
        .setName('add')
        .setDescription('Add an article by its link, as a file, or as text to paste')
        .addStringOption(option => option.setName('link').setDescription('Where it stands').setMaxLength(2000))
        .addAttachmentOption(option => option.setName('file').setDescription('A .txt, .md or .html file')),
    )
    .addSubcommand(subcommand =>
      subcommand
        .setName('list')
        .setDescription('All articles, the newest first, or those like some words')
        .addStringOption(option =>
          option
            .setName('find')
            .setDescription('Words of a title, an outlet or an author')
            .setMaxLength(longestFind)
            .setAutocomplete(true),
        )
        .addBooleanOption(privateOption),
    )
    .addSubcommand(subcommand =>
      subcommand
        .setName('show')
        .setDescription('A whole article, its paragraphs numbered')
        .addStringOption(option => articleOption(option).setDescription('Which one').setRequired(true))
        .addBooleanOption(privateOption),
    )
    .addSubcommand(subcommand =>
      subcommand
        .setName('remove')
        .setDescription('Remove an article; it can be undone for 10 minutes')
        .addStringOption(option => articleOption(option).setDescription('Which one').setRequired(true)),
    )
    .addSubcommand(subcommand =>
      subcommand.setName('export').setDescription('All articles as a file, one JSON object a line'),
    ),
  advice: [
    {
      path: 'article add',
      does: 'adds an article by its link or as a file; give neither to paste one.',
      example: '/article add link:https://example.org/news',
    },
    { path: 'article list', does: 'lists what I have read.', example: '/article list find:Rome' },
    {
      path: 'article show',
      does: 'shows a whole article, its paragraphs numbered.',
      example: '/article show article:Rome',
    },
    {
      path: 'article remove',
      does: 'removes an article; for 10 minutes that can be undone.',
      example: '/article remove article:Rome',
    },
    { path: 'article export', does: 'gives you all articles as a file.', example: '/article export' },
  ],
  autocomplete: complete,
  first,
  isPrivate: options => changing.has(options.subcommand) || options.flags.private === true,
  run: (options, context) => (runs[options.subcommand ?? ''] ?? list)(options, context),
};
