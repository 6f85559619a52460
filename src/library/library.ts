import type { Judgement } from '../answering/networks/encoder.ts';
import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Metadata } from '../news/article.ts';
import type { Span } from '../news/span.ts';
import type { Message } from '../wording/say.ts';
import type { DecidedSpan } from './store/disputes.ts';
import type { Draft } from './store/drafts.ts';
import type { LibrarySettings } from './store/library-settings.ts';
import type { Run } from './store/script.ts';
import type { ArticleSummary } from './store/stored.ts';

/** One owner's articles, for reading. Any string may be asked for, even from a stranger. */
export interface Library {
  /** Runs a query of the store. */
  readonly read: Run;
  /** Returns the vector of a question; `undefined` if it can't be made. */
  encodeQuestion(question: string): Promise<Int8Array | undefined>;
  /** Judges whether passages answer a question; `undefined` if the judge fails. */
  judge(question: string, passages: readonly string[]): Promise<readonly Judgement[] | undefined>;
  /** Returns the number of articles. */
  count(): Promise<number>;
  article(id: string): Promise<AttributedArticle | undefined>;
  /** Returns the articles that exist, in the order of `ids`. */
  articles(ids: readonly string[]): Promise<readonly AttributedArticle[]>;
  /** Returns the article whose id has this `codeOf`. */
  articleOfCode(code: string): Promise<AttributedArticle | undefined>;
  /** Returns articles without their text, newest first; `from` counts from 0. */
  newest(from: number, most: number): Promise<readonly ArticleSummary[]>;
  /** Returns the articles that exist, without their text, in the order of `ids`. */
  listed(ids: readonly string[]): Promise<readonly ArticleSummary[]>;
}

/** A server, or a person in direct messages. */
export interface Owner {
  readonly kind: 'server' | 'person';
  /** A snowflake; opening a library validates it. */
  readonly id: string;
}

/** Result of adding an article. */
export type Added =
  /** `same`: its link or text exists already. `updated`: its link existed with another text, which was replaced. */
  | { readonly kind: 'added' | 'same' | 'updated'; readonly article: AttributedArticle }
  /** The library holds `most` articles already. */
  | { readonly kind: 'full'; readonly most: number }
  /** The text is longer than `most` bytes in UTF-8. */
  | { readonly kind: 'too long'; readonly most: number }
  /** Attributing it takes longer than an article may. */
  | { readonly kind: 'too slow' };

/** The article with the same text, or with the same link and another text, which adding would replace. */
export interface Already {
  readonly kind: 'same' | 'linked';
  readonly listed: ArticleSummary;
}

/** Who disputes that somebody said something. */
export interface Disputant {
  /** A user's id. */
  readonly id: string;
  /** How many disputes they may begin in 24 hours, if there is a limit. */
  readonly most: number | undefined;
  /** Where whoever manages the library is told. */
  readonly channel: string | undefined;
}

/** `unchanged`: nothing is attributed to somebody there, or it is disputed already. */
export type DisputeOutcome = 'stored' | 'unchanged' | 'too many';

/** The item of a feed that an article is taken from, and the channel to post it in. */
export interface TakenFrom {
  readonly feed: string;
  readonly keys: readonly string[];
  readonly channel: string | undefined;
}

/** An article as it would be added. */
export interface Preview {
  readonly from: AttributedArticle;
  readonly derivation: Draft['derivation'];
}

/**
 * A library that can be changed. A change is durable when its promise resolves; if it throws `StorageError`, nothing
 * was changed.
 */
export interface OpenLibrary extends Library {
  readonly owner: Owner;
  /** Runs a change of the store, for what no other method does. Closing waits for it. */
  readonly write: Run;
  /** Attributes a text as adding it would, unless `known` is current. Stores nothing. */
  preview(metadata: Metadata, text: string, known?: Draft['derivation'], isBackground?: boolean): Promise<Preview>;
  already(metadata: Metadata, text: string): Promise<Already | undefined>;
  /**
   * Marks an item of a feed whose article is in the library already. If another feed brought it within a day, it is
   * posted in this feed's channel, too, once.
   */
  takeThere(id: string, from: TakenFrom): Promise<void>;
  /** Posts that a feed can't be read, in its channel or to whoever followed it. */
  announceFailure(feed: string, problem: Message): Promise<void>;
  /**
   * Adds an article. `known` is what a preview of the same text derived: if it is current, the text isn't attributed
   * again. The item it is taken `from` is marked in the same transaction, if it is added, or there already.
   */
  add(metadata: Metadata, text: string, known?: Draft['derivation'], from?: TakenFrom): Promise<Added>;
  /**
   * Stores a draft for 15 minutes for one person and returns an id that can't be guessed. Five per person and 20 MB per
   * library are kept; the oldest are dropped.
   */
  holdDraft(draft: Draft, asker: string): Promise<string>;
  /** Like `holdDraft`, replacing another draft. Returns `undefined` and stores nothing if that draft is gone. */
  replaceDraft(former: string, draft: Draft, asker: string): Promise<string | undefined>;
  /** Returns `undefined` if it is gone or somebody else's. */
  draft(id: string, asker: string): Promise<Draft | undefined>;
  /** Returns whether it existed. */
  dropDraft(id: string): Promise<boolean>;
  /** Removes an article and returns it. `restore` brings it back within 10 minutes; after that it is purged. */
  remove(id: string): Promise<AttributedArticle | undefined>;
  /** Returns `undefined` if it's too late. */
  restore(id: string): Promise<AttributedArticle | undefined>;
  /** Makes an attribution unclear until somebody decides. `content` is the outer span of its content. */
  dispute(id: string, content: Span, by: Disputant): Promise<DisputeOutcome>;
  /** Decides a dispute. Returns false if there is no such dispute or speaker. */
  decide(id: string, decided: DecidedSpan): Promise<boolean>;
  /** Takes over what was decided in another library, except where this one has decided. */
  importDecisions(id: string, decided: readonly DecidedSpan[]): Promise<void>;
  /** Changes the given settings and returns all. */
  choose(changes: Partial<LibrarySettings>): Promise<LibrarySettings>;
  /** Erases this library. Opening it again makes a new one. */
  erase(): Promise<void>;
  /**
   * Yields how many articles have no vectors yet, about twice a second, at last 0. Throws `StorageError` if some can't
   * be encoded. Yields nothing without an encoder.
   */
  encoding(): AsyncIterable<number>;
  /** Yields the export: one JSON object per line, oldest first, without line ends. */
  lines(): AsyncIterable<string>;
}
