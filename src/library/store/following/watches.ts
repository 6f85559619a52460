import * as z from 'zod/mini';
import { toText } from '../columns.ts';
import { OPTIONAL_NUMBER, OPTIONAL_TEXT, orUndefined, parseJson } from '../json.ts';
import { all, first, insert, type Script } from '../script.ts';

export const PERIOD_SHAPE = z.enum(['day', 'week']);
/** How often a watch posts what it found in one message. */
export type Period = z.infer<typeof PERIOD_SHAPE>;

const WATCH_SHAPE = z.object({
  speaker: OPTIONAL_TEXT,
  words: OPTIONAL_TEXT,
  /** The id of the channel to post in; `inForum` or `directTo` of another place. */
  channel: z.string(),
  addedBy: z.string(),
  /** The Discord language of the person who added it, for direct messages. */
  locale: OPTIONAL_TEXT,
  /** Why nothing is posted any more: Discord's error code. */
  disabled: OPTIONAL_NUMBER,
  /** The role that its posts mention. */
  ping: OPTIONAL_TEXT,
  /** `undefined` if each quote is a message of its own. */
  every: orUndefined(PERIOD_SHAPE),
  /** In milliseconds since 1970; 0 if it wasn't stored. Digests come at this hour. */
  addedAt: z._default(z.number(), 0),
});

/** Someone or something that a library is watched for. */
export interface Watch extends Readonly<z.infer<typeof WATCH_SHAPE>> {
  readonly id: string;
}

/** What a channel begins with if it is a user who gets a direct message. */
const DIRECT = '@';

/** Returns the channel of posts that are sent to somebody. */
export function directTo(user: string): string {
  return `${DIRECT}${user}`;
}

/** Returns the user who gets a post; `undefined` if it goes to a channel. */
export function recipientOf(channel: string): string | undefined {
  return channel.startsWith(DIRECT) ? channel.slice(DIRECT.length) : undefined;
}

/** What a channel begins with if it is a forum, in which each message is a post. */
const FORUM = '#';

/** Returns the channel of posts in a forum. Discord has another request for these, so it must be known. */
export function inForum(id: string): string {
  return `${FORUM}${id}`;
}

/** Returns the id of the forum that a post goes to; `undefined` if it goes elsewhere. */
export function forumOf(channel: string): string | undefined {
  return channel.startsWith(FORUM) ? channel.slice(FORUM.length) : undefined;
}

/** Of people's own watches on a library, all together. */
export const MOST_DIRECT = 500;

export function* readWatches(): Script<readonly Watch[]> {
  return (yield* all('SELECT id, body FROM {watches} WHERE {here} ORDER BY id')).flatMap(row => {
    const watch = parseJson(WATCH_SHAPE, toText(row.body));
    return watch === undefined ? [] : [{ id: toText(row.id), ...watch }];
  });
}

/**
 * Adds or replaces a watch. Returns false if it would be one more than `most`: of a person's own, or of those that post in
 * channels.
 */
export function* saveWatch({ id, ...body }: Watch, most: number): Script<boolean> {
  if (!(yield* deleteWatch(id)) && !hasRoom(body.channel, yield* readWatches(), most)) return false;
  yield* insert('watches', { id, body: JSON.stringify(body) });
  return true;
}

function hasRoom(place: string, watches: readonly Watch[], most: number): boolean {
  const personal = watches.filter(({ channel }) => recipientOf(channel) !== undefined);
  if (recipientOf(place) === undefined) return watches.length - personal.length < most;
  return personal.length < MOST_DIRECT && personal.filter(({ channel }) => channel === place).length < most;
}

/** Returns false if there is no such watch. */
export function* changeWatch(id: string, changes: Partial<Omit<Watch, 'id'>>): Script<boolean> {
  const former = (yield* readWatches()).find(each => each.id === id);
  return former !== undefined && (yield* saveWatch({ ...former, ...changes }, Number.MAX_SAFE_INTEGER));
}

/** Returns false if there is no such watch. */
export function* deleteWatch(id: string): Script<boolean> {
  return (yield* first('DELETE FROM {watches} WHERE {here} AND id = ?1 RETURNING id', id)) !== undefined;
}
