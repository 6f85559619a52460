import { setImmediate } from 'node:timers/promises';
import { versions } from './derivation.ts';
import type { Desk } from './desk.ts';
import { deriveRow } from './read-rows.ts';

const ROWS_AT_ONCE = 16;

/**
 * Reads articles again, one by one, that other code read; until then that is what is answered from. Where another process
 * does the same, whoever comes second changes nothing.
 */
export async function refresh(desk: Desk, isOpen: () => boolean): Promise<void> {
  const staleAfter = (number: number) => desk.lend(store => store.stale(versions, number, ROWS_AT_ONCE));
  let stale = await staleAfter(0);
  while (stale.length > 0 && isOpen()) {
    for (const number of stale) await refreshRow(desk, number, isOpen);
    if (!isOpen()) return;
    stale = await staleAfter(stale.at(-1) ?? 0);
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
