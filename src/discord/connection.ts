import { type Client, Events, SimpleShardingStrategy, type WebSocketOptions } from 'discord.js';
import type { Logger } from 'pino';
import { describe } from './errors.ts';

type BuildStrategy = NonNullable<WebSocketOptions['buildStrategy']>;

interface Loss {
  readonly since: number;
  /** How often the connection ended since it was last whole. */
  ends: number;
}

const second = 1000;
/** A session that Discord will not resume is one more end, and nothing is the matter. */
const usualEnds = 2;
const longestPause = 30 * second;
/** What the package `ws` says where HTTP answers in place of the gateway. */
const answered = /^Unexpected server response: (?<status>\d{3})$/v;

/** In milliseconds, besides the half second of discord.js: none at first, then 1, 2, 4 seconds and so on. */
function pauseAfter(ends: number): number {
  return ends <= usualEnds ? 0 : Math.min(second * 2 ** (ends - usualEnds - 1), longestPause);
}

/**
 * Tells the log what becomes of the connections to Discord, and begins them anew with growing pauses: discord.js alone tries twice a
 * second, for as long as it takes.
 */
export class Lifeline {
  readonly #log: Logger;
  readonly #losses = new Map<number, Loss>();
  /** Of those that were connected: with what each last ended, by RFC 6455 or Discord. */
  readonly #codes = new Map<number, number | undefined>();
  /** Shards whose next question for their session is the one that stands before a connection. */
  readonly #connecting = new Set<number>();
  readonly #pauses = new Set<NodeJS.Timeout>();
  #isStopped = false;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** For the client's options: a shard asks for its session before it connects, and waits for the answer. */
  readonly buildStrategy: BuildStrategy = manager => {
    const { options } = manager;
    const { retrieveSessionInfo } = options;
    options.retrieveSessionInfo = async shard => {
      if (this.#connecting.delete(shard)) await this.#pause(pauseAfter(this.#losses.get(shard)?.ends ?? 0));
      return await retrieveSessionInfo(shard);
    };
    return new SimpleShardingStrategy(manager);
  };

  follow(client: Client): void {
    client.on(Events.ShardReady, shard => this.#open(client, shard));
    client.on(Events.ShardResume, shard => this.#comeBack(shard));
    client.on(Events.ShardReconnecting, shard => this.#lose(shard));
    client.on(Events.ShardDisconnect, ({ code }, shard) => this.#log.info({ shard, code }, 'Discord shut a shard out'));
    client.on(Events.ShardError, (error, shard) => {
      const status = answered.exec(error.message)?.groups?.status;
      this.#log.warn({ shard, status, error: describe(error) }, 'The connection to Discord has an error');
    });
  }

  /** No connection is begun any more. */
  stop(): void {
    this.#isStopped = true;
    for (const pause of this.#pauses) clearTimeout(pause);
  }

  #open(client: Client, shard: number): void {
    if (this.#codes.has(shard)) {
      this.#comeBack(shard);
      return;
    }
    this.#codes.set(shard, undefined);
    this.#losses.delete(shard);
    client.ws.shards.get(shard)?.on('close', ({ code }) => this.#codes.set(shard, code));
    this.#log.info({ shard, of: client.options.shardCount }, 'A shard is connected to Discord');
  }

  #lose(shard: number): void {
    if (this.#isStopped) return;
    const loss = this.#losses.get(shard) ?? { since: performance.now(), ends: 0 };
    loss.ends += 1;
    this.#losses.set(shard, loss);
    this.#connecting.add(shard);
    const about = { shard, code: this.#codes.get(shard) };
    const seconds = pauseAfter(loss.ends) / second;
    if (seconds === 0) this.#log.info(about, 'The connection to Discord was lost, and is begun anew');
    else
      this.#log.warn(
        { ...about, tries: loss.ends - 1, seconds },
        'Discord cannot be reached: a pause, then the next try',
      );
  }

  #comeBack(shard: number): void {
    const loss = this.#losses.get(shard);
    if (loss === undefined) return;
    this.#losses.delete(shard);
    const seconds = Math.round((performance.now() - loss.since) / second);
    // Who was warned is told the end of it.
    this.#log[loss.ends > usualEnds ? 'warn' : 'info']({ shard, seconds }, 'The connection to Discord is back');
  }

  /** Never over where the bot is stopped: discord.js would begin a connection that nobody ends. */
  #pause(milliseconds: number): Promise<void> {
    return new Promise(resolve => {
      if (this.#isStopped) return;
      const pause = setTimeout(() => {
        this.#pauses.delete(pause);
        resolve();
      }, milliseconds);
      this.#pauses.add(pause);
    });
  }
}

/** In milliseconds. A smallest age is believed for one to two of these: clocks drift, and are set. */
const period = 60_000;

/**
 * Finds out when interactions were made, by the clock of this process. Their ids say it by Discord's clock, which may differ from
 * ours by anything; but the smallest difference of late is that of one that came at once, and what is above it is its age. Where
 * all came late, they seem younger than they are: then one is answered in vain, and none is given up for nothing.
 */
export class Births {
  #since = Number.NEGATIVE_INFINITY;
  #smallest = Number.POSITIVE_INFINITY;
  #smallestBefore = Number.POSITIVE_INFINITY;

  /** When one was made that Discord dates `dated` and that came `now`: then or earlier. `now` never goes back. */
  of(dated: number, now: number): number {
    if (now - this.#since >= period) {
      this.#smallestBefore = now - this.#since < 2 * period ? this.#smallest : Number.POSITIVE_INFINITY;
      this.#smallest = Number.POSITIVE_INFINITY;
      this.#since = now;
    }
    this.#smallest = Math.min(this.#smallest, now - dated);
    return dated + Math.min(this.#smallest, this.#smallestBefore);
  }
}
