import { randomBytes } from 'node:crypto';
import type { Desk } from './desk.ts';
import { type Draft, readDraft, storeDraft } from './drafts.ts';
import { notingPurge } from './noted-purge.ts';

const LONGEST_MILLISECONDS = 15 * 60_000;
const MOST_EACH = 5;
/** Ten of the longest texts that a library takes. */
const MOST_BYTES = 20_000_000;

/** Holds a draft, in the place of a former one where one is named; its id. `undefined`: the former one is gone, and nothing was held. */
export function holdDraft(
  desk: Pick<Desk, 'now' | 'change' | 'lend' | 'notePurge'>,
  draft: Draft,
  asker: string,
  former: string | undefined,
): Promise<string | undefined> {
  return desk.change(async () => {
    const id = randomBytes(16).toString('base64url');
    const now = desk.now();
    const until = now + LONGEST_MILLISECONDS;
    const stored = storeDraft(id, asker, until, draft);
    const bounds = { now, each: MOST_EACH, bytes: MOST_BYTES };
    const hold = () => desk.lend(store => store.holdDraft(stored, former, bounds));
    return (await notingPurge(desk, until, hold, isHeld => isHeld)) ? id : undefined;
  });
}

/** `undefined` where it is gone, over, somebody else's or damaged. */
export async function findDraft(desk: Desk, id: string, asker: string): Promise<Draft | undefined> {
  const stored = await desk.lend(store => store.draft(id));
  if (stored === undefined || stored.asker !== asker || stored.until <= desk.now()) return undefined;
  return readDraft(stored);
}
