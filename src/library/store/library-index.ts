import type { Span } from '../../news/span.ts';

/**
 * What a search asks of one library's full-text index, whatever store keeps it. Removed articles are not in it. Terms go in
 * and out as strings; everything else is numbers, so that no word that somebody typed is ever part of a query's language.
 * Numbers of terms, units, forms and speakers mean nothing outside their library.
 */
export interface LibraryIndex {
  /** How many units there are. */
  size(): Promise<number>;
  /** The terms that the library has, of those asked for, and those that differ from `bare` ones in their apostrophes alone. */
  terms(of: Field, asked: readonly string[], bare: readonly string[]): Promise<readonly Term[]>;
  /** Terms that begin so, the most frequent first. */
  termsWithPrefix(of: Field, prefix: string, most: number): Promise<readonly Term[]>;
  /** For each word the terms that may be the same word misspelt (`editsAllowed`), the closest first, then the most frequent. */
  misspellings(of: Field, asked: readonly string[], most: number): Promise<readonly (readonly Misspelling[])[]>;
  /** Units that hold what is asked for, at most so many: those of the newest articles, where it is found out in time which these are. */
  matchingUnits(asked: TermQuery, filter: Filter, most: number): Promise<readonly number[]>;
  /** Those of the units that are there and where one may look, in any order. */
  units(numbers: readonly number[], filter: Filter): Promise<readonly UnitRow[]>;
  /** The newest units with somebody's own words, by article, the newest first, and in each in its order: something to begin with. */
  newestQuotes(filter: Filter, most: number): Promise<readonly UnitRow[]>;
  /** Spellings of names that hold any of the terms; those that hold more of them first, then those of whoever says most. */
  spellings(terms: readonly number[], most: number): Promise<readonly Spelling[]>;
  /** Spellings of names, those of whoever says most first: what is compared letter by letter while a library is small. */
  topSpellings(most: number): Promise<readonly Spelling[]>;
  /** Who goes by these spellings; those who say most first. `filter.speakers` is not looked at. */
  speakersNamed(forms: readonly number[], filter: Filter, most: number): Promise<readonly NamedSpeaker[]>;
  /** Everywhere that a person of one of these keys is: where they speak, then where they do not, the newest article first. */
  appearances(keys: readonly string[], filter: Filter, from: number, most: number): Promise<Appearances>;
  /**
   * Where a person of one of these keys says a part of all that they say, in the order of days; of one day in that of adding. How much
   * there is in all, `appearances` tells.
   */
  timeline(keys: readonly string[], filter: Filter, part: TimelineRange): Promise<Timeline>;
  /** Whoever says most in all of these articles together first, each key once: their rows in one of the articles. */
  topSpeakers(filter: Filter, most: number): Promise<readonly SpeakerRow[]>;
  /** Articles that go by these spellings (title, id, outlet, author), with the weight of the spelling, the newest first. */
  articlesNamed(forms: readonly number[], most: number): Promise<readonly NamedArticle[]>;
  /** Outlets with their articles counted, the most frequent first; of equals in the order of their letters. */
  outlets(most: number): Promise<readonly Outlet[]>;
}

/** Words of articles, or words of names and titles. */
export type Field = 'text' | 'name';

export interface Term {
  readonly number: number;
  readonly term: string;
  /** How many units (`text`) or spellings of names (`name`) hold it. Never 0. */
  readonly frequency: number;
}

export interface Misspelling extends Term {
  readonly edits: 1 | 2;
}

/** Term numbers: a unit must hold one of each group; in a `phrase`, one after the other. */
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

/** True if no filter on articles is set; speakers aside. */
export function allowsAllArticles(filter: object): boolean {
  return Object.entries(filter).every(([name, value]) => name === 'speakers' || value === undefined);
}

export const noFilter: Filter = {
  article: undefined,
  speakers: undefined,
  outlet: undefined,
  after: undefined,
  before: undefined,
};

/** A unit where it stands. Paragraph and attribution are places in the article's lists. */
export interface UnitRow {
  readonly number: number;
  readonly article: string;
  readonly paragraph: number;
  readonly attribution: number | undefined;
  readonly span: Span;
  /** Term numbers in the text's order. */
  readonly terms: Uint32Array;
}

export interface Spelling {
  readonly number: number;
  /** Folded. */
  readonly terms: readonly string[];
}

/** Somebody in one article. */
export interface SpeakerRow {
  readonly number: number;
  /** An article's id. */
  readonly article: string;
  /** The place in the article's list of speakers. */
  readonly place: number;
  readonly shown: string;
  readonly said: number;
  readonly keys: readonly string[];
  /** The article's day, where it is known. */
  readonly published: string | undefined;
}

export interface NamedSpeaker extends SpeakerRow {
  readonly spelling: number;
  readonly weight: number;
}

export interface Appearances {
  readonly rows: readonly SpeakerRow[];
  /** Of all that there are, not of these rows alone. */
  readonly articles: number;
  readonly said: number;
}

/** Which way time runs. What has no known day comes last either way. */
export type TimeOrder = 'oldest' | 'newest';

/** Of all that somebody says, counted from 0. */
export interface TimelineRange {
  readonly order: TimeOrder;
  readonly from: number;
  readonly most: number;
}

/** Where a part of what somebody says is. */
export interface Timeline {
  /** In the order of the part. */
  readonly rows: readonly SpeakerRow[];
  /** How much of what is said in the first of the rows comes before the part. */
  readonly skipped: number;
}

export interface NamedArticle {
  readonly article: string;
  readonly spelling: number;
  readonly weight: number;
}

export interface Outlet {
  /** As the newest of its articles writes it. */
  readonly shown: string;
  readonly folded: string;
  readonly articles: number;
}
