import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Library } from '../library/library.ts';
import type { Filter } from '../library/store/library-index.ts';
import { isMainlyHan } from '../news/chinese.ts';
import { type Span, slice } from '../news/span.ts';
import { withoutCopies } from '../search/copies.ts';
import { type FilterOptions, isBy, resolveArticleFilter } from '../search/filter.ts';
import { findNewest, findPassages, isUnread, type Passage } from '../search/passages.ts';
import { type PersonMatch, uniteSpeakers } from '../search/people.ts';
import { COMMON_WORDS } from '../words/lexicon/common-words.ts';
import { compareForms, typedWord } from '../words/likeness.ts';
import { termsOf, wordsOf } from '../words/words.ts';
import { findJudged, type JudgedPassage, MOST_BESIDE } from './candidates.ts';
import type { Degree } from './judge.ts';
import { findNamed, isRoleOrGroup, type MeantPerson, type NameMeaning } from './named.ts';
import { asksWhether, parseQuestion, type Question } from './question.ts';

/** What was looked for. */
interface Inquiry {
  readonly question: Question;
  /** Whose words; `undefined` if the question names nobody, an outlet, several people or somebody whom no article names. */
  readonly person: PersonMatch | undefined;
}

/** Passages that answer a question, the best first, and whether they surely do. */
export interface Answered extends Inquiry {
  readonly kind: 'answered';
  readonly degree: 'sure' | 'unsure';
  /** At most 3, with other articles that have the same, if these were looked for. */
  readonly passages: readonly [AnsweringPassage, ...AnsweringPassage[]];
  /** True if these are others' words, since the person asked for isn't quoted on this. */
  readonly isByOthers: boolean;
}

type AnsweringPassage = Passage & Partial<Pick<JudgedPassage, 'also'>>;

export interface NotAnswered extends Inquiry {
  readonly kind: 'nothing';
  /** Nobody quotes that person; what they say is about other things; no article mentions it. */
  readonly why: 'not-quoted' | 'not-on-this' | 'not-mentioned';
  /** At most 2 passages that don't answer, but come nearest. */
  readonly nearest: readonly Passage[];
  /** How many articles were searched; `undefined` if only some of the library's were. */
  readonly articles: number | undefined;
}

export type Answer =
  | Answered
  | NotAnswered
  /** The question may mean several people, each of whom says something on it. */
  | { readonly kind: 'which'; readonly typed: string; readonly answers: readonly Answered[] };

const MOST_PASSAGES = 1 + MOST_BESIDE;
const MOST_UNSURE = 2;
/** As many again may be copies. */
const MOST_FOUND = 2 * MOST_PASSAGES;
const MOST_NEAREST = 2;
/** From this share of the score of the best passage on, others are shown too. */
const LEAST_SHARE = { words: 0.75, judged: 0.1 };

/** A question, and what it means in a library. */
interface Asking {
  readonly library: Library;
  readonly question: Question;
  readonly options: FilterOptions;
  readonly filter: Filter;
  readonly named: NameMeaning;
  /** Those whom the question may mean and articles quote. */
  readonly people: readonly MeantPerson[];
}

/** Answers a question with passages of articles. Takes any text. */
export async function ask(library: Library, text: string, options: FilterOptions): Promise<Answer> {
  const question = parseQuestion(text);
  const chosen = await resolveArticleFilter(options, library.read);
  const named = await findNamed(question.who, library, chosen);
  const filter = named.kind === 'outlet' ? { ...chosen, outlet: named.folded } : chosen;
  const people = named.kind === 'people' ? named.people : [];
  const asking = { library, question, options, filter, named, people };
  return await answerFrom(await find(asking), asking);
}

/** What may answer. */
interface FoundPassage extends JudgedPassage {
  /** Whose words these clearly are, of those whom the question may mean. */
  readonly by: MeantPerson | undefined;
}

/** Returns what may answer, the best first. */
async function find(asking: Asking): Promise<readonly FoundPassage[]> {
  const { library, question, filter, people } = asking;
  const whose = (passage: Passage) =>
    people.find(({ speakers }) => isClear(passage) && isBy(passage.attribution, passage.from, { speakers }));
  const isAnything = people.length > 0 && wordsToFind(question) === '';
  const wanted = uniteSpeakers(people.map(({ speakers }) => speakers));
  const judged = isAnything ? undefined : await findJudged(library, withWholeName(question, people), filter, wanted);
  if (judged === undefined) {
    // Whatever they said answers what somebody said, but what has the words of a topic may not answer.
    const unjudged = { degree: isAnything ? 'sure' : 'unsure', answer: undefined } as const;
    const found = withoutCopies(await findByWords(asking), passage => passage);
    return found.map(passage => ({ ...passage, ...unjudged, by: whose(passage) }));
  }
  // A bare topic asks nothing that an article without its words could answer.
  const passages = judged.passages.filter(({ from }) => !question.isBare || isAbout(question, from));
  const least = LEAST_SHARE.judged * (passages[0]?.score ?? 0);
  return passages.flatMap(passage => {
    const { from, paragraph, attribution, score, degree } = passage;
    const by = whose(passage);
    // The paragraph has all words of the topic, so “isn't quoted on this” would be wrong, whatever the score.
    const isOn = by !== undefined && question.topicWords.every(wordFinder(from, [paragraph]));
    if (score < least && !isOn) return [];
    // Their own words include some of the topic's, so this is what they said about it, whatever the score.
    const isTold = isOn && question.topicWords.some(wordFinder(from, attribution?.content ?? []));
    if (isTold && !asksWhether(question)) return [{ ...passage, by, degree: 'sure' }];
    return [{ ...passage, by, degree: isOn && degree === 'nothing' ? 'unsure' : degree }];
  });
}

/** True if an article has at least half of a topic's words. */
function isAbout({ topicWords }: Question, from: AttributedArticle): boolean {
  const { text } = from.article;
  const has = topicWords.filter(wordFinder(from, [{ start: 0, end: text.length }]));
  return 2 * has.length >= topicWords.length;
}

/**
 * Returns what is clearly by those whom the question may mean, the newest if it has no topic, the first of each person
 * before the second of any.
 */
async function findTheirs({ library, question, filter, people }: Asking): Promise<readonly Passage[]> {
  const words = wordsToFind(question);
  const found = await Promise.all(
    people.map(async ({ speakers }) => {
      const theirs = { ...filter, speakers };
      const newest = words === '' ? await findNewest(library, theirs, MOST_FOUND) : [];
      return [...newest, ...matching(await findPassages(library, words, theirs))].filter(isClear);
    }),
  );
  return Array.from({ length: MOST_FOUND }, (_, rank) => found.flatMap(each => each[rank] ?? [])).flat();
}

async function findByWords(asking: Asking): Promise<readonly Passage[]> {
  const { library, question, filter, named } = asking;
  const words = wordsToFind(question);
  if (named.kind === 'people') return await findTheirs(asking);
  if (named.kind !== 'unquoted') {
    const found = matching(await findPassages(library, words, filter));
    return question.kind === 'who' ? found.filter(isSomebodys) : found;
  }
  if (!isMainlyHan(question.text)) return [];
  // Nobody's words are known in a Chinese article: it answers if it has the name and half of the topic together.
  const found = matching(await findPassages(library, `${question.who} ${words}`, filter));
  return found.filter(({ from, excerpt }) => {
    const has = question.topicWords.filter(wordFinder(from, [excerpt]));
    return isUnread(from) && 2 * has.length >= question.topicWords.length;
  });
}

function matching(found: readonly Passage[]): readonly Passage[] {
  const least = LEAST_SHARE.words * (found[0]?.score ?? 0);
  return found.filter(({ closeness, score }) => closeness === 'match' && score >= least);
}

/**
 * Writes out the name of the one person whom a question calls by a part of it: the encoder reads passages under whole
 * names, and can't know that "Petra" is Petra Lind.
 */
function withWholeName(question: Question, [meant, ...others]: readonly MeantPerson[]): Question {
  const { text, who } = question;
  if (meant === undefined || others.length > 0 || who === undefined) return question;
  const terms = termsOf(meant.name);
  const isPart = termsOf(who).every(term => terms.includes(term));
  return isPart ? { ...question, text: text.replace(who, () => meant.name) } : question;
}

/** Turns what was found into an answer. */
async function answerFrom(passages: readonly FoundPassage[], asking: Asking): Promise<Answer> {
  const { question, named, people } = asking;
  const speaking = people.filter(each => passages.slice(0, MOST_PASSAGES).some(({ by }) => by === each));
  if (speaking.length > 1) {
    const answers = speaking.flatMap(each => {
      const theirs = passages.filter(({ by }) => by === each);
      return answerBy(each, theirs, asking) ?? [];
    });
    if (answers.length > 1) return { kind: 'which', typed: question.who ?? '', answers };
    if (answers[0] !== undefined) return answers[0];
  }
  const meant = speaking[0] ?? people[0];
  const answer = answerBy(meant, passages, asking);
  // If a name fits several people and none of them speaks here, it isn't clear which is meant.
  const isOpen = speaking.length === 0 && people.length > 1;
  const mentioned = named.kind === 'unquoted' ? named.person : undefined;
  const person = isOpen ? undefined : (meant?.person ?? mentioned);
  return answer === undefined ? await nothing(passages, person, asking) : { ...answer, person };
}

/** Returns the passages as an answer, if this person is meant; `undefined` if they are none. */
function answerBy(
  meant: MeantPerson | undefined,
  passages: readonly FoundPassage[],
  asking: Asking,
): Answered | undefined {
  const theirs = meant === undefined || !isPerson(meant) ? passages : withoutOthers(passages, meant);
  const isByOthers = theirs.length === 0;
  const [best, ...others] = isByOthers ? passages : surestFirst(theirs);
  if (best === undefined) return undefined;
  const degree = lesser(best.degree, mostSure(best, asking));
  if (degree === 'nothing') return undefined;
  const below = others.filter(each => mostSure(each, asking) !== 'nothing');
  const more = below.slice(0, (degree === 'sure' ? MOST_PASSAGES : MOST_UNSURE) - 1);
  const shown = [withMarks(best, degree), ...more.map(each => withMarks(each, degree))] as const;
  return { kind: 'answered', degree, passages: shown, isByOthers, question: asking.question, person: meant?.person };
}

function lesser(one: Degree, other: Degree): Degree {
  if (one === 'nothing' || other === 'nothing') return 'nothing';
  return one === 'sure' ? other : one;
}

/** Of a group or a body, somebody else may be one: a US official, if US officials are asked for. */
function isPerson({ person }: MeantPerson): boolean {
  return person.appearances.some(({ speaker: { kind, named } }) => kind === 'person' && named);
}

/** Leaves out what others clearly say, and below somebody's own words also what the article says itself. */
function withoutOthers(passages: readonly FoundPassage[], meant: MeantPerson): readonly FoundPassage[] {
  const left = passages.filter(passage => passage.by === meant || !isClear(passage));
  return left[0]?.by === meant ? left.filter(({ by }) => by === meant) : left;
}

/** Puts what they surely say on the topic before what the judge ranks higher without being sure. */
function surestFirst(theirs: readonly FoundPassage[]): readonly FoundPassage[] {
  const isSure = ({ by, degree }: FoundPassage) => by !== undefined && degree === 'sure';
  return [...theirs.filter(isSure), ...theirs.filter(each => !isSure(each))];
}

/** Marks the words that answer, if it is sure that they do; otherwise those that the question has, too, if they tell something. */
function withMarks({ answer, ...passage }: JudgedPassage, degree: 'sure' | 'unsure'): AnsweringPassage {
  if (degree === 'sure') return { ...passage, matches: answer === undefined ? [] : [answer] };
  const { text } = passage.from.article;
  const isTelling = (match: Span) => termsOf(slice(text, match)).some(term => !COMMON_WORDS.has(term));
  return { ...passage, matches: passage.matches.filter(isTelling) };
}

/** Returns whether a word is in one of the spans, in any of its forms. */
function wordFinder({ article: { text } }: AttributedArticle, spans: readonly Span[]): (word: string) => boolean {
  const found = spans.flatMap(span => wordsOf(text, span));
  return word => {
    const typed = typedWord(word);
    return found.some(({ term }) => compareForms(typed, term) > 0);
  };
}

/** Returns the most that may be claimed of the best passage, whatever its score: somebody else may speak in it. */
function mostSure(best: FoundPassage, { question, named }: Asking): Degree {
  if (named.kind === 'people') return best.by === undefined ? 'unsure' : 'sure';
  if (named.kind === 'unquoted') return mostOfUnquoted(best, question.who ?? '');
  return question.kind === 'who' && !isSomebodys(best) ? 'unsure' : 'sure';
}

const FULL_NAME = /^\p{Lu}\p{L}+(?:[ \-’'.]+\p{Lu}\p{L}*)+$/v;

/** Nobody quotes whom the question names. Their words may have been missed, in an article that names them. */
function mostOfUnquoted({ from: { article }, attribution }: Passage, who: string): Degree {
  const found = new Set(termsOf(article.text));
  const telling = termsOf(who).filter(term => !COMMON_WORDS.has(term));
  if (telling.length > 0 && telling.every(term => found.has(term))) return 'sure';
  const isLower = !/\p{Lu}/v.test(who);
  // A namesake's words are no answer.
  if (FULL_NAME.test(who) || (isLower && !isMainlyHan(who) && !isRoleOrGroup(who))) return 'nothing';
  // Of a group, anybody may be one, or nobody who is quoted. The article's own words may be about them.
  const isGroup = isLower || /^(?:the|some|any|most) /iv.test(who);
  if (isGroup && attribution === undefined) return 'sure';
  return telling.some(term => found.has(term)) || isGroup ? 'unsure' : 'nothing';
}

const WHY_NOTHING = {
  nobody: 'not-mentioned',
  people: 'not-on-this',
  outlet: 'not-on-this',
  unquoted: 'not-quoted',
} as const;

async function nothing(
  found: readonly Passage[],
  person: PersonMatch | undefined,
  { library, question, options, filter, named }: Asking,
): Promise<NotAnswered> {
  const near = found.length > 0 ? found : await findPassages(library, wordsToFind(question), filter);
  const nearest = near.slice(0, MOST_NEAREST);
  const articles = await countArticles(library, options);
  return { kind: 'nothing', why: WHY_NOTHING[named.kind], nearest, articles, question, person };
}

async function countArticles(library: Library, options: FilterOptions): Promise<number | undefined> {
  if (options.article !== undefined) return 1;
  const isNarrowed = [options.outlet, options.after, options.before].some(option => option !== undefined);
  return isNarrowed ? undefined : await library.count();
}

/** Returns the words to look for: in Chinese as typed, since its terms overlap. */
function wordsToFind({ topic, topicWords }: Question): string {
  return isMainlyHan(topic) ? topic : topicWords.join(' ');
}

/** True if it is clear who speaks. What may be somebody else's is no answer to what somebody said. */
function isClear({ attribution }: Passage): boolean {
  return attribution !== undefined && attribution.certainty !== 'unclear';
}

function isSomebodys({ from, attribution }: Passage): boolean {
  return attribution !== undefined || isUnread(from);
}
