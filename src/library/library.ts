import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Masthead } from '../news/article.ts';

/** One server's articles. */
export interface Library {
  /** In the order in which they were added. */
  readonly articles: readonly AttributedArticle[];
  /** The article of that id; `undefined` for any other string, which may come from a stranger. */
  article(id: string): AttributedArticle | undefined;
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

/** An update, or an article read again by newer code, is a removal and an addition under one id. */
export interface Change {
  readonly kind: 'added' | 'removed';
  readonly article: AttributedArticle;
}

/** A library that can be changed. A change is on the disk when its promise resolves; one that fails (CannotKeep) left nothing. */
export interface OpenLibrary extends Library {
  readonly owner: Owner;
  /** What adding would keep, read where nobody's command waits for it; nothing is kept. */
  preview(masthead: Masthead, text: string): Promise<AttributedArticle>;
  add(masthead: Masthead, text: string): Promise<Added>;
  /** The article that is now gone. For 10 minutes `restore` brings it back; then nothing of it is left. */
  remove(id: string): Promise<AttributedArticle | undefined>;
  /** The article that is there again; `undefined`: too late. */
  restore(id: string): Promise<AttributedArticle | undefined>;
  /** Leaves nothing of this library on the disk; opened again it is a new one. */
  erase(): Promise<void>;
  /** The export: one JSON object a line, oldest first, without line ends; the text character for character. */
  lines(): Iterable<string>;
  onChange(listener: (change: Change) => void): void;
}
