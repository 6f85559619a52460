import { type Client, DiscordAPIError, Routes, SnowflakeUtil } from 'discord.js';
import * as z from 'zod/mini';
import type { Owner } from '../library/owner.ts';
import { forumOf, recipientOf } from '../library/store/following/watches.ts';
import { plain } from '../replies/parts/markdown.ts';
import { type PostMessage, withPings } from '../replies/posts.ts';

/** Milliseconds that one request may take, retries included. */
const LONGEST_REQUEST = 15_000;
/** Discord's clock may be this much behind, in milliseconds. */
const CLOCK_ERROR = 60_000;
/** As many messages of a channel, or archived posts of a forum, as Discord lists at once. */
const MOST_LISTED = 100;
/** A post of a forum may have this many tags, whose names have this many characters. */
const MOST_TAGS = 5;
const LONGEST_TAG = 20;

const CHANNEL_SHAPE = z.object({ id: z.string() });
const TAG_SHAPE = z.object({ id: z.string(), name: z.string(), moderated: z.optional(z.boolean()) });
const FORUM_SHAPE = z.object({ available_tags: z.optional(z.array(TAG_SHAPE)) });
const MESSAGE_SHAPE = z.object({ author: z.object({ id: z.string() }), components: z.optional(z.unknown()) });
const MESSAGES_SHAPE = z.array(MESSAGE_SHAPE);
const THREADS_SHAPE = z.object({
  threads: z.array(
    z.object({ id: z.string(), name: z.string(), owner_id: z.nullish(z.string()), parent_id: z.nullish(z.string()) }),
  ),
});

/** Posts a message. For a few minutes, Discord drops another one with the same nonce, except in forums. */
export type SendPost = (channel: string, message: PostMessage, nonce: string, owner: Owner) => Promise<void>;

/** Returns true if the bot has posted such a message in a channel since then, as far as it may read the channel. */
export type FindPost = (channel: string, message: PostMessage, since: number, owner: Owner) => Promise<boolean>;

/** Returns the texts and ids of components, which Discord keeps as they are. */
function wordsOf(components: unknown): readonly string[] {
  if (Array.isArray(components)) return components.flatMap(wordsOf);
  if (typeof components !== 'object' || components === null) return [];
  return Object.entries(components).flatMap(([name, value]) =>
    typeof value === 'string' ? (name === 'content' || name === 'custom_id' ? [value.trim()] : []) : wordsOf(value),
  );
}

/** A text that only mentions roles, one of which may have been deleted meanwhile. */
const PINGS = /^(?:<@&\d+> ?)+$/v;

function isSame(one: unknown, other: unknown): boolean {
  const [words, otherWords] = [one, other].map(components => {
    const others = wordsOf(components).filter(text => !PINGS.test(text));
    return others.toSorted().join('\n');
  });
  return words === otherWords;
}

function tagName(name: string): string {
  return plain(name).slice(0, LONGEST_TAG).trim().toLowerCase();
}

/** Sends posts to channels, forums and people, and finds those that are there. */
export class Channels {
  readonly #client: Pick<Client<true>, 'rest' | 'user'>;
  readonly #stopping = new AbortController();

  constructor(client: Pick<Client<true>, 'rest' | 'user'>) {
    this.#client = client;
  }

  /** Ends all requests. */
  stop(): void {
    this.#stopping.abort();
  }

  readonly send: SendPost = async (channel, message, nonce, owner) => {
    const { name, outlets } = message;
    const { rest } = this.#client;
    const { components, flags, allowed_mentions } = withPings(message, await this.#rolesOf(message, owner));
    const shown = { components, flags, allowed_mentions };
    const forum = forumOf(channel);
    if (forum !== undefined) {
      const body = { name, message: shown, applied_tags: await this.#tagsOf(forum, outlets) };
      await rest.post(Routes.threads(forum), { body, signal: this.#signal() });
      return;
    }
    const recipient = recipientOf(channel);
    // Users who have left the server get nothing more from it.
    if (recipient !== undefined && owner.kind === 'server') await this.#get(Routes.guildMember(owner.id, recipient));
    const body = { ...shown, nonce, enforce_nonce: true };
    await rest.post(Routes.channelMessages(await this.#channelOf(channel)), { body, signal: this.#signal() });
  };

  /**
   * Looks among the messages that came after a moment, and then among the newest. In a forum, looks among the active
   * posts, and then among those archived last.
   */
  readonly isThere: FindPost = async (channel, message, since, owner) => {
    const forum = forumOf(channel);
    if (forum !== undefined) return await this.#isInForum(forum, message, since - CLOCK_ERROR, owner);
    const id = await this.#channelOf(channel);
    const isIt = ({ author, components }: z.infer<typeof MESSAGE_SHAPE>) =>
      author.id === this.#client.user.id && isSame(components, message.components);
    const limit = `${MOST_LISTED}`;
    const after = `${SnowflakeUtil.generate({ timestamp: since - CLOCK_ERROR })}`;
    const next = await this.#list(id, { limit, after });
    if (next.some(isIt) || next.length < MOST_LISTED) return next.some(isIt);
    return (await this.#list(id, { limit })).some(isIt);
  };

  async #isInForum(forum: string, message: PostMessage, since: number, owner: Owner): Promise<boolean> {
    const limit = `${MOST_LISTED}`;
    const lists = [
      () => this.#getIfPermitted(Routes.guildActiveThreads(owner.id)),
      () => this.#getIfPermitted(Routes.channelThreads(forum, 'public'), { limit }),
    ];
    for (const list of lists) {
      const { threads = [] } = z.safeParse(THREADS_SHAPE, await list()).data ?? {};
      for (const { id, name, owner_id, parent_id } of threads) {
        const isOwn = parent_id === forum && owner_id === this.#client.user.id;
        if (!isOwn || name !== message.name || SnowflakeUtil.timestampFrom(id) < since) continue;
        // The first message has the id of its post. If it is gone or can't be read, the name has to do.
        const first = z.safeParse(MESSAGE_SHAPE, await this.#getIfPermitted(Routes.channelMessage(id, id))).data;
        if (first === undefined || isSame(first.components, message.components)) return true;
      }
    }
    return false;
  }

  /** Returns the tags of a forum that are named like outlets. Only moderators may use some. */
  async #tagsOf(forum: string, outlets: readonly string[]): Promise<readonly string[]> {
    if (outlets.length === 0) return [];
    const { available_tags = [] } = z.parse(FORUM_SHAPE, await this.#get(Routes.channel(forum)));
    const named = outlets.map(tagName);
    const fitting = available_tags.filter(({ name, moderated }) => moderated !== true && named.includes(tagName(name)));
    return fitting.slice(0, MOST_TAGS).map(({ id }) => id);
  }

  /** Returns the roles to mention that haven't been deleted. */
  async #rolesOf({ pings }: PostMessage, owner: Owner): Promise<readonly string[]> {
    const found = await Promise.all(pings.map(role => this.#getIfPermitted(Routes.guildRole(owner.id, role))));
    return pings.filter((_, at) => found[at] !== undefined);
  }

  async #channelOf(channel: string): Promise<string> {
    const recipient = recipientOf(channel);
    if (recipient === undefined) return channel;
    const options = { body: { recipient_id: recipient }, signal: this.#signal() };
    return z.parse(CHANNEL_SHAPE, await this.#client.rest.post(Routes.userChannels(), options)).id;
  }

  async #list(channel: string, query: Readonly<Record<string, string>>) {
    return z.safeParse(MESSAGES_SHAPE, await this.#getIfPermitted(Routes.channelMessages(channel), query)).data ?? [];
  }

  /** Returns `undefined` without the permission to read. */
  async #getIfPermitted(route: `/${string}`, query: Readonly<Record<string, string>> = {}): Promise<unknown> {
    try {
      return await this.#get(route, query);
    } catch (error) {
      if (error instanceof DiscordAPIError && error.status < 500) return undefined;
      throw error;
    }
  }

  #get(route: `/${string}`, query: Readonly<Record<string, string>> = {}): Promise<unknown> {
    return this.#client.rest.get(route, { query: new URLSearchParams(query), signal: this.#signal() });
  }

  #signal(): AbortSignal {
    return AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(LONGEST_REQUEST)]);
  }
}
