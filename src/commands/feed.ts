import type { SlashCommandIntegerOption } from '@discordjs/builders';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import * as z from 'zod/mini';
import { follow as followFeed, mostFollowed, pause, unfollow } from '../following/following.ts';
import { type OutlineFeed, writeOutline } from '../following/outline.ts';
import type { CountedFollow, Follow } from '../library/store/following/following.ts';
import { readFollow, readFollows } from '../library/store/following/following.ts';
import { codeOf } from '../library/store/keys.ts';
import { UNKNOWN_METADATA } from '../news/article.ts';
import { parseLink } from '../reading/addresses.ts';
import {
  feedProblem,
  feedTitle,
  followChanges,
  followQuestion,
  importQuestion,
  outlineReply,
} from '../replies/feeds.ts';
import { LIMITS } from '../replies/limits.ts';
import { clip, plain } from '../replies/parts/markdown.ts';
import { mention, notice, type Reply, refusalNotice } from '../replies/reply.ts';
import { feedsView } from '../replies/views/following.ts';
import { choicesLike, findChoice, toldApart, withoutScheme } from './choices.ts';
import {
  type Command,
  type Context,
  found,
  type Lookup,
  notFound,
  type Options,
  refuseWithoutPermission,
} from './command.ts';
import { channelOption, described, slashCommand, textOf, textOption } from './options.ts';
import { refusePing, refuseWithoutRights, storedChannelOf, tagNotes } from './posting-rights.ts';
import { rateLimitReason, refuseAboveLimit } from './rate-limit.ts';

const MOST_DAYS = 3650;
const LONGEST_ONLY = 100;

const optionalText = z.optional(z.string());
/** What is held until somebody presses Follow. */
const offerShape = z.union([
  z.object({ follows: z.array(z.object({ feed: z.string(), title: z.string() })), channel: optionalText }),
  z.object({
    follow: z.object({
      feed: z.string(),
      title: z.string(),
      channel: optionalText,
      ping: optionalText,
      only: optionalText,
      keepDays: z.optional(z.int()),
    }),
  }),
]);

/** Returns what was filled in besides the address, or why nothing can be followed now. */
function readFollowOptions(
  options: Options,
  context: Context,
): Lookup<Pick<Follow, 'channel' | 'ping' | 'only' | 'keepDays'>> {
  const { say } = context;
  const channel = options.channels['post-in'];
  const { ping } = options.roles;
  const refused = (channel && refuseWithoutRights(channel, say)) ?? refusePing(ping, channel, context);
  if (refused !== undefined) return notFound(refused);
  const keepDays = options.numbers.keep;
  const isPossible = keepDays === undefined || (Number.isInteger(keepDays) && keepDays >= 1 && keepDays <= MOST_DAYS);
  if (!isPossible) return notFound(notice(say('following.days', { most: MOST_DAYS })));
  const only = textOf(options, 'only')?.slice(0, LONGEST_ONLY);
  const limited = refuseAboveLimit('adding', context);
  if (limited !== undefined) return notFound(limited);
  return found({ channel: channel && storedChannelOf(channel), ping: ping?.id, only, keepDays });
}

function tooMany(context: Context): Reply {
  const { library, say, commandIds } = context;
  return notice(say('following.too-many', { most: mostFollowed(library), remove: mention('feed remove', commandIds) }));
}

const BARE_HOST = /^[\p{L}\p{N}\-]+(?:\.[\p{L}\p{N}\-]+)*\.\p{L}[\p{L}\p{N}\-]+(?::\d{1,5})?(?:[\/?#].*)?$/v;

/** "bbc.com/news" as a link. */
function withScheme(address: string): string {
  return BARE_HOST.test(address) ? `https://${address}` : address;
}

/** Shows a feed and asks whether to follow it. */
async function ask(options: Options, context: Context): Promise<Reply> {
  const { library, reader, user, say } = context;
  const address = withScheme(textOf(options, 'url') ?? '');
  const checked = parseLink(address);
  if (checked.kind === 'refused') return refusalNotice(checked.reason, say);
  const chosen = readFollowOptions(options, context);
  if (chosen.kind === 'notice') return chosen.reply;
  const read = await reader.feed(address, user.id);
  if (read.kind === 'refused') return refusalNotice(feedProblem(read.reason), say);
  const follows = await library.read(readFollows);
  const former = follows.find(({ feed }) => feed === read.address);
  if (former === undefined && follows.length >= mostFollowed(library)) return tooMany(context);
  const follow = { feed: read.address, title: read.title, ...chosen.value };
  const metadata = { ...UNKNOWN_METADATA, title: read.title };
  const draft = { metadata, text: '', offer: { follow }, derivation: undefined };
  const id = await library.holdDraft(draft, user.id);
  const notes = tagNotes(options.channels['post-in'], say);
  return followQuestion({ id, found: read, former, notes, ...follow }, say);
}

/** Follows the feed of a draft. Returns `undefined` if the draft is gone. */
export async function followDraft(id: string, context: Context): Promise<Reply | undefined> {
  const { library, feeds, user, say, commandIds } = context;
  const draft = await library.draft(id, user.id);
  const offer = offerShape.safeParse(draft?.offer).data;
  if (offer === undefined) return undefined;
  if ('follows' in offer) return await followAll(id, offer.follows, offer.channel, context);
  const { feed, title, channel, ping, only, keepDays } = offer.follow;
  const former = await library.read(readFollow, feed);
  const isDone = await followFeed(library, feeds, { feed, title, channel, ping, only, keepDays, addedBy: user.id });
  if (!isDone) return tooMany(context);
  await library.dropDraft(id);
  const shown = feedTitle(offer.follow);
  if (former !== undefined) {
    const changes = followChanges(former, { channel, ping, only, keepDays }, say);
    if (changes.length === 0) return notice(say('following.change.none'));
    return notice([say('following.changed', { title: shown }), ...changes].join('\n'));
  }
  return notice(say('following.followed', { title: shown, list: mention('feed list', commandIds) }));
}

/** Follows the feeds of an OPML file, as many as the library may. */
async function followAll(
  id: string,
  chosen: readonly OutlineFeed[],
  channel: string | undefined,
  context: Context,
): Promise<Reply> {
  const { library, feeds, user, say, commandIds } = context;
  await library.dropDraft(id);
  let count = 0;
  for (const { feed, title } of chosen) {
    const options = { feed, title, channel, ping: undefined, only: undefined, keepDays: undefined, addedBy: user.id };
    if (!(await followFeed(library, feeds, options))) break;
    count += 1;
  }
  return count === 0
    ? tooMany(context)
    : notice(say('following.imported', { count, list: mention('feed list', commandIds) }));
}

/** Shows the feeds of an OPML file and asks whether to follow them. */
async function importFeeds(options: Options, context: Context): Promise<Reply> {
  const { library, reader, user, say, commandIds } = context;
  const attachment = options.attachments.file;
  if (attachment === undefined) return notice(say('reading.file-not-here'));
  const chosen = readFollowOptions(options, context);
  if (chosen.kind === 'notice') return chosen.reply;
  const outline = await reader.outline(attachment, user.id);
  if (outline.kind === 'refused') return refusalNotice(outline.reason, say);
  const follows = await library.read(readFollows);
  const fresh = outline.feeds.filter(({ feed }) => follows.every(each => each.feed !== feed));
  if (fresh.length === 0) return notice(say('following.all-there', { list: mention('feed list', commandIds) }));
  const taken = fresh.slice(0, Math.max(mostFollowed(library) - follows.length, 0));
  if (taken.length === 0) return tooMany(context);
  const { channel } = chosen.value;
  const metadata = { ...UNKNOWN_METADATA, title: 'OPML' };
  const draft = { metadata, text: '', offer: { follows: taken, channel }, derivation: undefined };
  const id = await library.holdDraft(draft, user.id);
  const { others } = outline;
  const counts = { there: outline.feeds.length - fresh.length, over: fresh.length - taken.length, others };
  const notes = tagNotes(options.channels['post-in'], say);
  return importQuestion({ id, feeds: taken, channel, notes, ...counts }, say);
}

function nothingFollowed({ say, commandIds }: Context): Reply {
  return notice(say('following.none', { follow: mention('feed follow', commandIds) }));
}

/** Sends what is followed as an OPML file. */
async function exportFeeds(context: Context): Promise<Reply> {
  const follows = await context.library.read(readFollows);
  if (follows.length === 0) return nothingFollowed(context);
  return outlineReply(follows.length, Buffer.from(writeOutline(follows)), context.say);
}

/** Drops the draft of a feed. */
export async function cancelDraft(id: string, { library, say, user }: Context): Promise<Reply> {
  if ((await library.draft(id, user.id)) !== undefined) await library.dropDraft(id);
  return notice(say('following.cancelled'));
}

/** Returns the feeds that are followed, as choices. */
async function feedChoices({ library }: Context) {
  const follows = await library.read(readFollows);
  return toldApart(
    follows.map(follow => {
      const { feed, title } = follow;
      const name = clip(plain(title) || feed, LIMITS.choice);
      return { follow, name, value: `#${codeOf(feed)}`, more: withoutScheme(feed) };
    }),
  );
}

type Change = (follow: CountedFollow, context: Context) => Promise<string>;

const CHANGES: Readonly<Record<string, Change>> = {
  async remove(follow, { library, feeds, say }) {
    await unfollow(library, feeds, follow.feed);
    return say('following.removed', { title: feedTitle(follow) });
  },
  async pause(follow, { library, feeds, say, commandIds }) {
    await pause(library, feeds, follow.feed, true);
    return say('following.paused', { title: feedTitle(follow), resume: mention('feed resume', commandIds) });
  },
  async resume(follow, context) {
    const { library, feeds, say } = context;
    const limit = rateLimitReason('adding', context);
    if (limit !== undefined) return limit;
    await pause(library, feeds, follow.feed, false);
    return say('following.resumed', { title: feedTitle(follow) });
  },
};

async function change(options: Options, context: Context, how: Change): Promise<Reply> {
  const { say, commandIds } = context;
  const value = textOf(options, 'feed') ?? '';
  const choices = await feedChoices(context);
  const list = mention('feed list', commandIds);
  const exact = choices.find(({ follow }) => follow.feed === value);
  const chosen = exact ? found(exact) : findChoice(value, choices, 'following.which', list, say);
  return chosen.kind === 'notice' ? chosen.reply : notice(await how(chosen.value.follow, context));
}

async function list(context: Context): Promise<Reply> {
  return (await feedsView.show({ page: 0 }, context)) ?? nothingFollowed(context);
}

async function run(options: Options, context: Context): Promise<Reply> {
  const { subcommand = '' } = options;
  if (subcommand === 'follow') return await ask(options, context);
  if (subcommand === 'import') return await importFeeds(options, context);
  if (subcommand === 'export') return await exportFeeds(context);
  const how = CHANGES[subcommand];
  return how === undefined ? await list(context) : await change(options, context, how);
}

const feedOption = textOption('option.feed', { maxLength: LIMITS.choice, isRequired: true, isCompleted: true });

function keepOption(option: SlashCommandIntegerOption): SlashCommandIntegerOption {
  return described(option, 'option.keep').setMinValue(1).setMaxValue(MOST_DAYS);
}

export const feed: Command = {
  builder: slashCommand('feed')
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .addSubcommand(subcommand =>
      described(subcommand, 'command.feed follow')
        .addStringOption(textOption('option.url', { maxLength: 2000, isRequired: true }))
        .addChannelOption(channelOption('option.post-in'))
        .addStringOption(textOption('option.only', { maxLength: LONGEST_ONLY }))
        .addIntegerOption(keepOption)
        .addRoleOption(option => described(option, 'option.ping')),
    )
    .addSubcommand(subcommand => described(subcommand, 'command.feed list'))
    .addSubcommand(subcommand => described(subcommand, 'command.feed remove').addStringOption(feedOption))
    .addSubcommand(subcommand => described(subcommand, 'command.feed pause').addStringOption(feedOption))
    .addSubcommand(subcommand => described(subcommand, 'command.feed resume').addStringOption(feedOption))
    .addSubcommand(subcommand =>
      described(subcommand, 'command.feed import')
        .addAttachmentOption(option => described(option, 'option.file', 'option.file.outline').setRequired(true))
        .addChannelOption(channelOption('option.post-in')),
    )
    .addSubcommand(subcommand => described(subcommand, 'command.feed export')),
  advice: [
    { path: 'feed follow', group: 'follow', example: [['url', 'https://example.org/feed.xml']] },
    { path: 'feed list', group: 'follow', example: [] },
  ],
  autocomplete: async (_option, words, _options, context) =>
    choicesLike(words, await feedChoices(context), ({ name, follow }) => `${name} ${follow.feed}`),
  first: (options, request) => (options.subcommand === 'list' ? undefined : refuseWithoutPermission(request)),
  isPrivate: () => true,
  run,
};
