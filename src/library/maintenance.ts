import { UNDO_MILLISECONDS } from './context.ts';
import { serverOf } from './libraries.ts';
import type { Backend, Store } from './store/store.ts';
import type { OpenStores } from './store-cache.ts';

/** How long a library is kept after the bot was removed from its server. */
export const LEFT_MILLISECONDS = 30 * 24 * 60 * 60_000;

interface Erasing {
  readonly place: Backend;
  readonly now: number;
  /** Whether the server with this id belongs to this process's shards. */
  readonly isMine: (server: string) => boolean;
  readonly erase: (name: string) => Promise<void>;
  readonly report: (sentence: string, cause: unknown) => void;
}

/** Erases the libraries of servers that the bot left long ago and returns their number. */
export async function eraseLeft({ place, now, isMine, erase, report }: Erasing): Promise<number> {
  let erased = 0;
  const isOurs = (name: string) => {
    const server = serverOf(name);
    return server !== undefined && isMine(server);
  };
  for (const name of await place.due('leaving', now, isOurs)) {
    const isThere = await place.has(name);
    const [outcome] = await Promise.allSettled([erase(name)]);
    // One that can't be erased is tried again later; the others don't wait for it.
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

/** Purges removed articles and expired drafts from all libraries that are due. */
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

/** Returns when the next removed article and draft are due. */
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
