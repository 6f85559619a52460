import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Library } from '../library/library.ts';
import type { ArticleSummary } from '../library/store/stored.ts';
import { type Answer, ask } from './ask.ts';
import { completePhrases } from './complete.ts';
import { type FilterOptions, resolveArticleFilter, resolveFilter } from './filter.ts';
import { completeOutlets, findArticles } from './names.ts';
import { findNaming, findPassages, findSimilar, type Passage, type SimilarQuotes } from './passages.ts';
import {
  completeSpeakers,
  findPeople,
  findPerson,
  findTopSpeakers,
  type PersonMatch,
  type TopSpeakers,
} from './people.ts';
import { findStatements, type StatementQuery, type Statements } from './statements.ts';

/** Searches one library. Takes any text; throws only `CannotKeep`, if the store can't be reached. */
export interface Search {
  /** Returns at most 25 passages, the best first; none if nothing is near. */
  passages(words: string, options: FilterOptions): Promise<readonly Passage[]>;
  /** Returns at most 25 passages in which an article names somebody who isn't known as a speaker, the best first. */
  naming(name: string, options: FilterOptions): Promise<readonly Passage[]>;
  /** Answers a question. Ignores `options.speaker`. */
  ask(question: string, options: FilterOptions): Promise<Answer>;
  /** Returns at most 5 other quotes on the same subject. */
  similar(quote: Pick<Passage, 'from' | 'excerpt' | 'attribution'>): Promise<SimilarQuotes>;
  /** Returns at most 25 people a name may mean, the best first. Ignores `options.speaker`. */
  people(name: string, options: FilterOptions): Promise<readonly PersonMatch[]>;
  /** Returns the person that a speaker of an article is, with their other articles. */
  person(from: AttributedArticle, place: number): Promise<PersonMatch | undefined>;
  /** Returns what a speaker of an article says, there and, if they are known in others, in all articles. */
  statements(from: AttributedArticle, place: number, query: StatementQuery): Promise<Statements>;
  /** Returns at most `most` people from the place `from` in the order of how often they are quoted. */
  topSpeakers(from: number, most: number): Promise<TopSpeakers>;
  /** Returns at most 100 articles by title, outlet or author, the best first; none if nothing was typed. */
  articles(typed: string): Promise<readonly ArticleSummary[]>;
  /** Returns at most 25 phrases that the articles have, of at most 100 characters. */
  completeWords(typed: string, options: FilterOptions): Promise<readonly string[]>;
  /** Returns at most 25 names as the articles write them, whoever says most first. */
  completeSpeakers(typed: string, options: FilterOptions): Promise<readonly string[]>;
  /** Returns at most 25 outlets as the articles write them. */
  completeOutlets(typed: string): Promise<readonly string[]>;
}

/** Returns the search of a library. It keeps no state, so changes to the library show at once. */
export function searchOf(library: Library): Search {
  const { read } = library;
  return {
    async passages(words, options) {
      const filter = await resolveFilter(options, read);
      return filter === undefined ? [] : await findPassages(library, words, filter);
    },
    naming: async (name, options) => await findNaming(library, name, await resolveArticleFilter(options, read)),
    ask: (question, options) => ask(library, question, options),
    similar: quote => findSimilar(library, quote),
    people: async (name, options) => await findPeople(library, name, await resolveArticleFilter(options, read)),
    person: (from, place) => findPerson(library, from, place),
    statements: (from, place, query) => findStatements(library, from, place, query),
    topSpeakers: (from, most) => findTopSpeakers(library, from, most),
    articles: typed => findArticles(library, typed),
    async completeWords(typed, options) {
      const filter = await resolveFilter(options, read);
      return filter === undefined ? [] : await completePhrases(library, typed, filter);
    },
    completeSpeakers: async (typed, options) =>
      await completeSpeakers(typed, read, await resolveArticleFilter(options, read)),
    completeOutlets: typed => completeOutlets(typed, read),
  };
}
