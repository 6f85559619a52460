import { serverOf } from './library-name.ts';
import type { Place } from './store.ts';

/** So long after the bot was removed from a server, or the server deleted, its library is there in case the bot comes back. */
export const LEFT_MILLISECONDS = 30 * 24 * 60 * 60_000;

interface Erasing {
  readonly place: Place;
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
