import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import type { Library } from '../library/library.ts';
import type { Filter } from '../library/store/library-index.ts';
import { isMainlyHan } from '../news/chinese.ts';
import { overlaps, type Span, slice } from '../news/span.ts';
import { withoutCopies } from '../search/copies.ts';
import { type FilterOptions, isBy, resolveArticleFilter } from '../search/filter.ts';
import { findNewest, findPassages, isUnread, type Passage } from '../search/passages.ts';
import { type NamedPerson, type PersonMatch, uniteSpeakers } from '../search/people.ts';
import { COMMON_WORDS } from '../words/lexicon/common-words.ts';
import { compareForms, typedWord } from '../words/likeness.ts';
import { termsOf, wordsOf } from '../words/words.ts';
import { findJudged } from './candidates.ts';
import { type Degree, LEAST, MOST_BESIDE } from './judge.ts';
import {
  findCalled,
  findNamed,
  findNamedTogether,
  fullNameOf,
  hasName,
  mayBeName,
  meansOnePerson,
  type NameMeaning,
} from './named.ts';
import { parseQuestion, type Question } from './question.ts';
import { type IsWanted, isNamedPerson, type JudgedPassage } from './shown.ts';

/** What was looked for. */
interface Inquiry {
  readonly question: Question;
  /** Whose words; `undefined` if the question names nobody, an outlet, several people or somebody whom no article names. */
  readonly person: PersonMatch | undefined;
}

/** Passages that answer a question, the best first, and whether they surely do. */
export interface Answered extends Inquiry {
  readonly kind: 'answered';
  /** `others`: these are others' words, since the person asked for isn't quoted on this. */
  readonly degree: 'sure' | 'unsure' | 'others';
  /** At most 3, with other articles that have the same, if these were looked for. */
  readonly passages: readonly [AnsweringPassage, ...AnsweringPassage[]];
  /** Those of several people named together who say nothing on it, as typed. */
  readonly silent: readonly string[];
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
/** If they may not answer. */
const MOST_UNSURE = 2;
/** As many again may be copies. */
const MOST_FOUND = 2 * MOST_PASSAGES;
/** From this share of the score of the best passage on, others are shown too. */
const LEAST_OF_BEST = 0.1;
/** Share of a topic's words that an article, or an excerpt whose speaker can't be found, needs to be about it. */
const LEAST_OF_TOPIC = 0.5;

/** A question, and what it means in a library. */
interface Asking {
  readonly library: Library;
  readonly question: Question;
  readonly options: FilterOptions;
  readonly filter: Filter;
  readonly named: NameMeaning;
}

/** Answers a question with passages of articles. Takes any text. */
export async function ask(library: Library, text: string, options: FilterOptions): Promise<Answer> {
  const question = parseQuestion(text);
  const { who = '' } = question;
  const filter = await resolveArticleFilter(options, library.read);
  const asked = { library, question, options, filter };
  const names = await findNamedTogether(who, library, filter);
  const each = names.map(async ([name, named]): Promise<AnswersOf> => {
    const alone = { ...question, text: question.text.replace(who, () => name), who: name };
    const found = await answerFor({ ...asked, question: alone, named });
    const answers = found.kind === 'which' ? found.answers : [found];
    return [name, answers.flatMap(answer => (answer.kind === 'answered' && answer.degree !== 'others' ? answer : []))];
  });
  const together = answerTogether(await Promise.all(each), question);
  if (together !== undefined) return together;
  const answer = await answerFor({ ...asked, named: await findNamed(question.who, library, filter) });
  return answer.kind === 'nothing' && names.length > 0 ? { ...answer, person: undefined } : answer;
}

/** What answers for one of several people named together: several if the name fits several. */
type AnswersOf = readonly [name: string, answers: readonly Answered[]];

/** Answers for several people named together with the best passage of each; `undefined` if nobody has one. */
function answerTogether(each: readonly AnswersOf[], question: Question): Answered | undefined {
  // Everybody's first, then namesakes'.
  const all = [...each.flatMap(([, [best]]) => best ?? []), ...each.flatMap(([, [, ...namesakes]]) => namesakes)];
  const [first, ...others] = all.slice(0, MOST_PASSAGES);
  if (first === undefined) return undefined;
  const isSure = all.length <= MOST_PASSAGES && all.every(answer => answer.degree === 'sure');
  const degree = isSure ? 'sure' : 'unsure';
  const bestOf = ({ passages: [best] }: Answered) => (degree === 'sure' ? best : { ...best, matches: [] });
  const passages = [bestOf(first), ...others.map(bestOf)] as const;
  const silent = each.flatMap(([name, answers]) => (answers.length === 0 ? [name] : []));
  return { ...first, degree, passages, silent, question, person: undefined };
}

/** What may answer. */
interface FoundPassage extends JudgedPassage {
  /** Whose words these are, of those whom the question may mean; if there is a topic, only if that is clear. */
  readonly by: NamedPerson | undefined;
  /**
   * Whether the paragraph has all words of the topic or, if there is no topic, is by somebody who speaks for the body
   * asked for.
   */
  readonly hasAll: boolean;
}

/** Returns what each of those whom a question may mean said last: what is clearly theirs or, without any, what may be. */
async function findNewestOf({ library, filter, named: { people } }: Asking): Promise<readonly FoundPassage[]> {
  const theirs = people.map(async by => {
    const found = await findNewest(library, { ...filter, speakers: by.speakers }, MOST_FOUND);
    const clear = found.filter(isClear);
    const degree = clear.length > 0 ? 'sure' : 'unsure';
    const each = { by, hasAll: true, degree, answer: undefined } as const;
    return withoutCopies(clear.length > 0 ? clear : found, place => place).map(place => ({ ...place, ...each }));
  });
  return (await Promise.all(theirs)).flat();
}

/** Why somebody is criticised. */
const REASON = / (?:over|for) .+$/iv;

/** Returns what may answer, the best first. */
async function find(asking: Asking): Promise<readonly FoundPassage[]> {
  const { library, question, filter, named } = asking;
  const { people } = named;
  const wanted = wantedIn(asking);
  const judged = await findJudged(library, withWholeName(question, people), filter, wanted);
  const isWanted = await wanted;
  const found = judged ?? (await findByWords(asking));
  const passages = found.filter(({ from, attribution }) => {
    // A bare topic asks nothing that an article without its words could answer.
    if (question.kind === 'topic') return shareOf(question, from, from.article.paragraphs) >= LEAST_OF_TOPIC;
    return question.kind !== 'who' || isWanted(attribution, from);
  });
  const least = LEAST_OF_BEST * (passages[0]?.score ?? 0);
  return passages.flatMap(passage => {
    const { from, attribution, score } = passage;
    const by = isClear(passage) ? people.find(({ speakers }) => isBy(attribution, from, { speakers })) : undefined;
    const hasAll =
      question.words === '' ? mayTell(passage, asking) : shareOf(question, from, [passage.paragraph]) === 1;
    // It has all words of the topic, so “isn't quoted on this” would be wrong, whatever the score.
    const isOn = hasAll && by !== undefined;
    const canAnswer = isOn || (hasAll && mayTell(passage, asking));
    if (score < least && !canAnswer) return [];
    // Their own words include some of the topic's, so this is what they said about it, whatever the score.
    const isTold = judged !== undefined && isOn && shareOf(question, from, attribution?.content ?? []) > 0;
    const likely = canAnswer && passage.degree === 'nothing' ? 'unsure' : passage.degree;
    const degree = isTold && question.opening !== 'whether' ? 'sure' : likely;
    const weighed = { ...passage, by, hasAll };
    return [{ ...weighed, degree: lessSure(degree, mostSure(weighed, asking)) }];
  });
}

function lessSure(degree: Degree, most: Degree): Degree {
  return degree === 'nothing' || most === 'sure' ? degree : most;
}

/**
 * True if somebody speaks for the body asked for, or somebody named says all words of the topic, and anybody's words would
 * answer: "who said …?", "what did people say about …?"
 */
function mayTell(passage: Passage, asking: Asking): boolean {
  const { from, attribution } = passage;
  const { kind, who, words } = asking.question;
  if (!isClear(passage)) return false;
  if (isOfBody(passage, asking)) return true;
  const isAnybodys = kind === 'who' || (kind === 'words' && who === undefined);
  const isNamed = attribution?.speaker?.named === true;
  return words !== '' && isAnybodys && isNamed && shareOf(asking.question, from, attribution.content) === 1;
}

/** Returns whose words may answer: of those asked for; of anybody but the object of a question who said something. */
async function wantedIn({ library, question: { kind, topic }, filter, named: { people } }: Asking): Promise<IsWanted> {
  // Who criticised the chancellor isn't the chancellor.
  const object = kind === 'who' ? topic.replace(REASON, '') : undefined;
  const called = object === undefined ? people : await findCalled(object, library, filter);
  const speakers = uniteSpeakers(called);
  return (attribution, from) => {
    const isTheirs = isBy(attribution, from, { speakers });
    return object === undefined ? isTheirs : !isTheirs || saysAsNoun(object, attribution, from);
  };
}

/** True if what somebody says has a word that could be taken for their name: Ms Rice may talk about rice. */
function saysAsNoun(word: string, attribution: Attribution | undefined, { article }: AttributedArticle): boolean {
  const said = attribution?.speaker?.named ? attribution.content.flatMap(span => wordsOf(article.text, span)) : [];
  return word === word.toLowerCase() && said.some(each => slice(article.text, each) === word);
}

/** Returns what matches a question's words. */
async function findByWords(asking: Asking): Promise<readonly JudgedPassage[]> {
  const { library, question, filter, named } = asking;
  const typed = named.kind === 'unquoted' ? `${question.who} ${question.words}` : question.words;
  const speakers = named.kind === 'people' ? uniteSpeakers(named.people) : undefined;
  const found = await findPassages(library, typed, { ...filter, speakers });
  const fitting = found.filter(each => each.closeness === 'match' && mayAnswer(each, asking));
  return withoutCopies(fitting, each => each).map(each => ({ ...each, degree: 'unsure', answer: undefined }));
}

/** True if what has a question's words may answer it. */
function mayAnswer(passage: Passage, { question, named }: Asking): boolean {
  if (named.kind !== 'unquoted') return named.kind !== 'people' || isClear(passage);
  // In other languages, nobody's words are known: it answers if it has the name and half of the topic together.
  return isUnread(passage.from) && shareOf(question, passage.from, [passage.excerpt]) >= LEAST_OF_TOPIC;
}

/**
 * Writes out the name of the one person whom a question calls by a part of it or by what they are: the encoder reads
 * passages under whole names, and can't know that "Petra" or "the mayor" is Petra Lind.
 */
function withWholeName(question: Question, people: readonly NamedPerson[]): Question {
  const { text, who = '' } = question;
  const [name = '', ...others] = people.map(fullNameOf);
  if (name === '' || others.length > 0 || hasName(who, name)) return question;
  const whole = hasName(name, who) ? name : `${who} ${name}`;
  return { ...question, text: text.replace(who, () => whole) };
}

/** Answers a question that names one person or outlet, or nobody. */
async function answerFor(asked: Asking): Promise<Answer> {
  const { question, filter, named } = asked;
  const { people } = named;
  const asking = named.kind === 'outlet' ? { ...asked, filter: { ...filter, outlet: named.folded } } : asked;
  const isAnything = people.length > 0 && question.words === '';
  const passages = isAnything ? await findNewestOf(asking) : await find(asking);
  const best = isAnything ? passages : passages.slice(0, MOST_PASSAGES);
  const speaking = people.filter(each => best.some(({ by }) => by === each));
  const meant = speaking.length > 0 ? speaking : [people[0]];
  const answers = meant.flatMap(each => {
    const theirs = meant.length > 1 ? passages.filter(({ by }) => by === each) : passages;
    return answerBy(each, theirs, question) ?? [];
  });
  const [answer, ...others] = answers;
  if (others.length > 0) return { kind: 'which', typed: question.who ?? '', answers };
  const mentioned = named.kind === 'unquoted' ? named.person : undefined;
  // If a name fits several people and none of them speaks here, it isn't clear which is meant.
  const isOpen = speaking.length === 0 && people.length > 1;
  const person = isOpen ? undefined : (answer?.person ?? meant[0] ?? mentioned);
  return answer === undefined ? await nothing(passages, person, asking) : { ...answer, person };
}

/**
 * Returns the passages as an answer, if this person is meant; `undefined` if they are none. These are what the person
 * clearly says or, if that is nothing, what may be theirs. What surely answers and what has all words of the topic come
 * before what the judge ranks higher.
 */
function answerBy(
  meant: NamedPerson | undefined,
  passages: readonly FoundPassage[],
  question: Question,
): Answered | undefined {
  // Of a group or a body, somebody else may be one: a US official, if US officials are asked for.
  const isPerson = meant?.appearances.some(({ speaker }) => isNamedPerson(speaker)) ?? false;
  const own = passages.filter(({ by }) => by === meant);
  const theirs = isPerson ? (own.length > 0 ? own : passages.filter(each => !isClear(each))) : passages;
  const [best, ...others] = (theirs.length > 0 ? theirs : passages).toSorted(
    (one, other) => rankOf(other) - rankOf(one),
  );
  if (best === undefined || best.degree === 'nothing') return undefined;
  const degree = theirs.length > 0 ? best.degree : 'others';
  const below = others.filter(each => each.degree !== 'nothing');
  const more = below.slice(0, (degree === 'sure' ? MOST_PASSAGES : MOST_UNSURE) - 1);
  const shown = [withMarks(best, degree), ...more.map(each => withMarks(each, degree))] as const;
  return { kind: 'answered', degree, passages: shown, silent: [], question, person: meant };
}

/** Returns a number that is greater for what is shown before what the judge ranks higher. */
function rankOf({ degree, hasAll }: FoundPassage): number {
  return 2 * Number(degree === 'sure') + Number(hasAll);
}

/** Marks the words that answer, if it is sure that they do; otherwise those that the question has, too, if they tell something. */
function withMarks(
  { answer, ...passage }: Passage & Partial<Pick<JudgedPassage, 'answer' | 'also'>>,
  degree: Answered['degree'],
): AnsweringPassage {
  if (degree === 'sure') return { ...passage, matches: answer === undefined ? [] : [answer] };
  const { text } = passage.from.article;
  const isTelling = (match: Span) => termsOf(slice(text, match)).some(term => !COMMON_WORDS.has(term));
  return { ...passage, matches: passage.matches.filter(isTelling) };
}

/** Returns the share of a topic's words that are in some spans of an article, in any of their forms. */
function shareOf(
  { topicWords }: Pick<Question, 'topicWords'>,
  { article }: AttributedArticle,
  spans: readonly Span[],
): number {
  const found = spans.flatMap(span => wordsOf(article.text, span));
  const has = topicWords
    .map(word => typedWord(word))
    .filter(word => found.some(({ term }) => compareForms(word, term) > 0));
  return topicWords.length === 0 ? 1 : has.length / topicWords.length;
}

/** Returns the most that may be claimed of a passage, whatever its score: somebody else may speak in it. */
function mostSure(passage: FoundPassage, { question, named }: Asking): Degree {
  if (isOfOtherDay(passage, question) || isOfNamesake(passage, question)) return 'unsure';
  const { from, by, hasAll, score, degree } = passage;
  // Without most of the topic's words, it must be likely by itself.
  if (degree !== 'sure' && score < LEAST && shareOf(question, from, from.article.paragraphs) < LEAST_OF_TOPIC)
    return 'nothing';
  if (named.kind === 'people') return by === undefined ? 'unsure' : 'sure';
  // Whoever speaks for a body says what it says.
  if (question.words === '' && hasAll) return 'sure';
  if (named.kind === 'unquoted') return mostOfUnquoted(passage, question, named.person);
  const isSomebodys = passage.attribution !== undefined || isUnread(passage.from);
  return question.kind === 'who' && !isSomebodys ? 'unsure' : 'sure';
}

const WEEKDAY = /\b(?:mon|tues|wednes|thurs|fri|satur|sun)day/gv;

/** True if a question names a weekday, and a passage only others: Saturday's fair isn't what happened on Friday. */
function isOfOtherDay({ from, paragraph }: Passage, { text }: Question): boolean {
  const texts = [text, slice(from.article.text, paragraph)];
  const [asked = [], told = []] = texts.map((each): readonly string[] => each.toLowerCase().match(WEEKDAY) ?? []);
  return asked.length > 0 && told.length > 0 && !told.some(day => asked.includes(day));
}

/** True if a question names somebody in full, and a passage only a namesake: what Bo Lee did isn't what Ann Lee did. */
function isOfNamesake({ from, paragraph }: Passage, { kind, text }: Question): boolean {
  if (kind !== 'fact') return false;
  const asked = new Set(termsOf(text));
  const people = from.speakers.filter(isNamedPerson);
  const named = people.map(({ name, mentions }) => {
    const terms = termsOf(slice(from.article.text, name)).slice(-2);
    const isHere = mentions.some(mention => overlaps(mention, paragraph));
    return { surname: terms.at(-1), isHere, isMeant: terms.length > 1 && terms.every(term => asked.has(term)) };
  });
  const meant = named.filter(({ isMeant }) => isMeant);
  const here = named.filter(({ isHere }) => isHere);
  return here.every(each => !each.isMeant) && here.some(({ surname }) => meant.some(each => each.surname === surname));
}

/** "wheat growers", "MPs"; not "Jones". */
const PLURAL = /(?:^|[ \-])(?:\p{Ll}*[^\P{Ll}s]|\p{Lu}{2,})s$/v;

/** Nobody quotes whom the question names. Their words may have been missed, in an article that names them. */
function mostOfUnquoted(
  passage: JudgedPassage,
  { kind, who = '', topicWords }: Question,
  person: PersonMatch | undefined,
): Degree {
  const { from, attribution, degree } = passage;
  const found = new Set(termsOf(from.article.text));
  const telling = termsOf(who).filter(term => !COMMON_WORDS.has(term));
  const isKnown = person?.appearances.some(({ speaker }) => isNamedPerson(speaker)) === true;
  // What isn't about anything in particular is seldom what they said.
  const isVague = topicWords.length === 0 && degree !== 'sure';
  if (isKnown && (isVague || isOfOthers(passage, telling))) return 'nothing';
  const isNamed = telling.length > 0 && telling.every(term => found.has(term));
  // What others say of a country may be what it wants, but "the referee" is one person.
  const isOne = meansOnePerson(who);
  if (topicWords.length === 0 && (!isNamed || (isOne && isClear(passage)))) return 'nothing';
  const isName = !PLURAL.test(who) && (/^\p{Lu}/v.test(who) || (mayBeName(who) && !isMainlyHan(who)));
  // A namesake's words are no answer. Of a group, anybody may be one, or nobody who is quoted.
  if (isName && !isNamed) return 'nothing';
  // What an article tells of somebody isn't what they said.
  if (isKnown && kind === 'words') return 'unsure';
  return attribution === undefined || (isNamed && !isOne) ? 'sure' : 'unsure';
}

/** Whether somebody else clearly says this, or whoever says it speaks of the one with these names. */
function isOfOthers(passage: Passage, names: readonly string[]): boolean {
  const { attribution, from } = passage;
  const said = new Set(attribution?.content.flatMap(span => termsOf(slice(from.article.text, span))));
  return isClear(passage) || attribution?.speaker?.named === true || names.some(name => said.has(name));
}

async function nothing(
  found: readonly Passage[],
  person: PersonMatch | undefined,
  asking: Asking,
): Promise<NotAnswered> {
  const { library, question, options, filter, named } = asking;
  const { who = '', words } = question;
  const isFound = found.length > 0 && words !== '';
  const near = isFound ? found : await findPassages(library, words === '' ? who : words, filter);
  const nearest = near.slice(0, MOST_UNSURE).map(each => withMarks(each, 'unsure'));
  const isUnquoted = named.kind === 'unquoted' && !nearest.some(each => isOfBody(each, asking));
  const isQuoted = named.kind === 'people' || named.kind === 'outlet';
  const speakers = uniteSpeakers(named.people);
  // Below "not on this", what somebody says with half of the topic's words would contradict it.
  const isNear = nearest.some(each => {
    const isTheirs = isClear(each) && isBy(each.attribution, each.from, { speakers });
    return isTheirs && shareOf(question, each.from, each.attribution?.content ?? []) >= LEAST_OF_TOPIC;
  });
  const why = isQuoted && !isNear ? 'not-on-this' : isUnquoted ? 'not-quoted' : 'not-mentioned';
  const { article, outlet, after, before } = options;
  const isAll = (outlet ?? after ?? before) === undefined;
  const articles = article === undefined ? (isAll ? await library.count() : undefined) : 1;
  return { kind: 'nothing', why, nearest, articles, question, person };
}

/** True if the article names the body asked for in describing whoever speaks here, or whoever is introduced here. */
function isOfBody({ from, attribution, excerpt }: Passage, { question: { who = '' }, named }: Asking): boolean {
  const topicWords = termsOf(who).filter(term => !COMMON_WORDS.has(term));
  const person = named.kind === 'unquoted' ? named.person?.appearances[0].speaker : undefined;
  const isBody = person === undefined ? !mayBeName(who) && !meansOnePerson(who) : person.kind === 'organisation';
  if (topicWords.length === 0 || !isBody) return false;
  return from.attributions.some(each => {
    const { source, speaker } = each;
    const isSpeaking =
      attribution === undefined ? source !== undefined && overlaps(source, excerpt) : each === attribution;
    const told = [source, speaker?.role].filter(span => span !== undefined);
    return isSpeaking && shareOf({ topicWords }, from, told) === 1;
  });
}

/** True if it is clear who speaks. What may be somebody else's is no answer to what somebody said. */
function isClear({ attribution }: Passage): boolean {
  return attribution !== undefined && attribution.certainty !== 'unclear';
}
