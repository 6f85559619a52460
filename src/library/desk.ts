import type { ArticleFile } from './article-file.ts';
import type { Attributor } from './attributor.ts';
import type { OpenLibrary, Owner } from './library.ts';

/** What the libraries of a folder share. */
export interface Desk {
  readonly attributor: Attributor;
  readonly mostArticles: number;
  now(): number;
  report(sentence: string, cause: unknown): void;
  /** Text that is to be gone from the file at a moment: noted before, so that no crash forgets it. */
  notePurge(owner: Owner, moment: number): void;
  reopen(owner: Owner): Promise<OpenLibrary>;
  erase(owner: Owner): Promise<void>;
}

/** For so long what was removed can be had back. */
export const UNDO_MILLISECONDS = 10 * 60_000;
/** Leaves nothing of what was removed until a moment. When the next one will have to go. */
export function purgeFile(file: ArticleFile, before: number): number | undefined {
  file.purge(before);
  const next = file.firstRemoval();
  return next === undefined ? undefined : next + UNDO_MILLISECONDS;
}
