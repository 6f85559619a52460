import { type Client, DiscordAPIError, RateLimitError, Routes, ShardClientUtil } from 'discord.js';
import type { Logger } from 'pino';
import type { Libraries } from '../library/libraries.ts';
import type { OpenLibrary, Owner } from '../library/library.ts';
import type { Post, Watch } from '../library/store/following.ts';
import { digestOf } from '../library/store/keys.ts';
import type { LibrarySettings } from '../library/store/library-settings.ts';
import { articlePost, type DigestItem, digestPost, foundBy, watchPost } from '../replies/posts.ts';
import { type Reply, withAccent } from '../replies/reply.ts';
import { languageOf } from '../wording/languages.ts';
import { type Say, sayIn } from '../wording/say.ts';
import { describe } from './errors.ts';

// In milliseconds.
const second = 1000;
const minute = 60 * second;
/** How long what belongs together may take to arrive: the articles of one poll. */
const settling = 3 * second;
const longestSettling = 15 * second;
const digestPeriod = 10 * minute;
const firstRetry = 30 * second;
const longestRetry = 60 * minute;
/** By then a post is no news any more. */
const longestLife = 24 * 60 * minute;

/** If a channel has more posts than this within ten minutes, they become one digest. */
const mostAlone = 5;
const mostAtOnce = 200;

/** What was posted lately in a channel, so that a process that starts may post a little more. */
interface Lately {
  posts: number[];
  digestAt: number;
}

/** Posts a message. Discord drops a second one with the same nonce for some minutes. */
export type SendPost = (channel: string, reply: Reply, nonce: string) => Promise<void>;

interface PosterOptions {
  readonly send: SendPost;
  readonly commandIds: ReadonlyMap<string, string>;
  readonly log: Logger;
  /** Returns a library's settings. */
  readonly choices: (owner: Owner) => Promise<LibrarySettings>;
  /** Returns the language of a server, if it is known. */
  readonly localeOf: (owner: Owner) => string | undefined;
  readonly now: () => number;
}

/** What became of posts: they are done, to be tried again then, or refused for good, with Discord's error code. */
type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'later'; readonly at: number }
  | { readonly kind: 'shut'; readonly code: number };
const done: Outcome = { kind: 'done' };

/** A post with what it shows. */
interface Prepared {
  readonly post: Post;
  readonly item: DigestItem;
  readonly watch: Watch | undefined;
}

/** Posts what is in the outboxes of libraries. */
export class Poster {
  readonly #options: PosterOptions;
  readonly #lately = new Map<string, Lately>();
  /** Until then nothing is sent, since Discord doesn't answer. */
  #downUntil = 0;

  constructor(options: PosterOptions) {
    this.#options = options;
  }

  /** Posts what is due for a library. Returns when there is more to do. */
  async deliver(library: OpenLibrary): Promise<number | undefined> {
    const { now } = this.#options;
    if (now() < this.#downUntil) return this.#downUntil;
    const due = await library.following.posts(now(), mostAtOnce);
    const groups = Map.groupBy(due, post => post.nonce ?? placeOf(post));
    for (const posts of groups.values()) {
      if (this.#settledAt(posts) <= now()) await this.#postGroup(posts, library);
    }
    this.#forget(now());
    return await library.following.nextPost();
  }

  /** Returns when no more posts are expected to join these. */
  #settledAt(posts: readonly Post[]): number {
    const fresh = posts.filter(({ attempts, nonce }) => attempts === 0 && nonce === undefined);
    if (fresh.length === 0) return 0;
    const moments = fresh.map(({ since }) => since);
    return Math.min(Math.max(...moments) + settling, Math.min(...moments) + longestSettling);
  }

  /** Posts what was one message before as that message again, and anything else alone or as a digest. */
  async #postGroup(posts: readonly Post[], library: OpenLibrary): Promise<void> {
    const { following } = library;
    const prepared = await prepare(posts, library);
    const gone = posts.filter(post => !prepared.some(each => each.post === post));
    await following.deletePosts(idsOf(gone));
    const [first] = prepared;
    if (first === undefined) return;
    if (first.post.nonce !== undefined) {
      await this.#postTogether(prepared, first.post.nonce, library);
      return;
    }
    const now = this.#options.now();
    const lately = this.#latelyIn(first.post);
    const nextDigest = lately.digestAt + digestPeriod;
    if (now < nextDigest) {
      await following.postponePosts(idsOf(prepared.map(({ post }) => post)), nextDigest);
      return;
    }
    const isDigest = lately.posts.length + prepared.length > mostAlone;
    for (const together of isDigest ? [prepared] : prepared.map(each => [each])) {
      const nonce = nonceOf(together);
      const taken = await following.groupPosts(idsOf(together.map(({ post }) => post)), nonce);
      // Another process may be posting the others.
      const mine = together.filter(({ post }) => taken.includes(post.id));
      const { kind } = await this.#postTogether(mine, nonce, library);
      if (kind === 'shut') return;
    }
  }

  async #postTogether(together: readonly Prepared[], nonce: string, library: OpenLibrary): Promise<Outcome> {
    const [first] = together;
    if (first === undefined) return done;
    const { following } = library;
    const ids = idsOf(together.map(({ post }) => post));
    const outcome = await this.#send(together, nonce, library);
    if (outcome.kind === 'later') await following.postponePosts(ids, outcome.at);
    else await following.deletePosts(ids);
    if (outcome.kind === 'shut') await shut(first.post.channel, outcome.code, library);
    if (outcome.kind !== 'done') return outcome;
    const now = this.#options.now();
    const lately = this.#latelyIn(first.post);
    lately.posts.push(now);
    if (together.length > 1) lately.digestAt = now;
    return done;
  }

  #latelyIn(post: Post): Lately {
    const now = this.#options.now();
    const place = placeOf(post);
    const { posts, digestAt } = this.#lately.get(place) ?? { posts: [], digestAt: Number.NEGATIVE_INFINITY };
    const lately = { posts: posts.filter(moment => now - moment < digestPeriod), digestAt };
    this.#lately.set(place, lately);
    return lately;
  }

  async #send(together: readonly Prepared[], nonce: string, library: OpenLibrary): Promise<Outcome> {
    const [first] = together;
    if (first === undefined) return done;
    const { channel } = first.post;
    try {
      const { language, accent } = await this.#options.choices(library.owner);
      const say = sayIn(language === 'own' ? languageOf(this.#localeOf(first, library.owner)) : language);
      const reply = together.length === 1 ? messageOf(first, say) : this.#digestOf(together, say);
      await this.#options.send(channel, withAccent(reply, accent), nonce);
      return done;
    } catch (error) {
      return this.#failed(error, together);
    }
  }

  #digestOf(together: readonly Prepared[], say: Say): Reply {
    return digestPost(
      together.map(({ item }) => item),
      this.#options.commandIds,
      say,
    );
  }

  #localeOf({ watch }: Prepared, owner: Owner): string {
    return this.#options.localeOf(owner) ?? watch?.locale ?? 'en';
  }

  #failed(error: unknown, together: readonly Prepared[]): Outcome {
    const { log, now } = this.#options;
    const [first] = together;
    const oldest = Math.min(...together.map(({ post }) => post.since));
    if (error instanceof RateLimitError) return { kind: 'later', at: now() + error.retryAfter };
    const status = error instanceof DiscordAPIError ? error.status : undefined;
    const code = error instanceof DiscordAPIError ? Number(error.code) : 0;
    // Without a code of Discord's, a proxy refused.
    if ((status === 403 || status === 404) && code > 0) return { kind: 'shut', code };
    if (status === 400 || now() - oldest > longestLife) {
      log.error({ channel: first?.post.channel, error: describe(error) }, 'Cannot post a message: dropped it');
      return done;
    }
    if (status === undefined) this.#downUntil = now() + firstRetry;
    const attempts = Math.max(...together.map(({ post }) => post.attempts));
    log.warn({ channel: first?.post.channel, attempts, error: describe(error) }, 'Cannot post a message: will retry');
    return { kind: 'later', at: now() + Math.min(firstRetry * 2 ** attempts, longestRetry) };
  }

  #forget(now: number): void {
    for (const [key, { posts, digestAt }] of this.#lately) {
      const isOld = now - Math.max(digestAt, ...posts) > digestPeriod;
      if (isOld) this.#lately.delete(key);
    }
  }
}

/** Posts of one kind in one channel may become a digest. */
function placeOf({ channel, reason }: Post): string {
  return `${reason.kind} ${channel}`;
}

function idsOf(posts: readonly Post[]): string[] {
  return posts.map(({ id }) => id);
}

/** Returns the nonce of a message with these posts. It's stored before the message is sent. */
function nonceOf(together: readonly Prepared[]): string {
  const ids = idsOf(together.map(({ post }) => post));
  const [only] = ids;
  if (ids.length === 1 && only !== undefined) return only;
  return digestOf(ids.toSorted().join(' '));
}

/** Reads what the posts show. Leaves out those whose article or watch is gone, or whose feed no longer posts there. */
async function prepare(posts: readonly Post[], library: OpenLibrary): Promise<readonly Prepared[]> {
  const articles = await library.articles([...new Set(posts.map(({ article }) => article))]);
  const byId = new Map(articles.map(from => [from.article.id, from]));
  const watches = new Map((await library.following.watches()).map(each => [each.id, each]));
  const follows = new Map((await library.following.follows()).map(each => [each.feed, each]));
  return posts.flatMap((post): Prepared[] => {
    const from = byId.get(post.article);
    const { reason } = post;
    if (from === undefined) return [];
    if (reason.kind === 'article') {
      const follow = follows.get(reason.feed);
      const isWanted = follow?.channel === post.channel && !follow.isPaused && follow.disabled === undefined;
      return isWanted ? [{ post, item: { kind: 'article', from }, watch: undefined }] : [];
    }
    const watch = watches.get(reason.watch);
    // The text was replaced since.
    if (watch === undefined || watch.disabled !== undefined || from.article.updated) return [];
    const found = foundBy(watch, from, reason);
    return found === undefined ? [] : [{ post, item: { kind: 'found', found }, watch }];
  });
}

function messageOf({ item }: Prepared, say: Say): Reply {
  return item.kind === 'article' ? articlePost(item.from, say) : watchPost(item.found, say);
}

/** Disables everything that posts in a channel, with Discord's code of why, and drops what waits for it. */
async function shut(channel: string, disabled: number, { following }: OpenLibrary): Promise<void> {
  const isThere = (each: { readonly channel: string | undefined }) => each.channel === channel;
  for (const { feed } of (await following.follows()).filter(isThere)) await following.changeFollow(feed, { disabled });
  for (const watch of (await following.watches()).filter(isThere)) {
    await following.saveWatch({ ...watch, disabled }, Number.POSITIVE_INFINITY);
  }
  const waiting = await following.posts(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  await following.deletePosts(idsOf(waiting.filter(isThere)));
}

/** Milliseconds that posting one message may take, retries included. */
const longestSending = 20 * second;
/** Milliseconds between two looks for something to post. */
const interval = 2 * second;

interface Posting extends Pick<PosterOptions, 'commandIds' | 'log'> {
  readonly libraries: Libraries;
}

/** Posts what libraries of this process's shards have to post. `stop` waits for the post in progress. */
export function startPosting(client: Client<true>, { libraries, commandIds, log }: Posting): { stop(): Promise<void> } {
  const { rest, guilds, ws, options } = client;
  const stopping = new AbortController();
  const send: SendPost = async (channel, { components, flags, allowed_mentions }, nonce) => {
    const body = { components, flags, allowed_mentions, nonce, enforce_nonce: true };
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(longestSending)]);
    await rest.post(Routes.channelMessages(channel), { body, signal });
  };
  const localeOf = ({ kind, id }: Owner) => (kind === 'server' ? guilds.cache.get(id)?.preferredLocale : undefined);
  const choices = (owner: Owner) => libraries.choices(owner);
  const poster = new Poster({ send, commandIds, log, choices, localeOf, now: Date.now });
  // Discord sends direct messages to the first shard.
  const isMine = ({ kind, id }: Owner) =>
    ws.shards.has(kind === 'server' ? ShardClientUtil.shardIdForGuildId(id, options.shardCount ?? 1) : 0);
  let delivering: Promise<void> | undefined;
  const deliver = async () => {
    const work = (library: OpenLibrary) =>
      stopping.signal.aborted ? Promise.resolve(Date.now()) : poster.deliver(library);
    await libraries.deliver(isMine, work).catch((error: unknown) => {
      log.error({ error: describe(error) }, 'Cannot look for something to post');
    });
    delivering = undefined;
  };
  const timer = setInterval(() => {
    delivering ??= deliver();
  }, interval);
  const stop = async () => {
    clearInterval(timer);
    // A post whose confirmation is missing is sent again later, and dropped by its nonce.
    stopping.abort();
    await delivering;
  };
  return { stop };
}
