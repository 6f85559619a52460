import { randomBytes } from 'node:crypto';
import type { LibraryContext } from './context.ts';
import { scheduling } from './scheduling.ts';
import { type Draft, encodeDraft, saveDraft } from './store/drafts.ts';

const DRAFT_MILLISECONDS = 15 * 60_000;
const MOST_DRAFTS_EACH = 5;
/** Ten of the longest texts, without what is derived from them. */
const MOST_DRAFT_BYTES = 20_000_000;

/**
 * Stores a draft, replacing `former` if given, and returns its id. Returns `undefined` and stores nothing if `former`
 * is gone.
 */
export function holdDraft(
  context: Pick<LibraryContext, 'now' | 'change' | 'write' | 'schedule'>,
  draft: Draft,
  asker: string,
  former: string | undefined,
): Promise<string | undefined> {
  return context.change(async () => {
    const id = randomBytes(16).toString('base64url');
    const now = context.now();
    const until = now + DRAFT_MILLISECONDS;
    const stored = encodeDraft(id, asker, until, draft);
    const bounds = { now, perPerson: MOST_DRAFTS_EACH, bytes: MOST_DRAFT_BYTES };
    const hold = () => context.write(saveDraft, stored, former, bounds);
    return (await scheduling(context, 'purging', until, hold, isHeld => isHeld)) ? id : undefined;
  });
}
