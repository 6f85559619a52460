import type { Dispute } from '../../attribution/attribution.ts';
import type { IndexedArticle } from '../../indexing/index-article.ts';
import type { ArticleText, DerivedCounts } from './derived.ts';
import type { Keys } from './keys.ts';
import type { Run } from './script.ts';

/** What is derived from a text, and the versions of the code that derived it. */
export interface Derivation {
  /** Encoded by `encodeDerived`. */
  readonly derived: string;
  readonly indexed: IndexedArticle;
  /** How much of it is shown in lists. */
  readonly counts: DerivedCounts;
  readonly madeBy: Versions;
}

export interface Versions {
  readonly attribution: number;
  readonly index: number;
}

/** An article to be stored. */
export interface NewArticleRow extends Derivation {
  readonly text: ArticleText;
  readonly keys: Keys;
  /** Those of its paragraphs, if the current model has made them. */
  readonly vectors?: Int8Array | undefined;
}

/** A stored article. */
export interface ArticleRow {
  /** Increases in the order of adding. An update keeps it. */
  readonly number: number;
  /** Changes with every change of the row; never reused in a library. */
  readonly revision: number;
  readonly text: ArticleText;
  readonly keys: Keys;
  readonly disputes: readonly Dispute[];
  /** Milliseconds since 1970; `undefined` if the article hasn't been removed. */
  readonly removedAt: number | undefined;
  /** `undefined` if it is damaged, and has to be derived again. */
  readonly derived: string | undefined;
  /** The versions of the code that derived it; 0 if nothing has been derived. */
  readonly madeBy: Versions;
}

/** Identifies an article as of one change. */
export interface ArticleRef {
  readonly id: string;
  readonly number: number;
  readonly revision: number;
}

/** Articles by id, or by `codeOf` their id. */
export type ArticleLookup = { readonly by: 'id' | 'code'; readonly values: readonly string[] };

/** The result of `putArticle`. With `same` and `full`, no article was changed. */
export type PutResult =
  | { readonly kind: 'added' | 'updated' | 'same'; readonly ref: ArticleRef }
  | { readonly kind: 'full' };

/**
 * One library. It runs scripts: a function that yields statements, and its values. If the storage fails, these throw
 * `StorageError` and nothing has changed, except maybe with `erase`.
 */
export interface Store extends AsyncDisposable {
  /** True if the library had to be opened exclusively, as on a full disk. It is then closed when idle. */
  readonly isExclusive: boolean;
  /** Runs a script that changes nothing. With PostgreSQL, others may change the library between two statements. */
  readonly read: Run;
  /** Runs a script in one transaction, after those of other writers. What it changed is durable when this resolves. */
  readonly write: Run;
  /**
   * Like `write`, and leaves no trace of what was deleted. May throw `StorageError` after committing, if the log is in
   * use. Run it again later.
   */
  readonly erase: Run;
  close(): Promise<void>;
}

/** Reports something to the operator that no caller waits for. */
export type Reporter = (sentence: string, cause?: unknown) => void;

/** Receives measurements of the storage. */
export interface StorageMonitor {
  /** A query has waited for a connection to the database, this many milliseconds. */
  waited(milliseconds: number): void;
  /** A statement has ended, after this many milliseconds. Its text contains no values. */
  ran(sql: string, milliseconds: number): void;
}

/**
 * A task for a library: after the bot left its server, to mark it for erasing (`leaving`), then to erase it (`erasing`);
 * to purge removed articles (`purging`); to post what is in its outbox (`posting`).
 */
export type TaskKind = 'leaving' | 'erasing' | 'purging' | 'posting';

/** `moment` is in milliseconds since 1970. */
export interface ScheduledTask {
  readonly library: string;
  readonly moment: number;
}

/**
 * All libraries. The caller validates their names (`server-…`, `person-…` and digits), which become file names and
 * values of statements.
 */
export interface Backend {
  /** Runs a script of `feeds.ts`, in a transaction after all others of these. */
  readonly feeds: Run;
  /** The number of queries that wait for a connection to the database; 0 with files. */
  readonly waiting: number;
  has(name: string): Promise<boolean>;
  names(): Promise<readonly string[]>;
  /** Opens a library, or creates it with the seeds. */
  open(name: string, seeds: () => Promise<readonly NewArticleRow[]>): Promise<Store>;
  /** Deletes a library without a trace, even a damaged one. Its store must be closed. */
  erase(name: string): Promise<void>;
  /** Schedules a task. If it is scheduled already, the earlier time counts; for leaving, the first. */
  schedule(task: TaskKind, name: string, moment: number): Promise<void>;
  /**
   * Removes a task that was due, or schedules it for `next`. Purging and posting that were scheduled again meanwhile
   * stay due.
   */
  complete(task: TaskKind, name: string, next?: number): Promise<void>;
  /** Returns libraries whose task is due and `isMine`. The caller does the task, then calls `complete`. */
  due(task: TaskKind, now: number, isMine?: (name: string) => boolean): Promise<readonly string[]>;
  /** Locks a library for some milliseconds or extends the lock. Returns false if another claimant has it. */
  claim(name: string, claimant: string, milliseconds: number): Promise<boolean>;
  /** Releases a lock that this claimant holds. */
  release(name: string, claimant: string): Promise<void>;
  close(): Promise<void>;
}
