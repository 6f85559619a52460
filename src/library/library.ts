import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Metadata } from '../news/article.ts';
import type { Draft } from './store/drafts.ts';
import type { LibraryIndex } from './store/library-index.ts';
import type { LibrarySettings } from './store/library-settings.ts';

/** One server's articles, as they are read. Any string may be asked for; it may come from a stranger. */
export interface Library {
  readonly index: LibraryIndex;
  /** How many articles there are. */
  count(): Promise<number>;
  article(id: string): Promise<AttributedArticle | undefined>;
  /** Those of the ids that are there, in the order of the ids. */
  articles(ids: readonly string[]): Promise<readonly AttributedArticle[]>;
  /** The article whose id has this `codeOf`. */
  articleOfCode(code: string): Promise<AttributedArticle | undefined>;
  /** The newest first, without their words; `from` counts from 0. */
  newest(from: number, most: number): Promise<readonly Listed[]>;
  /** Those of the ids that are there, in the order of the ids, without their words. */
  listed(ids: readonly string[]): Promise<readonly Listed[]>;
}

/** An article as a list shows it. */
export interface Listed extends Metadata {
  readonly id: string;
  readonly updated: boolean;
  readonly paragraphs: number;
  /** How many attributions, and how many speakers they have. */
  readonly attributions: number;
  readonly speakers: number;
}

/** Whose library it is: a server's, or a person's own in direct messages. */
export interface Owner {
  readonly kind: 'server' | 'person';
  /** A snowflake. Anything else is refused where a library is opened. */
  readonly id: string;
}

/** What became of an article that somebody adds. */
export type Added =
  /** `same`: its link or its text was there already. `updated`: its link was there with another text, which this one replaces. */
  | { readonly kind: 'added' | 'same' | 'updated'; readonly article: AttributedArticle }
  /** The library holds `most` articles and takes no more. */
  | { readonly kind: 'full'; readonly most: number }
  /** The text has more than `most` bytes in UTF-8. */
  | { readonly kind: 'too long'; readonly most: number };

/** What is in the library already of an article that somebody may add: its text, or its link with another text, which adding replaces. */
export interface Already {
  readonly kind: 'same' | 'linked';
  readonly listed: Listed;
}

/** An article as it would be added. */
export interface Preview {
  readonly from: AttributedArticle;
  readonly derivation: Draft['derivation'];
}

/** A library that can be changed. A change is on the disk when its promise resolves; one that fails (StorageError) left nothing. */
export interface OpenLibrary extends Library {
  readonly owner: Owner;
  /** Attributes a text as adding it would, unless what is known of it is current. Stores nothing. */
  preview(metadata: Metadata, text: string, known?: Draft['derivation']): Promise<Preview>;
  already(metadata: Metadata, text: string): Promise<Already | undefined>;
  /** Adds an article. `known` is what a preview of this very text derived: if it is current, the text is not attributed again. */
  add(metadata: Metadata, text: string, known?: Draft['derivation']): Promise<Added>;
  /**
   * Holds a draft for 15 minutes for the person of this id; the id that finds it again, which nobody can guess. A person has five at most,
   * and a library so much text of them: the oldest make room.
   */
  holdDraft(draft: Draft, asker: string): Promise<string>;
  /** The same in the place of a former one; `undefined`: that is gone, since somebody went on from it already, and nothing is held. */
  replaceDraft(former: string, draft: Draft, asker: string): Promise<string | undefined>;
  /** `undefined` where it is gone or somebody else's. */
  draft(id: string, asker: string): Promise<Draft | undefined>;
  /** Whether it was there. */
  dropDraft(id: string): Promise<boolean>;
  /** The article that is now gone. For 10 minutes `restore` brings it back; then nothing of it is left. */
  remove(id: string): Promise<AttributedArticle | undefined>;
  /** The article that is there again; `undefined`: too late. */
  restore(id: string): Promise<AttributedArticle | undefined>;
  /** Changes what is named and leaves the rest; what is chosen then. */
  choose(changes: Partial<LibrarySettings>): Promise<LibrarySettings>;
  /** Leaves nothing of this library on the disk; opened again it is a new one. */
  erase(): Promise<void>;
  /** The export: one JSON object a line, oldest first, without line ends; the text character for character. */
  lines(): AsyncIterable<string>;
}
