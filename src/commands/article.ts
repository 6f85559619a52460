import { SlashCommandBuilder } from '@discordjs/builders';
import { articleReply, libraryReply } from '../replies/article.ts';
import { articleCode } from '../replies/custom-id.ts';
import { type Form, pasteForm } from '../replies/form.ts';
import { mention, notice, typed } from '../replies/notice.ts';
import type { Reply } from '../replies/reply.ts';
import { offer } from './add.ts';
import { refuseTooOften } from './allowance.ts';
import type { Command, Context, Desk, Options } from './command.ts';
import type { Source } from './drafts.ts';
import { exportAll } from './export.ts';
import { articleOrNewest, articlesLike, emptyLibrary } from './find.ts';
import { articleOption, complete, privateOption, textOf, usableEverywhere } from './options.ts';
import { barrier } from './permission.ts';
import { askToRemove } from './remove.ts';

const changing: ReadonlySet<string | undefined> = new Set(['add', 'remove', 'export']);
/** Fits into a button whole, so that every page is one of the same search. */
const longestFind = 90;

function list(options: Options, context: Context): Reply {
  if (context.library.articles.length === 0) return emptyLibrary(context);
  const words = textOf(options, 'find') ?? '';
  const articles = articlesLike(words, context);
  if (articles.length > 0)
    return libraryReply(articles, { kind: 'library', page: 0, words }, options.flags.private === true);
  return notice(
    `I have no article like ${typed(words)}. See all of them with ${mention('article list', context.commandIds)}.`,
  );
}

function show(options: Options, context: Context): Reply {
  const chosen = articleOrNewest(options, context);
  if (chosen.kind === 'notice') return chosen.reply;
  const view = { kind: 'article', page: 0, article: articleCode(chosen.value.article.id) } as const;
  return articleReply(chosen.value, view, options.flags.private === true);
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
  return barred ?? (options.subcommand === 'add' && given(options).length === 0 ? pasteForm() : undefined);
}

function exported(_options: Options, context: Context): Reply | Iterable<Reply> {
  if (context.library.articles.length === 0) return emptyLibrary(context);
  return refuseTooOften('exporting', context) ?? exportAll(context);
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
