import type { Article } from '../news/article.ts';
import { FolderOfLibraries } from './folder-of-libraries.ts';
import type { OpenLibrary, Owner } from './library.ts';

/** Everybody's libraries, each apart from all others. What the disk refuses is CannotKeep everywhere. */
export interface Libraries {
  /** Whether there is a library of this owner already. */
  has(owner: Owner): boolean;
  /** Refuses an owner whose id is no snowflake. */
  open(owner: Owner): Promise<OpenLibrary>;
  /** Leaves nothing of a library on the disk, a damaged one included. */
  erase(owner: Owner): Promise<void>;
  /** The bot was taken out of this server: 30 days later `eraseLeft` erases its library. */
  left(owner: Owner): void;
  returned(owner: Owner): void;
  /** Erases what is due; how many libraries that were. */
  eraseLeft(): Promise<number>;
  /** Closes what was idle for long and purges what was removed. Done by itself every half minute. */
  tend(): Promise<void>;
  close(): Promise<void>;
}

/** How the libraries are, for whoever watches the bot. */
export interface Inspected {
  /** Libraries that are open, and the articles in them. */
  state(): { readonly open: number; readonly articles: number };
  /** Resolves where what keeps them answers; rejects with CannotKeep where it does not. */
  check(): Promise<void>;
}

export interface LibrariesOptions {
  readonly folder: string;
  /** What a new library holds at first. */
  readonly seeds: readonly Article[];
  readonly mostArticles: number;
  /** More than this are open at once only while more are in use. */
  readonly mostOpen: number;
  /** In how many processes articles are attributed. Default: 1 */
  readonly processes?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Takes what goes wrong where nobody waits for an answer. */
  readonly report?: (sentence: string, cause: unknown) => void;
}

/** Throws CannotKeep where another process holds the folder. */
export function openLibraries(options: LibrariesOptions): Libraries & Inspected {
  return new FolderOfLibraries(options);
}
