import type { ReadArticles } from './article-cache.ts';
import type { Derives } from './attributor.ts';
import type { ReadChoices } from './choices-cache.ts';
import type { Store } from './store/store.ts';

/** For so long what was removed can be had back. */
export const UNDO_MILLISECONDS = 10 * 60_000;

/** What one library is kept with. */
export interface LibraryContext {
  /** The library's, unlike any other's. */
  readonly name: string;
  readonly attributor: Derives;
  readonly mostArticles: number;
  readonly read: ReadArticles;
  readonly chosen: ReadChoices;
  now(): number;
  /** Articles whose words are not those that were stored are left out: told once. */
  reportDamage(): void;
  /** Work on the store, which is open as long as it takes: keep it short. StorageError where the library was erased meanwhile. */
  lend<Result>(work: (store: Store) => Promise<Result>): Promise<Result>;
  /** Does what changes the library: closing waits for it. */
  change<Result>(change: () => Promise<Result>): Promise<Result>;
  /** Text that is to be gone from the store at a moment: noted before, so that no crash forgets it. */
  notePurge(moment: number): Promise<void>;
  /** An article was taken in: for the figures. */
  countTaken(kind: 'added' | 'updated'): void;
  erase(): Promise<void>;
  /** Whether the articles may be read again here, and nowhere else meanwhile; to be asked again within some minutes. */
  claim(claimant: string): Promise<boolean>;
  release(claimant: string): Promise<void>;
}
