import type { OpenLibrary } from '../library/library.ts';
import { nameOf } from '../library/owner.ts';
import type { FeedState } from '../library/store/following/feeds.ts';
import { findFeeds, refetchFeed, registerFollower, removeFollower } from '../library/store/following/feeds.ts';
import type { CountedFollow, FeedItem, Follow } from '../library/store/following/following.ts';
import {
  changeFollow,
  deleteFollow,
  readFollow,
  readFollows,
  saveFollow,
} from '../library/store/following/following.ts';
import type { Run } from '../library/store/script.ts';

/** What a feed says. */
export interface Feed {
  readonly title: string;
  /** In the feed's order, usually the newest first. */
  readonly items: readonly FeedItem[];
  /** How long its site says that it stays the same. */
  readonly ttlMinutes: number | undefined;
}

/** How somebody wants to follow a feed. */
export type FollowOptions = Pick<Follow, 'feed' | 'title' | 'channel' | 'ping' | 'only' | 'keepDays' | 'addedBy'>;

/** A follow, and its feed's state. */
export interface FollowReport extends CountedFollow {
  /** When it is polled again; `undefined` if it is due now, or not polled any more. */
  readonly next: number | undefined;
  readonly state: Pick<FeedState, 'lastSuccess' | 'problem' | 'failingSince' | 'ended'>;
}

const MOST = { server: 50, person: 10 } as const;

/** How many feeds a library may follow, and how many watches it may have. */
export function mostFollowed({ owner }: OpenLibrary): number {
  return MOST[owner.kind];
}

/**
 * Follows a feed, or changes how it is followed. Its newest items are taken within minutes; only these if it was paused
 * or had ended. Returns false if the library follows `mostFollowed` already.
 */
export async function follow(
  library: OpenLibrary,
  feeds: Run,
  options: FollowOptions,
  now = Date.now(),
): Promise<boolean> {
  const { feed } = options;
  const former = await library.read(readFollow, feed);
  const [registered] = await feeds(findFeeds, [feed]);
  const isNew = former === undefined || former.isNew || former.isPaused || registered?.state.ended !== undefined;
  const addedAt = former?.addedAt ?? now;
  const chosen: Follow = { ...options, isPaused: false, isNew, disabled: undefined, addedAt };
  if (!(await library.write(saveFollow, chosen, mostFollowed(library)))) return false;
  // After a crash in between, the next start does this when it opens the library.
  await feeds(registerFollower, feed, nameOf(library.owner), now);
  return true;
}

/** Stops following a feed. Its articles stay. */
export async function unfollow(library: OpenLibrary, feeds: Run, feed: string): Promise<void> {
  await library.write(deleteFollow, feed);
  await feeds(removeFollower, feed, nameOf(library.owner));
}

/**
 * Pauses or resumes a feed. After a pause, only the newest items are taken, as if it were new; a feed that ended is
 * tried again.
 */
export async function pause(
  library: OpenLibrary,
  feeds: Run,
  feed: string,
  isPaused: boolean,
  now = Date.now(),
): Promise<void> {
  const changes = isPaused ? { isPaused } : { isPaused, isNew: true, disabled: undefined };
  if (!(await library.write(changeFollow, feed, changes))) return;
  if (isPaused) await feeds(refetchFeed, feed);
  else await feeds(registerFollower, feed, nameOf(library.owner), now);
}

/** Returns what a library follows, the oldest first. */
export async function listFollows(
  library: OpenLibrary,
  feeds: Run,
  now = Date.now(),
): Promise<readonly FollowReport[]> {
  const follows = await library.read(readFollows);
  const names = follows.map(({ feed }) => feed);
  const found = new Map((await feeds(findFeeds, names)).map(each => [each.feed, each]));
  return follows.map(each => {
    const registered = found.get(each.feed);
    const never = { lastSuccess: undefined, problem: undefined, failingSince: undefined, ended: undefined };
    const state = registered?.state ?? never;
    const isPolled = registered !== undefined && state.ended === undefined && !each.isPaused;
    return { ...each, next: isPolled && registered.next > now ? registered.next : undefined, state };
  });
}

/** Returns the newest items, the newest first. If some have no date, the feed's order counts. */
export function newestItems({ items }: Feed, most: number): readonly FeedItem[] {
  const dateOf = ({ published, updated }: FeedItem) => published ?? updated;
  const isDated = items.every(item => dateOf(item) !== undefined);
  const time = (item: FeedItem) => Date.parse(dateOf(item) ?? '');
  return (isDated ? items.toSorted((one, other) => time(other) - time(one)) : items).slice(0, most);
}
