import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Turns } from '../fair-queue.ts';
import type { Libraries } from '../library/libraries.ts';
import { nameOf, ownerNamed } from '../library/owner.ts';
import { StorageError } from '../library/store/errors.ts';
import type { FeedClaim, FeedState, RegisteredFeed } from '../library/store/following/feeds.ts';
import {
  claimFeed,
  extendClaim,
  extendClaims,
  isHostDue,
  readFollowers,
  removeFollower,
  saveFeed,
} from '../library/store/following/feeds.ts';
import { findTakenUntil, forgetTaken, readFollow } from '../library/store/following/following.ts';
import { hostOf } from '../library/store/keys.ts';
import type { Reporter } from '../library/store/store.ts';
import { type ReadsDocuments, readLink } from '../reading/document-reader.ts';
import type { FeedResponse, Net } from '../reading/fetch.ts';
import { type Reading, refuse } from '../reading/reading.ts';
import { message } from '../wording/say.ts';
import type { FeedReader } from './feed-reader.ts';
import type { Feed } from './following.ts';
import type { FeedDocument } from './parse.ts';
import { type Follower, findWanted, takeItem, tryOrReport } from './take.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Between two polls of a feed, unless its site asks for another interval. */
const USUAL_MINUTES = 30;
/** At least this long between two polls of a feed, even if its site asks for less. */
const FEWEST_MINUTES = 15;
/** After a failure: 10 minutes, 20, 40 …, in a range from `FEWEST_MINUTES` to a day. */
const BACKOFF_MINUTES = 5;
const LONGEST_FAILURE = 7 * DAY;

/** How long a claim lasts after the process that holds it ends. It is renewed at every tick. */
const CLAIM_MILLISECONDS = 30_000;
/** How long a request may wait for its host's turn. */
const LONGEST_WAIT = 10 * MINUTE;
/** After this long, a poll leaves the rest of a feed to the next one. */
const LONGEST_POLL = 2 * MINUTE;
/** After this long, it does so if other feeds are waiting, and continues a minute later. */
const FAIR_POLL = 10_000;
const LONGEST_STOP = 3000;
/** How often to look for feeds that are due. */
const TICK_MILLISECONDS = 5000;
/** How many feeds are polled at once, and how many of slow hosts. Most of them wait for their host. */
const MOST_POLLS = 64;
const MOST_SLOW_POLLS = 32;
/** How many requests are made at once. Half of what can be fetched at once is left to people. */
const MOST_REQUESTS = 4;
/** Hosts that take longer than this (in milliseconds) have slots of their own. */
const SLOW = { after: 2000, most: 4 };
/** How long a host is left alone after each request, in milliseconds. */
const HOST_REST = 1000;
const EXPIRED_AT_ONCE = 50;

export interface PollerOptions {
  readonly libraries: Pick<Libraries, 'has' | 'open' | 'feeds'>;
  readonly net: Net;
  readonly feeds: { read(document: FeedDocument, asker: string): ReturnType<FeedReader['read']> };
  readonly documents: ReadsDocuments;
  /** The most articles that a library takes from feeds in a day. */
  readonly mostPerDay: number;
  readonly report: Reporter;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** How long a host is left alone after each request, in milliseconds. Default: 1000 */
  readonly hostRest?: number;
  /** What the addresses of the playground's own feeds begin with. They are polled every minute. */
  readonly playground?: string | undefined;
  /** Called after each poll. */
  readonly onPoll?: ((result: PollResult) => void) | undefined;
}

export type PollResult = 'changed' | 'unchanged' | 'failed' | 'ended';

/** The claim is over, the host's turn doesn't come, or the bot is stopping. Whoever claims the feed next continues. */
class Abandoned extends Error {}

/** Polls the feeds that are due and takes what is new in them. Several processes may poll the feeds of one database. */
export class Poller {
  readonly #options: PollerOptions;
  readonly #claimant = randomUUID();
  readonly #hosts: Turns;
  /** By feed. */
  readonly #polls = new Map<string, Promise<void>>();
  #claiming: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#hosts = new Turns({ most: MOST_REQUESTS, mostPerOwner: 1, rest: options.hostRest ?? HOST_REST, slow: SLOW });
  }

  start(): void {
    const tick = () => {
      void this.renewClaims();
      void this.#claimDue();
    };
    this.#timer = setInterval(tick, TICK_MILLISECONDS).unref();
  }

  /** Polls until nothing is due. Never throws. */
  async pollDue(): Promise<void> {
    await this.#claimDue();
    while (this.#polls.size > 0) {
      await Promise.race(this.#polls.values());
      await this.#claimDue();
    }
  }

  /** Waits up to three seconds for what is being taken. The rest is taken after the next start. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    const ended = Promise.all([this.#claiming, ...this.#polls.values()]);
    await Promise.race([ended, pause(LONGEST_STOP, undefined, { ref: false })]);
  }

  /** Extends the claims of what is being polled; others, whose end couldn't be saved, run out. Never throws. */
  async renewClaims(): Promise<void> {
    try {
      if (this.#polls.size > 0) await this.#feeds(extendClaims, [...this.#polls.keys()], this.#lease());
    } catch (error) {
      this.#report('Cannot renew the claims of feeds', error);
    }
  }

  /** Begins to poll what is due. It doesn't wait for polls, so that one that takes long keeps no other waiting. */
  async #claimDue(): Promise<void> {
    this.#claiming ??= this.#claimEach().finally(() => {
      this.#claiming = undefined;
    });
    await this.#claiming;
  }

  async #claimEach(): Promise<void> {
    try {
      while (!this.#isStopped && this.#polls.size < MOST_POLLS) {
        const slow = [...this.#polls.keys()].filter(feed => this.#hosts.isSlow(hostOf(feed))).map(hostOf);
        const without = slow.length < MOST_SLOW_POLLS ? [] : this.#hosts.slowHosts();
        const claimed = await this.#feeds(claimFeed, this.#lease(), without);
        if (claimed === undefined) return;
        const { feed } = claimed;
        // Its claim ran out, as after a suspend, and is renewed by this.
        if (this.#polls.has(feed)) continue;
        const poll = this.#pollClaimed(claimed)
          .catch((error: unknown) => this.#report(`Cannot save the state of the feed ${feed}`, error))
          .finally(() => {
            this.#polls.delete(feed);
            void this.#claimDue();
          });
        this.#polls.set(feed, poll);
      }
    } catch (error) {
      this.#report('Cannot look for feeds that are due', error);
    }
  }

  async #pollClaimed(claimed: RegisteredFeed): Promise<void> {
    const { next, state, result } = await this.#poll(claimed).catch((error: unknown) => {
      // Stopping closes the readers, which cancels what is being read.
      if (error instanceof Abandoned || this.#isStopped) return { ...claimed, result: undefined };
      this.#report(`Cannot poll the feed ${claimed.feed}`, error);
      if (error instanceof StorageError) return { ...claimed, next: this.#now() + MINUTE, result: undefined };
      const tried = { ...claimed.state, lastTried: this.#now() };
      return this.#failed(claimed.feed, tried, refuse(message('reading.unwieldy')));
    });
    await this.#feeds(saveFeed, { feed: claimed.feed, next, state }, this.#lease(this.#options.hostRest ?? HOST_REST));
    if (result !== undefined) this.#options.onPoll?.(result);
    await this.#announceFailure(claimed, state);
  }

  /** Tells followers, once, that a feed has failed for a day. */
  async #announceFailure({ feed, state: { lastTried = 0 } }: RegisteredFeed, state: FeedState): Promise<void> {
    const { failingSince, problem } = state;
    if (failingSince === undefined || problem === undefined) return;
    // By when it was tried, since that is saved: a poll that isn't finished doesn't count, and no other counts twice.
    if ((state.lastTried ?? 0) - failingSince < DAY || lastTried - failingSince >= DAY) return;
    for (const { library } of (await this.#followersOf(feed)).followers) {
      const sentence = `Cannot tell ${nameOf(library.owner)} that ${feed} fails`;
      await tryOrReport(sentence, this.#report, () => library.announceFailure(feed, problem));
    }
  }

  async #poll(registered: RegisteredFeed): Promise<PollOutcome> {
    const { feed, state } = registered;
    const { etag, lastModified } = state;
    const isFirstOfDay = Math.floor(this.#now() / DAY) > Math.floor((state.lastTried ?? 0) / DAY);
    // Without these, the site sends all of it, and its followers are read in any case.
    const isWhole = etag === undefined && lastModified === undefined;
    const early = isFirstOfDay || isWhole ? await this.#followersOf(feed) : undefined;
    if (isFirstOfDay) await this.#expire(feed, early?.followers ?? []);
    const tried = { ...state, lastTried: this.#now() };
    if (state.ended !== undefined) return { next: this.#now() + DAY, state: tried, result: 'ended' };
    if (early?.areAll === true && early.followers.every(({ follow }) => follow.isPaused))
      return { next: this.#now() + DAY, state: tried, result: undefined };
    const fetched = await this.#inTurn(feed, state.address, () =>
      this.#options.net.fetchFeed(state.address, hostOf(state.address), { etag, lastModified }),
    );
    if (fetched.kind === 'gone')
      return { next: this.#now() + DAY, state: { ...tried, ended: 'gone' }, result: 'ended' };
    if (fetched.kind === 'refused') return this.#failed(feed, tried, fetched);
    const address = fetched.movedTo ?? state.address;
    if (fetched.kind === 'unchanged') {
      const next = this.#nextAfter(address, fetched.maxAge, undefined);
      return { next, state: succeeded({ ...tried, address }, this.#now()), result: 'unchanged' };
    }
    const { url, contentType, bytes, maxAge, validators } = fetched;
    const parsed = await this.#options.feeds.read({ address: url.href, contentType, bytes }, feed);
    if (parsed.kind === 'refused') return this.#failed(feed, tried, parsed);
    if (parsed.kind !== 'feed') return this.#failed(feed, tried, refuse(message('feeds.problem.not-a-feed')));
    const taken = await this.#take(feed, parsed, early ?? (await this.#followersOf(feed)), isFirstOfDay);
    const known = taken === 'all' ? validators : { etag: undefined, lastModified: undefined };
    const next = taken === 'interrupted' ? this.#now() + MINUTE : this.#nextAfter(address, maxAge, parsed.ttlMinutes);
    return { next, state: succeeded({ ...tried, address, ...known }, this.#now()), result: 'changed' };
  }

  /** Asks a host for a feed or what is in it, one request at a time. */
  async #inTurn<Result>(feed: string, address: string, ask: () => Promise<Result>): Promise<Result> {
    const result = await this.#hosts.run(hostOf(address), LONGEST_WAIT, async () => {
      await this.#extend(feed);
      return await ask();
    });
    if (result === undefined) throw new Abandoned();
    return result;
  }

  async #extend(feed: string): Promise<void> {
    if (!(await this.#feeds(extendClaim, feed, this.#lease()))) throw new Abandoned();
  }

  #nextAfter(address: string, maxAge: number, ttlMinutes: number | undefined): number {
    const { playground } = this.#options;
    if (playground !== undefined && address.startsWith(playground)) return this.#now() + MINUTE;
    const minutes = Math.max(FEWEST_MINUTES, ttlMinutes ?? USUAL_MINUTES);
    return this.#now() + Math.min(DAY, Math.max(minutes * MINUTE, maxAge * 1000));
  }

  #failed(
    feed: string,
    former: FeedState,
    { reason, retryAfter = 0 }: Extract<FeedResponse, { kind: 'refused' }>,
  ): PollOutcome {
    const now = this.#now();
    // Too many links are being read here: that isn't the feed's fault.
    if (reason.key === 'reading.busy') return { next: now + MINUTE, state: former, result: 'failed' };
    const failures = former.failures + 1;
    const failingSince = former.failingSince ?? now;
    const ended = now - failingSince >= LONGEST_FAILURE ? 'failing' : undefined;
    // Where it moved to may be gone, and the old address may have come back.
    const isLost = now - failingSince >= DAY;
    const state = isLost ? { ...former, address: feed, etag: undefined, lastModified: undefined } : former;
    const wait = Math.max(BACKOFF_MINUTES * 2 ** failures, FEWEST_MINUTES) * MINUTE;
    const next = now + Math.min(DAY, Math.max(wait, retryAfter * 1000));
    return { next, state: { ...state, failures, failingSince, problem: reason, ended }, result: 'failed' };
  }

  /**
   * Takes what is new for each follower. Returns whether that was all, or some has to be tried again, or the rest was
   * left so that others needn't wait.
   */
  async #take(
    feed: string,
    parsed: Feed,
    { followers, areAll }: Followers,
    isFirstOfDay: boolean,
  ): Promise<'all' | 'some' | 'interrupted'> {
    const began = this.#now();
    const now = () => this.#now();
    const { mostPerDay } = this.#options;
    const around = { now, mostPerDay, report: this.#report, read: (link: string) => this.#read(feed, link) };
    const wanted = await findWanted(parsed, followers, around, isFirstOfDay);
    let isComplete = areAll && wanted.isComplete;
    for (const each of wanted.items) {
      if (this.#isStopped) throw new Abandoned();
      const taken = this.#now() - began;
      if (taken > LONGEST_POLL) return 'some';
      if (taken > FAIR_POLL && (await this.#isAwaited(feed))) return 'interrupted';
      const isDone = await takeItem(each, parsed.title, around);
      isComplete &&= isDone;
    }
    return isComplete ? 'all' : 'some';
  }

  /** True if another feed of the same host is due, or others can't be polled since this one is. */
  async #isAwaited(feed: string): Promise<boolean> {
    if (this.#polls.size >= MOST_POLLS) return true;
    return await this.#feeds(isHostDue, feed, this.#now());
  }

  #read(feed: string, link: string): Promise<Reading> {
    const { net, documents } = this.#options;
    // Only fetching takes the host's turn: a page that is slow to parse says nothing about the host.
    const inTurn: Pick<Net, 'fetch'> = {
      fetch: (address, asker) => this.#inTurn(feed, address, () => net.fetch(address, asker)),
    };
    return readLink(link, hostOf(link), inTurn, documents);
  }

  /**
   * Returns the libraries that follow a feed, even those that have paused it, unless they can't be opened. Those that
   * don't follow it any more are forgotten.
   */
  async #followersOf(feed: string): Promise<Followers> {
    const { libraries } = this.#options;
    const followers: Follower[] = [];
    let areAll = true;
    for (const name of await this.#feeds(readFollowers, feed)) {
      const owner = ownerNamed(name);
      const isDone = await tryOrReport(`Cannot open ${name}, which follows ${feed}`, this.#report, async () => {
        const library = (await libraries.has(owner)) ? await libraries.open(owner) : undefined;
        const follow = await library?.read(readFollow, feed);
        if (library === undefined || follow === undefined) await this.#feeds(removeFollower, feed, name);
        else followers.push({ library, follow });
      });
      areAll &&= isDone;
    }
    return { followers, areAll };
  }

  /** Removes articles that were to be kept for some days. */
  async #expire(feed: string, followers: Followers['followers']): Promise<void> {
    for (const { library, follow } of followers) {
      const { keepDays } = follow;
      if (keepDays === undefined) continue;
      await tryOrReport(
        `Cannot remove expired articles of ${feed} from ${nameOf(library.owner)}`,
        this.#report,
        async () => {
          const until = this.#now() - keepDays * DAY;
          const next = () => library.read(findTakenUntil, feed, until, EXPIRED_AT_ONCE);
          for (let ids = await next(); ids.length > 0; ids = await next()) {
            await this.#extend(feed);
            for (const id of ids) await library.remove(id);
            await library.write(forgetTaken, feed, ids);
          }
        },
      );
    }
  }

  /** After a stop, the store may be closed while something is still taken. */
  readonly #report: Reporter = (sentence, cause) => {
    if (!this.#isStopped) this.#options.report(sentence, cause);
  };

  get #feeds() {
    return this.#options.libraries.feeds;
  }

  #lease(milliseconds = CLAIM_MILLISECONDS): FeedClaim {
    return { claimant: this.#claimant, now: this.#now(), milliseconds };
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }
}

interface PollOutcome extends Pick<RegisteredFeed, 'next' | 'state'> {
  /** `undefined` if everyone has paused it, or if the poll wasn't finished. */
  readonly result: PollResult | undefined;
}

/** Who follows a feed. */
interface Followers {
  readonly followers: readonly Follower[];
  /** False if the library of another one can't be opened at the moment. */
  readonly areAll: boolean;
}

function succeeded(state: FeedState, now: number): FeedState {
  return { ...state, lastSuccess: now, failures: 0, failingSince: undefined, problem: undefined, ended: undefined };
}
