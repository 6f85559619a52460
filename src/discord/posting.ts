import { type Client, DiscordAPIError, RateLimitError } from 'discord.js';
import type { Logger } from 'pino';
import { matchNewArticles } from '../following/watch.ts';
import type { Libraries } from '../library/libraries.ts';
import type { OpenLibrary } from '../library/library.ts';
import type { Owner } from '../library/owner.ts';
import { changeFollow, readFollows } from '../library/store/following/following.ts';
import {
  deletePosts,
  groupPosts,
  newNonce,
  type Post,
  postponePosts,
  readNextPost,
  readPosts,
  readUndecodablePosts,
} from '../library/store/following/outbox.ts';
import { changeWatch, forumOf, readWatches, recipientOf } from '../library/store/following/watches.ts';
import { changeLibrarySettings, type LibrarySettings, readLibrarySettings } from '../library/store/library-settings.ts';
import { messageOf, type RenderedPost, renderPosts, type ServerName } from '../replies/posts.ts';
import type { Channels, FindPost, SendPost } from './channels.ts';
import { CLOSED_CHANNEL, describe, TAG_REQUIRED, TOO_MANY_THREADS } from './errors.ts';
import { isOurServer } from './servers.ts';

// In milliseconds.
const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** The articles of a poll arrive one by one. Their posts are sent when no more have arrived for this long. */
const SETTLING = 3 * SECOND;
/** They are sent this long after the first, even if more arrive. */
const LONGEST_SETTLING = 15 * SECOND;
const DIGEST_PERIOD = 10 * MINUTE;
const FIRST_RETRY = 30 * SECOND;
const LONGEST_RETRY = 60 * MINUTE;
/** Maximum pause after posting in a channel failed. New posts wait for it, too. */
const LONGEST_REST = 5 * MINUTE;
/** Maximum time a round spends on a channel. Its other posts, and the library's new ones, wait for the next round. */
const LONGEST_ROUND = 10 * SECOND;
/** How long a post is retried. After that, it is old news. */
const LONGEST_LIFE = 24 * 60 * MINUTE;

/**
 * How long Discord certainly drops a message with the nonce of an earlier one. It documents “the past few minutes”
 * (https://discord.com/developers/docs/resources/message#create-message).
 */
const NONCE_LIFE = MINUTE;

/** A channel gets this many posts of their own in ten minutes. More become one digest. */
const MOST_ALONE = 5;
const MOST_AT_ONCE = 200;

/** When this process posted in a channel within the last ten minutes. It is kept in memory: a restart forgets it. */
interface Lately {
  posts: number[];
  digestAt: number;
}

/** A channel in which posting failed. */
interface ChannelRest {
  /** When it is tried again, in milliseconds since 1970. */
  readonly until: number;
  /** How often it has failed in a row. */
  readonly failures: number;
}

interface PosterOptions {
  readonly send: SendPost;
  readonly isThere: FindPost;
  readonly commandIds: ReadonlyMap<string, string>;
  readonly log: Logger;
  /** Returns a library's settings. */
  readonly choices: (owner: Owner) => Promise<LibrarySettings>;
  /** Returns the server of a library, if Discord has sent it. */
  readonly serverOf: (owner: Owner) => ServerName | undefined;
  /** True once requests are aborted, since the bot is stopping. */
  readonly isStopping: () => boolean;
  readonly now: () => number;
}

/** The outcome of posting: sent or dropped, to be retried, or the channel is closed, with Discord's code. */
type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'later'; readonly at: number; readonly hasFailed: boolean }
  | { readonly kind: 'shut'; readonly code: number };
const DONE: Outcome = { kind: 'done' };

/** What posting needs of a library. */
export type PostsOf = Pick<OpenLibrary, 'owner' | 'read' | 'write' | 'articles'>;

/** Posts what is in the outboxes of libraries. */
export class Poster {
  readonly #options: PosterOptions;
  readonly #lately = new Map<string, Lately>();
  /** By channel. */
  readonly #resting = new Map<string, ChannelRest>();
  /** When this process last tried to send messages that Discord may have, by nonce. */
  readonly #tried = new Map<string, number>();

  constructor(options: PosterOptions) {
    this.#options = options;
  }

  /**
   * Prepares what is due for a library, and what watches find in its new articles. Returns a function that posts it and
   * returns when there is more to do.
   */
  async prepare(library: PostsOf): Promise<() => Promise<number | undefined>> {
    const { log, now } = this.#options;
    await matchNewArticles(library, (sentence, error) => log.error({ error: describe(error) }, sentence));
    const newer = await library.read(readUndecodablePosts, now(), MOST_AT_ONCE);
    if (newer.length > 0) await library.write(postponePosts, newer, now() + LONGEST_RETRY);
    const due = await library.read(readPosts, now(), MOST_AT_ONCE);
    const groups = [...Map.groupBy(due, post => post.nonce ?? placeOf(post)).values()];
    const ready: (readonly RenderedPost[])[] = [];
    for (const posts of groups) {
      const until = this.#restOf(posts);
      if (until > now()) await library.write(postponePosts, idsOf(posts), until);
      else if (this.#settledAt(posts) <= now()) ready.push(await this.#renderOrDrop(posts, library));
    }
    return async () => {
      const byChannel = Map.groupBy(ready, ([first]) => first?.post.channel ?? '');
      await Promise.all([...byChannel.values()].map(each => this.#postIn(each, library)));
      this.#forget(now());
      return await library.read(readNextPost);
    };
  }

  /** Posts in one channel until that fails or the bot stops. What has failed before comes last: the fault may be its own. */
  async #postIn(groups: readonly (readonly RenderedPost[])[], library: PostsOf): Promise<void> {
    const end = this.#options.now() + LONGEST_ROUND;
    for (const rendered of groups.toSorted((one, other) => attemptsOf(one) - attemptsOf(other))) {
      const now = this.#options.now();
      const isResting = this.#restOf(rendered.map(({ post }) => post)) > now;
      if (now > end || isResting || this.#options.isStopping()) return;
      await this.#postGroup(rendered, library);
    }
  }

  /** Returns until when the channel of these posts is left alone. */
  #restOf([first]: readonly Post[]): number {
    return this.#resting.get(first?.channel ?? '')?.until ?? 0;
  }

  /** Renders posts, and deletes those that have nothing to show any more. */
  async #renderOrDrop(posts: readonly Post[], library: PostsOf): Promise<readonly RenderedPost[]> {
    const { choices, serverOf, commandIds, log } = this.#options;
    const { owner } = library;
    const rendered = await renderPosts(posts, library, {
      settings: await choices(owner),
      server: serverOf(owner),
      commandIds,
      report: ({ channel }, error) =>
        log.error({ channel, error: describe(error) }, 'Cannot render a post: dropped it'),
    });
    const gone = posts.filter(post => !rendered.some(each => each.post === post));
    if (gone.length > 0) await library.write(deletePosts, idsOf(gone));
    return rendered;
  }

  /** Returns when no more posts are expected to join these. */
  #settledAt(posts: readonly Post[]): number {
    const fresh = posts.filter(({ attempts, nonce }) => attempts === 0 && nonce === undefined);
    if (fresh.length === 0) return 0;
    const moments = fresh.map(({ since }) => since);
    return Math.min(Math.max(...moments) + SETTLING, Math.min(...moments) + LONGEST_SETTLING);
  }

  /** Sends posts that were one message before as that message again, and others alone or as a digest. */
  async #postGroup(rendered: readonly RenderedPost[], library: PostsOf): Promise<void> {
    const [first] = rendered;
    if (first === undefined) return;
    if (first.post.nonce !== undefined) {
      await this.#postTogether(rendered, first.post.nonce, library);
      return;
    }
    const now = this.#options.now();
    const lately = this.#latelyIn(first.post);
    const nextDigest = lately.digestAt + DIGEST_PERIOD;
    if (now < nextDigest) {
      await library.write(postponePosts, idsOf(rendered.map(({ post }) => post)), nextDigest);
      return;
    }
    const isFull = !isInForum(first) && lately.posts.length + rendered.length > MOST_ALONE;
    const isDigest = first.head !== undefined || isFull;
    for (const together of isDigest ? [rendered] : rendered.map(each => [each])) {
      const nonce = nonceOf(together);
      const taken = await library.write(groupPosts, idsOf(together.map(({ post }) => post)), nonce);
      // Another process may be posting the others.
      const mine = together.filter(({ post }) => taken.includes(post.id));
      const { kind } = await this.#postTogether(mine, nonce, library);
      if (kind !== 'done') return;
    }
  }

  async #postTogether(together: readonly RenderedPost[], nonce: string, library: PostsOf): Promise<Outcome> {
    const [first] = together;
    if (first === undefined) return DONE;
    const posts = together.map(({ post }) => post);
    const outcome = await this.#send(together, nonce, library.owner);
    if (outcome.kind === 'later') await library.write(postponePosts, idsOf(posts), outcome.at, outcome.hasFailed);
    else await library.write(deletePosts, idsOf(posts));
    if (outcome.kind === 'shut') await shut(posts, outcome.code, library);
    if (outcome.kind !== 'done') return outcome;
    this.#resting.delete(first.post.channel);
    const now = this.#options.now();
    const lately = this.#latelyIn(first.post);
    lately.posts.push(now);
    const isFull = together.length > 1 || lately.posts.length > MOST_ALONE;
    if (isFull && !isInForum(first)) lately.digestAt = now;
    return DONE;
  }

  #latelyIn(post: Post): Lately {
    const now = this.#options.now();
    const place = placeOf(post);
    const { posts, digestAt } = this.#lately.get(place) ?? { posts: [], digestAt: Number.NEGATIVE_INFINITY };
    const lately = { posts: posts.filter(moment => now - moment < DIGEST_PERIOD), digestAt };
    this.#lately.set(place, lately);
    return lately;
  }

  async #send(together: readonly RenderedPost[], nonce: string, owner: Owner): Promise<Outcome> {
    const [first] = together;
    if (first === undefined) return DONE;
    const { send, isThere, commandIds, now } = this.#options;
    const message = messageOf(first, together, owner, commandIds);
    const { channel, nonce: earlier } = first.post;
    try {
      const isForgotten = isInForum(first) || now() - (this.#tried.get(nonce) ?? 0) > NONCE_LIFE;
      const since = Math.min(...together.map(({ post }) => post.since));
      if (earlier === undefined || !isForgotten || !(await isThere(channel, message, since, owner))) {
        this.#tried.set(nonce, now());
        await send(channel, message, nonce, owner);
      }
      this.#tried.delete(nonce);
      return DONE;
    } catch (error) {
      return this.#failed(error, together);
    }
  }

  #failed(error: unknown, together: readonly RenderedPost[]): Outcome {
    const { log, isStopping } = this.#options;
    const now = this.#options.now();
    // It is sent again after the restart, unless it is in the channel.
    if (isStopping()) return { kind: 'later', at: now, hasFailed: false };
    const channel = together[0]?.post.channel ?? '';
    const { failures } = this.#resting.get(channel) ?? { failures: 0 };
    if (error instanceof RateLimitError) {
      const until = now + error.retryAfter;
      this.#resting.set(channel, { until, failures });
      return { kind: 'later', at: until, hasFailed: false };
    }
    const oldest = Math.min(...together.map(({ post }) => post.since));
    const status = error instanceof DiscordAPIError ? error.status : undefined;
    const code = error instanceof DiscordAPIError ? Number(error.code) : 0;
    if (CLOSED_CHANNEL.has(code) || code === TAG_REQUIRED) return { kind: 'shut', code };
    if ((status === 400 && code !== TOO_MANY_THREADS) || now - oldest > LONGEST_LIFE) {
      log.error({ channel, error: describe(error) }, 'Cannot post a message: dropped it');
      return DONE;
    }
    const attempts = attemptsOf(together);
    log.warn({ channel, attempts, error: describe(error) }, 'Cannot post a message: will retry');
    const until = now + Math.min(FIRST_RETRY * 2 ** failures, LONGEST_REST);
    this.#resting.set(channel, { until, failures: failures + 1 });
    const own = now + Math.min(FIRST_RETRY * 2 ** attempts, LONGEST_RETRY);
    return { kind: 'later', at: Math.max(until, own), hasFailed: true };
  }

  #forget(now: number): void {
    for (const [key, { posts, digestAt }] of this.#lately) {
      const isOld = now - Math.max(digestAt, ...posts) > DIGEST_PERIOD;
      if (isOld) this.#lately.delete(key);
    }
    for (const [nonce, moment] of this.#tried) {
      if (now - moment > NONCE_LIFE) this.#tried.delete(nonce);
    }
    for (const [channel, { until }] of this.#resting) {
      if (now - until > LONGEST_LIFE) this.#resting.delete(channel);
    }
  }
}

/** In a forum, there is one post for each article. They aren't in each other's way, and have no nonce. */
function isInForum({ post }: RenderedPost): boolean {
  return forumOf(post.channel) !== undefined;
}

function attemptsOf(together: readonly RenderedPost[]): number {
  return Math.max(0, ...together.map(({ post }) => post.attempts));
}

/** Posts of one kind in one channel may become a digest, as may those of a watch for digests or for a person. */
function placeOf({ channel, reason }: Post): string {
  const isApart = reason.kind === 'watch' && (reason.every !== undefined || recipientOf(channel) !== undefined);
  const watch = isApart ? reason.watch : '';
  return `${reason.kind} ${channel} ${watch}`;
}

function idsOf(posts: readonly Post[]): string[] {
  return posts.map(({ id }) => id);
}

/**
 * Returns the nonce of a message with these posts. It's stored before the message is sent. A digest gets a
 * new one, so that no two digests share it.
 */
function nonceOf([first, ...others]: readonly RenderedPost[]): string {
  return first === undefined || others.length > 0 ? newNonce() : first.post.id;
}

/** Returns the feed or watch that a post is of, by its id. */
function sourceOf({ reason }: Post): string | undefined {
  if (reason.kind === 'article') return reason.feed;
  return reason.kind === 'watch' ? reason.watch : undefined;
}

/**
 * Disables everything that posts where these posts were refused, storing Discord's code as the reason, and drops its
 * waiting posts. If a tag is missing, only what these are of: there may be one for others.
 */
async function shut(refused: readonly Post[], disabled: number, library: PostsOf): Promise<void> {
  const place = refused[0]?.channel;
  const sources = refused.map(sourceOf);
  const isMeant = (source: string | undefined, channel: string | undefined) =>
    disabled === TAG_REQUIRED ? source !== undefined && sources.includes(source) : channel === place;
  for (const { feed, channel } of await library.read(readFollows))
    if (isMeant(feed, channel)) await library.write(changeFollow, feed, { disabled });
  for (const { id, channel } of await library.read(readWatches))
    if (isMeant(id, channel)) await library.write(changeWatch, id, { disabled });
  const { reports } = await library.read(readLibrarySettings);
  if (reports === place) await library.write(changeLibrarySettings, { reports: undefined });
  const waiting = await library.read(readPosts, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  await library.write(deletePosts, idsOf(waiting.filter(post => isMeant(sourceOf(post), post.channel))));
}

/** How often the outboxes are checked, in milliseconds. */
const INTERVAL = 2 * SECOND;
/** Rounds that may go on at once: in each, other libraries wait for Discord. */
const MOST_ROUNDS = 30;

interface Posting extends Pick<PosterOptions, 'commandIds' | 'log'> {
  readonly channels: Channels;
  readonly libraries: Libraries;
}

/** Posts from the outboxes of libraries on this process's shards. `stop` waits for the posts in progress. */
export function startPosting(
  client: Client<true>,
  { channels, libraries, commandIds, log }: Posting,
): { stop(): Promise<void> } {
  const { guilds, ws } = client;
  let isStopping = false;
  const serverOf = ({ kind, id }: Owner) => (kind === 'server' ? guilds.cache.get(id) : undefined);
  const choices = (owner: Owner) => libraries.choices(owner);
  const { send, isThere } = channels;
  const own = { choices, serverOf, isStopping: () => isStopping, now: Date.now };
  const poster = new Poster({ send, isThere, commandIds, log, ...own });
  // Discord sends direct messages to the first shard.
  const isMine = ({ kind, id }: Owner) => (kind === 'server' ? isOurServer(client, id) : ws.shards.has(0));
  const rounds = new Set<Promise<void>>();
  const deliver = async () => {
    const prepare = (library: PostsOf) =>
      isStopping ? Promise.resolve(() => Promise.resolve(Date.now())) : poster.prepare(library);
    await libraries.deliver(isMine, prepare).catch((error: unknown) => {
      log.error({ error: describe(error) }, 'Cannot look for something to post');
    });
  };
  const timer = setInterval(() => {
    if (rounds.size >= MOST_ROUNDS) return;
    const round = deliver().finally(() => rounds.delete(round));
    rounds.add(round);
  }, INTERVAL);
  const stop = async () => {
    clearInterval(timer);
    isStopping = true;
    channels.stop();
    await Promise.all(rounds);
  };
  return { stop };
}
