import { type Feed, newestItems } from '../following/following.ts';
import type { Follow } from '../library/store/following.ts';
import { UNKNOWN_METADATA } from '../news/article.ts';
import type { Say } from '../wording/say.ts';
import { actionId } from './custom-id.ts';
import { titleLine } from './parts/citation.ts';
import { bold, inline, small } from './parts/markdown.ts';
import { ACCENTS, button, type Reply, reply, typed } from './reply.ts';

const MOST_SHOWN = 3;
const LONGEST_TITLE = 160;

/** Returns a feed's title as Markdown; its address if it has none. */
export function feedTitle({ feed, title }: Pick<Follow, 'feed' | 'title'>): string {
  return bold(inline(title.trim() === '' ? feed : title, LONGEST_TITLE));
}

/** Returns a channel to click on. */
export function channelMention(id: string): string {
  return `<#${id}>`;
}

/** A feed that somebody may follow, and how. */
export interface FollowQuestion extends Pick<Follow, 'feed' | 'title' | 'channel' | 'only' | 'keepDays'> {
  /** Identifies the draft that has the answers. */
  readonly id: string;
  readonly found: Feed;
  readonly isFollowed: boolean;
}

function newest(found: Feed, say: Say): string {
  const items = newestItems(found, MOST_SHOWN);
  if (items.length === 0) return say('following.empty');
  const lines = items.map(({ title, link, published }) =>
    titleLine(
      { ...UNKNOWN_METADATA, titleIsDescriptive: false, id: '', title, url: link, published, updated: false },
      say,
    ),
  );
  return [say('following.newest'), ...lines.map(line => `- ${line}`)].join('\n');
}

/** Asks whether to follow a feed: its title, its newest items, and what following does. */
export function followQuestion(question: FollowQuestion, say: Say): Reply {
  const { id, feed, found, channel, only, keepDays, isFollowed } = question;
  const head = say(isFollowed ? 'following.question-again' : 'following.question');
  const effects = [
    only === undefined ? say('following.takes') : say('following.takes-only', { words: typed(only, say) }),
    ...(channel === undefined ? [] : [say('following.posts', { channel: channelMention(channel) })]),
    ...(keepDays === undefined ? [] : [say('following.keeps', { days: keepDays })]),
  ];
  return reply({
    accent: ACCENTS.article,
    texts: [
      [`### ${head}`, feedTitle(question), small(inline(feed, 300))].join('\n'),
      newest(found, say),
      [...effects, small(say(isFollowed ? 'following.not-changed' : 'following.not-yet'))].join('\n'),
    ],
    buttons: [
      button(say('following.button-follow'), actionId('follow', id), 'main'),
      button(say('following.button-cancel'), actionId('cancel', id)),
    ],
    private: true,
  });
}
