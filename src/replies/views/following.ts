import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import * as z from 'zod/mini';
import type { FollowReport } from '../../following/following.ts';
import { type CountedFollow, SKIP_REASONS } from '../../library/store/following/following.ts';
import type { Watch } from '../../library/store/following/watches.ts';
import { forumOf, readWatches, recipientOf } from '../../library/store/following/watches.ts';
import { listIn } from '../../wording/languages.ts';
import { format, type Message, type Say } from '../../wording/say.ts';
import { parts } from '../custom-id.ts';
import { channelMention, feedProblem, feedTitle, roleMention } from '../feeds.ts';
import { ROOM, weight } from '../limits.ts';
import { bold, clip, inline, joined, plain, relative, small } from '../parts/markdown.ts';
import { ACCENTS, mention, reply, typed } from '../reply.ts';
import { controlsOf, defineView, pageWithin, type View, type ViewContext, type ViewState } from './view.ts';

const ON_PAGE = 8;
const LONGEST_ADDRESS = 120;
const ROOM_FOR_ENTRY = Math.floor((ROOM - 100) / ON_PAGE) - 1;

interface Listing {
  readonly head: string;
  /** Lines of each entry; if they don't fit, the last are left out. */
  readonly entries: readonly (readonly string[])[];
  /** False if everybody would see an empty list. */
  readonly isShareable: boolean;
}

function defineList(name: string, letter: string, list: (context: ViewContext) => Promise<Listing>): View<ViewState> {
  const view: View<ViewState> = defineView({
    name,
    letter,
    form: new RegExp(`^(?<letter>${letter})$`, 'v'),
    state: z.object({ page: parts.page }),
    async show(state, context) {
      const { head, entries, isShareable } = await list(context);
      const pages = Math.ceil(entries.length / ON_PAGE);
      const page = pageWithin(state.page, pages);
      const shown = entries.slice(page * ON_PAGE, (page + 1) * ON_PAGE).map(fitting);
      if (shown.length === 0) return undefined;
      return reply({
        accent: ACCENTS.article,
        texts: [`### ${head}`, shown.join('\n')],
        ...controlsOf(view, { page }, pages, context, { isShareable }),
      });
    },
  });
  return view;
}

/** The feeds that a library follows. */
export const feedsView = defineList('feeds', 'e', async context => {
  const follows = await context.follows();
  const head = context.say('feeds.head', { count: follows.length });
  return { head, entries: follows.map(each => feedEntry(each, follows, context)), isShareable: true };
});

/** What a library is watched for. */
export const watchesView = defineList('watches', 'h', async context => {
  const { isPrivate, library, user, say } = context;
  const all = await library.read(readWatches);
  const shared = all.filter(watch => !isPersonal(watch, library));
  const watches = isPrivate ? visibleWatches(all, user.id) : shared;
  const entries = watches.map(each => watchEntry(each, context));
  return { head: say('watching.head'), entries, isShareable: shared.length > 0 };
});

/** True if a watch's quotes are sent to one person, so that nobody else may see it. */
function isPersonal({ channel }: Watch, { owner }: ViewContext['library']): boolean {
  return owner.kind === 'person' || recipientOf(channel) !== undefined;
}

/** Returns the watches that somebody may see: other people's own are theirs alone. */
export function visibleWatches(watches: readonly Watch[], user: string): readonly Watch[] {
  return watches.filter(({ channel }) => [undefined, user].includes(recipientOf(channel)));
}

/** Returns the lines that fit. */
function fitting(lines: readonly string[]): string {
  const kept: string[] = [];
  for (const line of lines) if (weight([...kept, line].join('\n')) <= ROOM_FOR_ENTRY) kept.push(line);
  return kept.join('\n');
}

function problemText(problem: Message | undefined, { language }: Say): string {
  return problem === undefined ? '' : inline(format(feedProblem(problem), language), 200);
}

type TextContext = Pick<ViewContext, 'say' | 'commandIds'>;

function stateLine({ state, next, isPaused }: FollowReport, { say, commandIds }: TextContext): string {
  const resume = mention('feed resume', commandIds);
  const problem = problemText(state.problem, say);
  if (isPaused) return say('feeds.paused', { resume });
  if (state.ended === 'gone') return say('feeds.ended-gone');
  if (state.ended === 'failing') return say('feeds.ended-failing', { problem, resume });
  const soon = next === undefined ? say('feeds.now') : relative(next);
  if (state.failingSince !== undefined) {
    return say('feeds.failing', { since: relative(state.failingSince), problem, next: soon });
  }
  return state.lastSuccess === undefined
    ? say('feeds.first', { next: soon })
    : say('feeds.next', { last: relative(state.lastSuccess), next: soon });
}

function skippedLine({ skipped }: CountedFollow, say: Say): string[] {
  const reasons = SKIP_REASONS.flatMap(reason => {
    const count = skipped[reason] ?? 0;
    return count === 0 ? [] : [say(`feeds.skip.${reason}`, { count })];
  });
  return reasons.length === 0 ? [] : [small(say('feeds.skipped', { reasons: reasons.join(say('list.item')) }))];
}

/** Returns why nothing is posted any more, by Discord's error code, and what to do. */
function stopped(code: number | undefined, channel: string, say: Say): string[] {
  if (code === undefined) return [];
  if (code === RESTJSONErrorCodes.UnknownChannel) return [say('stopped.gone')];
  const place = channelMention(channel);
  if (code === RESTJSONErrorCodes.TagRequiredToCreateAForumPostInThisChannel)
    return [say('stopped.no-tag', { channel: place })];
  const send = forumOf(channel) === undefined ? 'permitting.send' : 'permitting.create-posts';
  const permissions = listIn(say.language, 'and', [say('permitting.view'), say(send)]);
  return [say('stopped.forbidden', { channel: place, permissions })];
}

/** Returns why a feed's posts have stopped, and how to resume them. */
function notPosted({ disabled, channel = '' }: CountedFollow, { say, commandIds }: TextContext): string[] {
  if (disabled === undefined) return [];
  const again =
    disabled === RESTJSONErrorCodes.UnknownChannel
      ? say('feeds.post-elsewhere', { follow: mention('feed follow', commandIds) })
      : say('feeds.post-again', { resume: mention('feed resume', commandIds) });
  return [...stopped(disabled, channel, say), again];
}

function feedEntry(follow: FollowReport, all: readonly FollowReport[], context: TextContext): readonly string[] {
  const { say } = context;
  const { feed, title, channel, ping, only, keepDays, taken } = follow;
  const hasNamesake = all.some(other => other !== follow && other.title.trim() === title.trim());
  const measures = [
    say('feeds.taken', { count: taken }),
    channel && say('post.posts-in', { channel: channelMention(channel) }),
    ping && say('pinging.role', { role: roleMention(ping) }),
    only && say('feeds.only', { words: typed(only, say) }),
    keepDays === undefined ? '' : say('feeds.keeps', { days: keepDays }),
  ];
  return [
    feedTitle(follow),
    ...(hasNamesake && title.trim() !== '' ? [small(inline(feed, LONGEST_ADDRESS))] : []),
    stateLine(follow, context),
    ...notPosted(follow, context),
    small(joined(measures, ' · ')),
    ...skippedLine(follow, say),
  ];
}

/** Returns what a watch is for: "quotes by **Xi Jinping**". */
export function watchText({ speaker, words }: Pick<Watch, 'speaker' | 'words'>, say: Say): string {
  const name = bold(inline(speaker ?? '', 100));
  const like = typed(words ?? '', say);
  if (words === undefined) return say('watching.by', { name });
  return speaker === undefined ? say('watching.like', { words: like }) : say('watching.by-like', { name, words: like });
}

/** Returns a watch's name where nothing can be formatted. */
export function watchName({ speaker, words }: Pick<Watch, 'speaker' | 'words'>, most: number, say: Say): string {
  const parts = [speaker, words && say('quotation.marks', { words })];
  return clip(plain(joined(parts, ' · ')) || '?', most);
}

function watchEntry(watch: Watch, { say, commandIds, library }: ViewContext): readonly string[] {
  const { channel, disabled, ping, every } = watch;
  const isDirect = isPersonal(watch, library);
  const where = isDirect ? say('watching.own') : say('post.posts-in', { channel: channelMention(channel) });
  const again = disabled === undefined ? [] : [say('watching.again', { add: mention('watch add', commandIds) })];
  const why = isDirect && disabled !== undefined ? [say('stopped.direct')] : stopped(disabled, channel, say);
  const when = every && say(`watching.every-${every}`);
  const pings = ping && say('pinging.role', { role: roleMention(ping) });
  return [`- ${joined([watchText(watch, say), where, when, pings], ' · ')}`, ...why, ...again];
}
