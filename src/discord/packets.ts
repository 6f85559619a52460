import { type Client, Events, GatewayDispatchEvents, InteractionType, type WebSocketOptions } from 'discord.js';
import type { Logger } from 'pino';
import * as z from 'zod/mini';
import type { Metrics } from '../monitoring/metrics.ts';
import { describe } from './errors.ts';

type Manager = Parameters<NonNullable<WebSocketOptions['buildStrategy']>>[0];

const snowflake = z.string().check(z.regex(/^\d{1,20}$/v));
const guild = z.object({
  id: snowflake,
  name: z.optional(z.string()),
  unavailable: z.optional(z.boolean()),
});
/** What an answer needs. discord.js checks the rest. */
const interaction = z.looseObject({ id: snowflake, token: z.string().check(z.minLength(1)) });

/**
 * The events that the bot uses, each with what it needs of their data. A server is its name: discord.js would keep all
 * of its channels, roles and emojis. Without `channels`, it would take a server to be down.
 */
const needed: ReadonlyMap<string, (data: unknown) => unknown> = new Map([
  [GatewayDispatchEvents.Ready, data => data],
  [GatewayDispatchEvents.Resumed, data => data],
  [GatewayDispatchEvents.GuildCreate, data => ({ ...z.parse(guild, data), channels: [] })],
  [GatewayDispatchEvents.GuildUpdate, data => z.parse(guild, data)],
  [GatewayDispatchEvents.GuildDelete, data => z.parse(guild, data)],
  [GatewayDispatchEvents.InteractionCreate, data => z.parse(interaction, data)],
]);

/** The kind of a packet, which contains no user input. */
interface Kind {
  readonly event: string;
  readonly interaction?: string | undefined;
}

function interactionKind(type: unknown): Kind {
  return { event: GatewayDispatchEvents.InteractionCreate, interaction: InteractionType[Number(type)] };
}

function kindOf(event: string, data: unknown): Kind {
  return event === GatewayDispatchEvents.InteractionCreate
    ? interactionKind(Reflect.get(Object(data), 'type'))
    : { event };
}

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
   * Interactions that came before the client was ready; afterwards `undefined`. discord.js would handle them in a
   * timer, out of reach.
   */
  #early: (() => void)[] | undefined = [];

  constructor(log: Logger, metrics: Metrics | undefined) {
    this.#log = log;
    this.#metrics = metrics;
  }

  follow(client: Client): void {
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
      if (event === 'ready') return this.#attempt({ event: GatewayDispatchEvents.Ready }, () => emit(event, given));
      if (event !== 'dispatch') return emit(event, given);
      return this.#filter(Object(Reflect.get(given, 'data')), data => emit(event, { ...given, data }));
    };
    return new Proxy(manager, {
      get: (target, key) => (key === 'emit' ? filtered : Reflect.get(target, key)),
    });
  }

  /** Logs and counts an interaction that can't be handled. */
  dropInteraction(type: InteractionType, error: unknown): void {
    this.#drop(interactionKind(type), error);
  }

  #drop(kind: Kind, error: unknown): void {
    this.#log.error({ ...kind, error: describe(error) }, 'Dropped a packet from Discord: it can’t be handled');
    this.#metrics?.packetDropped(kind.event);
  }

  #filter(packet: object, pass: (packet: object) => void): void {
    const event = String(Reflect.get(packet, 't'));
    const data: unknown = Reflect.get(packet, 'd');
    const reduce = needed.get(event);
    if (reduce === undefined) return;
    const handle = () => this.#attempt(kindOf(event, data), () => pass({ ...packet, d: reduce(data) }));
    if (this.#early !== undefined && event === GatewayDispatchEvents.InteractionCreate) this.#early.push(handle);
    else handle();
  }

  #attempt(kind: Kind, handle: () => unknown): void {
    try {
      handle();
    } catch (error) {
      this.#drop(kind, error);
    }
  }
}
