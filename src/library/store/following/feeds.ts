import * as z from 'zod/mini';
import { decodeMessage } from '../../../wording/say.ts';
import { toText } from '../columns.ts';
import { OPTIONAL_NUMBER, OPTIONAL_TEXT, orUndefined, parseJson } from '../json.ts';
import { hostOf } from '../keys.ts';
import { all, first, type Row, type Script } from '../script.ts';
import type { Follow } from './following.ts';

const STATE_SHAPE = z.object({
  /** Where it is fetched from: it may have moved permanently. */
  address: z.string(),
  /** The site's validators for the version that every follower has taken. */
  etag: OPTIONAL_TEXT,
  lastModified: OPTIONAL_TEXT,
  /** In milliseconds since 1970. */
  lastTried: OPTIONAL_NUMBER,
  lastSuccess: OPTIONAL_NUMBER,
  /** How often it has failed in a row, and since when. */
  failures: z.number(),
  failingSince: OPTIONAL_NUMBER,
  problem: z.prefault(z.pipe(z.unknown(), z.transform(decodeMessage)), undefined),
  /** Why it isn't polled any more: the site says that it is gone, or it has failed for a week. */
  ended: orUndefined(z.enum(['gone', 'failing'])),
});

/** A feed's state, for all libraries that follow it. */
export type FeedState = Readonly<z.infer<typeof STATE_SHAPE>>;

/** A feed that at least one library follows. */
export interface RegisteredFeed {
  readonly feed: string;
  /** When it is polled next, in milliseconds since 1970. */
  readonly next: number;
  readonly state: FeedState;
}

/** How many feeds are followed, how many of them fail or have ended, and some of these. */
export interface TroubledFeeds {
  readonly feeds: number;
  readonly failing: number;
  readonly troubled: readonly RegisteredFeed[];
}

/** How long a claim lasts, and at which moment it begins, in milliseconds. */
export interface FeedClaim {
  readonly claimant: string;
  readonly now: number;
  readonly milliseconds: number;
}

/** Minimum time between two polls of a feed, in milliseconds, even if people follow or resume it. */
const SHORTEST_REST = 60_000;

/** A claim with at least this share of its time left isn't extended: that would be a write that everybody waits for. */
const FRESH = 0.5;
/** No claim lasts longer, in milliseconds. One that seems to is from before the clock was set back. */
const LONGEST_CLAIM = 60_000;

function newState(address: string): FeedState {
  return z.parse(STATE_SHAPE, { address, failures: 0 });
}

function toFeed(row: Row): RegisteredFeed {
  const feed = toText(row.feed);
  return { feed, next: Number(row.next), state: parseJson(STATE_SHAPE, toText(row.state)) ?? newState(feed) };
}

/** Makes the next poll fetch the whole feed. */
function whole(state: FeedState): FeedState {
  return { ...state, etag: undefined, lastModified: undefined };
}

/** Schedules a poll of the whole feed at `moment`, unless it was tried just now, or fails at its original address. */
function renewed({ feed, next, state }: RegisteredFeed, moment: number): RegisteredFeed {
  // Its new address fails, but somebody has just followed it at this one.
  const isLost = state.failures > 0 && state.address !== feed;
  if (state.failures > 0 && state.ended === undefined && !isLost) return { feed, next, state: whole(state) };
  // A later one is from before the clock was set back.
  const lastTried = Math.min(state.lastTried ?? Number.NEGATIVE_INFINITY, moment);
  const soonest = Math.max(moment, lastTried + SHORTEST_REST);
  const address = isLost ? feed : state.address;
  const begun = { ...whole(state), address, failures: 0, failingSince: undefined, ended: undefined };
  return { feed, next: Math.min(next, soonest), state: begun };
}

/** Requests made during a poll, in the column `renewed`: fetch the whole feed soon, or when it is due. */
const RENEWED = 1;
const WHOLE = 2;

function changedMeanwhile(polled: RegisteredFeed, asked: number, now: number): RegisteredFeed {
  if (asked === RENEWED) return renewed(polled, now);
  return asked === WHOLE ? { ...polled, state: whole(polled.state) } : polled;
}

const COLUMNS = 'feed, next, state';

function* findOne(feed: string): Script<RegisteredFeed | undefined> {
  const row = yield* first(`SELECT ${COLUMNS} FROM {feeds} WHERE feed = ?1`, feed);
  return row && toFeed(row);
}

/**
 * Records that a library follows a feed. It is polled in full, even if a poll is in progress: at `moment`, or a minute
 * after it was last tried. One that fails is polled when it is due; one that has ended is tried again.
 */
export function* registerFollower(feed: string, library: string, moment: number): Script<void> {
  yield* all('INSERT INTO {followers} (feed, library) VALUES (?1, ?2) ON CONFLICT DO NOTHING', feed, library);
  const known = yield* findOne(feed);
  if (known === undefined) {
    const sql = 'INSERT INTO {feeds} (feed, host, next, state, renewed) VALUES (?1, ?2, ?3, ?4, 0)';
    yield* all(sql, feed, hostOf(feed), moment, JSON.stringify(newState(feed)));
    return;
  }
  const sql = `UPDATE {feeds} SET next = ?2, state = ?3, renewed = ${RENEWED} WHERE feed = ?1`;
  const { next, state } = renewed(known, moment);
  yield* all(sql, feed, next, JSON.stringify(state));
}

/** Makes sure that what a library follows is polled. What is registered already stays as it is. */
export function* registerFollows(follows: readonly Follow[], library: string, moment: number): Script<void> {
  const rows = yield* all('SELECT feed FROM {followers} WHERE library = ?1', library);
  const known = new Set(rows.map(({ feed }) => toText(feed)));
  for (const { feed } of follows) if (!known.has(feed)) yield* registerFollower(feed, library, moment);
}

/** Makes the next poll fetch the whole feed, so that the poller checks who follows it. */
export function* refetchFeed(feed: string): Script<void> {
  const known = yield* findOne(feed);
  const sql = `UPDATE {feeds} SET state = ?2, renewed = CASE renewed WHEN ${RENEWED} THEN ${RENEWED} ELSE ${WHOLE} END
    WHERE feed = ?1`;
  if (known !== undefined) yield* all(sql, feed, JSON.stringify(whole(known.state)));
}

/** Removes a follower, and the feed if nobody else follows it. */
export function* removeFollower(feed: string, library: string): Script<void> {
  yield* all('DELETE FROM {followers} WHERE feed = ?1 AND library = ?2', feed, library);
  yield* all('DELETE FROM {feeds} WHERE feed = ?1 AND NOT EXISTS (SELECT 1 FROM {followers} WHERE feed = ?1)', feed);
}

/** Returns the libraries that follow a feed, without those that the bot has left. */
export function* readFollowers(feed: string): Script<readonly string[]> {
  const sql = `SELECT library FROM {followers} WHERE feed = ?1
    AND library NOT IN (SELECT library FROM {leaving}) ORDER BY library`;
  return (yield* all(sql, feed)).map(({ library }) => toText(library));
}

/** Returns those of these feeds that are followed. */
export function* findFeeds(feeds: readonly string[]): Script<readonly RegisteredFeed[]> {
  return (yield* all(`SELECT ${COLUMNS} FROM {feeds} WHERE {feed in ?1}`, feeds)).map(toFeed);
}

/**
 * Claims the feed that has been due longest, leaving out these hosts and those of which another feed is claimed. A feed
 * whose claim ends more than a minute from now is due, too: the clock was set back.
 */
export function* claimFeed(
  { claimant, now, milliseconds }: FeedClaim,
  without: readonly string[] = [],
): Script<RegisteredFeed | undefined> {
  const latest = now + LONGEST_CLAIM;
  const sql = `SELECT ${COLUMNS} FROM {feeds} WHERE (next <= ?1 OR claimed_until > ?2) AND NOT ({host in ?3})
    AND host NOT IN (SELECT host FROM {feeds} WHERE claimed_until > ?1 AND claimed_until <= ?2)
    ORDER BY next, feed LIMIT 1`;
  const next = () => first(sql, now, latest, without);
  for (let due = yield* next(); due !== undefined; due = yield* next()) {
    const found = toFeed(due);
    const { feed } = found;
    if ((yield* first('SELECT 1 AS one FROM {followers} WHERE feed = ?1 LIMIT 1', feed)) !== undefined) {
      const claiming = 'UPDATE {feeds} SET claimed_by = ?2, claimed_until = ?3, renewed = 0 WHERE feed = ?1';
      yield* all(claiming, feed, claimant, now + milliseconds);
      return found;
    }
    // Its followers were erased.
    yield* all('DELETE FROM {feeds} WHERE feed = ?1', feed);
  }
  return undefined;
}

/** True if another feed of the same host is due. */
export function* isHostDue(feed: string, now: number): Script<boolean> {
  const sql = `SELECT 1 AS one FROM {feeds} WHERE next <= ?2 AND feed <> ?1
    AND host = (SELECT host FROM {feeds} WHERE feed = ?1) LIMIT 1`;
  return (yield* first(sql, feed, now)) !== undefined;
}

/** Extends a claimant's claims on these feeds, except those that are over. */
export function* extendClaims(feeds: readonly string[], { claimant, now, milliseconds }: FeedClaim): Script<void> {
  const sql = 'UPDATE {feeds} SET claimed_until = ?3 WHERE claimed_by = ?1 AND claimed_until > ?2 AND {feed in ?4}';
  yield* all(sql, claimant, now, now + milliseconds, feeds);
}

/** Extends a claim, unless half of it is left. Returns false if it is over. */
export function* extendClaim(feed: string, { claimant, now, milliseconds }: FeedClaim): Script<boolean> {
  const sql = 'SELECT claimed_until FROM {feeds} WHERE feed = ?1 AND claimed_by = ?2 AND claimed_until > ?3';
  const row = yield* first(sql, feed, claimant, now);
  if (row !== undefined && Number(row.claimed_until) < now + milliseconds * FRESH)
    yield* all('UPDATE {feeds} SET claimed_until = ?2 WHERE feed = ?1', feed, now + milliseconds);
  return row !== undefined;
}

/**
 * Ends a claim; its host stays claimed for the lease. If a follower was registered or the feed is to be fetched in full
 * meanwhile, that applies to this state, too. Does nothing if the claim was lost.
 */
export function* saveFeed(polled: RegisteredFeed, { claimant, now, milliseconds }: FeedClaim): Script<void> {
  const sought = 'SELECT renewed FROM {feeds} WHERE feed = ?1 AND claimed_by = ?2';
  const row = yield* first(sought, polled.feed, claimant);
  if (row === undefined) return;
  const { feed, next, state } = changedMeanwhile(polled, Number(row.renewed), now);
  const sql = `UPDATE {feeds} SET next = ?2, state = ?3, troubled = ?4, host = ?5, renewed = 0, claimed_by = NULL,
    claimed_until = ?6 WHERE feed = ?1`;
  const isTroubled = state.failures > 0 || state.ended !== undefined;
  yield* all(
    sql,
    ...[feed, next, JSON.stringify(state), Number(isTroubled), hostOf(state.address), now + milliseconds],
  );
}

/** Returns at most `limit` of those that fail or have ended. */
export function* readTroubledFeeds(limit: number): Script<TroubledFeeds> {
  const counts = yield* first('SELECT count(*) AS feeds, coalesce(sum(troubled), 0) AS failing FROM {feeds}');
  const sql = `SELECT ${COLUMNS} FROM {feeds} WHERE troubled = 1 ORDER BY feed LIMIT ?1`;
  const troubled = (yield* all(sql, limit)).map(toFeed);
  return { feeds: Number(counts?.feeds), failing: Number(counts?.failing), troubled };
}

/** Forgets what a library follows. */
export function* forgetFollower(library: string): Script<void> {
  yield* all('DELETE FROM {followers} WHERE library = ?1', library);
}
