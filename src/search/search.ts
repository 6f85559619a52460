import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Library } from '../library/library.ts';
import { completePhrases } from './complete.ts';
import { findCopies } from './copies.ts';
import { type FilterOptions, resolveArticleFilter, resolveFilter } from './filter.ts';
import { completeOutlets, findTitled, searchTitles } from './names.ts';
import { findAbout, findNaming, findPassages, findSimilar, type Passage, type SimilarQuotes } from './passages.ts';
import { completeSpeakers, findPeople, findPerson, findTopSpeakers } from './people.ts';
import { type StatementQuery, searchStatements } from './statements.ts';

/** Searches one library. Takes any text; throws only `StorageError`, if the store can't be reached. */
export type Search = ReturnType<typeof searchOf>;

/** Returns the search of a library. It keeps no state, so changes to the library show at once. */
export function searchOf(library: Library) {
  const { read } = library;
  return {
    /** Returns at most 25 passages, the best first; none if nothing is near. */
    async passages(words: string, options: FilterOptions): Promise<readonly Passage[]> {
      const filter = await resolveFilter(options, library);
      return filter === undefined ? [] : await findPassages(library, words, filter);
    },
    /** Returns at most 25 passages in which an article names somebody who isn't known as a speaker, the best first. */
    naming: async (name: string, options: FilterOptions): Promise<readonly Passage[]> =>
      await findNaming(library, name, await resolveArticleFilter(options, read)),
    /** Returns the other articles that have the same paragraph, word for word. */
    copies: (place: Pick<Passage, 'from' | 'paragraph'>) => findCopies(library, place),
    /** Returns at most 5 other quotes on the same subject. */
    similar: (quote: Pick<Passage, 'from' | 'excerpt' | 'attribution'>): Promise<SimilarQuotes> =>
      findSimilar(library, quote),
    /** Returns at most 25 people a name may mean, the best first. Ignores `options.speaker`. */
    people: async (name: string, options: FilterOptions) =>
      await findPeople(library, name, await resolveArticleFilter(options, read)),
    /** Returns the person that a speaker of an article is, with their other articles. */
    person: (from: AttributedArticle, place: number) => findPerson(library, from, place),
    /** Returns what a speaker of an article says, there and, if they are known in others, in all articles. */
    statements: (from: AttributedArticle, place: number, query: StatementQuery) =>
      searchStatements(library, from, place, query),
    /** Returns at most `most` people from the place `from` in the order of how often they are quoted. */
    topSpeakers: (from: number, most: number) => findTopSpeakers(library, from, most),
    /** Returns at most 100 articles by title, outlet or author, the best first; none if nothing was typed. */
    articles: (typed: string) => searchTitles(library, typed),
    /** Returns those of them that have all words but those that tell nothing, in some form. */
    titled: (typed: string) => findTitled(library, typed),
    /** Returns the articles whose text has all these words, those with the best passages first. */
    about: async (words: string, options: FilterOptions): Promise<readonly AttributedArticle[]> =>
      await findAbout(library, words, await resolveArticleFilter(options, read)),
    /** Returns at most 25 phrases that the articles have, of at most 100 characters. */
    async completeWords(typed: string, options: FilterOptions): Promise<readonly string[]> {
      const filter = await resolveFilter(options, library);
      return filter === undefined ? [] : await completePhrases(library, typed, filter);
    },
    /** Returns at most 25 names as the articles write them, the most quoted first. */
    completeSpeakers: async (typed: string, options: FilterOptions): Promise<readonly string[]> =>
      await completeSpeakers(typed, read, await resolveArticleFilter(options, read)),
    /** Returns at most 25 outlets as the articles write them. */
    completeOutlets: (typed: string): Promise<readonly string[]> => completeOutlets(typed, read),
  };
}
