import { setTimeout as pause } from 'node:timers/promises';
import type { ActionResult, Crowd } from './actions.ts';

interface Pace {
  /** Actions a second. */
  readonly rate: number;
  readonly seconds: number;
}

/** Starts actions at an even pace, without waiting for earlier ones. Returns the results of each, in their order. */
export async function drive(crowd: Crowd, { rate, seconds }: Pace): Promise<readonly (readonly ActionResult[])[]> {
  const started = performance.now();
  const acts: Promise<readonly ActionResult[]>[] = [];
  for (let number = 0; number < rate * seconds; number += 1) {
    const due = started + (1000 * number) / rate;
    const early = due - performance.now();
    if (early > 1) await pause(early);
    acts.push(crowd.act());
  }
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
