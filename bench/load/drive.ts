import { cpus, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Playground } from '../../playground/playground.ts';
import { type Program, startProgram } from '../../test/end-to-end/program.ts';
import type { ActionResult, Crowd } from './actions.ts';

interface Pace {
  /** Actions a second. */
  readonly rate: number;
  readonly seconds: number;
}

/** What a bot only does when it starts. */
const settleMilliseconds = 8000;

/** Returns what figures depend on: this machine, and what else it does. */
export function machine(): string {
  return `Node ${process.version}, ${cpus().length} cores, load before ${loadavg()[0]?.toFixed(1)}`;
}

/** Starts the bot as `npm start` does, in a playground, with the metrics of its first process on a port. */
export async function startMeasured(
  playground: Playground,
  folder: string,
  port: number,
  { SHARDS = '1', ...more }: Readonly<Record<string, string>> = {},
): Promise<Program> {
  const program = startProgram({
    DISCORD_TOKEN: playground.token,
    DISCORD_API_URL: playground.apiUrl,
    DATA_DIR: folder,
    METRICS_PORT: String(port),
    SHARDS,
    ...more,
  });
  await program.firstLine;
  while (playground.shards() < Number(SHARDS)) await pause(100);
  await pause(settleMilliseconds);
  return program;
}

/** Starts something at an even pace, without waiting for it. */
export async function atPace({ rate, seconds }: Pace, start: (number: number) => void): Promise<void> {
  const started = performance.now();
  for (let number = 0; number < rate * seconds; number += 1) {
    const early = started + (1000 * number) / rate - performance.now();
    if (early > 1) await pause(early);
    start(number);
  }
}

/** Lets a crowd act at an even pace. Returns the results of each action, in their order. */
export async function drive(crowd: Crowd, pace: Pace): Promise<readonly (readonly ActionResult[])[]> {
  const acts: Promise<readonly ActionResult[]>[] = [];
  await atPace(pace, () => acts.push(crowd.act()));
  return await Promise.all(acts);
}

/** Returns the times to the first answers in milliseconds, shortest first, without completions whose user typed on. */
export function sortedTimes(done: readonly ActionResult[]): readonly number[] {
  return done
    .filter(({ typedOn }) => !typedOn)
    .map(({ milliseconds }) => milliseconds)
    .sort((one, other) => one - other);
}

/** Returns a quantile of sorted figures, rounded. */
export function at(share: number, sorted: readonly number[]): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN).toFixed(0);
}
