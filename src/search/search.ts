import type { AttributedArticle, Speaker } from '../attribution/attribution.ts';
import type { Library } from '../library/library.ts';
import { type Span, slice } from '../news/span.ts';
import { completePhrases } from './complete.ts';
import { type ExcerptIndex, indexExcerpts } from './excerpt-index.ts';
import { findPassages } from './find-passages.ts';
import { makeNames, type Names } from './names.ts';
import type { Passage, Scope } from './passage.ts';
import { matchPeople, namePeople, type Person, peopleOf, type SpeakerMatch } from './speakers.ts';
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

/** Reads the whole library once; the search knows nothing of what is added later. */
export function createSearch(library: Library): Search {
  const index = indexExcerpts(library);
  const people = peopleOf(library);
  const names = namePeople(people);
  const titles = makeNames(library.articles.flatMap(titlesOf));
  const speakers = (name: string, scope: Scope) => findSpeakers(names, name, scope, false);
  const limits = (scope: Scope) => limitTo(index, speakers, scope);
  return {
    passages: (words, scope) => {
      const { range, by } = limits(scope);
      return findPassages(index, words, range, by);
    },
    speakers,
    articles: typed => findArticles(library, titles, typed),
    completeWords: (typed, scope) => {
      const { range, by } = limits(scope);
      return completePhrases(index, typed, range, by);
    },
    completeSpeakers: (typed, scope) => suggestSpeakers(people, names, typed, scope),
  };
}

function findSpeakers(names: Names<Person>, name: string, { article }: Scope, open: boolean): SpeakerMatch[] {
  const found = names.find(name, open);
  return matchPeople(found.filter(({ bearer }) => article === undefined || bearer.from.article.id === article));
}

/** What a scope leaves: the units of its article, and whose words alone count, if it names a speaker. */
function limitTo(
  index: ExcerptIndex,
  speakers: (name: string, scope: Scope) => readonly SpeakerMatch[],
  scope: Scope,
): { range: Span; by: ReadonlySet<Speaker> | undefined } {
  const all = { start: 0, end: index.units.length };
  const range = scope.article === undefined ? all : (index.ranges.get(scope.article) ?? { start: 0, end: 0 });
  if (scope.speaker === undefined) return { range, by: undefined };
  const meant = speakers(scope.speaker, scope).filter(({ closeness }) => closeness === 'match');
  return { range, by: new Set(meant.map(({ speaker }) => speaker)) };
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

function suggestSpeakers(people: readonly Person[], names: Names<Person>, typed: string, scope: Scope): string[] {
  const within = people.filter(({ from }) => scope.article === undefined || from.article.id === scope.article);
  const asked = wordsOf(typed).length > 0;
  const ranked = asked
    ? findSpeakers(names, typed, scope, true)
    : within.toSorted((one, other) => other.attributions.length - one.attributions.length);
  const shown = ranked.map(({ from, speaker }) => slice(from.article.text, speaker.name));
  return [...new Set(shown)].filter(name => name.length <= longestSuggestion).slice(0, mostSuggestions);
}
