import { setTimeout as pause } from 'node:timers/promises';
import { DefaultRestOptions, REST, type Shard, ShardingManager } from 'discord.js';
import { Routes } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import { fieldOf } from '../library/store/json.ts';
import type { Settings } from '../settings.ts';
import { CannotStart, EXIT_CODES } from '../start-failure.ts';
import { describe, reasonFor } from './errors.ts';
import { budgetIn, type LoginBudget, type Logins, pauseBeforeLogin } from './logins.ts';

interface ShardRecommendation {
  readonly shards: number;
  /** Shards that may log in within five seconds. */
  readonly atOnce: number;
}

/** Which shards run in this process, or that each has a process of its own. */
export type ShardPlan =
  | Extract<Settings['shards'], { readonly kind: 'some' }>
  | ({ readonly kind: 'processes'; readonly token: string } & ShardRecommendation);

/** Returns where shards run. Throws `CannotStart` if Discord has to be asked and can't be, or doesn't say. */
export async function planShards(
  { shards, discordToken: token, discordApiUrl, databaseUrl }: Settings,
  logins: Logins,
): Promise<ShardPlan> {
  if (shards.kind === 'some') return shards;
  const { count } = shards;
  // A playground is one server and recommends nothing.
  if (token === undefined || count === 1) return shardsUpTo(count === 'auto' ? 1 : count);
  const recommended = await recommendedBy(token, discordApiUrl, logins);
  const chosen = count === 'auto' ? recommended.shards : count;
  // Only one process may use library files.
  if (databaseUrl === undefined || chosen === 1) return shardsUpTo(chosen);
  return { kind: 'processes', token, shards: chosen, atOnce: recommended.atOnce };
}

function shardsUpTo(count: number): ShardPlan {
  return { kind: 'some', ids: Array.from({ length: count }, (_, id) => id), count, isChild: false };
}

/** Asks Discord how many shards the bot should have. Throws `CannotStart` with a message for the operator. */
async function recommendedBy(token: string, apiUrl: string | undefined, logins: Logins): Promise<ShardRecommendation> {
  const rest = new REST({ api: apiUrl ?? DefaultRestOptions.api }).setToken(token);
  logins.follow(rest, new AbortController().signal);
  const answer: unknown = await rest.get(Routes.gatewayBot()).catch((error: unknown) => {
    throw reasonFor(error, apiUrl);
  });
  const shards = numberIn(answer, 'shards');
  if (shards === undefined) throw new CannotStart("Discord didn't say how many shards to use. Set SHARDS to a number.");
  return { shards, atOnce: numberIn(fieldOf(answer, 'session_start_limit'), 'max_concurrency') ?? 1 };
}

/** Returns how often the bot may still log in; undefined if Discord doesn't say. */
async function askBudget(token: string, apiUrl: string | undefined): Promise<LoginBudget | undefined> {
  const rest = new REST({ api: apiUrl ?? DefaultRestOptions.api }).setToken(token);
  const signal = AbortSignal.timeout(LONGEST_ANSWER);
  return budgetIn(await rest.get(Routes.gatewayBot(), { signal }).catch(() => undefined));
}

function numberIn(value: unknown, key: string): number | undefined {
  const found = fieldOf(value, key);
  return typeof found === 'number' && found >= 1 ? found : undefined;
}

/** Message from the parent to a shard's process: shut down. */
export const SHUT_DOWN_MESSAGE = 'end';
/** Message from a shard's process to its parent, once it is connected and has registered the commands. */
export const READY_MESSAGE = 'answering';

interface ShardsOptions extends ShardRecommendation {
  /** The program that each process runs. */
  readonly program: string;
  readonly token: string;
  readonly apiUrl: string | undefined;
  readonly log: Logger;
  /** Called with the exit code if a setting keeps a shard's process from running. The process has logged why. */
  readonly failed: (code: number) => void;
}

interface ShardProcesses {
  /** Resolves when all shards are ready. */
  readonly ready: Promise<void>;
  /** Shuts them all down. */
  stop(): Promise<void>;
}

/** Discord's five seconds between logins, and some tolerance. */
const IDENTIFY_MILLISECONDS = 5500;
const LONGEST_ANSWER = 5000;
/** A process that was ready for this long doesn't count as failing. */
const LONG_RUN = 10 * 60_000;
/** Makes discord.js start a process without waiting for it. */
const NO_TIMEOUT = -1;

/** Starts a process for each shard, and restarts one that ends, unless a wrong setting ended it before it was ready. */
export function startShards({ shards, atOnce, program, token, apiUrl, log, failed }: ShardsOptions): ShardProcesses {
  const manager = new ShardingManager(program, { totalShards: shards, token, respawn: false });
  const stopping = new AbortController();
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  const begun = new Set<number>();
  manager.on('shardCreate', shard => {
    let deaths = 0;
    let readyAt = Number.POSITIVE_INFINITY;
    shard.on('message', (message: unknown) => {
      if (message !== READY_MESSAGE) return;
      readyAt = performance.now();
      begun.add(shard.id);
      if (begun.size === shards) resolve();
    });
    const restart = async () => {
      const milliseconds = pauseBeforeLogin(deaths, await askBudget(token, apiUrl));
      await start(shard, Math.max(IDENTIFY_MILLISECONDS, milliseconds), stopping.signal, log);
    };
    shard.on('death', ended => {
      if (stopping.signal.aborted) return;
      const code = 'exitCode' in ended ? ended.exitCode : undefined;
      if (!begun.has(shard.id) && code === EXIT_CODES.misconfigured) return failed(code);
      deaths = performance.now() - readyAt > LONG_RUN ? 1 : deaths + 1;
      readyAt = Number.POSITIVE_INFINITY;
      log.error({ shard: shard.id, code }, 'Shard process ended: restarting it');
      void restart();
    });
    shard.on('error', error =>
      log.error({ shard: shard.id, error: describe(error) }, 'Cannot send a message to a shard process'),
    );
  });
  const startAll = async () => {
    // Not `manager.spawn`, which can't be stopped.
    for (let id = 0; id < shards && !stopping.signal.aborted; id += 1) {
      await start(manager.createShard(id), id === 0 ? 0 : IDENTIFY_MILLISECONDS / atOnce, stopping.signal, log);
    }
  };
  void startAll();
  const stop = async () => {
    stopping.abort();
    await Promise.all([...manager.shards.values()].map(end));
  };
  return { ready, stop };
}

async function start(shard: Shard, milliseconds: number, signal: AbortSignal, log: Logger): Promise<void> {
  const isTime = await pause(milliseconds, true, { signal }).catch(() => false);
  if (!isTime) return;
  await shard.spawn(NO_TIMEOUT).catch((error: unknown) => {
    log.error({ shard: shard.id, error: describe(error) }, 'Cannot start a shard process');
  });
}

async function end(shard: Shard): Promise<void> {
  const { process } = shard;
  // Set until the death event has been emitted.
  if (process === null || process.exitCode !== null || process.signalCode !== null) return;
  const died = new Promise<void>(resolve => {
    shard.once('death', () => resolve());
  });
  // Fails if it is already dying.
  await shard.send(SHUT_DOWN_MESSAGE).catch(() => undefined);
  await died;
}
