import type { LibraryContext } from './context.ts';

/** When to look for posts that the process could no longer schedule. Longer than storing an article takes. */
const AFTER_A_CRASH_MILLISECONDS = 60_000;

/**
 * Runs `work`. If it may leave something to be purged or posted at `moment`, that is scheduled before, so that a crash
 * can't forget it, and again after, since another process may have done it in between.
 */
export async function scheduling<Result>(
  { schedule }: Pick<LibraryContext, 'schedule'>,
  task: 'purging' | 'posting',
  moment: number | undefined,
  work: () => Promise<Result>,
  isLeft: (result: Result) => boolean,
): Promise<Result> {
  if (moment === undefined) return await work();
  await schedule(task, task === 'posting' ? moment + AFTER_A_CRASH_MILLISECONDS : moment);
  const result = await work();
  if (isLeft(result)) await schedule(task, moment);
  return result;
}
