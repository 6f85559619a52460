import { UNDO_MILLISECONDS } from './desk.ts';
import type { OpenStores } from './open-stores.ts';
import type { Place, Store } from './store.ts';

const HOUR_MILLISECONDS = 60 * 60_000;

interface Purging {
  readonly place: Place;
  readonly stores: OpenStores;
  readonly now: number;
  readonly report: (sentence: string, cause: unknown) => void;
}

/** Leaves nothing of what was removed and cannot be had back any more, nor of drafts that are over, in all libraries in which something is due. */
export async function purgeDue(purging: Purging): Promise<void> {
  for (const name of await purging.place.due('purging', purging.now)) {
    await purge(name, purging).catch(error => postpone(name, purging, error));
  }
}

async function purge(name: string, { place, stores, now }: Purging): Promise<void> {
  const isThere = await place.has(name);
  const due = isThere ? await stores.lend(name, store => purgeStore(store, now)) : [];
  await place.strike('purging', name);
  for (const moment of due) await place.note('purging', name, moment);
}

/** When the next of what was removed, and of drafts, is due. */
async function purgeStore(store: Store, now: number): Promise<readonly number[]> {
  const removal = await store.purge(now - UNDO_MILLISECONDS);
  const end = await store.purgeDrafts(now);
  return [removal === undefined ? [] : removal + UNDO_MILLISECONDS, end ?? []].flat();
}

async function postpone(name: string, { place, now, report }: Purging, cause: unknown): Promise<void> {
  report(`What was removed could not be purged from ${name}: tried again in an hour.`, cause);
  await place.strike('purging', name);
  await place.note('purging', name, now + HOUR_MILLISECONDS);
}
