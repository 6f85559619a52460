import { UNDO_MILLISECONDS } from './context.ts';
import { serverOf } from './libraries.ts';
import type { Backend, Store } from './store/store.ts';
import type { OpenStores } from './store-cache.ts';

/** So long after the bot was removed from a server, or the server deleted, its library is there in case the bot comes back. */
export const LEFT_MILLISECONDS = 30 * 24 * 60 * 60_000;

interface Erasing {
  readonly place: Backend;
  readonly now: number;
  /** Whether a server, by its id, is of this process's shards. */
  readonly isMine: (server: string) => boolean;
  readonly erase: (name: string) => Promise<void>;
  readonly report: (sentence: string, cause: unknown) => void;
}

/** Erases the libraries of servers that were left long ago; gives how many there were. */
export async function eraseLeft({ place, now, isMine, erase, report }: Erasing): Promise<number> {
  let erased = 0;
  const isOurs = (name: string) => {
    const server = serverOf(name);
    return server !== undefined && isMine(server);
  };
  for (const name of await place.due('leaving', now, isOurs)) {
    const isThere = await place.has(name);
    const [outcome] = await Promise.allSettled([erase(name)]);
    // The others must not wait for one that is refused; it is tried again.
    if (outcome.status === 'rejected') report(`${name} could not be erased.`, outcome.reason);
    else if (isThere) erased += 1;
  }
  return erased;
}

const HOUR_MILLISECONDS = 60 * 60_000;

interface Purging {
  readonly place: Backend;
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
  await place.complete('purging', name);
  for (const moment of due) await place.schedule('purging', name, moment);
}

/** When the next of what was removed, and of drafts, is due. */
async function purgeStore(store: Store, now: number): Promise<readonly number[]> {
  const removal = await store.purge(now - UNDO_MILLISECONDS);
  const end = await store.purgeDrafts(now);
  return [removal === undefined ? [] : removal + UNDO_MILLISECONDS, end ?? []].flat();
}

async function postpone(name: string, { place, now, report }: Purging, cause: unknown): Promise<void> {
  report(`What was removed could not be purged from ${name}: tried again in an hour.`, cause);
  await place.complete('purging', name);
  await place.schedule('purging', name, now + HOUR_MILLISECONDS);
}
