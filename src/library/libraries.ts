import type { Article } from '../news/article.ts';
import type { Choices } from './choices.ts';
import { LibrariesInPlace } from './libraries-in-place.ts';
import type { OpenLibrary, Owner } from './library.ts';
import { openPlace, type WhereKept } from './places.ts';

/** Everybody's libraries, each apart from all others. What their place refuses is CannotKeep everywhere. */
export interface Libraries {
  /** Whether there is a library of this owner already. */
  has(owner: Owner): Promise<boolean>;
  /** Attributes what new libraries hold at first, so that the first command in one need not wait for it. */
  prepare(): Promise<void>;
  /** Refuses an owner whose id is no snowflake. */
  open(owner: Owner): Promise<OpenLibrary>;
  /**
   * What was chosen for a library; for none it makes none. Mostly out of memory: what another process chose is noticed within half a
   * minute.
   */
  choices(owner: Owner): Promise<Choices>;
  /** Ids of the servers that have a library. */
  knownServers(): Promise<readonly string[]>;
  /** Leaves nothing of a library in its place, a damaged one included. */
  erase(owner: Owner): Promise<void>;
  /** The bot was taken out of this server: 30 days later `eraseLeft` erases its library. Told again it stays with the first time. */
  left(owner: Owner): Promise<void>;
  returned(owner: Owner): Promise<void>;
  /**
   * Erases what is due; how many libraries that were. Of servers that are another process's to follow nothing, since it alone
   * knows which of them have the bot back.
   */
  eraseLeft(isMine: (server: string) => boolean): Promise<number>;
  /** Closes what was idle for long and purges what was removed. Done by itself every half minute. */
  tend(): Promise<void>;
  close(): Promise<void>;
}

/** How the libraries are, for whoever watches the bot. */
export interface Inspected {
  /** Libraries that are open, and the articles in them. */
  state(): Promise<{ readonly open: number; readonly articles: number }>;
  /** Resolves where what keeps them answers; rejects with CannotKeep where it does not. */
  check(): Promise<void>;
}

export interface LibrariesOptions extends WhereKept {
  /** What a new library holds at first. */
  readonly seeds: readonly Article[];
  readonly mostArticles: number;
  /** More than this are open at once only while more are in use. */
  readonly mostOpen: number;
  /** In how many processes articles are attributed. Default: 2 */
  readonly processes?: number;
  /** How many of these may be at work for one owner. Default: all but one, so that nobody waits for what another one adds. */
  readonly processesForOne?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Takes what goes wrong where nobody waits for an answer. */
  readonly report?: (sentence: string, cause: unknown) => void;
}

/** Throws CannotKeep where the place cannot be had: another process holds the folder, or no database answers. */
export async function openLibraries(options: LibrariesOptions): Promise<Libraries & Inspected> {
  return new LibrariesInPlace(await openPlace(options), options);
}
