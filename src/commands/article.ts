import { PermissionFlagsBits } from 'discord-api-types/v10';
import { codeOf } from '../library/store/keys.ts';
import { type Form, pasteForm } from '../replies/form.ts';
import { titleLine } from '../replies/parts/citation.ts';
import { removalQuestion, removedReply } from '../replies/removal.ts';
import { mention, notice, type Reply, typed } from '../replies/reply.ts';
import { articleReply } from '../replies/views/article.ts';
import { libraryView } from '../replies/views/library.ts';
import { offer, type Source } from './add.ts';
import {
  type Answered,
  type Command,
  type Context,
  type Options,
  type RequestContext,
  refuseWithoutPermission,
} from './command.ts';
import { complete } from './complete.ts';
import { exportAll } from './export.ts';
import { articleOfValue, articleOrNewest, choiceOf, emptyLibrary } from './lookup.ts';
import { described, messageCommand, oneArticleOption, privateOption, slashCommand, textOf } from './options.ts';
import { refuseAboveLimit } from './rate-limit.ts';

async function askToRemove(options: Options, context: Context): Promise<Reply> {
  if (textOf(options, 'article') === undefined) return notice(context.say('removing.which'));
  const chosen = await articleOrNewest(options, context);
  return chosen.kind === 'notice'
    ? chosen.reply
    : removalQuestion(chosen.value, choiceOf(chosen.value.article), context.say);
}

/** Removes the article that has this value in a button; `undefined` if it is gone. */
export async function remove(value: string, context: Context): Promise<Reply | undefined> {
  const from = await articleOfValue(value, context);
  const removed = from && (await context.library.remove(from.article.id));
  return removed && removedReply(removed, context.say);
}

/** Restores a removed article. */
export async function restore(id: string, { library, say }: Context): Promise<Reply> {
  const restored = await library.restore(id);
  return restored === undefined
    ? notice(say('removing.too-late'))
    : notice(say('removing.back', { title: titleLine(restored.article, say) }));
}

const changing: ReadonlySet<string | undefined> = new Set(['add', 'remove', 'export']);
/** Fits into a `custom_id` whole, so that every page belongs to the same search. */
const longestFind = 90;

async function list(options: Options, context: Context): Promise<Reply> {
  const { library, commandIds, say } = context;
  const words = textOf(options, 'find') ?? '';
  const reply = await libraryView.show({ page: 0, words }, context, options.flags.private === true);
  if (reply !== undefined) return reply;
  if (words === '' || (await library.count()) === 0) return emptyLibrary(context);
  return notice(say('listing.none-like', { words: typed(words, say), list: mention('article list', commandIds) }));
}

async function show(options: Options, context: Context): Promise<Reply> {
  const chosen = await articleOrNewest(options, context);
  if (chosen.kind === 'notice') return chosen.reply;
  const state = { page: 0, article: codeOf(chosen.value.article.id) };
  return articleReply(chosen.value, state, options.flags.private === true, context.say);
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

function first(options: Options, request: RequestContext): Form | Reply | undefined {
  const forbidden = changing.has(options.subcommand) ? refuseWithoutPermission(request) : undefined;
  return (
    forbidden ?? (options.subcommand === 'add' && given(options).length === 0 ? pasteForm(request.say) : undefined)
  );
}

async function exported(_options: Options, context: Context): Promise<Answered> {
  const total = await context.library.count();
  if (total === 0) return emptyLibrary(context);
  return refuseAboveLimit('exporting', context) ?? exportAll(total, context);
}

const runs: Readonly<Record<string, Command['run']>> = { add, list, show, remove: askToRemove, export: exported };

export const article: Command = {
  builder: slashCommand('article')
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

/** Maximum number of files and links read from one message. */
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

/** Reads a message's attachments and links. */
export const addToLibrary: Command = {
  builder: messageCommand('add to library').setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild),
  advice: [],
  first: (_options, request) => refuseWithoutPermission(request),
  isPrivate: () => true,
  run,
};
