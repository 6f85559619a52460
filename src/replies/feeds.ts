import type { FoundFeed } from '../following/feed-reader.ts';
import { type Feed, newestItems } from '../following/following.ts';
import type { Follow } from '../library/store/following/following.ts';
import { forumOf } from '../library/store/following/watches.ts';
import { UNKNOWN_METADATA } from '../news/article.ts';
import { isKey, type Message, type Say } from '../wording/say.ts';
import { actionId } from './custom-id.ts';
import { titleLine } from './parts/citation.ts';
import { bold, inline, joined, small } from './parts/markdown.ts';
import { ACCENTS, button, type Reply, reply, typed } from './reply.ts';

const MOST_SHOWN = 3;
const LONGEST_TITLE = 160;
const LONGEST_OTHER = 120;

/** Returns a feed's title as Markdown; its address if it has none. */
export function feedTitle({ feed, title }: Pick<Follow, 'feed' | 'title'>): string {
  return bold(inline(title.trim() === '' ? feed : title, LONGEST_TITLE));
}

/** Returns why a feed can't be read, without the advice to add a page's text, which is no help with a feed. */
export function feedProblem(problem: Message): Message {
  const key = problem.key.replace('reading.', 'feeds.problem.');
  return isKey(key) ? { key, values: {} } : problem;
}

/** Returns a channel mention. */
export function channelMention(channel: string): string {
  return `<#${forumOf(channel) ?? channel}>`;
}

/** Returns a role mention. It notifies the role's members only in messages that allow it. */
export function roleMention(id: string): string {
  return `<@&${id}>`;
}

/** A feed that somebody may follow, and how. */
export interface FollowQuestion extends Choices, Pick<Follow, 'feed' | 'title'> {
  /** Identifies the draft that has the answers. */
  readonly id: string;
  readonly found: Pick<FoundFeed, 'items' | 'others' | 'title' | 'ttlMinutes'>;
  /** How it is followed so far. */
  readonly former: Follow | undefined;
  /** What else to know before, a sentence each. */
  readonly notes: readonly string[];
}

function newest(found: Feed, say: Say): string {
  const items = newestItems(found, MOST_SHOWN);
  if (items.length === 0) return say('following.empty');
  const lines = items.map(({ title, link, published, updated }) => {
    const date = { published: published ?? updated, isChangeDate: published === undefined };
    const metadata = { ...UNKNOWN_METADATA, ...date, titleIsDescriptive: false, title, url: link };
    return titleLine({ ...metadata, updated: false }, say);
  });
  return [say('following.newest'), ...lines.map(line => `- ${line}`)].join('\n');
}

type Choices = Pick<Follow, 'channel' | 'ping' | 'only' | 'keepDays'>;

/** Returns what changes if a feed is followed again with other options, a sentence each. */
export function followChanges(former: Follow, next: Choices, say: Say): readonly string[] {
  return [
    former.channel === next.channel && former.disabled === undefined
      ? ''
      : channelChange(former.channel, next.channel, say),
    ...pingChange(former.ping, next.ping, say),
    former.only === next.only ? '' : onlyChange(former.only, next.only, say),
    former.keepDays === next.keepDays ? '' : keepChange(next.keepDays, say),
    former.isPaused ? say('following.change.resumed') : '',
  ].filter(line => line !== '');
}

function channelChange(former: string | undefined, next: string | undefined, say: Say): string {
  if (next === undefined) return say('following.change.no-channel', { former: channelMention(former ?? '') });
  const channel = channelMention(next);
  if (former === undefined || former === next) return say('following.posts', { channel });
  return say('following.change.channel', { channel, former: channelMention(former) });
}

/** Returns what changes if posts are to mention another role, or none; nothing if that stays. */
export function pingChange(former: string | undefined, next: string | undefined, say: Say): readonly string[] {
  if (former === next) return [];
  if (next !== undefined) return [say('pinging.pings', { role: roleMention(next) })];
  return former === undefined ? [] : [say('pinging.no-longer', { role: roleMention(former) })];
}

function onlyChange(former: string | undefined, next: string | undefined, say: Say): string {
  return next === undefined
    ? say('following.change.all', { words: typed(former ?? '', say) })
    : say('following.change.only', { words: typed(next, say) });
}

function keepChange(days: number | undefined, say: Say): string {
  return days === undefined ? say('following.change.keep') : say('following.keeps', { days });
}

function takes({ items }: Feed, only: string | undefined, say: Say): string {
  if (only !== undefined) return say('following.takes-only', { words: typed(only, say) });
  return say(items.length === 0 ? 'following.takes-later' : 'following.takes');
}

/** Names other feeds of the page, which somebody may have meant. */
function others({ others: named }: FollowQuestion['found'], say: Say): readonly string[] {
  const feeds = named.slice(0, MOST_SHOWN).map(({ address, title }) => {
    const shown = title.trim() === '' ? '' : `${inline(title, LONGEST_OTHER)} · `;
    return small(`- ${shown}${inline(address, LONGEST_OTHER)}`);
  });
  return feeds.length === 0 ? [] : [small(say('following.others')), ...feeds];
}

function effectsOf({ found, channel, ping, only, keepDays }: FollowQuestion, say: Say): string[] {
  return [
    takes(found, only, say),
    ...(channel === undefined ? [] : [say('following.posts', { channel: channelMention(channel) })]),
    ...pingChange(undefined, ping, say),
    ...(keepDays === undefined ? [] : [say('following.keeps', { days: keepDays })]),
  ];
}

/** Asks whether to follow a feed: its title, its newest items, and what following does or changes. */
export function followQuestion(question: FollowQuestion, say: Say): Reply {
  const { id, feed, found, former, notes } = question;
  const head = say(former === undefined ? 'following.question' : 'following.question-again');
  const effects = former === undefined ? effectsOf(question, say) : followChanges(former, question, say);
  const shown = effects.length > 0 ? effects : [say('following.change.none')];
  return reply({
    accent: ACCENTS.article,
    texts: [
      [`### ${head}`, feedTitle(question), small(inline(feed, 300))].join('\n'),
      [newest(found, say), ...others(found, say)].join('\n'),
      [...shown, ...notes, small(say(former === undefined ? 'following.not-yet' : 'following.not-changed'))].join('\n'),
    ],
    buttons: followButtons(id, say),
    private: true,
  });
}

function followButtons(id: string, say: Say) {
  return [
    button(say('following.button-follow'), actionId('follow', id), 'main'),
    button(say('button.cancel'), actionId('cancel', id)),
  ];
}

/** Feeds that somebody may follow together. */
interface ImportQuestion {
  readonly id: string;
  readonly feeds: readonly Pick<Follow, 'feed' | 'title'>[];
  readonly channel: string | undefined;
  /** How many of the file's feeds are followed already, are over the limit, or can't be followed. */
  readonly there: number;
  readonly over: number;
  readonly others: number;
  /** What else to know before, a sentence each. */
  readonly notes: readonly string[];
}

const MOST_LISTED = 10;

/** Asks whether to follow the feeds of an OPML file. */
export function importQuestion({ id, feeds, channel, there, over, others, notes }: ImportQuestion, say: Say): Reply {
  const lines = feeds.slice(0, MOST_LISTED).map(each => `- ${feedTitle(each)}`);
  const more = feeds.length - lines.length;
  const rest = more > 0 ? say('voices.more', { count: more }) : '';
  const effects = [
    channel && say('following.posts', { channel: channelMention(channel) }),
    there === 0 ? '' : say('following.import-there', { count: there }),
    over === 0 ? '' : say('following.import-over', { count: over }),
    others === 0 ? '' : say('following.import-others', { count: others }),
    ...notes,
    small(say('following.not-yet')),
  ];
  return reply({
    accent: ACCENTS.article,
    texts: [
      joined([`### ${say('following.question-import', { count: feeds.length })}`, ...lines, rest]),
      joined(effects),
    ],
    buttons: followButtons(id, say),
    private: true,
  });
}

/** Returns a message with an OPML file of `count` feeds. */
export function outlineReply(count: number, bytes: Buffer, say: Say): Reply {
  const files = [{ name: 'feeds.opml', bytes }];
  return reply({ accent: ACCENTS.article, texts: [say('following.exported', { count })], private: true, files });
}
