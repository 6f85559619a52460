import type { Library } from '../library/library.ts';
import { completePhrases } from './complete.ts';
import { findArticles } from './find-articles.ts';
import { findLoudest } from './find-loudest.ts';
import { findPassages } from './find-passages.ts';
import { completeSpeakers, findPeople, findPerson } from './find-people.ts';
import { findStatements } from './find-statements.ts';
import { groundOf, whereOf } from './ground.ts';
import { completeOutlets } from './outlets.ts';
import type { Search } from './search.ts';

/** The search of a library. It keeps nothing itself: what is added is found at once, and what is removed no longer. */
export function searchOf(library: Library): Search {
  const { index } = library;
  return {
    async passages(words, scope) {
      const ground = await groundOf(scope, index);
      return ground === undefined ? [] : await findPassages(library, words, ground);
    },
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
