import type { IndexedArticle } from '../../indexing/index-article.ts';
import type { Listed } from '../library.ts';
import type { ArticleText } from './derived.ts';
import type { DraftLimits, StoredDraft } from './drafts.ts';
import type { Keys } from './keys.ts';
import type { LibraryIndex } from './library-index.ts';
import type { LibrarySettings } from './library-settings.ts';

/** What a text is stored with: all that is read out of it, and which code read it. */
export interface Derivation {
  /** What `writeDerived` wrote. */
  readonly derived: string;
  readonly indexed: IndexedArticle;
  readonly madeBy: Versions;
}

export interface Versions {
  readonly attribution: number;
  readonly index: number;
}

/** An article on its way into a store. */
export interface NewArticleRow extends Derivation {
  readonly text: ArticleText;
  readonly keys: Keys;
}

/** An article as a store has it. */
export interface ArticleRow {
  /** Its place in the order of adding. An update keeps it. */
  readonly number: number;
  /** Another one after every change of what is stored under this number; never used twice in a library. */
  readonly revision: number;
  readonly text: ArticleText;
  readonly keys: Keys;
  /** Milliseconds since 1970; `undefined`: it is in the library. */
  readonly removedAt: number | undefined;
  /** `undefined` where it is damaged: it can be made again. */
  readonly derived: string | undefined;
  /** Which code read it; 0 for one that did not yet. */
  readonly madeBy: Versions;
}

/** Which article, without reading it. */
export interface ArticleRef {
  readonly id: string;
  readonly number: number;
  readonly revision: number;
}

/** How somebody names an article: its id, or the `codeOf` it. */
export type ArticleLookup = { readonly by: 'id' | 'code'; readonly values: readonly string[] };

/** What became of a row. Nothing was changed where it is `same` or `full`. */
export type PutResult =
  | { readonly kind: 'added' | 'updated'; readonly pointer: ArticleRef }
  | { readonly kind: 'same'; readonly pointer: ArticleRef }
  | { readonly kind: 'full' };

/**
 * The rows of one library. Each method is one transaction, durable when it resolves; an outage comes out as StorageError, and
 * then nothing was changed. Other processes may change a store on PostgreSQL between any two calls.
 */
export interface Store {
  readonly index: LibraryIndex;
  /** Whether it could be opened for this process alone: it is closed when nobody uses it, so that the next one may do better. */
  readonly isExclusive: boolean;
  /** How many articles are in the library. */
  count(): Promise<number>;
  /** Those that are in the library, in any order. */
  find(naming: ArticleLookup): Promise<readonly ArticleRef[]>;
  /** The rows of these numbers, removed ones included; `damaged` is one whose words are not those that were stored. */
  rows(numbers: readonly number[]): Promise<readonly (ArticleRow | 'damaged')[]>;
  /** Numbers of those in the library that come after this one, oldest first: for the export. */
  numbersAfter(number: number, most: number): Promise<readonly number[]>;
  /** What is in the library, the newest first. */
  listNewest(from: number, most: number): Promise<readonly Listed[]>;
  listByIds(ids: readonly string[]): Promise<readonly Listed[]>;
  /** The article in the library with this text. */
  findByText(keys: Keys): Promise<ArticleRef | undefined>;
  /** The article in the library with this link. */
  findByLink(keys: Keys): Promise<ArticleRef | undefined>;
  /**
   * Takes an article in, unless its text is there (`same`). One whose link is there replaces that article under its id and
   * number (`updated`, and `Text.updated` is stored as true); one that was removed and has its id or keys is gone for good.
   * `full` where the library holds `most` articles and this would be one more. Text, what is derived and index are one transaction.
   * A text that is marked as updated stays so.
   */
  put(row: NewArticleRow, most: number): Promise<PutResult>;
  /** Takes an article out of the library and its index; its text stays until it is purged. Whether it was in it. */
  remove(id: string, moment: number): Promise<boolean>;
  /** The removed article of this id, if it was removed after `since`. */
  findRemoved(id: string, since: number): Promise<ArticleRef | undefined>;
  /** Brings a removed article back, unless it changed meanwhile (`undefined`). */
  restore(pointer: ArticleRef, derivation: Derivation, most: number): Promise<'restored' | 'full' | undefined>;
  /** Stores what was read anew out of a row, unless the row has changed since `revision`. */
  updateDerived(number: number, revision: number, derivation: Derivation): Promise<void>;
  /** Of those in the library that come after this number: the first ones that other code read than `versions` names. */
  stale(versions: Versions, after: number, most: number): Promise<readonly number[]>;
  /** Leaves nothing of what was removed until a moment, nor of what was replaced. When the first of the others was removed. */
  purge(before: number): Promise<number | undefined>;
  /**
   * Holds a draft, in the place of a former one where one is named: where that is gone nothing is held (`false`), so that of two who go on
   * from one draft at once only one does. Drafts beyond the bounds go, the oldest first.
   */
  saveDraft(draft: StoredDraft, former: string | undefined, bounds: DraftLimits): Promise<boolean>;
  findDraft(id: string): Promise<StoredDraft | undefined>;
  /** Whether it was there. */
  deleteDraft(id: string): Promise<boolean>;
  /** Leaves nothing of drafts that are over. When the first of the others will be. */
  purgeDrafts(now: number): Promise<number | undefined>;
  settings(): Promise<LibrarySettings>;
  /** Changes what is named and leaves the rest; what is chosen then. */
  changeSettings(changes: Partial<LibrarySettings>): Promise<LibrarySettings>;
  close(): Promise<void>;
}

/** What is due for a library: the bot left its server, or an article of it was removed. */
export type TaskKind = 'leaving' | 'purging';

/** What is on a list: a library's name, and the moment in milliseconds since 1970. */
export interface ScheduledTask {
  readonly library: string;
  readonly moment: number;
}

/**
 * Where everybody's libraries are. Names are checked by the caller (`server-…`, `person-…` and digits): nothing that somebody sent reaches
 * the disk or a statement unchecked.
 */
export interface Backend {
  has(name: string): Promise<boolean>;
  names(): Promise<readonly string[]>;
  /** Opens a library; where there is none, makes one that holds the seeds. */
  open(name: string, seeds: () => Promise<readonly NewArticleRow[]>): Promise<Store>;
  /** Leaves nothing of a library, a damaged one included. Its store is closed. */
  erase(name: string): Promise<void>;
  /** Notes a moment; one that is noted already stays, of two to purge at the earlier one. */
  schedule(list: TaskKind, name: string, moment: number): Promise<void>;
  /** A purge that was noted again since it was told to be due stays: not all may have been there to be purged. */
  complete(list: TaskKind, name: string): Promise<void>;
  /**
   * The libraries whose moment has come, for whoever asks to do what is due and to strike it then; of them, those that are the asker's to
   * do, all where left out.
   */
  due(list: TaskKind, now: number, isMine?: (name: string) => boolean): Promise<readonly string[]>;
  /**
   * Takes the work on that is to be done once in a library, for so long; who has it may claim it again, to keep it. Whether nobody else has
   * it, in whatever process: what a process had that ended without a word is free when its time is over.
   */
  claim(name: string, claimant: string, milliseconds: number): Promise<boolean>;
  /** Gives the work back, where this claimant has it. */
  release(name: string, claimant: string): Promise<void>;
  close(): Promise<void>;
}
