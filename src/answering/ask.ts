import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Library } from '../library/library.ts';
import { type Filter, NO_FILTER, type SpeakerFilter } from '../library/store/library-index.ts';
import { readOutlets } from '../library/store/names.ts';
import { isChinese, isMainlyHan } from '../news/chinese.ts';
import { type Span, slice } from '../news/span.ts';
import { type FilterOptions, isBy, resolveArticleFilter } from '../search/filter.ts';
import { findNewest, findPassages, type Passage } from '../search/passages.ts';
import type { PersonMatch } from '../search/people.ts';
import { speakersOf } from '../search/statements.ts';
import { COMMON_WORDS } from '../words/lexicon/common-words.ts';
import { compareForms, typedWord } from '../words/likeness.ts';
import { termsOf, wordsOf } from '../words/words.ts';
import { findJudged, type JudgedPassage } from './candidates.ts';
import { type Degree, degreeOf } from './judge.ts';
import { findNamed, type NameMeaning, type Namesakes } from './named.ts';
import { parseQuestion, type Question } from './question.ts';

/** What a question was taken to ask for. */
export interface LookedFor {
  readonly question: Question;
  readonly who: WhoseWords;
}

/** Whose words were looked for. */
type WhoseWords =
  | { readonly kind: 'anybody' }
  | { readonly kind: 'person'; readonly person: PersonMatch }
  /** An outlet, or somebody whom no article quotes: as typed. */
  | { readonly kind: 'typed'; readonly words: string };

/** Why nothing answers: nobody quotes that person; what they say is about other things; no article mentions it. */
type WhyNothing = 'not-quoted' | 'not-on-this' | 'not-mentioned';

/** A passage that answers. */
interface AnsweringPassage extends Passage {
  /** Other articles that have it, if these were looked for. */
  readonly also?: readonly AttributedArticle[];
}

/** Passages that answer a question, the best first, and whether they surely do. */
export interface Answered {
  readonly kind: 'answered';
  readonly degree: 'sure' | 'unsure';
  /** At most 3. */
  readonly passages: readonly [AnsweringPassage, ...AnsweringPassage[]];
  /** True if these are others' words, since the person asked for isn't quoted on this. */
  readonly isByOthers: boolean;
  readonly lookedFor: LookedFor;
}

export interface NotAnswered {
  readonly kind: 'nothing';
  readonly why: WhyNothing;
  /** At most 2 passages that don't answer, but come nearest. */
  readonly nearest: readonly Passage[];
  /** How many articles were searched; `undefined` if that would take counting them. */
  readonly articles: number | undefined;
  readonly lookedFor: LookedFor;
}

export type Answer =
  | Answered
  | NotAnswered
  /** The question may mean several people, each of whom says something on it. */
  | { readonly kind: 'which'; readonly typed: string; readonly answers: readonly Answered[] };

const MOST_PASSAGES = 3;
const MOST_UNSURE = 2;
const MOST_NEAREST = 2;
/** From this share of the score of the best passage on, others are shown too. */
const LEAST_SHARE = { words: 0.75, judged: 0.1 };

interface Asking {
  readonly library: Library;
  readonly question: Question;
  readonly filter: Filter;
  readonly named: NameMeaning;
  /** Those whom the question may mean and articles quote. */
  readonly people: readonly MeantPerson[];
}

/** Somebody whom a question may mean, with what is theirs in the index. */
interface MeantPerson {
  readonly person: PersonMatch;
  readonly speakers: SpeakerFilter;
}

/** Answers a question with passages of articles. Takes any text. */
export async function ask(library: Library, text: string, options: FilterOptions): Promise<Answer> {
  const question = parseQuestion(text);
  const chosen = await resolveArticleFilter(options, library.read);
  const named = await findNamed(question.who, library, chosen);
  const filter = named.kind === 'outlet' ? { ...chosen, outlet: named.folded } : chosen;
  const fitting = named.kind === 'people' ? named.people : [];
  const people = await Promise.all(
    fitting.map(async each => ({ person: each[0], speakers: await speakersOfAll(library, each, filter) })),
  );
  const asking = { library, question, filter, named, people };
  return await answerFrom(await find(asking, fitting), asking);
}

/** What may answer, the best first. */
interface Found {
  readonly passages: readonly JudgedPassage[];
  /** False if they were found by their words alone. */
  readonly isJudged: boolean;
  /** Returns how sure an answer is that begins with one of them. */
  degreeOf(first: JudgedPassage): Degree;
}

async function find(asking: Asking, fitting: readonly Namesakes[]): Promise<Found> {
  const { library, question, filter, people } = asking;
  // Whatever they said answers what somebody said.
  if (people.length > 0 && wordsToFind(question) === '') {
    const newest = await eachOf(
      people,
      async ({ speakers }) => await findNewest(library, { ...filter, speakers }, MOST_PASSAGES),
    );
    return { passages: newest, isJudged: false, degreeOf: () => 'sure' };
  }
  const judged = await findJudged(library, withWholeName(question, fitting), filter, unite(people));
  // By words alone an answer is never sure: they may be about the topic and not answer.
  if (judged === undefined) return { passages: await findByWords(asking), isJudged: false, degreeOf: () => 'unsure' };
  const least = LEAST_SHARE.judged * (judged.passages[0]?.score ?? 0);
  // It can't be said that somebody isn't quoted on this as long as they are.
  const isOn = (passage: JudgedPassage) => people.some(person => isOnThis(passage, person, question));
  const passages = judged.passages.filter(passage => passage.score >= least || isOn(passage));
  const { probabilities } = judged;
  return { passages, isJudged: true, degreeOf: ({ score }) => degreeOf(probabilities.indexOf(score), probabilities) };
}

/** Returns what is clearly theirs, the first of each person before the second of any. */
async function eachOf(
  people: readonly MeantPerson[],
  search: (person: MeantPerson) => Promise<readonly Passage[]>,
): Promise<readonly JudgedPassage[]> {
  const found = await Promise.all(people.map(async person => (await search(person)).filter(isClear)));
  const ranks = Array.from({ length: MOST_PASSAGES }, (_, rank) => found.flatMap(passages => passages[rank] ?? []));
  return ranks.flat().map(unjudged);
}

function unjudged(passage: Passage): JudgedPassage {
  return { ...passage, answer: undefined, also: [] };
}

async function findByWords({ library, question, filter, named, people }: Asking): Promise<readonly JudgedPassage[]> {
  const words = wordsToFind(question);
  if (people.length > 0) {
    return await eachOf(people, async ({ speakers }) =>
      matching(await findPassages(library, words, { ...filter, speakers })),
    );
  }
  if (named.kind === 'outlet' || named.kind === 'nobody') {
    const found = matching(await findPassages(library, words, filter));
    return (question.kind === 'who' ? found.filter(isSomebodys) : found).map(unjudged);
  }
  if (!isMainlyHan(question.text)) return [];
  // Nobody's words are known in a Chinese article: it answers if it has the name and the topic together.
  const found = matching(await findPassages(library, `${question.who} ${words}`, filter));
  return found.filter(passage => isUnread(passage) && hasHalf(passage, question.topicWords)).map(unjudged);
}

function matching(found: readonly Passage[]): readonly Passage[] {
  const least = LEAST_SHARE.words * (found[0]?.score ?? 0);
  return found.filter(({ closeness, score }) => closeness === 'match' && score >= least);
}

/**
 * Writes out the name of the one person whom a question calls by a part of it: the encoder reads passages under whole
 * names, and can't know that "Petra" is Petra Lind.
 */
function withWholeName(question: Question, [fitting, ...others]: readonly Namesakes[]): Question {
  const { text, who } = question;
  if (fitting === undefined || others.length > 0 || who === undefined) return question;
  const names = fitting.map(({ appearances: [{ from, speaker }] }) => slice(from.article.text, speaker.name));
  const whole = names.reduce((longest, name) => (name.length > longest.length ? name : longest));
  const terms = termsOf(whole);
  const isPart = termsOf(who).every(term => terms.includes(term));
  return isPart ? { ...question, text: text.replace(who, () => whole), who: whole } : question;
}

async function speakersOfAll(library: Library, fitting: Namesakes, filter: Filter): Promise<SpeakerFilter> {
  const all = await Promise.all(
    fitting.map(({ appearances: [{ from, speaker }] }) =>
      speakersOf(library, from, from.speakers.indexOf(speaker), filter),
    ),
  );
  return { keys: all.flatMap(each => each?.keys ?? []), rows: all.flatMap(each => each?.rows ?? []) };
}

function unite(people: readonly MeantPerson[]): SpeakerFilter | undefined {
  if (people.length === 0) return undefined;
  return {
    keys: people.flatMap(({ speakers }) => speakers.keys),
    rows: people.flatMap(({ speakers }) => speakers.rows),
  };
}

/** Questions whether somebody said something, which words on the topic needn't answer. */
const WHETHER = /^\W*(?:did|does|do|has|have|had|is|are|was|were)\b/iv;

/** Turns what was found into an answer. */
async function answerFrom({ passages, ...found }: Found, asking: Asking): Promise<Answer> {
  const { question, named, people } = asking;
  const speaking = people.filter(({ speakers }) =>
    passages.slice(0, MOST_PASSAGES).some(passage => isClearlyBy(passage, speakers)),
  );
  const meant = speaking[0] ?? people[0];
  const lookedFor = { question, who: askedAmong(speaking.length === 0 ? people : speaking.slice(0, 1), asking) };
  const theirs = meant === undefined || !isPerson(meant) ? passages : withoutOthers(passages, meant.speakers);
  const isByOthers = theirs.length === 0;
  const [best, ...others] = isByOthers ? passages : theirs;
  const degree = best === undefined ? 'nothing' : degreeWith(best, meant, found, asking);
  if (best === undefined || degree === 'nothing') {
    return await nothing(passages, whyNothing(named), lookedFor, asking);
  }
  if (speaking.length < 2) return { ...answered(degree, best, others), isByOthers, lookedFor };
  const answers = speaking.flatMap(each => {
    const [first, ...more] = passages.filter(passage => isClearlyBy(passage, each.speakers));
    if (first === undefined) return [];
    const own = degreeWith(first, each, found, asking) === 'sure' ? 'sure' : 'unsure';
    const who = { kind: 'person', person: each.person } as const;
    return [{ ...answered(own, first, more), isByOthers, lookedFor: { question, who } }];
  });
  return { kind: 'which', typed: question.who ?? '', answers };
}

/** Returns how sure an answer is that begins with a passage, if somebody's words are asked for. */
function degreeWith(
  first: JudgedPassage,
  meant: MeantPerson | undefined,
  found: Pick<Found, 'isJudged' | 'degreeOf'>,
  asking: Asking,
): Degree {
  const most = mostSure(first, meant, asking);
  const judged = found.degreeOf(first);
  const isOn = isOnThis(first, meant, asking.question);
  if (most === 'nothing' || (judged === 'nothing' && !isOn)) return 'nothing';
  // Whatever the judge makes of it, their words with the topic's are what they said about it.
  const isTold = found.isJudged && isOn && saysTopic(first, asking.question) && !WHETHER.test(asking.question.text);
  return judged === 'sure' || isTold ? most : 'unsure';
}

function answered(degree: 'sure' | 'unsure', first: JudgedPassage, others: readonly JudgedPassage[]) {
  const more = others.slice(0, (degree === 'sure' ? MOST_PASSAGES : MOST_UNSURE) - 1);
  const passages = [withMarks(first, degree), ...more.map(each => withMarks(each, degree))] as const;
  return { kind: 'answered', degree, passages } as const;
}

/** Of a group or a body, somebody else may be one: a US official, if US officials are asked for. */
function isPerson({ person }: MeantPerson): boolean {
  return person.appearances.some(({ speaker: { kind, named } }) => kind === 'person' && named);
}

/** Leaves out what others clearly say, and below somebody's own words also what the article says itself. */
function withoutOthers(passages: readonly JudgedPassage[], speakers: SpeakerFilter): readonly JudgedPassage[] {
  const theirs = passages.filter(passage => !isClear(passage) || isClearlyBy(passage, speakers));
  const [best] = theirs;
  return best !== undefined && isClearlyBy(best, speakers)
    ? theirs.filter(passage => isClearlyBy(passage, speakers))
    : theirs;
}

/** Marks the words that answer, if it is sure that they do; otherwise those that the question has, too. */
function withMarks({ answer, ...passage }: JudgedPassage, degree: 'sure' | 'unsure'): AnsweringPassage {
  return degree === 'sure' ? { ...passage, matches: answer === undefined ? [] : [answer] } : passage;
}

/**
 * True if a passage is clearly by the person asked for, in a paragraph with all words of the topic: then it can't be said
 * that they aren't quoted on this, however far the encoder takes it to be.
 */
function isOnThis(passage: Passage, meant: MeantPerson | undefined, { topicWords }: Question): boolean {
  if (meant === undefined || !isClearlyBy(passage, meant.speakers)) return false;
  const { from, paragraph } = passage;
  return topicWords.every(wordFinder(from, [paragraph]));
}

/** True if what somebody says in a passage has a word of the topic: others may only stand beside it. */
function saysTopic({ from, attribution }: Passage, { topicWords }: Question): boolean {
  return topicWords.some(wordFinder(from, attribution?.content ?? []));
}

/** Returns whether a word is in one of the spans, in any of its forms. */
function wordFinder({ article: { text } }: AttributedArticle, spans: readonly Span[]): (word: string) => boolean {
  const found = spans.flatMap(span => wordsOf(text, span));
  return word => found.some(({ term }) => compareForms(typedWord(word), term) > 0);
}

/** Several whom a name fits aren't told apart where none of them speaks: the name stays as typed. */
function askedAmong(people: readonly MeantPerson[], { named, question }: Asking): WhoseWords {
  const [first, ...others] = people;
  if (first === undefined) return askedOf(named);
  return others.length === 0 ? { kind: 'person', person: first.person } : { kind: 'typed', words: question.who ?? '' };
}

/** Returns the most that may be claimed of the best passage, whatever its score: somebody else may speak in it. */
function mostSure(best: Passage, meant: MeantPerson | undefined, { question, named }: Asking): Degree {
  if (meant !== undefined) return isClearlyBy(best, meant.speakers) ? 'sure' : 'unsure';
  if (named.kind === 'unknown' || named.kind === 'mentioned') return mostOfUnquoted(best, question.who ?? '');
  return question.kind === 'who' && !isSomebodys(best) ? 'unsure' : 'sure';
}

const FULL_NAME = /^\p{Lu}\p{L}+(?:[ \-’'.]+\p{Lu}\p{L}*)+$/v;

/** Nobody quotes whom the question names. Their words may have been missed, in an article that names them. */
function mostOfUnquoted({ from: { article }, attribution }: Passage, who: string): Degree {
  const found = new Set(termsOf(article.text));
  const telling = termsOf(who).filter(term => !COMMON_WORDS.has(term));
  if (telling.length > 0 && telling.every(term => found.has(term))) return 'sure';
  // A namesake's words are no answer.
  if (FULL_NAME.test(who)) return 'nothing';
  // Of a group, anybody may be one, or nobody who is quoted. The article's own words may be about them.
  const isGroup = !/\p{Lu}/v.test(who) || /^(?:the|some|any|most) /iv.test(who);
  if (isGroup && attribution === undefined) return 'sure';
  return telling.some(term => found.has(term)) || isGroup ? 'unsure' : 'nothing';
}

function whyNothing({ kind }: NameMeaning): WhyNothing {
  if (kind === 'nobody') return 'not-mentioned';
  return kind === 'unknown' || kind === 'mentioned' ? 'not-quoted' : 'not-on-this';
}

async function nothing(
  found: readonly Passage[],
  why: WhyNothing,
  lookedFor: LookedFor,
  { library, question, filter }: Asking,
): Promise<NotAnswered> {
  const words = wordsToFind(question);
  const near = found.length > 0 || words === '' ? found : await findPassages(library, words, filter);
  const articles = await countArticles(library, filter);
  return { kind: 'nothing', why, nearest: near.slice(0, MOST_NEAREST), articles, lookedFor };
}

const MOST_OUTLETS = 500;

async function countArticles(
  library: Library,
  { article, outlet, after, before }: Filter,
): Promise<number | undefined> {
  if (article !== undefined) return 1;
  if (after !== undefined || before !== undefined) return undefined;
  if (outlet === undefined) return await library.count();
  return (await library.read(readOutlets, MOST_OUTLETS)).find(({ folded }) => folded === outlet)?.articles ?? 0;
}

function askedOf(named: NameMeaning): WhoseWords {
  if (named.kind === 'nobody') return { kind: 'anybody' };
  if (named.kind === 'people') return { kind: 'person', person: named.people[0][0] };
  return named.kind === 'mentioned' ? { kind: 'person', person: named.person } : { kind: 'typed', words: named.typed };
}

/** Returns the words to look for: in Chinese as typed, since its terms overlap. */
function wordsToFind({ topic, topicWords }: Question): string {
  return isMainlyHan(topic) ? topic : topicWords.join(' ');
}

/** True if it is clear who speaks. What may be somebody else's is no answer to what somebody said. */
function isClear({ attribution }: Passage): boolean {
  return attribution !== undefined && attribution.certainty !== 'unclear';
}

function isClearlyBy(passage: Passage, speakers: SpeakerFilter): boolean {
  return isClear(passage) && isBy(passage.attribution, passage.from, { ...NO_FILTER, speakers });
}

/** True if an article has no attributions because it is in Chinese. */
function isUnread({ from: { article, attributions } }: Passage): boolean {
  return attributions.length === 0 && isChinese(article.text);
}

function isSomebodys(passage: Passage): boolean {
  return passage.attribution !== undefined || isUnread(passage);
}

/** True if the excerpt has at least half of the terms. */
function hasHalf({ from: { article }, excerpt }: Passage, terms: readonly string[]): boolean {
  const found = new Set(wordsOf(article.text, excerpt).map(({ term }) => term));
  return 2 * terms.filter(term => found.has(term)).length >= terms.length;
}
