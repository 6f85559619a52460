import * as z from 'zod/mini';
import type { Message } from '../../../wording/say.ts';
import { decodeText, toText } from '../columns.ts';
import { OPTIONAL_NUMBER, OPTIONAL_TEXT, parseJson } from '../json.ts';
import { digestOf } from '../keys.ts';
import { all, first, insert, insertAll, jsonTexts, type Row, type Script } from '../script.ts';
import type { PutResult } from '../store.ts';
import { insertNewPost, insertUnmatched, type NewPost, newPost } from './outbox.ts';
import { directTo } from './watches.ts';

const FOLLOW_SHAPE = z.object({
  title: z.string(),
  /** The id of the channel in which new articles are posted; `inForum` of a forum. */
  channel: OPTIONAL_TEXT,
  /** The role that its posts mention. */
  ping: OPTIONAL_TEXT,
  /** Only items with these words are taken. */
  only: OPTIONAL_TEXT,
  /** After how many days its articles are removed; `undefined` for never. */
  keepDays: OPTIONAL_NUMBER,
  isPaused: z.boolean(),
  /** True until its first poll after it was followed or resumed. That poll takes only the newest items. */
  isNew: z.boolean(),
  /** Why nothing is posted in the channel any more: Discord's error code. */
  disabled: OPTIONAL_NUMBER,
  /** A user id. */
  addedBy: z.string(),
  /** In milliseconds since 1970. */
  addedAt: z.number(),
});

/** A feed that a library follows. */
export interface Follow extends Readonly<z.infer<typeof FOLLOW_SHAPE>> {
  /** The address that it was followed by, which identifies it. */
  readonly feed: string;
}

/** Why an item isn't taken. */
export const SKIP_REASONS = [
  /** The library has the article already. */
  'there',
  /** It lacks the words of `only`. */
  'words',
  /** The daily limit is reached. The item is tried again the next day, then as long as it is in the feed. */
  'limit',
  /** The library has no room. */
  'full',
  'paywall',
  /** The linked page has no article. */
  'no article',
  /** The linked page couldn't be fetched. */
  'unreachable',
  /** The text is too long, takes too long to attribute, or crashes that. */
  'too long',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** A follow, and what became of the feed's items so far. */
export interface CountedFollow extends Follow {
  readonly taken: number;
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>;
}

/** `seen`: it was in the feed before it was followed. `retrying`: to be tried again, like one above the `limit`. */
type ItemOutcome = 'taken' | 'seen' | 'retrying' | SkipReason;

const ITEM_SHAPE = z.object({
  /** What identifies it in its feed, the best first: one is enough to recognise it. */
  keys: z.readonly(z.array(z.string())),
  title: z.string(),
  /** http or https. */
  link: OPTIONAL_TEXT,
  /** ISO 8601. */
  published: OPTIONAL_TEXT,
  /** When it was last changed, if that is all that the feed says. */
  updated: z.optional(z.string()),
  /** Separated by commas. */
  categories: z.optional(z.string()),
  /** The feed's own text of it, a paragraph per line. */
  text: z.string(),
});

/** An item of a feed. */
export type FeedItem = Readonly<z.infer<typeof ITEM_SHAPE>>;

/** What became of an item in one library. */
export interface ItemMark {
  /** Those of the item. */
  readonly keys: readonly string[];
  readonly outcome: ItemOutcome;
  /** How often it was tried. */
  readonly attempts: number;
  /** When, or if it is to be tried again, when next; in milliseconds since 1970. */
  readonly moment: number;
  /**
   * The item, to be tried again even if it leaves the feed. One of more than 5,000 characters isn't kept, and of a feed,
   * only the 200 that are to be tried last.
   */
  readonly kept?: FeedItem | undefined;
}

/** A stored mark: of one key, by its hash. */
interface StoredMark extends Omit<ItemMark, 'keys' | 'kept'> {
  readonly item: string;
  /** The id of the article that was taken, unless that has expired. */
  readonly article: string | undefined;
  /** As JSON. */
  readonly kept: string | undefined;
}

/** The item of a feed that an article is taken from, and the channel to post it in. */
export interface TakenFrom {
  readonly feed: string;
  readonly keys: readonly string[];
  readonly channel: string | undefined;
}

/** What is stored in the transaction that adds an article. */
export interface PutEffects {
  readonly now: number;
  readonly item: Pick<TakenFrom, 'feed' | 'keys'> | undefined;
  /** Stored only if the article is new. */
  readonly posts: readonly NewPost[];
  /** True if watches are to be matched with the article, should it be new. */
  readonly isWatched: boolean;
}

const SKIPPED_SHAPE = z.partialRecord(z.enum(SKIP_REASONS), z.number());
const OUTCOMES: readonly ItemOutcome[] = ['taken', 'seen', 'retrying', ...SKIP_REASONS];

const LONGEST_KEPT = 5000;
const MOST_KEPT = 200;
/** How many items that have left a feed and didn't become articles are remembered. */
const MOST_MARKS = 10_000;

/** Returns the oldest first. */
export function* readFollows(): Script<readonly CountedFollow[]> {
  const sql = 'SELECT feed, body, taken, skipped FROM {follows} WHERE {here}';
  const follows = (yield* all(sql)).flatMap(row => toFollow(row) ?? []);
  return follows.sort((one, other) => one.addedAt - other.addedAt);
}

export function* readFollow(feed: string): Script<CountedFollow | undefined> {
  const row = yield* first('SELECT feed, body, taken, skipped FROM {follows} WHERE {here} AND feed = ?1', feed);
  return row && toFollow(row);
}

function toFollow({ feed, body, taken, skipped }: Row): CountedFollow | undefined {
  const follow = parseJson(FOLLOW_SHAPE, toText(body));
  const counts = { taken: Number(taken), skipped: parseJson(SKIPPED_SHAPE, toText(skipped)) ?? {} };
  return follow && { feed: toText(feed), ...follow, ...counts };
}

/** Replaces a follow and its counts. */
export function* writeFollow({ feed, taken, skipped, ...body }: CountedFollow): Script<void> {
  yield* all('DELETE FROM {follows} WHERE {here} AND feed = ?1', feed);
  yield* insert('follows', { feed, body: JSON.stringify(body), taken, skipped: JSON.stringify(skipped) });
}

/** Adds a follow, or replaces it and keeps its counts. Returns false if it would be one more than `most`. */
export function* saveFollow(follow: Follow, most: number): Script<boolean> {
  const former = yield* readFollow(follow.feed);
  const count = yield* first('SELECT count(*) AS rows FROM {follows} WHERE {here}');
  if (former === undefined && Number(count?.rows) >= most) return false;
  yield* writeFollow({ ...follow, taken: former?.taken ?? 0, skipped: former?.skipped ?? {} });
  return true;
}

/** Returns false if there is no such follow. */
export function* changeFollow(feed: string, changes: Partial<Omit<Follow, 'feed'>>): Script<boolean> {
  const former = yield* readFollow(feed);
  if (former !== undefined) yield* writeFollow({ ...former, ...changes });
  return former !== undefined;
}

/** Deletes a follow and what is known of its items, not its articles. Returns false if it wasn't there. */
export function* deleteFollow(feed: string): Script<boolean> {
  yield* all('DELETE FROM {feed_items} WHERE {here} AND feed = ?1', feed);
  return (yield* first('DELETE FROM {follows} WHERE {here} AND feed = ?1 RETURNING feed', feed)) !== undefined;
}

const MARK_COLUMNS = 'item, outcome, attempts, moment, article, kept';

/** Returns the marks of items, by key. */
export function* readMarks(feed: string, keys: readonly string[]): Script<ReadonlyMap<string, StoredMark>> {
  const sql = `SELECT ${MARK_COLUMNS} FROM {feed_items} WHERE {here} AND feed = ?1 AND {item in ?2}`;
  const rows = (yield* all(sql, feed, keys.map(digestOf))).map(toMark);
  const byItem = new Map(rows.map(mark => [mark.item, mark]));
  return new Map(
    keys.flatMap(key => {
      const mark = byItem.get(digestOf(key));
      return mark === undefined ? [] : [[key, mark] as const];
    }),
  );
}

function toMark({ item, outcome, attempts, moment, article, kept }: Row): StoredMark {
  return {
    item: toText(item),
    outcome: OUTCOMES.find(each => each === outcome) ?? 'seen',
    attempts: Number(attempts),
    moment: Number(moment),
    article: article === null ? undefined : decodeText(article),
    kept: kept === null ? undefined : toText(kept),
  };
}

/** Replaces the marks of these items. */
export function* writeMarks(feed: string, marks: readonly StoredMark[]): Script<void> {
  const items = marks.map(({ item }) => item);
  yield* all('DELETE FROM {feed_items} WHERE {here} AND feed = ?1 AND {item in ?2}', feed, items);
  const rows = marks.map(({ item, outcome, attempts, moment, article, kept = null }) => ({
    ...{ feed, item, outcome, attempts, moment, kept },
    article: article === undefined ? null : { json: article },
  }));
  yield* insertAll('feed_items', rows);
}

function jsonOf(item: FeedItem): string | undefined {
  const json = JSON.stringify(item);
  return json.length > LONGEST_KEPT ? undefined : json;
}

/** Returns items that are kept, the one to be tried next first. */
export function* readKeptItems(feed: string): Script<readonly FeedItem[]> {
  const sql = 'SELECT kept FROM {feed_items} WHERE {here} AND feed = ?1 AND kept IS NOT NULL ORDER BY moment';
  return (yield* all(sql, feed)).flatMap(({ kept }) => parseJson(ITEM_SHAPE, toText(kept)) ?? []);
}

function* limitKept(feed: string): Script<void> {
  const which = '{here} AND feed = ?1 AND kept IS NOT NULL';
  const last = `SELECT item FROM {feed_items} WHERE ${which} ORDER BY moment DESC, item LIMIT ${MOST_KEPT}`;
  yield* all(`UPDATE {feed_items} SET kept = NULL WHERE ${which} AND item NOT IN (${last})`, feed);
}

const isSkip = (outcome: ItemOutcome): outcome is SkipReason => SKIP_REASONS.some(each => each === outcome);

/**
 * Marks items and counts them. With `isFirst`, the feed isn't new any more. `article` is the id of the one that was taken.
 * Does nothing if the feed isn't followed.
 */
export function* markItems(feed: string, marks: readonly ItemMark[], isFirst = false, article?: string): Script<void> {
  const follow = yield* readFollow(feed);
  if (follow === undefined) return;
  const former = yield* readMarks(
    feed,
    marks.flatMap(({ keys }) => keys),
  );
  const wasLimited = ({ keys }: ItemMark) => keys.some(key => former.get(key)?.outcome === 'limit');
  const stored = marks.flatMap(({ keys, kept, ...rest }) => {
    const json = kept && jsonOf(kept);
    return keys.map((key, at): StoredMark => {
      const [isFirst, isLast] = [at === 0, at === keys.length - 1];
      // Each belongs to one key, so that it is found once: the item to its link, which sites change less often.
      return { ...rest, item: digestOf(key), article: isFirst ? article : undefined, kept: isLast ? json : undefined };
    });
  });
  yield* writeMarks(feed, [...new Map(stored.map(each => [each.item, each])).values()]);
  if (stored.some(({ kept }) => kept !== undefined)) yield* limitKept(feed);
  const skipped: Partial<Record<SkipReason, number>> = { ...follow.skipped };
  let { taken } = follow;
  for (const mark of marks) {
    const { outcome } = mark;
    // It isn't over the limit any more, or was counted before.
    if (wasLimited(mark)) skipped.limit = Math.max(0, (skipped.limit ?? 0) - 1);
    if (outcome === 'taken') taken += 1;
    if (isSkip(outcome)) skipped[outcome] = (skipped[outcome] ?? 0) + 1;
  }
  if (skipped.limit === 0) delete skipped.limit;
  yield* writeFollow({ ...follow, taken, skipped, isNew: follow.isNew && !isFirst });
}

/** Stores what belongs to an article, in the transaction that adds it. */
export function* afterPut(put: PutResult, effects: PutEffects | undefined): Script<void> {
  if (effects === undefined || put.kind === 'full') return;
  const { now, item } = effects;
  if (item !== undefined) {
    const isThere = put.kind === 'same';
    const outcome = isThere ? 'there' : 'taken';
    yield* markItems(
      item.feed,
      [{ keys: item.keys, outcome, attempts: 1, moment: now }],
      false,
      isThere ? undefined : put.ref.id,
    );
  }
  if (put.kind !== 'added') return;
  for (const post of effects.posts) yield* insertNewPost(post, now);
  if (effects.isWatched) yield* insertUnmatched({ article: put.ref.id, since: now });
}

/**
 * Marks an item whose article is in the library already. If another feed brought that since `since`, and it isn't posted
 * in the channel yet, puts a post into the outbox and returns true.
 */
export function* markThere(
  { feed, keys, channel }: TakenFrom,
  article: string,
  { since, now }: { readonly since: number; readonly now: number },
): Script<boolean> {
  const isNew = (yield* readMarks(feed, keys)).size === 0;
  yield* markItems(feed, [{ keys, outcome: 'there', attempts: 1, moment: now }]);
  if (channel === undefined || !isNew) return false;
  const sql = 'SELECT feed FROM {feed_items} WHERE {here} AND article = ?1 AND moment > ?2 AND feed <> ?3';
  const bringers = (yield* all(sql, { json: article }, since, feed)).map(row => toText(row.feed));
  if (bringers.length === 0) return false;
  for (const other of yield* readFollows()) {
    if (other.feed === feed || other.channel !== channel) continue;
    const isPosted = bringers.includes(other.feed) || (yield* readMarks(other.feed, keys)).size > 0;
    if (isPosted) return false;
  }
  yield* insertNewPost(newPost(channel, article, { kind: 'article', feed }), now);
  return true;
}

/** Puts a post about a failing feed into the outbox: for its channel, or else for the person who followed it. */
export function* insertFailing(feed: string, problem: Message, now: number): Script<void> {
  const follow = yield* readFollow(feed);
  if (follow === undefined || follow.isPaused) return;
  const channel = follow.disabled === undefined ? follow.channel : undefined;
  const post = newPost(channel ?? directTo(follow.addedBy), '', { kind: 'failing', feed, problem });
  yield* insertNewPost(post, now);
}

/** Returns true if another feed brought an item with one of these keys. */
export function* isTakenElsewhere(feed: string, keys: readonly string[]): Script<boolean> {
  const others = (yield* readFollows()).map(each => each.feed).filter(each => each !== feed);
  const sql = `SELECT 1 AS one FROM {feed_items} WHERE {here} AND {feed in ?1} AND {item in ?2} AND outcome = 'taken'
    LIMIT 1`;
  return (yield* first(sql, others, keys.map(digestOf))) !== undefined;
}

/** Returns a feed's marks after a key's hash, for copying. */
export function* readMarksAfter(feed: string, item: string, limit: number): Script<readonly StoredMark[]> {
  const sql = `SELECT ${MARK_COLUMNS} FROM {feed_items} WHERE {here} AND feed = ?1 AND item > ?2 ORDER BY item LIMIT ?3`;
  return (yield* all(sql, feed, item, limit)).map(toMark);
}

/** Returns how many articles were taken from feeds since then. */
export function* countTakenSince(moment: number): Script<number> {
  const sql = 'SELECT count(*) AS rows FROM {feed_items} WHERE {here} AND article IS NOT NULL AND moment > ?1';
  return Number((yield* first(sql, moment))?.rows ?? 0);
}

/** Returns the ids of articles that were taken from a feed up to then. */
export function* findTakenUntil(feed: string, moment: number, limit: number): Script<readonly string[]> {
  const sql = `SELECT article FROM {feed_items} WHERE {here} AND article IS NOT NULL AND moment <= ?2 AND feed = ?1
    ORDER BY moment LIMIT ?3`;
  return (yield* all(sql, feed, moment, limit)).map(({ article }) => decodeText(article));
}

/** Forgets that these articles came from a feed. */
export function* forgetTaken(feed: string, articles: readonly string[]): Script<void> {
  const sql = 'UPDATE {feed_items} SET article = NULL WHERE {here} AND feed = ?1 AND {article in ?2}';
  yield* all(sql, feed, jsonTexts(articles));
}

/** Forgets skipped items that aren't among `keys`: those marked up to then, and all but the newest 10,000. */
export function* forgetMarks(feed: string, moment: number, keys: readonly string[]): Script<void> {
  const which = '{here} AND feed = ?1 AND article IS NULL AND NOT ({item in ?3})';
  const newest = `SELECT item FROM {feed_items} WHERE ${which} ORDER BY moment DESC, item LIMIT ${MOST_MARKS}`;
  const sql = `DELETE FROM {feed_items} WHERE ${which} AND (moment <= ?2 OR item NOT IN (${newest}))`;
  yield* all(sql, feed, moment, keys.map(digestOf));
}
