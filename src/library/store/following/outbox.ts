import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { decodeMessage, message } from '../../../wording/say.ts';
import { decodeText, toOptionalNumber, toText } from '../columns.ts';
import { parseJson } from '../json.ts';
import { all, first, insert, type Row, type Script } from '../script.ts';
import { PERIOD_SHAPE } from './watches.ts';

const HIT_SHAPE = z.object({
  watch: z.string(),
  /** The best quote, as an index into the article's attributions. */
  passage: z.number(),
  /** How many more there are. */
  others: z.number(),
});

/** What a watch found in an article. */
export type WatchHit = Readonly<z.infer<typeof HIT_SHAPE>>;

/** A message that this version doesn't know any more is replaced, or its post would stay in the outbox for good. */
const PROBLEM_SHAPE = z.pipe(
  z.unknown(),
  z.transform(stored => decodeMessage(stored) ?? message('reading.trouble')),
);
const POST_SHAPE = z.object({
  channel: z.string(),
  /** The article's id in the library; '' if it isn't about one. */
  article: z.string(),
  /** What it is posted for. */
  reason: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('article'), feed: z.string() }),
    /** The beginning and the end of a disputed content. */
    z.object({ kind: z.literal('dispute'), starts: z.number(), ends: z.number() }),
    /** A feed that has failed for a day; no article. */
    z.object({ kind: z.literal('failing'), feed: z.string(), problem: PROBLEM_SHAPE }),
    z.extend(HIT_SHAPE, { kind: z.literal('watch'), every: z.optional(PERIOD_SHAPE) }),
  ]),
});

/**
 * A message to be posted about an article. `id` is random, at most 25 characters, and the nonce of a message with
 * nothing else in it.
 */
export interface NewPost extends Readonly<z.infer<typeof POST_SHAPE>> {
  readonly id: string;
}

/** Returns a random id of 22 characters; Discord allows 25. */
export function newNonce(): string {
  return randomBytes(16).toString('base64url');
}

/** Returns a post with a new id. */
export function newPost(channel: string, article: string, reason: NewPost['reason']): NewPost {
  return { id: newNonce(), channel, article, reason };
}

/** A post in the outbox. */
export interface Post extends NewPost {
  /** The nonce of the message it is part of, stored before that is first sent. */
  readonly nonce: string | undefined;
  /** How many attempts to send it have failed. */
  readonly attempts: number;
  /** When it was put there, or when its digest comes, in milliseconds since 1970. */
  readonly since: number;
}

/** A new article that the watches haven't been matched with. */
export interface UnmatchedArticle {
  /** Its id. */
  readonly article: string;
  /** When it was added, in milliseconds since 1970. */
  readonly since: number;
}

function* readRows(now: number, limit: number): Script<readonly Row[]> {
  const sql = `SELECT id, since, attempts, nonce, body FROM {outbox} WHERE {here} AND due <= ?1
    ORDER BY nonce IS NULL, nonce, since, id LIMIT ?2`;
  return yield* all(sql, now, limit);
}

/** Returns the ids of posts that are due, but that only the newer version that wrote them can send. */
export function* readUndecodablePosts(now: number, limit: number): Script<readonly string[]> {
  const rows = yield* readRows(now, limit);
  return rows.filter(({ body }) => parseJson(POST_SHAPE, toText(body)) === undefined).map(({ id }) => toText(id));
}

/** Returns posts that are due: those with the same nonce together, whole groups only; then the others, oldest first. */
export function* readPosts(now: number, limit: number): Script<readonly Post[]> {
  const rows = yield* readRows(now, limit);
  const posts = rows.flatMap(({ id, since, attempts, nonce, body }) => {
    const post = parseJson(POST_SHAPE, toText(body));
    const group = nonce === null ? undefined : toText(nonce);
    return post === undefined
      ? []
      : [{ id: toText(id), since: Number(since), attempts: Number(attempts), nonce: group, ...post }];
  });
  const cut = rows.length < limit ? undefined : posts.at(-1)?.nonce;
  return cut === undefined || posts[0]?.nonce === cut ? posts : posts.filter(({ nonce }) => nonce !== cut);
}

/** Returns when the next post is due, or an article is to be matched. */
export function* readNextPost(): Script<number | undefined> {
  const sql = `SELECT min(due) AS first FROM (SELECT min(due) AS due FROM {outbox} WHERE {here}
    UNION ALL SELECT min(since) AS due FROM {unmatched} WHERE {here}) AS either`;
  return toOptionalNumber((yield* first(sql))?.first ?? null);
}

/** Puts a post into the outbox. It is due at its `since`. */
function* insertPost({ id, since, attempts, nonce, ...body }: Post): Script<void> {
  yield* insert('outbox', { id, since, due: since, attempts, nonce: nonce ?? null, body: JSON.stringify(body) });
}

/** Puts a post into the outbox that was never there. It is due at `since`. */
export function* insertNewPost(post: NewPost, since: number): Script<void> {
  yield* insertPost({ ...post, since, attempts: 0, nonce: undefined });
}

/** Notes that the watches are to be matched with an article. */
export function* insertUnmatched({ article, since }: UnmatchedArticle): Script<void> {
  const sql = `INSERT INTO {unmatched} ({library_column} article, since) VALUES ({library_value} ?1, ?2)
    ON CONFLICT DO NOTHING`;
  yield* all(sql, { json: article }, since);
}

/** Returns articles that the watches are to be matched with, oldest first. */
export function* readUnmatched(limit: number): Script<readonly UnmatchedArticle[]> {
  const sql = 'SELECT article, since FROM {unmatched} WHERE {here} ORDER BY since, article LIMIT ?1';
  return (yield* all(sql, limit)).map(({ article, since }) => ({ article: decodeText(article), since: Number(since) }));
}

/** Stores what watches found in an article, each with when it is due. Does nothing if that was done before. */
export function* saveMatches(article: string, posts: readonly (NewPost & Pick<Post, 'since'>)[]): Script<void> {
  const sql = 'DELETE FROM {unmatched} WHERE {here} AND article = ?1 RETURNING article';
  if ((yield* first(sql, { json: article })) === undefined) return;
  for (const { since, ...post } of posts) yield* insertNewPost(post, since);
}

/** Deletes all posts and stores these. Does the same with unmatched articles. */
export function* replacePosts(posts: readonly Post[], unmatched: readonly UnmatchedArticle[]): Script<void> {
  yield* all('DELETE FROM {outbox} WHERE {here}');
  yield* all('DELETE FROM {unmatched} WHERE {here}');
  for (const post of posts) yield* insertPost(post);
  for (const each of unmatched) yield* insertUnmatched(each);
}

/** Sets the nonce of posts that have none yet, and returns their ids. */
export function* groupPosts(ids: readonly string[], nonce: string): Script<readonly string[]> {
  const sql = 'UPDATE {outbox} SET nonce = ?1 WHERE {here} AND nonce IS NULL AND {id in ?2} RETURNING id';
  return (yield* all(sql, nonce, ids)).map(({ id }) => toText(id));
}

export function* deletePosts(ids: readonly string[]): Script<void> {
  yield* all('DELETE FROM {outbox} WHERE {here} AND {id in ?1}', ids);
}

/** Postpones posts. Counts an attempt if it failed. */
export function* postponePosts(ids: readonly string[], until: number, hasFailed = false): Script<void> {
  const sql = 'UPDATE {outbox} SET due = ?1, attempts = attempts + ?2 WHERE {here} AND {id in ?3}';
  yield* all(sql, until, Number(hasFailed), ids);
}
