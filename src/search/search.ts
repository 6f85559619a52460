import type { AttributedArticle, Speaker } from '../attribution/attribution.ts';
import type { Library } from '../library/library.ts';
import { slice } from '../news/span.ts';
import { completePhrases } from './complete.ts';
import { GrowingIndex } from './excerpt-index.ts';
import { findPassages } from './find-passages.ts';
import { GrowingNames, type Names } from './names.ts';
import type { Passage, Scope } from './passage.ts';
import { matchPeople, namesOf, type Person, peopleOf, type SpeakerMatch } from './speakers.ts';
import { wordsOf } from './words.ts';

/** Finds words, people and articles in one library. Any string may be asked; none throws. */
export interface Search {
  /** At most 25, the best first; nothing when nothing is even near. */
  passages(words: string, scope: Scope): readonly Passage[];
  /** Everybody whom the name may mean, the best first. The scope's speaker is not looked at. */
  speakers(name: string, scope: Scope): readonly SpeakerMatch[];
  /** Articles by title, outlet or author as one types; all of them for nothing typed. */
  articles(typed: string): readonly AttributedArticle[];
  /** Phrases that stand in the articles, at most 100 characters each and 25 of them. */
  completeWords(typed: string, scope: Scope): readonly string[];
  /** Names as the articles give them, whoever says most first; at most 25. */
  completeSpeakers(typed: string, scope: Scope): readonly string[];
}

const mostSuggestions = 25;
const longestSuggestion = 100;

/** A search that follows its library: what is added is found at once, what is removed no longer. */
export interface GrowingSearch extends Search {
  add(from: AttributedArticle): void;
  remove(id: string): void;
}

/** Reads the whole library once; what comes later is added to what was read. */
export function createSearch(library: Library): GrowingSearch {
  const shelf = new Shelf();
  for (const from of library.articles) shelf.add(from);
  const limits = (scope: Scope) => limitTo(shelf, scope);
  return {
    passages: (words, scope) => findPassages(shelf.excerpts, words, scope.article, limits(scope)),
    speakers: (name, scope) => findSpeakers(shelf.names, name, scope, false),
    articles: typed => findArticles(library, shelf.titles, typed),
    completeWords: (typed, scope) => completePhrases(shelf.excerpts, typed, scope.article, limits(scope)),
    completeSpeakers: (typed, scope) => suggestSpeakers(shelf, typed, scope),
    add: from => shelf.add(from),
    remove: id => shelf.remove(id),
  };
}

/** All that is looked through. Of two articles with one id only the newer is there. */
class Shelf {
  readonly people = new Map<string, readonly Person[]>();
  readonly #there = new Map<string, AttributedArticle>();
  /** An article that comes back has been read before. */
  readonly #read = new WeakSet<AttributedArticle>();
  readonly #isThere = (from: AttributedArticle) => this.#there.get(from.article.id) === from;
  readonly excerpts = new GrowingIndex(this.#isThere);
  readonly names = new GrowingNames<Person>(({ from }) => this.#isThere(from));
  readonly titles = new GrowingNames<AttributedArticle>(this.#isThere);

  add(from: AttributedArticle): void {
    const people = peopleOf(from);
    this.#there.set(from.article.id, from);
    this.people.set(from.article.id, people);
    if (this.#read.has(from)) return;
    this.#read.add(from);
    this.excerpts.add(from);
    this.names.add(people.flatMap(namesOf));
    this.titles.add(titlesOf(from));
  }

  remove(id: string): void {
    this.#there.delete(id);
    this.people.delete(id);
  }
}

function findSpeakers(names: Names<Person>, name: string, { article }: Scope, open: boolean): SpeakerMatch[] {
  const found = names.find(name, open);
  return matchPeople(found.filter(({ bearer }) => article === undefined || bearer.from.article.id === article));
}

/** Whose words alone count, if a scope names a speaker. */
function limitTo({ names }: Shelf, scope: Scope): ReadonlySet<Speaker> | undefined {
  if (scope.speaker === undefined) return undefined;
  const meant = findSpeakers(names, scope.speaker, scope, false).filter(({ closeness }) => closeness === 'match');
  return new Set(meant.map(({ speaker }) => speaker));
}

function titlesOf(bearer: AttributedArticle) {
  const { id, title, outlet, byline } = bearer.article;
  return [
    { text: title, bearer, weight: 1 },
    { text: id, bearer, weight: 1 },
    { text: outlet ?? '', bearer, weight: 0.9 },
    { text: byline ?? '', bearer, weight: 0.9 },
  ];
}

function findArticles(library: Library, titles: Names<AttributedArticle>, typed: string): readonly AttributedArticle[] {
  const exact = library.article(typed);
  if (exact !== undefined) return [exact];
  if (wordsOf(typed).length === 0) return library.articles;
  return titles.find(typed, true).map(({ bearer }) => bearer);
}

function suggestSpeakers({ people, names }: Shelf, typed: string, scope: Scope): string[] {
  const asked = wordsOf(typed).length > 0;
  const within = scope.article === undefined ? [...people.values()].flat() : (people.get(scope.article) ?? []);
  const ranked = asked
    ? findSpeakers(names, typed, scope, true)
    : within.toSorted((one, other) => other.attributions.length - one.attributions.length);
  const shown = ranked.map(({ from, speaker }) => slice(from.article.text, speaker.name));
  return [...new Set(shown)].filter(name => name.length <= longestSuggestion).slice(0, mostSuggestions);
}
