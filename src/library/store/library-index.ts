import type { IndexedArticle, IndexedUnit } from '../../indexing/index-article.ts';
import type { ArticleSpeaker } from '../../indexing/people.ts';

/*
 * What the queries of a library's full-text index take and return. The index doesn't contain removed articles. Terms are
 * strings; everything else is numbers, so that nothing a user typed becomes part of a query language. The numbers of
 * terms, units, spellings and speakers are only valid in their library.
 */

/** Words of articles, or words of names and titles. */
export type Field = 'text' | 'name';

export interface Term {
  readonly number: number;
  readonly term: string;
  /** The number of units (`text`) or spellings of names (`name`) that contain it; at least 1. */
  readonly frequency: number;
}

export interface Misspelling extends Term {
  readonly edits: 1 | 2;
}

/** A unit matches if it contains a term of each group; in a phrase, one after the other. */
export interface TermQuery {
  readonly all: readonly (readonly number[])[];
  readonly phrase: boolean;
}

/** What narrows a search, in terms of the library; all of it must hold. */
export interface Filter {
  /** An article's id. */
  readonly article: string | undefined;
  /** Only their words count; `undefined` for everyone's. */
  readonly speakers: SpeakerFilter | undefined;
  /** Folded, as in `IndexedArticle.outlet`. */
  readonly outlet: string | undefined;
  /** Days as `2022-03-14`, both inclusive; undated articles never match. */
  readonly after: string | undefined;
  readonly before: string | undefined;
}

/** People by their keys, in any article, and single speakers of an article who have none. */
export interface SpeakerFilter {
  readonly keys: readonly string[];
  readonly rows: readonly SpeakerRow[];
}

/** True if nobody's words can match. */
export function matchesNobody(speakers: SpeakerFilter | undefined): boolean {
  return speakers?.rows.length === 0 && speakers.keys.length === 0;
}

/** True if no filter on articles is set, whether or not there is one on speakers. */
export function allowsAllArticles(filter: object): boolean {
  return Object.entries(filter).every(([name, value]) => name === 'speakers' || value === undefined);
}

export const NO_FILTER: Filter = {
  article: undefined,
  speakers: undefined,
  outlet: undefined,
  after: undefined,
  before: undefined,
};

export interface UnitRow extends Pick<IndexedUnit, 'paragraph' | 'attribution' | 'span'> {
  readonly number: number;
  readonly article: string;
  /** Term numbers, in reading order. */
  readonly terms: Uint32Array;
}

export interface Spelling {
  readonly number: number;
  /** Folded. */
  readonly terms: readonly string[];
}

/** How often somebody is quoted: what is clearly theirs, and what may be somebody else's. */
export type QuoteCounts = Pick<ArticleSpeaker, 'clear' | 'uncertain'>;

/** Somebody in one article. */
export interface SpeakerRow extends Omit<ArticleSpeaker, 'names'> {
  readonly number: number;
  /** An article's id. */
  readonly article: string;
  /** The article's day, if known. */
  readonly published: string | undefined;
}

export interface NamedSpeaker extends SpeakerRow {
  readonly spelling: number;
  readonly weight: number;
}

export interface Appearances {
  readonly rows: readonly SpeakerRow[];
  /** Totals, not only of these rows. What several articles print word for word was said once. */
  readonly articles: number;
  readonly said: number;
}

/** Undated articles come last either way. */
export type TimeOrder = 'oldest' | 'newest';

/** A range of everything that somebody said, counted from 0. What several articles print word for word counts once. */
export interface TimelineRange {
  readonly order: TimeOrder;
  readonly offset: number;
  readonly limit: number;
}

/** Something that somebody says, in the earliest of the articles that print it word for word. */
export interface StatementRow {
  /** An article's id. */
  readonly article: string;
  /** An index in the article's list of attributions. */
  readonly attribution: number;
}

export interface NamedArticle {
  readonly article: string;
  readonly spelling: number;
  readonly weight: number;
}

export interface Outlet {
  /** As its newest article spells it. */
  readonly shown: string;
  readonly folded: string;
  readonly articles: number;
}

/** An article to be indexed. */
export interface IndexEntry {
  readonly number: number;
  readonly id: string;
  /** The day it was published, if known. */
  readonly day: string | undefined;
  readonly indexed: IndexedArticle;
}
