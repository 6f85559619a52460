import { randomUUID } from 'node:crypto';
import { setTimeout as pause, setImmediate } from 'node:timers/promises';
import { versions } from './derivation.ts';
import type { Desk } from './desk.ts';
import { deriveRow } from './read-rows.ts';

const ROWS_AT_ONCE = 16;
/** Who reads them elsewhere may have ended; it is looked for that often. */
const WAIT_MILLISECONDS = 30_000;

/**
 * Reads articles again, one by one, that other code read; until then that is what is answered from. It is done in one process at
 * a time, whichever claims it.
 */
export async function refresh(desk: Desk, isOpen: () => boolean): Promise<void> {
  const claimant = randomUUID();
  let isClaimed = false;
  let after = 0;
  const nextStale = () => desk.lend(store => store.stale(versions, after, ROWS_AT_ONCE));
  try {
    while (isOpen() && (await nextStale()).length > 0) {
      isClaimed = await desk.claim(claimant);
      // Only now: who had it before may have read them.
      const stale = isClaimed ? await nextStale() : [];
      for (const number of stale) await refreshRow(desk, number, isOpen);
      after = stale.at(-1) ?? after;
      if (!isClaimed) await pause(WAIT_MILLISECONDS, undefined, { ref: false });
    }
  } finally {
    if (isClaimed) await desk.release(claimant);
  }
}

async function refreshRow(desk: Desk, number: number, isOpen: () => boolean): Promise<void> {
  // Everybody else's commands have their turn.
  await setImmediate();
  if (!isOpen()) return;
  const [row] = await desk.lend(store => store.rows([number]));
  if (row === undefined || row === 'damaged' || row.removedAt !== undefined) return;
  const derivation = await deriveRow(desk, row);
  if (isOpen()) await desk.lend(store => store.derive(number, row.revision, derivation));
}
