import type { IndexedArticle } from '../../indexing/index-article.ts';
import type { ArticleText } from './derived.ts';
import type { DraftLimits, StoredDraft } from './drafts.ts';
import type { FeedRegister } from './feeds.ts';
import type { FollowingStore, PutEffects } from './following.ts';
import type { Keys } from './keys.ts';
import type { Filter, LibraryIndex } from './library-index.ts';
import type { LibrarySettings } from './library-settings.ts';
import type { ArticleSummary } from './stored.ts';
import type { NearParagraph } from './vectors.ts';

/** What is derived from a text, and the versions of the code that derived it. */
export interface Derivation {
  /** Encoded by `encodeDerived`. */
  readonly derived: string;
  readonly indexed: IndexedArticle;
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
}

/** A stored article. */
export interface ArticleRow {
  /** Increases in the order of adding. An update keeps it. */
  readonly number: number;
  /** Changes with every change of the row; never reused in a library. */
  readonly revision: number;
  readonly text: ArticleText;
  readonly keys: Keys;
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

/** The result of `put`. With `same` and `full`, nothing was changed. */
export type PutResult =
  | { readonly kind: 'added' | 'updated' | 'same'; readonly ref: ArticleRef }
  | { readonly kind: 'full' };

/**
 * The articles of one library. Each method is one transaction, durable when it resolves. If the storage fails, it
 * throws `StorageError` and nothing has changed. With PostgreSQL, other processes may change the library between two
 * calls.
 */
export interface Store {
  readonly index: LibraryIndex;
  readonly following: FollowingStore;
  /** True if the library had to be opened exclusively, as on a full disk. It is then closed when idle. */
  readonly isExclusive: boolean;
  /** The number of articles, without removed ones. */
  count(): Promise<number>;
  /** Returns those in the library, in any order. */
  find(lookup: ArticleLookup): Promise<readonly ArticleRef[]>;
  /** Returns the rows, including removed ones; `damaged` stands for one whose text fails its checksum. */
  rows(numbers: readonly number[]): Promise<readonly (ArticleRow | 'damaged')[]>;
  /** Returns the numbers of the next articles in the library, oldest first. */
  numbersAfter(number: number, limit: number): Promise<readonly number[]>;
  /** Returns the articles in the library, newest first. */
  listNewest(offset: number, limit: number): Promise<readonly ArticleSummary[]>;
  listByIds(ids: readonly string[]): Promise<readonly ArticleSummary[]>;
  /** Returns the article in the library with the same text. */
  findByText(keys: Keys): Promise<ArticleRef | undefined>;
  /** Returns the article in the library with the same link. */
  findByLink(keys: Keys): Promise<ArticleRef | undefined>;
  /**
   * Adds an article, unless its text is in the library (`same`) or the library has `limit` articles (`full`). If its
   * link or id is in the library, the article replaces that one, keeping its id and number (`updated`, and
   * `text.updated` is stored as true). A removed article with its id or keys is deleted for good. The effects are stored
   * with it, unless the library is full.
   */
  put(row: NewArticleRow, limit: number, effects?: PutEffects): Promise<PutResult>;
  /** Removes an article from the library and its index, not its text. Returns false if it wasn't there. */
  remove(id: string, moment: number): Promise<boolean>;
  /** Returns the removed article with this id if it was removed after `since`. */
  findRemoved(id: string, since: number): Promise<ArticleRef | undefined>;
  /** Restores a removed article. Returns `undefined` if it has changed since. */
  restore(ref: ArticleRef, derivation: Derivation, limit: number): Promise<'restored' | 'full' | undefined>;
  /** Stores what was derived again, unless the row has changed since `revision`. */
  updateDerived(number: number, revision: number, derivation: Derivation): Promise<void>;
  /** Returns the numbers of the next articles in the library that were derived by other versions. */
  stale(versions: Versions, after: number, limit: number): Promise<readonly number[]>;
  /** Returns articles in the library that have no vectors of this model, newest first; those with other vectors last. */
  unencoded(model: string, limit: number): Promise<readonly ArticleRef[]>;
  countUnencoded(model: string): Promise<number>;
  /**
   * Stores the vectors of an article's paragraphs, or of the first ones, unless it has changed since. They are deleted
   * with its text, and kept when it is derived again into as many paragraphs.
   */
  saveVectors(ref: ArticleRef, model: string, vectors: Int8Array): Promise<void>;
  /** Returns vectors by article; the components of an article's paragraphs follow one another. */
  vectorsOf(ids: readonly string[], model: string): Promise<ReadonlyMap<string, Int8Array>>;
  /** Returns the paragraphs nearest to a question, the nearest first. Ignores `filter.speakers`. */
  nearest(model: string, question: Int8Array, count: number, filter: Filter): Promise<readonly NearParagraph[]>;
  /** Deletes what was removed up to then without a trace. Returns when the next article was removed. */
  purge(before: number): Promise<number | undefined>;
  /**
   * Saves a draft, in place of `former` if given; returns false if that one is gone, so that of two who continue from
   * one draft only one succeeds. Drafts beyond the limits are deleted, oldest first.
   */
  saveDraft(draft: StoredDraft, former: string | undefined, limits: DraftLimits): Promise<boolean>;
  findDraft(id: string): Promise<StoredDraft | undefined>;
  /** Returns false if it wasn't there. */
  deleteDraft(id: string): Promise<boolean>;
  /** Deletes expired drafts without a trace. Returns when the next one expires. */
  purgeDrafts(now: number): Promise<number | undefined>;
  settings(): Promise<LibrarySettings>;
  /** Changes the given settings and returns all of them. */
  changeSettings(changes: Partial<LibrarySettings>): Promise<LibrarySettings>;
  close(): Promise<void>;
}

/** Tells whoever runs the bot something that no caller waits for. */
export type Report = (sentence: string, cause?: unknown) => void;

/** Is told how the storage performs. */
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
  readonly feeds: FeedRegister;
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
