import type { FollowReport } from '../../following/following.ts';
import { type CountedFollow, skipReasons } from '../../library/store/following.ts';
import type { Watch } from '../../library/store/watches.ts';
import { readWatches } from '../../library/store/watches.ts';
import { listIn } from '../../wording/languages.ts';
import { format, type Message, type Say } from '../../wording/say.ts';
import { channelMention, feedTitle } from '../feeds.ts';
import { room, weight } from '../limits.ts';
import { bold, inline, small } from '../parts/markdown.ts';
import { accents, mention, type Reply, reply, typed } from '../reply.ts';
import { controlsOf, defineView, pageWithin, type View, type ViewContext, type ViewState } from './view.ts';

/** The feeds that a library follows. */
export const feedsView: View<ViewState> = defineView({
  name: 'feeds',
  pageDigits: 2,
  write: () => 'e',
  read: (written, page) => (written === 'e' ? { page } : undefined),
  async show(state, context, isPrivate) {
    const follows = await context.follows();
    const head = context.say('feeds.head', { count: follows.length });
    return follows.length === 0
      ? undefined
      : listReply(
          feedsView,
          { head, entries: follows.map(each => feedEntry(each, context)) },
          state,
          isPrivate,
          context,
        );
  },
});

/** What a library is watched for. */
export const watchesView: View<ViewState> = defineView({
  name: 'watches',
  pageDigits: 2,
  write: () => 'h',
  read: (written, page) => (written === 'h' ? { page } : undefined),
  async show(state, context, isPrivate) {
    const watches = await context.library.read(readWatches);
    const head = context.say('watching.head');
    return watches.length === 0
      ? undefined
      : listReply(
          watchesView,
          { head, entries: watches.map(each => watchEntry(each, context)) },
          state,
          isPrivate,
          context,
        );
  },
});

const onPage = 8;
const roomForEntry = Math.floor((room - 100) / onPage) - 1;

interface Listing {
  readonly head: string;
  /** Lines of each entry, the first ones first to be kept. */
  readonly entries: readonly (readonly string[])[];
}

function listReply(
  view: View<ViewState>,
  { head, entries }: Listing,
  { page: asked }: ViewState,
  isPrivate: boolean,
  { say }: Pick<ViewContext, 'say'>,
): Reply {
  const pages = Math.ceil(entries.length / onPage);
  const page = pageWithin(asked, pages);
  const shown = entries.slice(page * onPage, (page + 1) * onPage).map(fitting);
  return reply({
    accent: accents.article,
    texts: [`### ${head}`, shown.join('\n')],
    ...controlsOf(view, { page }, pages, isPrivate, say),
  });
}

/** Returns the lines that fit. */
function fitting(lines: readonly string[]): string {
  const kept: string[] = [];
  for (const line of lines) if (weight([...kept, line].join('\n')) <= roomForEntry) kept.push(line);
  return kept.join('\n');
}

/** Returns a moment that Discord shows as "in 5 minutes". */
function relative(milliseconds: number): string {
  return `<t:${Math.round(milliseconds / 1000)}:R>`;
}

function problemText(problem: Message | undefined, { language }: Say): string {
  return problem === undefined ? '' : inline(format(problem, language), 200);
}

type Shown = Pick<ViewContext, 'say' | 'commandIds'>;

function stateLine({ state, next, isPaused }: FollowReport, { say, commandIds }: Shown): string {
  const resume = mention('feed resume', commandIds);
  const problem = problemText(state.problem, say);
  if (isPaused) return say('feeds.paused', { resume });
  if (state.ended === 'gone') return say('feeds.ended-gone');
  if (state.ended === 'failing') return say('feeds.ended-failing', { problem, resume });
  const soon = relative(next ?? 0);
  if (state.failingSince !== undefined) {
    return say('feeds.failing', { since: relative(state.failingSince), problem, next: soon });
  }
  return state.lastSuccess === undefined
    ? say('feeds.first', { next: soon })
    : say('feeds.next', { last: relative(state.lastSuccess), next: soon });
}

function skippedLine({ skipped }: CountedFollow, say: Say): string[] {
  const reasons = skipReasons.flatMap(reason => {
    const count = skipped[reason] ?? 0;
    return count === 0 ? [] : [say(`feeds.skip.${reason}`, { count })];
  });
  return reasons.length === 0 ? [] : [small(say('feeds.skipped', { reasons: reasons.join(say('list.item')) }))];
}

/** Returns why nothing is posted any more, by Discord's error code, and what to do. */
function stopped(code: number | undefined, channel: string, say: Say): string[] {
  if (code === undefined) return [];
  const permissions = listIn(say.language, 'and', [say('permitting.view'), say('permitting.send')]);
  return [
    code === unknownChannel
      ? say('stopped.gone')
      : say('stopped.forbidden', { channel: channelMention(channel), permissions }),
  ];
}

/** Discord's error code for a channel that is gone. */
const unknownChannel = 10_003;

/** Returns why a feed isn't posted any more, and how it is again. */
function notPosted({ disabled, channel = '' }: CountedFollow, { say, commandIds }: Shown): string[] {
  if (disabled === undefined) return [];
  const again =
    disabled === unknownChannel
      ? say('feeds.post-elsewhere', { follow: mention('feed follow', commandIds) })
      : say('feeds.post-again', { resume: mention('feed resume', commandIds) });
  return [...stopped(disabled, channel, say), again];
}

function feedEntry(follow: FollowReport, context: Shown): readonly string[] {
  const { say } = context;
  const { channel, only, keepDays, taken } = follow;
  const measures = [
    say('feeds.taken', { count: taken }),
    ...(channel === undefined ? [] : [say('feeds.posts', { channel: channelMention(channel) })]),
    ...(only === undefined ? [] : [say('feeds.only', { words: typed(only, say) })]),
    ...(keepDays === undefined ? [] : [say('feeds.keeps', { days: keepDays })]),
  ];
  return [
    feedTitle(follow),
    stateLine(follow, context),
    ...notPosted(follow, context),
    small(measures.join(' · ')),
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

function watchEntry(watch: Watch, { say, commandIds, library }: ViewContext): readonly string[] {
  const { channel, disabled } = watch;
  const isDirect = library.owner.kind === 'person';
  const where = isDirect ? say('watching.own') : say('watching.in', { channel: channelMention(channel) });
  const again = disabled === undefined ? [] : [say('watching.again', { add: mention('watch add', commandIds) })];
  const why = isDirect && disabled !== undefined ? [say('stopped.direct')] : stopped(disabled, channel, say);
  return [`- ${watchText(watch, say)} · ${where}`, ...why, ...again];
}
