import { setTimeout as pause } from 'node:timers/promises';
import {
  type Client,
  DiscordAPIError,
  InteractionContextType,
  MessageReferenceType,
  MessageType,
  RateLimitError,
  type REST,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import type { Logger } from 'pino';
import * as z from 'zod/mini';
import { answerMessage, type IncomingMessage, localeOf } from '../commands/message.ts';
import { rateLimitReason } from '../commands/rate-limit.ts';
import { Turns } from '../fair-queue.ts';
import { fieldOf } from '../library/store/json.ts';
import type { LibrarySettings } from '../library/store/library-settings.ts';
import { withDeleteButton } from '../replies/message-buttons.ts';
import { asLine, isPrivate, notice, type Reply, withAccent } from '../replies/reply.ts';
import type { Say } from '../wording/say.ts';
import { attempt, type Outcome } from './dispatch.ts';
import { CLOSED_CHANNEL, describe } from './errors.ts';
import type { InteractionMonitor } from './monitoring.ts';
import {
  type Asker,
  libraryOwnerOf,
  requestContext,
  type Services,
  type SettingsReader,
  sayTo,
} from './request-context.ts';
import { type DropReason, RecentIds } from './request-queue.ts';

// In milliseconds.
const SECOND = 1000;
/** How long a message waits for its turn among those of its server and of others. */
const LONGEST_WAIT = 15 * SECOND;
/** How long an answer and deleting one are retried, if Discord limits how often a channel changes. */
const LONGEST_SENDING = 20 * SECOND;
/** How long nothing is sent to a channel where the bot may not write. */
const CLOSED_PERIOD = 10 * 60 * SECOND;

/** Maximum number of messages being answered, so that commands are answered in between. */
const MOST_AT_ONCE = 2;
const MOST_PER_OWNER = 1;
/** Of one server or person. More are dropped when they arrive, as nothing could be answered in time. */
const MOST_WAITING = 20;
/** How long a server or person waits between two answers, so that a flood of messages leaves time for all others. */
const PAUSE = 250;
/** Maximum number of one-line answers that are deleted along with the message that they answer. */
const MOST_LINES = 1000;

const id = z.string().check(z.regex(/^\d{1,20}$/v));
const text = z.object({ content: z.string() });

/** The fields that an answer needs. */
const messageShape = z.object({
  id,
  channel_id: id,
  guild_id: z.optional(id),
  content: z.string(),
  author: z.object({ id }),
  message_reference: z.optional(z.object({ type: z.optional(z.int()) })),
  message_snapshots: z.optional(z.array(z.object({ message: text }))),
  referenced_message: z.optional(
    z.nullable(z.object({ content: z.string(), author: z.object({ id }), components: z.optional(z.unknown()) })),
  ),
});
type ReceivedMessage = z.infer<typeof messageShape>;

const ANSWERED_TYPES: ReadonlySet<unknown> = new Set([MessageType.Default, MessageType.Reply]);

/**
 * True if a message asks the bot something: it mentions the bot, or is direct, and a person wrote it. Most messages of a
 * busy server don't, so this reads a few fields and allocates nothing.
 */
export function isForBot(data: unknown, botId: string): boolean {
  const mentions = fieldOf(data, 'mentions');
  const isMention = Array.isArray(mentions) && mentions.some(user => fieldOf(user, 'id') === botId);
  if (!isMention && fieldOf(data, 'guild_id') !== undefined) return false;
  if (fieldOf(data, 'webhook_id') !== undefined || fieldOf(data, 'mention_everyone') === true) return false;
  const author = fieldOf(data, 'author');
  if (fieldOf(author, 'bot') === true || fieldOf(author, 'system') === true || fieldOf(author, 'id') === botId)
    return false;
  return ANSWERED_TYPES.has(fieldOf(data, 'type'));
}

function withoutMention(content: string, botId: string): string {
  return content.replaceAll(new RegExp(`<@!?${botId}>`, 'gv'), ' ').trim();
}

/** Returns the ids of all buttons and menu entries, in order. Takes anything. */
function idsIn(components: unknown): string[] {
  if (!Array.isArray(components)) return [];
  return components.flatMap((component: unknown) => {
    const own = [fieldOf(component, 'custom_id'), fieldOf(component, 'value')].filter(
      value => typeof value === 'string',
    );
    return [...own, ...idsIn(fieldOf(component, 'components')), ...idsIn(fieldOf(component, 'options'))];
  });
}

function incoming(message: ReceivedMessage, botId: string): IncomingMessage {
  const { content, message_reference: reference, message_snapshots: [forwarded] = [] } = message;
  const said = withoutMention(content, botId);
  if (forwarded !== undefined) return { text: said, repliedTo: { kind: 'message', text: forwarded.message.content } };
  if (reference === undefined || reference.type === MessageReferenceType.Forward)
    return { text: said, repliedTo: undefined };
  const { referenced_message: replied } = message;
  if (replied?.author.id === botId)
    return { text: said, repliedTo: { kind: 'answer', ids: idsIn(replied.components) } };
  return { text: said, repliedTo: { kind: 'message', text: withoutMention(replied?.content ?? '', botId) } };
}

function askerOf({ author, guild_id, channel_id, content }: ReceivedMessage, client: Client): Asker {
  return {
    user: author,
    locale: localeOf(content),
    guildId: guild_id ?? null,
    guild: client.guilds.cache.get(guild_id ?? '') ?? null,
    channelId: channel_id,
    context: guild_id === undefined ? InteractionContextType.BotDM : InteractionContextType.Guild,
    // A bot that sees a server's messages is installed there.
    authorizingIntegrationOwners: { guildId: guild_id ?? null },
    memberPermissions: null,
    appPermissions: null,
  };
}

/** The name of a kind of message in logs and metrics. */
function kindOf({ guild_id, referenced_message }: ReceivedMessage): string {
  if (guild_id === undefined) return 'direct message';
  return referenced_message ? 'reply' : 'mention';
}

function isAnsweredIn({ channel_id, guild_id }: ReceivedMessage, { mentions }: LibrarySettings): boolean {
  return guild_id === undefined || mentions === 'everywhere' || mentions.includes(channel_id);
}

/** Why no answer can be sent to a channel, by Discord's code; its message for 160002 is that it may not read there. */
const CANNOT_WRITE: ReadonlySet<unknown> = new Set([
  ...CLOSED_CHANNEL,
  RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory,
]);

interface AnswererOptions {
  readonly client: Client;
  readonly services: Services;
  readonly log: Logger;
  /** Answers when it is its turn among all that is asked. */
  readonly inTurn: <Result>(work: () => Promise<Result>) => Promise<Result | DropReason>;
  readonly measure: InteractionMonitor['follow'];
  /** Told of what is under way. */
  readonly track: (work: Promise<void>) => void;
}

/** Replies to messages, at most once each. */
export class MessageAnswerer {
  readonly #options: AnswererOptions;
  /** Discord delivers some twice. */
  readonly #known = new RecentIds();
  readonly #turns = new Turns({ most: MOST_AT_ONCE, mostPerOwner: MOST_PER_OWNER, rest: PAUSE });
  /** How many messages wait or are being answered, by server or person. */
  readonly #counts = new Map<string, number>();
  /** Messages being answered, and whether they were deleted meanwhile. */
  readonly #asked = new Map<string, 'there' | 'deleted'>();
  /** One-line answers by the id of their question, the oldest first. */
  readonly #lines = new Map<string, { readonly channel: string; readonly id: string }>();
  /** Until when nothing is sent to a channel, by `performance.now()`. */
  readonly #closed = new Map<string, number>();
  #isStopping = false;

  constructor(options: AnswererOptions) {
    this.#options = options;
  }

  /** Answers a message that Discord sent, unless it was delivered before. Throws if it can't be read. */
  receive(data: unknown, botId: string): void {
    const message = z.parse(messageShape, data);
    if (!this.#isStopping) this.#options.track(this.#answer(message, botId));
  }

  /** Leaves a deleted message unanswered, or deletes its answer if that is one line. */
  deleted(question: string): void {
    if (this.#asked.has(question)) this.#asked.set(question, 'deleted');
    if (this.#lines.has(question)) this.#options.track(this.#deleteLine(question));
  }

  /** Answers no more messages than those that it has begun with. */
  stop(): void {
    this.#isStopping = true;
    this.#turns.cancelWaiting();
  }

  /** Never rejects. */
  async #answer(message: ReceivedMessage, botId: string): Promise<void> {
    const { client, measure } = this.#options;
    const key = message.guild_id ?? message.author.id;
    const before = this.#counts.get(key) ?? 0;
    if (before >= MOST_WAITING || this.#isClosed(message.channel_id) || !this.#known.add(message.id)) return;
    this.#counts.set(key, before + 1);
    this.#asked.set(message.id, 'there');
    const asker = askerOf(message, client);
    const owner = libraryOwnerOf(asker);
    const asked = { id: message.id, owner, command: kindOf(message) };
    await measure(asked, () => this.#attempt(message, { ...asker, id: message.id }, key, botId));
    this.#asked.delete(message.id);
    const left = (this.#counts.get(key) ?? 0) - 1;
    if (left > 0) this.#counts.set(key, left);
    else this.#counts.delete(key);
  }

  /** Deletes the one-line answer to a question. Never rejects. */
  async #deleteLine(question: string): Promise<void> {
    const { rest } = this.#options.client;
    const line = this.#lines.get(question);
    if (line === undefined) return;
    this.#lines.delete(question);
    const route = Routes.channelMessage(line.channel, line.id);
    await insist(signal => rest.delete(route, { signal })).catch((error: unknown) => {
      const isGone = error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage;
      if (!isGone) this.#options.log.warn({ channel: line.channel, error: describe(error) }, 'Cannot delete an answer');
    });
  }

  async #attempt(
    message: ReceivedMessage,
    asker: Asker & { readonly id: string },
    key: string,
    botId: string,
  ): Promise<Outcome> {
    const { services, inTurn } = this.#options;
    return await attempt(asker, services, {
      run: async settings => {
        const work = () => this.#reply(message, asker, settings, botId);
        const found = await this.#turns.run(key, LONGEST_WAIT, () => inTurn(work));
        if (found === undefined || typeof found === 'string') return 'expired';
        const isSent = found.reply !== undefined && (await this.#send(message, found.reply, found.say));
        return isSent ? 'answered' : 'ignored';
      },
      apologize: async markdown => {
        await this.#send(message, notice(markdown), sayTo(asker));
      },
    });
  }

  /** Returns the answer to a message, if there is to be one, and in which language. */
  async #reply(
    message: ReceivedMessage,
    asker: Asker,
    settings: SettingsReader,
    botId: string,
  ): Promise<{ readonly reply: Reply | undefined; readonly say: Say }> {
    const { services } = this.#options;
    const read = await settings.read();
    const request = requestContext(asker, services, read, false);
    const { say } = request;
    if (!isAnsweredIn(message, read)) return { reply: undefined, say };
    const limit = rateLimitReason('mentions', request);
    if (limit === undefined) {
      const reply = await answerMessage(incoming(message, botId), await request.open());
      return { reply: reply && withAccent(reply, read.accent), say };
    }
    // Said once, so that nobody makes the bot flood a channel.
    const isFirst = services.rateLimiter.take('refusals', request.user, request.owner) === undefined;
    return { reply: isFirst ? notice(limit) : undefined, say };
  }

  /** Returns true if the answer was sent, and false if nothing can be in that channel. Rejects if Discord fails. */
  async #send(message: ReceivedMessage, reply: Reply, say: Say): Promise<boolean> {
    const { id: question, channel_id: channel, guild_id: server, author } = message;
    if (this.#asked.get(question) === 'deleted') return false;
    const isLine = isPrivate(reply);
    const shown = withDeleteButton(isLine ? asLine(reply) : reply, author.id, say);
    try {
      const sent = await sendReply(this.#options.client.rest, { question, channel }, shown);
      if (isLine) this.#remember(question, { channel, id: sent });
      // It may have been deleted meanwhile.
      if (this.#asked.get(question) === 'deleted') await this.#deleteLine(question);
      return true;
    } catch (error) {
      const code = error instanceof DiscordAPIError ? error.code : undefined;
      if (code === RESTJSONErrorCodes.MissingPermissions && reply.files.length > 0)
        return await this.#send(message, notice(say('permitting.attach')), say);
      if (!CANNOT_WRITE.has(code)) throw error;
      this.#options.log.warn({ server, channel, code }, 'Cannot write in a channel: mentions there aren’t answered');
      this.#closed.set(channel, performance.now() + CLOSED_PERIOD);
      return false;
    }
  }

  #remember(question: string, line: { readonly channel: string; readonly id: string }): void {
    this.#lines.set(question, line);
    const [oldest] = this.#lines.keys();
    if (this.#lines.size > MOST_LINES && oldest !== undefined) this.#lines.delete(oldest);
  }

  #isClosed(channel: string): boolean {
    const now = performance.now();
    for (const [id, until] of this.#closed) if (until <= now) this.#closed.delete(id);
    return this.#closed.has(channel);
  }
}

/**
 * Replies to a message and returns the id of the reply. The message's id is the nonce, by which Discord drops a second
 * answer to the same message.
 */
async function sendReply(
  rest: REST,
  { question, channel }: { readonly question: string; readonly channel: string },
  { components, flags, allowed_mentions, files }: Reply,
): Promise<string> {
  const options = {
    body: {
      components,
      flags,
      allowed_mentions: { ...allowed_mentions, replied_user: false },
      message_reference: { message_id: question, fail_if_not_exists: false },
      nonce: question,
      enforce_nonce: true,
    },
    files: files.map(({ name, bytes }) => ({ name, data: bytes })),
  };
  const route = Routes.channelMessages(channel);
  return String(fieldOf(await insist(signal => rest.post(route, { ...options, signal })), 'id'));
}

/** Repeats a request that Discord limits: the client rejects these, since posts wait elsewhere. */
async function insist(send: (signal: AbortSignal) => Promise<unknown>): Promise<unknown> {
  const signal = AbortSignal.timeout(LONGEST_SENDING);
  for (;;) {
    try {
      return await send(signal);
    } catch (error) {
      if (!(error instanceof RateLimitError) || signal.aborted) throw error;
      await pause(error.retryAfter, undefined, { signal });
    }
  }
}
