import type { Judgement } from '../answering/networks/encoder.ts';
import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Metadata } from '../news/article.ts';
import type { Span } from '../news/span.ts';
import type { Message } from '../wording/say.ts';
import type { DecidedSpan } from './store/disputes.ts';
import type { Draft } from './store/drafts.ts';
import { StorageError } from './store/errors.ts';
import type { TakenFrom } from './store/following/following.ts';
import type { LibrarySettings, SettingsChanges } from './store/library-settings.ts';
import type { Run } from './store/script.ts';
import type { ArticleSummary } from './store/stored.ts';

/** One owner's articles, for reading. Accepts any string, even from a stranger. */
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

/** What the backend calls the library of a server or a person. */
export const LIBRARY_NAME = /^(?:server|person)-[1-9]\d{0,19}$/v;

/** Returns a library's name in the backend. Validated, so nothing a user sent reaches the disk or SQL. */
export function nameOf({ kind, id }: Owner): string {
  const name = `${kind}-${id}`;
  if (!LIBRARY_NAME.test(name)) throw new StorageError("That isn't the id of a server or a person.");
  return name;
}

/** Returns the owner of the library with this name. */
export function ownerNamed(name: string): Owner {
  const id = name.slice(name.indexOf('-') + 1);
  return { kind: name.startsWith('server-') ? 'server' : 'person', id };
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
  /** The channel in which disputes are posted for those who manage the library. */
  readonly channel: string | undefined;
}

/** `unchanged`: nothing is attributed to somebody there, or it is disputed already. */
export type DisputeOutcome = 'stored' | 'unchanged' | 'too many';

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
  /** Posts that a feed can't be read, in its channel or to the person who followed it. */
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
  choose(changes: SettingsChanges): Promise<LibrarySettings>;
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

/** Receives the id of a server whose library is about to be erased. */
export type Announce = (server: string, when: 'tomorrow' | 'now') => void;

/**
 * Prepares what is due in a library's outbox. Returns a function that posts it, which returns when to try again, in
 * milliseconds since 1970, if anything is left.
 */
export type Prepare = (library: OpenLibrary) => Promise<() => Promise<number | undefined>>;

/** All libraries, isolated from each other. Errors of the backend are thrown as `StorageError`. */
export interface Libraries {
  has(owner: Owner): Promise<boolean>;
  /** Attributes the seed articles, so that the first command in a new library needn't wait. */
  prepare(): Promise<void>;
  /** Throws if the owner's id isn't a snowflake. */
  open(owner: Owner): Promise<OpenLibrary>;
  /**
   * Returns a library's settings, usually from a cache: changes by another process show within 30 seconds. Creates no
   * library.
   */
  choices(owner: Owner): Promise<LibrarySettings>;
  /** Returns the ids of servers that have a library. */
  knownServers(): Promise<readonly string[]>;
  /** Runs a script of `store/following/feeds.ts` on the feeds that libraries follow. */
  readonly feeds: Run;
  /**
   * Prepares and sends the posts of each library that is due, if `isMine` accepts its owner. A few are prepared at once.
   * Leaves out libraries for which an earlier call isn't done.
   */
  deliver(isMine: (owner: Owner) => boolean, prepare: Prepare): Promise<void>;
  /** Erases a library and everything about it, even if it is damaged. */
  erase(owner: Owner): Promise<void>;
  /**
   * Schedules a server's library to be erased 30 days after `now`, since the bot was removed. Calling it again doesn't
   * postpone that. `now` is in milliseconds since 1970, by a clock that is right even when this machine's isn't.
   */
  scheduleErasure(owner: Owner, now: number): Promise<void>;
  cancelErasure(owner: Owner): Promise<void>;
  /**
   * Erases libraries that were due a day ago and still are, and returns their number. Skips servers of other processes,
   * which alone know whether the bot is back. Calls `announce` before, and a day before. `now` is by the same clock as
   * for `scheduleErasure`.
   */
  eraseDue(now: number, isMine: (server: string) => boolean, announce?: Announce): Promise<number>;
  /**
   * Makes the missing vectors of all libraries, one library after another, in the background. Those that another process
   * is working on are left to it.
   */
  encodeAll(): Promise<void>;
  /** Counts what is in open libraries, for metrics. */
  state(): Promise<LibraryCounts>;
  /** Returns the number of queries that wait for a connection to the database. */
  waiting(): number;
  /** Throws `StorageError` if the backend doesn't answer. */
  check(): Promise<void>;
  /** Closes idle libraries and purges removed articles. Runs by itself every 30 seconds. */
  maintain(): Promise<void>;
  close(): Promise<void>;
}

/** What this process has open and has added. */
export interface LibraryCounts {
  /** Open libraries, and the articles in them. */
  readonly open: number;
  readonly articles: number;
  /** Articles without vectors, in open libraries. */
  readonly unencoded: number;
  /** Articles added and updated by this process since it started. */
  readonly taken: Readonly<Record<'added' | 'updated', number>>;
}
