import type { Desk } from './desk.ts';

/**
 * Does what may leave something that is to be gone from the store at a moment. That is noted before, so that no crash forgets it, and
 * again where something was left: another process may have purged the library in between, and have struck the note.
 */
export async function notingPurge<Result>(
  desk: Pick<Desk, 'notePurge'>,
  moment: number,
  work: () => Promise<Result>,
  isLeft: (result: Result) => boolean,
): Promise<Result> {
  await desk.notePurge(moment);
  const result = await work();
  if (isLeft(result)) await desk.notePurge(moment);
  return result;
}
