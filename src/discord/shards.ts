import { setTimeout as pause } from 'node:timers/promises';
import { REST, type Shard, ShardingManager } from 'discord.js';
import { Routes } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import { CannotStart } from '../start-failure.ts';
import { describe, reasonFor } from './errors.ts';
import type { Logins } from './logins.ts';

interface Recommended {
  readonly shards: number;
  /** Shards that may log in within five seconds. */
  readonly atOnce: number;
}

/** Asks Discord how many shards the bot should have. Throws `CannotStart` with a message for the operator. */
export async function recommendedBy(token: string, apiUrl: string | undefined, logins: Logins): Promise<Recommended> {
  const rest = new REST(apiUrl === undefined ? {} : { api: apiUrl }).setToken(token);
  logins.follow(rest, new AbortController().signal);
  const answer: unknown = await rest.get(Routes.gatewayBot()).catch((error: unknown) => {
    throw reasonFor(error, apiUrl);
  });
  const shards = numberIn(answer, 'shards');
  if (shards === undefined) throw new CannotStart("Discord didn't say how many shards to use. Set SHARDS to a number.");
  const limit: unknown = Reflect.get(Object(answer), 'session_start_limit');
  return { shards, atOnce: numberIn(limit, 'max_concurrency') ?? 1 };
}

function numberIn(value: unknown, key: string): number | undefined {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === 'number' && found >= 1 ? found : undefined;
}

/** Message from the parent to a shard's process: shut down. */
export const shutDownMessage = 'end';
/** Message from a shard's process to its parent, once it is connected and has registered the commands. */
export const readyMessage = 'answering';

interface ShardsOptions extends Recommended {
  /** The program that each process runs. */
  readonly program: string;
  readonly token: string;
  readonly log: Logger;
  /** Called with the exit code if a shard's process ends before it was ever ready. The process has logged why. */
  readonly failed: (code: number | undefined) => void;
}

interface ShardProcesses {
  /** Resolves when all shards are ready. */
  readonly ready: Promise<void>;
  /** Shuts them all down. */
  stop(): Promise<void>;
}

/** Discord's five seconds between logins, and some tolerance. */
const identifyMilliseconds = 5500;
const longestPause = 60_000;
/** Makes discord.js start a process without waiting for it. */
const noTimeout = -1;

/** Starts a process for each shard, and restarts those that end after they were ready. */
export function startShards({ shards, atOnce, program, token, log, failed }: ShardsOptions): ShardProcesses {
  const manager = new ShardingManager(program, { totalShards: shards, token, respawn: false });
  const stopping = new AbortController();
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  const begun = new Set<number>();
  manager.on('shardCreate', shard => {
    let deaths = 0;
    shard.on('message', (message: unknown) => {
      if (message !== readyMessage) return;
      deaths = 0;
      begun.add(shard.id);
      if (begun.size === shards) resolve();
    });
    shard.on('death', ended => {
      if (stopping.signal.aborted) return;
      if (!begun.has(shard.id)) return failed('exitCode' in ended ? (ended.exitCode ?? undefined) : undefined);
      deaths += 1;
      log.error({ shard: shard.id }, 'Shard process ended: restarting it');
      void start(shard, Math.min(identifyMilliseconds * 2 ** (deaths - 1), longestPause), stopping.signal, log);
    });
    shard.on('error', error =>
      log.error({ shard: shard.id, error: describe(error) }, 'Cannot send a message to a shard process'),
    );
  });
  const startAll = async () => {
    // Not `manager.spawn`, which can't be stopped.
    for (let id = 0; id < shards && !stopping.signal.aborted; id += 1) {
      await start(manager.createShard(id), id === 0 ? 0 : identifyMilliseconds / atOnce, stopping.signal, log);
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
  await shard.spawn(noTimeout).catch((error: unknown) => {
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
  await shard.send(shutDownMessage).catch(() => undefined);
  await died;
}
