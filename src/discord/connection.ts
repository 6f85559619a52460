import { setTimeout as pause } from 'node:timers/promises';
import {
  type Client,
  Events,
  GatewayDispatchEvents,
  InteractionType,
  type REST,
  SimpleShardingStrategy,
  type WebSocketOptions,
} from 'discord.js';
import { Routes } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import * as z from 'zod/mini';
import { kindOfChannel } from '../commands/posting-rights.ts';
import { fieldOf } from '../library/store/json.ts';
import type { Metrics } from '../monitoring/metrics.ts';
import { describe } from './errors.ts';
import { type Logins, pauseBeforeLogin } from './logins.ts';
import { isForBot, type MessageAnswerer } from './messages.ts';
import { RecentIds } from './request-queue.ts';

type BuildStrategy = NonNullable<WebSocketOptions['buildStrategy']>;
type Manager = Parameters<BuildStrategy>[0];

interface Loss {
  readonly since: number;
  /** How many connections have closed since the last good one. */
  ends: number;
}

interface Sessions {
  readonly logins: number;
  readonly began: number;
}

const SECOND = 1000;
/** A session that lasted this long doesn't count against the next. */
const LONG_SESSION = 10 * 60 * SECOND;
/** How long to wait for Discord to say how many logins remain. */
const LONGEST_ANSWER = 5 * SECOND;
/** A session that Discord doesn't resume closes once more, which is normal. */
const USUAL_ENDS = 2;
const LONGEST_PAUSE = 30 * SECOND;
/** Error of the package `ws` if HTTP answers instead of the gateway. */
const HTTP_ANSWER = /^Unexpected server response: (?<status>\d{3})$/v;

/**
 * Returns the backoff in milliseconds on top of discord.js's half second: none at first, then 1, 2, 4 seconds and so
 * on.
 */
function pauseAfter(ends: number): number {
  return ends <= USUAL_ENDS ? 0 : Math.min(SECOND * 2 ** (ends - USUAL_ENDS - 1), LONGEST_PAUSE);
}

/** Connects shards as discord.js does, but lets each retry by itself: discord.js fails if one fails once. */
class PatientStrategy extends SimpleShardingStrategy {
  readonly #allReady: Promise<void>;

  constructor(manager: Manager, allReady: Promise<void>) {
    super(manager);
    this.#allReady = allReady;
  }

  override async connect(): Promise<void> {
    await super.connect().catch(() => this.#allReady);
  }
}

/**
 * Logs the state of gateway connections and adds a backoff to reconnecting: discord.js alone tries twice a second, for
 * ever.
 */
export class GatewayWatchdog {
  readonly #log: Logger;
  readonly #losses = new Map<number, Loss>();
  /** Last close code of each shard that was connected, by RFC 6455 or Discord. */
  readonly #codes = new Map<number, number | undefined>();
  readonly #logins: Logins;
  /** Logins of each shard since it was last connected for long, and when it last logged in. */
  readonly #sessions = new Map<number, Sessions>();
  /** Shards whose next request for their session comes before a connection. */
  readonly #connecting = new Set<number>();
  readonly #stopping = new AbortController();
  /** Rejected if Discord closes a shard for good. */
  readonly #allReady = Promise.withResolvers<void>();

  constructor(log: Logger, logins: Logins) {
    this.#log = log;
    this.#logins = logins;
  }

  /**
   * For the client's options. A shard asks for its session before it connects, so that is where it is delayed. Before
   * the first login, the client asks for the gateway's address.
   */
  readonly buildStrategy: BuildStrategy = manager => {
    const { options } = manager;
    const { retrieveSessionInfo } = options;
    const ask = manager.fetchGatewayInformation.bind(manager);
    let isFirst = true;
    manager.fetchGatewayInformation = async isForced => {
      if (!isFirst) return await ask(isForced);
      isFirst = false;
      const shards = await manager.getShardIds();
      return await this.#logins.untilEnough(shards.length, () => ask(true), this.#stopping.signal);
    };
    options.retrieveSessionInfo = async shard => {
      if (this.#connecting.delete(shard)) {
        await this.#pause(pauseAfter(this.#losses.get(shard)?.ends ?? 0));
        if ((await retrieveSessionInfo(shard)) === null) await this.#delayLogin(shard, options.rest);
      }
      return await retrieveSessionInfo(shard);
    };
    return new PatientStrategy(manager, this.#allReady.promise);
  };

  follow(client: Client): void {
    const { promise, reject } = this.#allReady;
    // Only a shard that fails at the start waits for it.
    promise.catch(() => undefined);
    client.once(Events.ShardDisconnect, ({ code }) => reject(Object.assign(new Error('Closed for good'), { code })));
    client.on(Events.ShardReady, shard => this.#open(client, shard));
    client.on(Events.ShardResume, shard => this.#recover(shard));
    client.on(Events.ShardReconnecting, shard => this.#lose(shard));
    client.on(Events.ShardDisconnect, ({ code }, shard) =>
      this.#log.info({ shard, code }, 'Discord closed a shard for good'),
    );
    client.on(Events.ShardError, (error, shard) => {
      const status = HTTP_ANSWER.exec(error.message)?.groups?.status;
      this.#log.warn({ shard, status, error: describe(error) }, 'Gateway connection error');
    });
  }

  /** Starts no more connections. */
  stop(): void {
    this.#stopping.abort();
  }

  /** Waits before another login, so that a day's logins can't be used up. */
  async #delayLogin(shard: number, rest: Pick<REST, 'get'>): Promise<void> {
    const { logins = 0, began = 0 } = this.#sessions.get(shard) ?? {};
    // Other processes log in too.
    const signal = AbortSignal.timeout(LONGEST_ANSWER);
    const budget = this.#logins.update(await rest.get(Routes.gatewayBot(), { signal }).catch(() => undefined));
    const recent = performance.now() - began > LONG_SESSION ? 0 : logins;
    const milliseconds = pauseBeforeLogin(recent, budget);
    if (milliseconds > 0) {
      const { total, remaining } = budget ?? {};
      const seconds = Math.ceil(milliseconds / SECOND);
      this.#log.warn({ shard, logins, total, remaining, seconds }, 'Discord ended the session: will log in again');
    }
    await this.#pause(milliseconds);
  }

  #open(client: Client, shard: number): void {
    this.#logins.spend();
    const { logins = 0, began = Number.NEGATIVE_INFINITY } = this.#sessions.get(shard) ?? {};
    const now = performance.now();
    this.#sessions.set(shard, { logins: now - began > LONG_SESSION ? 1 : logins + 1, began: now });
    if (this.#codes.has(shard)) {
      this.#recover(shard);
      return;
    }
    this.#codes.set(shard, undefined);
    this.#losses.delete(shard);
    if (this.#codes.size === client.ws.shards.size) this.#allReady.resolve();
    client.ws.shards.get(shard)?.on('close', ({ code }) => this.#codes.set(shard, code));
    this.#log.info({ shard, of: client.options.shardCount }, 'Shard connected');
  }

  #lose(shard: number): void {
    if (this.#stopping.signal.aborted) return;
    const loss = this.#losses.get(shard) ?? { since: performance.now(), ends: 0 };
    loss.ends += 1;
    this.#losses.set(shard, loss);
    this.#connecting.add(shard);
    const about = { shard, code: this.#codes.get(shard) };
    const seconds = pauseAfter(loss.ends) / SECOND;
    if (seconds === 0) this.#log.info(about, 'Gateway connection lost: reconnecting');
    else this.#log.warn({ ...about, tries: loss.ends - 1, seconds }, 'Cannot reach Discord: will retry');
  }

  #recover(shard: number): void {
    const loss = this.#losses.get(shard);
    if (loss === undefined) return;
    this.#losses.delete(shard);
    const seconds = Math.round((performance.now() - loss.since) / SECOND);
    // A warning needs its all-clear.
    this.#log[loss.ends > USUAL_ENDS ? 'warn' : 'info']({ shard, seconds }, 'Gateway connection restored');
  }

  /** Never resolves once stopped: discord.js would open a connection that nobody closes. */
  #pause(milliseconds: number): Promise<void> {
    const never = () => new Promise<void>(() => undefined);
    return pause(milliseconds, undefined, { signal: this.#stopping.signal }).catch(never);
  }
}

// In milliseconds.
/** How long a difference counts. Clocks drift and are set. */
const LONGEST_MEMORY = 120_000;
/** The least time between two differences that count, so that those of one burst don't outnumber the others. */
const SPACING = 100;
/** Number of differences that count even if they are closer together. */
const FEWEST_ARRIVALS = 20;
/** Minimum number of smallest differences to ignore, and their share of all: an id may have a wrong date. */
const OUTLIERS = 4;
const OUTLIER_SHARE = 0.1;

interface Arrival {
  readonly now: number;
  readonly difference: number;
}

/**
 * Estimates when interactions were created, by this process's clock. Their ids have the time of Discord's clock, which
 * may differ by any amount, but the smallest recent differences are those of interactions that arrived at once. The few
 * smallest are ignored, so that an id with a wrong date doesn't make all others seem old. If all were late, or if there
 * are few, they seem younger than they are: some are then answered in vain, but none is dropped needlessly.
 */
export class CreationClock {
  /** Oldest first. */
  #arrivals: Arrival[] = [];
  /** The difference of an interaction that arrived at once. */
  #usual = 0;

  /**
   * Returns when an interaction was created that Discord dates `dated` and that arrived `now`, which must not decrease.
   */
  createdAt(dated: number, now: number): number {
    const latest = this.#arrivals.at(-1);
    if (this.#arrivals.length < FEWEST_ARRIVALS || latest === undefined || now - latest.now >= SPACING) {
      this.#arrivals = this.#arrivals.filter(arrival => now - arrival.now < LONGEST_MEMORY);
      this.#arrivals.push({ now, difference: now - dated });
      this.#usual = usualOf(this.#arrivals.map(({ difference }) => difference));
    }
    return Math.min(now, dated + this.#usual);
  }
}

function usualOf(differences: readonly number[]): number {
  const ignored = Math.max(OUTLIERS, Math.floor(differences.length * OUTLIER_SHARE));
  return differences.toSorted((a, b) => a - b)[Math.min(ignored, differences.length - 1)] ?? 0;
}

const snowflake = z.string().check(z.regex(/^\d{1,20}$/v));
const guild = z.object({
  id: snowflake,
  name: z.optional(z.string()),
  preferred_locale: z.optional(z.string()),
  unavailable: z.optional(z.boolean()),
});
/** The fields that an answer needs. discord.js checks the rest. */
const interaction = z.looseObject({ id: snowflake, token: z.string().check(z.minLength(1)) });

/**
 * The events that the bot uses, each with what it needs of their data. A server is its name and language: discord.js
 * would keep all of its channels, roles and emojis. Without `channels`, it would take a server to be down.
 */
const EVENTS: ReadonlyMap<string, (data: unknown) => unknown> = new Map([
  [GatewayDispatchEvents.Ready, data => data],
  [GatewayDispatchEvents.Resumed, data => data],
  [GatewayDispatchEvents.GuildCreate, data => ({ ...z.parse(guild, data), channels: [] })],
  [GatewayDispatchEvents.GuildUpdate, data => z.parse(guild, data)],
  [GatewayDispatchEvents.GuildDelete, data => z.parse(guild, data)],
  [GatewayDispatchEvents.InteractionCreate, data => z.parse(interaction, data)],
]);

/**
 * Passes on to discord.js what the bot uses of the packets that Discord sends. A packet that discord.js or the bot
 * can't handle is logged, counted and dropped; the exception would end the process otherwise.
 *
 * It works between a shard and discord.js, in the strategy that discord.js lets its user choose: that is the only
 * public place before `client.ws`, whose own `handlePacket` is private.
 */
export class PacketFilter {
  readonly #log: Logger;
  readonly #metrics: Metrics | undefined;
  /**
   * Interactions and messages that came before the client was ready; afterwards `undefined`. discord.js would handle
   * interactions in a timer, out of reach.
   */
  #early: (() => void)[] | undefined = [];
  #botId = '';
  /** Threads that interactions came from: of a channel, discord.js passes on only the id. */
  readonly threads = new RecentIds();
  /** `undefined` if messages aren't answered. */
  #messages: MessageAnswerer | undefined;

  constructor(log: Logger, metrics: Metrics | undefined) {
    this.#log = log;
    this.#metrics = metrics;
  }

  follow(client: Client, messages: MessageAnswerer | undefined): void {
    this.#messages = messages;
    client.once(Events.ClientReady, () => {
      const early = this.#early ?? [];
      this.#early = undefined;
      for (const handle of early) handle();
    });
  }

  /** Returns the manager for a strategy's shards to send their events to. */
  between(manager: Manager): Manager {
    const emit = (event: string, given: object): unknown => Reflect.apply(manager.emit, manager, [event, given]);
    const filtered = (event: string, given: object): unknown => {
      if (event === 'ready') return this.#attempt(GatewayDispatchEvents.Ready, given, () => emit(event, given));
      if (event !== 'dispatch') return emit(event, given);
      return this.#filter(Object(Reflect.get(given, 'data')), data => emit(event, { ...given, data }));
    };
    return new Proxy(manager, {
      get: (target, key) => (key === 'emit' ? filtered : Reflect.get(target, key)),
    });
  }

  /** Logs and counts what can't be handled: by its event and the kind of interaction, which contain no user input. */
  drop(event: string, data: unknown, error: unknown): void {
    const isInteraction = event === GatewayDispatchEvents.InteractionCreate;
    const interaction = isInteraction ? InteractionType[Number(fieldOf(data, 'type'))] : undefined;
    this.#log.error(
      { event, interaction, error: describe(error) },
      'Dropped a packet from Discord: it can’t be handled',
    );
    this.#metrics?.droppedPackets.inc({ event });
  }

  #filter(packet: object, pass: (packet: object) => void): void {
    const event = String(Reflect.get(packet, 't'));
    const data: unknown = Reflect.get(packet, 'd');
    const reduce = EVENTS.get(event);
    if (reduce === undefined) {
      this.#hear(event, data);
      return;
    }
    if (event === GatewayDispatchEvents.Ready) this.#botId = String(fieldOf(fieldOf(data, 'user'), 'id'));
    const channel = fieldOf(data, 'channel');
    if (kindOfChannel(Number(fieldOf(channel, 'type'))) === 'thread') this.threads.add(String(fieldOf(channel, 'id')));
    const handle = () => this.#attempt(event, data, () => pass({ ...packet, d: reduce(data) }));
    if (this.#early !== undefined && event === GatewayDispatchEvents.InteractionCreate) this.#early.push(handle);
    else handle();
  }

  /** Passes messages on to the bot: discord.js isn't passed any, and most aren't for the bot. */
  #hear(event: string, data: unknown): void {
    const messages = this.#messages;
    if (messages === undefined) return;
    if (event === GatewayDispatchEvents.MessageDelete) messages.deleted(String(fieldOf(data, 'id')));
    if (event === GatewayDispatchEvents.MessageDeleteBulk)
      for (const id of [fieldOf(data, 'ids')].flat()) messages.deleted(String(id));
    if (event !== GatewayDispatchEvents.MessageCreate || !isForBot(data, this.#botId)) return;
    const handle = () => this.#attempt(event, data, () => messages.receive(data, this.#botId));
    if (this.#early === undefined) handle();
    else this.#early.push(handle);
  }

  #attempt(event: string, data: unknown, handle: () => unknown): void {
    try {
      handle();
    } catch (error) {
      this.drop(event, data, error);
    }
  }
}
