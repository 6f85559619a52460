import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Library, Listed } from '../library/library.ts';
import { completePhrases } from './complete.ts';
import { type Alike, findLike } from './find-like.ts';
import { findArticles, findLoudest, type Loudest } from './find-loudest.ts';
import { findPassages } from './find-passages.ts';
import { completeSpeakers, findPeople, findPerson } from './find-people.ts';
import { findStatements, type Statements, type Wanted } from './find-statements.ts';
import { groundOf, whereOf } from './ground.ts';
import { completeOutlets } from './names.ts';
import type { Passage, Scope } from './passage.ts';
import type { PersonMatch } from './people.ts';

/** Finds words, people and articles in one library. Any string may be asked; none throws but for an outage (CannotKeep). */
export interface Search {
  /** At most 25, the best first; nothing when nothing is even near. */
  passages(words: string, scope: Scope): Promise<readonly Passage[]>;
  /** Other quotes that are about the same, the likest first; at most 5. */
  like(place: Pick<Passage, 'from' | 'excerpt' | 'attribution'>): Promise<Alike>;
  /** Everybody whom the name may mean, the best first; at most 25. The scope's speaker is not looked at. */
  people(name: string, scope: Scope): Promise<readonly PersonMatch[]>;
  /** The person that this speaker of an article is, with their other articles. */
  person(from: AttributedArticle, place: number): Promise<PersonMatch | undefined>;
  /** What this speaker of an article says there and, where they are one person, in all other articles. */
  statements(from: AttributedArticle, place: number, wanted: Wanted): Promise<Statements>;
  /** Whoever says most in all of the library first, at most so many from there on, counted from 0. */
  loudest(from: number, most: number): Promise<Loudest>;
  /** Articles by title, outlet or author as one types, the best first, at most 100; nothing for nothing typed. */
  articles(typed: string): Promise<readonly Listed[]>;
  /** Phrases that stand in the articles, at most 100 characters each and 25 of them. */
  completeWords(typed: string, scope: Scope): Promise<readonly string[]>;
  /** Names as the articles give them, whoever says most first; at most 25. */
  completeSpeakers(typed: string, scope: Scope): Promise<readonly string[]>;
  /** Outlets as the articles write them; at most 25. */
  completeOutlets(typed: string): Promise<readonly string[]>;
}

/** The search of a library. It keeps nothing itself: what is added is found at once, and what is removed no longer. */
export function searchOf(library: Library): Search {
  const { index } = library;
  return {
    async passages(words, scope) {
      const ground = await groundOf(scope, index);
      return ground === undefined ? [] : await findPassages(library, words, ground);
    },
    like: place => findLike(library, place),
    people: async (name, scope) => await findPeople(library, name, await whereOf(scope, index)),
    person: (from, place) => findPerson(library, from, place),
    statements: (from, place, wanted) => findStatements(library, from, place, wanted),
    loudest: (from, most) => findLoudest(library, from, most),
    articles: typed => findArticles(library, typed),
    async completeWords(typed, scope) {
      const ground = await groundOf(scope, index);
      return ground === undefined ? [] : await completePhrases(library, typed, ground);
    },
    completeSpeakers: async (typed, scope) => await completeSpeakers(typed, index, await whereOf(scope, index)),
    completeOutlets: typed => completeOutlets(typed, index),
  };
}
