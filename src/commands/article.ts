import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { AttributedArticle } from '../attribution/attribution.ts';
import { codeOf } from '../library/store/keys.ts';
import { actionId, LONGEST_ARGUMENT } from '../replies/custom-id.ts';
import { type Form, pasteForm } from '../replies/form.ts';
import { titleLine } from '../replies/parts/citation.ts';
import { small } from '../replies/parts/markdown.ts';
import { ACCENTS, button, mention, notice, type Reply, type ReplyFile, reply, typed } from '../replies/reply.ts';
import { articleReply } from '../replies/views/article.ts';
import { libraryView, measures } from '../replies/views/library.ts';
import type { Say } from '../wording/say.ts';
import { offer, type Source } from './add.ts';
import { choiceOf } from './choices.ts';
import {
  type Command,
  type Context,
  type Options,
  type RequestContext,
  refuseWithoutPermission,
  type Target,
} from './command.ts';
import { complete } from './complete.ts';
import { articleOfValue, articleOrNewest, emptyLibrary, findArticle } from './lookup.ts';
import {
  described,
  messageCommand,
  oneArticleOption,
  privateOption,
  slashCommand,
  textOf,
  textOption,
} from './options.ts';
import { refuseAboveLimit } from './rate-limit.ts';

/** Asks whether to remove an article, and says what goes with it. `value` identifies the article in the button. */
export function removalQuestion(from: AttributedArticle, value: string, say: Say): Reply {
  const texts = [
    `### ${say('removing.question')}`,
    titleLine(from.article, say),
    small(measures(from, say)),
    say('removing.what-goes'),
  ];
  return reply({
    accent: ACCENTS.unclear,
    texts: [texts.join('\n')],
    buttons: [
      button(say('removing.button-remove'), actionId('remove', value), 'danger'),
      button(say('button.cancel'), actionId('spare', '-')),
    ],
    private: true,
  });
}

export function removedReply({ article }: AttributedArticle, say: Say): Reply {
  const undo = article.id.length <= LONGEST_ARGUMENT ? [actionId('restore', article.id)] : [];
  return reply({
    accent: ACCENTS.unclear,
    texts: [`${say('removing.removed', { title: titleLine(article, say) })}\n${small(say('removing.undoable'))}`],
    buttons: undo.map(id => button(say('removing.button-undo'), id)),
    private: true,
  });
}

async function askToRemove(options: Options, context: Context): Promise<Reply> {
  const value = textOf(options, 'article');
  if (value === undefined) return notice(context.say('removing.which'));
  const chosen = await findArticle(value, context);
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
export async function undoRemoval(id: string, { library, say }: Context): Promise<Reply> {
  const restored = await library.restore(id);
  return restored === undefined
    ? notice(say('removing.too-late'))
    : notice(say('removing.back', { title: titleLine(restored.article, say) }));
}

/** Discord's limits are 10 MiB a file and 25 MiB a message. */
const MOST_BYTES = 8_000_000;
const MOST_FILES = 3;
const MOST_DISCORD_TAKES = 10_000_000;

/** Puts lines into files. A single line may be longer than `MOST_BYTES`. */
async function* filesOf(lines: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const bytes of lines) {
    if (size > 0 && size + bytes.length > MOST_BYTES) {
      yield Buffer.concat(held);
      held = [];
      size = 0;
    }
    held.push(bytes);
    size += bytes.length;
  }
  if (size > 0) yield Buffer.concat(held);
}

/** Returns a message with files, which several may be needed for. */
export function exportReply(articles: number, files: readonly ReplyFile[], say: Say): Reply {
  const [first] = files;
  const head = first?.name === 'library-1.jsonl' ? say('exporting.all', { articles }) : say('exporting.more');
  return reply({ accent: ACCENTS.article, texts: [head], private: true, files });
}

/** Exports all `total` articles, one JSON object a line, message by message, so that only one is in memory. */
async function* exportAll(total: number, { library, say }: Context): AsyncGenerator<Reply> {
  let left = 0;
  async function* fitting(): AsyncGenerator<Buffer> {
    for await (const line of library.lines()) {
      const bytes = Buffer.from(`${line}\n`);
      if (bytes.length <= MOST_DISCORD_TAKES) yield bytes;
      if (bytes.length > MOST_DISCORD_TAKES) left += 1;
    }
  }
  let place = 0;
  let files: ReplyFile[] = [];
  for await (const bytes of filesOf(fitting())) {
    place += 1;
    files.push({ name: `library-${place}.jsonl`, bytes });
    if (files.length < MOST_FILES) continue;
    yield exportReply(total, files, say);
    files = [];
  }
  if (files.length > 0) yield exportReply(total, files, say);
  if (left > 0) yield notice(say('exporting.left-out', { number: left }));
}

const CHANGING: ReadonlySet<string | undefined> = new Set(['add', 'remove', 'export']);
/** Fits into a `custom_id` whole, so that every page belongs to the same search. */
const LONGEST_FIND = 90;

/** Lists articles, the newest first; those with the words, if there are any. */
export async function listArticles(words: string, context: Context): Promise<Reply> {
  const { library, commandIds, say } = context;
  const reply = await libraryView.show({ page: 0, words }, context);
  if (reply !== undefined) return reply;
  if (words === '' || (await library.count()) === 0) return emptyLibrary(context);
  return notice(say('listing.none-like', { words: typed(words, say), list: mention('article list', commandIds) }));
}

const list: Command['run'] = (options, context) => listArticles(textOf(options, 'find') ?? '', context);

async function show(options: Options, context: Context): Promise<Reply> {
  const chosen = await articleOrNewest(textOf(options, 'article') ?? '', context);
  if (chosen.kind === 'notice') return chosen.reply;
  const state = { page: 0, article: codeOf(chosen.value.article.id) };
  return articleReply(chosen.value, state, context);
}

function given(options: Options): readonly Source[] {
  const address = textOf(options, 'link');
  const attachment = options.attachments.file;
  return [
    ...(attachment === undefined ? [] : [{ kind: 'file', attachment } as const]),
    ...(address === undefined ? [] : [{ kind: 'link', address } as const]),
  ];
}

const add: Command['run'] = (options, context) => offer(given(options), [], context);

function first(options: Options, request: RequestContext): Form | Reply | undefined {
  const forbidden = CHANGING.has(options.subcommand) ? refuseWithoutPermission(request) : undefined;
  return (
    forbidden ?? (options.subcommand === 'add' && given(options).length === 0 ? pasteForm(request.say) : undefined)
  );
}

const exported: Command['run'] = async (_options, context) => {
  const total = await context.library.count();
  if (total === 0) return emptyLibrary(context);
  return refuseAboveLimit('exporting', context) ?? exportAll(total, context);
};

const RUNS: Readonly<Record<string, Command['run']>> = { add, list, show, remove: askToRemove, export: exported };

export const article: Command = {
  builder: slashCommand('article')
    .addSubcommand(subcommand =>
      described(subcommand, 'command.article add')
        .addStringOption(textOption('option.link', { maxLength: 2000 }))
        .addAttachmentOption(option => described(option, 'option.file')),
    )
    .addSubcommand(subcommand =>
      described(subcommand, 'command.article list')
        .addStringOption(textOption('option.find', { maxLength: LONGEST_FIND, isCompleted: true }))
        .addBooleanOption(privateOption),
    )
    .addSubcommand(subcommand =>
      described(subcommand, 'command.article show').addStringOption(oneArticleOption).addBooleanOption(privateOption),
    )
    .addSubcommand(subcommand => described(subcommand, 'command.article remove').addStringOption(oneArticleOption))
    .addSubcommand(subcommand => described(subcommand, 'command.article export')),
  advice: [
    { path: 'article add', group: 'articles', example: [['link', 'https://example.org/news']], manages: true },
    { path: 'article list', group: 'articles', example: [['find', 'Rome']] },
    { path: 'article show', group: 'articles', example: [['article', 'Rome']] },
    { path: 'article remove', group: 'articles', example: [['article', 'Rome']], manages: true },
    { path: 'article export', group: 'articles', example: [], manages: true },
  ],
  autocomplete: complete,
  first,
  isPrivate: ({ subcommand }) => CHANGING.has(subcommand),
  run: (options, context) => (RUNS[options.subcommand ?? ''] ?? list)(options, context),
};

/** Maximum number of files and links read from one message. */
const MOST = 5;

/** Reads the attachments and links of a message. */
export async function addFrom(target: Target | undefined, context: Context): Promise<Reply> {
  const all: readonly Source[] = [
    ...(target?.attachments ?? []).map(attachment => ({ kind: 'file', attachment }) as const),
    ...(target?.links ?? []).map(address => ({ kind: 'link', address }) as const),
  ];
  const { say } = context;
  if (all.length === 0) return notice(say('adding.nothing-there'));
  const told = all.length > MOST ? [say('adding.first-of', { all: all.length, most: MOST })] : [];
  return await offer(all.slice(0, MOST), told, context);
}

/** Reads a message's attachments and links. */
export const addToLibrary: Command = {
  builder: messageCommand('add to library').setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild),
  advice: [],
  first: (_options, request) => refuseWithoutPermission(request),
  isPrivate: () => true,
  run: ({ target }, context) => addFrom(target, context),
};
