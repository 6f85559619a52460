import type { Encodes } from '../answering/networks/encoder.ts';
import type { Derives } from './attributor.ts';
import type { BackgroundTask } from './background.ts';
import type { ArticleCache, SettingsCache } from './caches.ts';
import type { Run } from './store/script.ts';
import type { Reporter } from './store/store.ts';

/** How long a removed article can be restored. */
export const UNDO_MILLISECONDS = 10 * 60_000;

/** What a library works with. */
export interface LibraryContext {
  /** Unique name in the backend. */
  readonly name: string;
  readonly attributor: Derives;
  /** `undefined`: nothing is found by meaning. */
  readonly encoder: Encodes | undefined;
  readonly mostArticles: number;
  readonly articles: ArticleCache;
  readonly settings: SettingsCache;
  now(): number;
  /** Reports once that damaged articles are left out. */
  reportDamage(): void;
  readonly report: Reporter;
  /** Like those of the store, which they open. They throw `StorageError` if the library was erased meanwhile. */
  readonly read: Run;
  readonly write: Run;
  /** Runs a change, which closing waits for. */
  change<Result>(change: () => Promise<Result>): Promise<Result>;
  /** Schedules purging what was removed, or posting what is in the outbox. */
  schedule(task: 'purging' | 'posting', moment: number): Promise<void>;
  /** Counts an added article in the metrics. */
  countTaken(kind: 'added' | 'updated'): void;
  erase(): Promise<void>;
  /** Takes the lease for a task, for some minutes. Returns false if another process has it. */
  claim(task: BackgroundTask): Promise<boolean>;
  release(task: BackgroundTask): Promise<void>;
  /**
   * Makes the vectors that are missing, in the background. Resolves when all are made or another process is making
   * them, and rejects if some can't be made.
   */
  encodeMissing(): Promise<void>;
}
