import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Library, Listed } from '../library/library.ts';
import { completePhrases } from './complete.ts';
import { type FilterOptions, resolveArticleFilter, resolveFilter } from './filter.ts';
import { type Alike, findLike } from './find-like.ts';
import { findArticles, findLoudest, type Loudest } from './find-loudest.ts';
import { findPassages } from './find-passages.ts';
import { completeSpeakers, findPeople, findPerson } from './find-people.ts';
import { findStatements, type Statements, type Wanted } from './find-statements.ts';
import { completeOutlets } from './names.ts';
import type { Passage } from './passage.ts';
import type { PersonMatch } from './people.ts';

/** Finds words, people and articles in one library. Any string may be asked; none throws but for an outage (StorageError). */
export interface Search {
  /** At most 25, the best first; nothing when nothing is even near. */
  passages(words: string, options: FilterOptions): Promise<readonly Passage[]>;
  /** Other quotes that are about the same, the likest first; at most 5. */
  like(place: Pick<Passage, 'from' | 'excerpt' | 'attribution'>): Promise<Alike>;
  /** Everybody whom the name may mean, the best first; at most 25. `options.speaker` is ignored. */
  people(name: string, options: FilterOptions): Promise<readonly PersonMatch[]>;
  /** The person that this speaker of an article is, with their other articles. */
  person(from: AttributedArticle, place: number): Promise<PersonMatch | undefined>;
  /** What this speaker of an article says there and, where they are one person, in all other articles. */
  statements(from: AttributedArticle, place: number, wanted: Wanted): Promise<Statements>;
  /** Whoever says most in all of the library first, at most so many from there on, counted from 0. */
  loudest(from: number, most: number): Promise<Loudest>;
  /** Articles by title, outlet or author as one types, the best first, at most 100; nothing for nothing typed. */
  articles(typed: string): Promise<readonly Listed[]>;
  /** Phrases that stand in the articles, at most 100 characters each and 25 of them. */
  completeWords(typed: string, options: FilterOptions): Promise<readonly string[]>;
  /** Names as the articles give them, whoever says most first; at most 25. */
  completeSpeakers(typed: string, options: FilterOptions): Promise<readonly string[]>;
  /** Outlets as the articles write them; at most 25. */
  completeOutlets(typed: string): Promise<readonly string[]>;
}

/** The search of a library. It keeps nothing itself: what is added is found at once, and what is removed no longer. */
export function searchOf(library: Library): Search {
  const { index } = library;
  return {
    async passages(words, options) {
      const filter = await resolveFilter(options, index);
      return filter === undefined ? [] : await findPassages(library, words, filter);
    },
    like: place => findLike(library, place),
    people: async (name, options) => await findPeople(library, name, await resolveArticleFilter(options, index)),
    person: (from, place) => findPerson(library, from, place),
    statements: (from, place, wanted) => findStatements(library, from, place, wanted),
    loudest: (from, most) => findLoudest(library, from, most),
    articles: typed => findArticles(library, typed),
    async completeWords(typed, options) {
      const filter = await resolveFilter(options, index);
      return filter === undefined ? [] : await completePhrases(library, typed, filter);
    },
    completeSpeakers: async (typed, options) =>
      await completeSpeakers(typed, index, await resolveArticleFilter(options, index)),
    completeOutlets: typed => completeOutlets(typed, index),
  };
}
