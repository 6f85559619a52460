import type { Library } from '../library/library.ts';
import { readVectors } from '../library/store/articles.ts';
import { type Filter, NO_FILTER, type SpeakerFilter } from '../library/store/library-index.ts';
import { readOutlets } from '../library/store/names.ts';
import { modelId } from '../meaning/model.ts';
import { parseQuestion, type Question } from '../meaning/question.ts';
import type { Degree } from '../meaning/rank.ts';
import { isChinese, isMainlyHan } from '../news/chinese.ts';
import { slice } from '../news/span.ts';
import { COMMON_WORDS } from '../words/lexicon/common-words.ts';
import { compareForms, typedWord } from '../words/likeness.ts';
import { termsOf, wordsOf } from '../words/words.ts';
import { findByMeaning, type Meant } from './by-meaning.ts';
import { type FilterOptions, isBy, resolveArticleFilter } from './filter.ts';
import { type Fitting, findNamed, type Named } from './named.ts';
import { findNewest, findPassages, type Passage } from './passages.ts';
import type { PersonMatch } from './people.ts';
import { speakersOf } from './statements.ts';

/** What a question was taken to ask for. */
export interface LookedFor {
  readonly question: Question;
  readonly who: Asked;
}

/** Whose words were looked for. */
type Asked =
  | { readonly kind: 'anybody' }
  | { readonly kind: 'person'; readonly person: PersonMatch }
  /** An outlet, or somebody whom no article quotes: as typed. */
  | { readonly kind: 'typed'; readonly words: string };

/** Why nothing answers: nobody quotes that person; what they say is about other things; no article mentions it. */
type WhyNothing = 'not-quoted' | 'not-on-this' | 'not-mentioned';

/** Passages that answer a question, the best first, and whether they surely do. */
export interface Answered {
  readonly kind: 'answered';
  readonly degree: 'sure' | 'unsure';
  /** At most 3. */
  readonly passages: readonly [Passage, ...Passage[]];
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

const mostPassages = 3;
const mostUnsure = 2;
const mostNearest = 2;
/** From this share of the score of the best passage on, others are shown too. */
const leastShare = { words: 0.75, meaning: 0.1 };

interface Asking {
  readonly library: Library;
  readonly question: Question;
  readonly filter: Filter;
  readonly named: Named;
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
  // Whatever they said answers what somebody said.
  const isAnything = people.length > 0 && wordsToFind(question) === '';
  const meant = isAnything
    ? undefined
    : await findByMeaning(library, withWholeName(question, fitting), filter, unite(people));
  if (meant === undefined) return await askByWords(asking);
  const answer = await judge(meant, asking);
  const isSettled = answer.kind === 'which' || (answer.kind === 'answered' && answer.degree === 'sure');
  return isSettled || !meant.isPartial ? answer : await withUnencoded(answer, asking);
}

/**
 * Writes out the name of the one person whom a question calls by a part of it: the encoder reads passages under whole
 * names, and can't know that "Petra" is Petra Lind.
 */
function withWholeName(question: Question, [fitting, ...others]: readonly Fitting[]): Question {
  const { text, who } = question;
  if (fitting === undefined || others.length > 0 || who === undefined) return question;
  const names = fitting.map(({ appearances: [{ from, speaker }] }) => slice(from.article.text, speaker.name));
  const whole = names.reduce((longest, name) => (name.length > longest.length ? name : longest));
  const terms = termsOf(whole);
  const isPart = termsOf(who).every(term => terms.includes(term));
  return isPart ? { ...question, text: text.replace(who, () => whole), who: whole } : question;
}

/** Puts what the encoder hasn't read yet, found by its words, before an answer that isn't sure. */
async function withUnencoded(answer: Answered | NotAnswered, asking: Asking): Promise<Answer> {
  const worded = await askByWords(asking);
  if (worded.kind !== 'answered') return answer;
  const vectors = await asking.library.read(
    readVectors,
    worded.passages.map(({ from }) => from.article.id),
    modelId,
  );
  const [first, ...others] = worded.passages.filter(({ from }) => !vectors.has(from.article.id));
  if (first === undefined) return answer;
  const more = answer.kind === 'answered' ? answer.passages : [];
  return { ...worded, passages: [first, ...[...others, ...more].slice(0, mostUnsure - 1)] };
}

async function speakersOfAll(library: Library, fitting: Fitting, filter: Filter): Promise<SpeakerFilter> {
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

/** Turns what was found by meaning into an answer. */
async function judge({ degree, passages }: Meant, asking: Asking): Promise<Answer> {
  const { question, named, people } = asking;
  const [best] = passages;
  const close = passages.filter(({ score }) => score >= leastShare.meaning * (best?.score ?? 0));
  const speaking = people.filter(({ speakers }) =>
    close.slice(0, mostPassages).some(passage => isClearlyBy(passage, speakers)),
  );
  const meant = speaking[0] ?? people[0];
  const who = askedAmong(speaking.length === 0 ? people : speaking.slice(0, 1), asking);
  const most = best === undefined ? 'nothing' : mostSure(best, meant, asking);
  const isFar = degree === 'nothing' && !(best !== undefined && isOnThis(best, meant, question));
  if (best === undefined || isFar || most === 'nothing') {
    return await nothing(passages, whyNothing(named), { question, who }, asking);
  }
  const common = { kind: 'answered', degree: degree === 'sure' ? most : 'unsure' } as const;
  if (speaking.length < 2) {
    const shown = close.slice(1, common.degree === 'sure' ? mostPassages : mostUnsure);
    return { ...common, passages: [best, ...shown], lookedFor: { question, who } };
  }
  const answers = speaking.flatMap(({ person, speakers }): Answered[] => {
    const [first, ...others] = close.filter(passage => isClearlyBy(passage, speakers)).slice(0, mostPassages);
    const lookedFor = { question, who: { kind: 'person', person } } as const;
    return first === undefined ? [] : [{ ...common, passages: [first, ...others], lookedFor }];
  });
  return { kind: 'which', typed: question.who ?? '', answers };
}

/**
 * True if a passage is clearly by the person asked for, in a paragraph with all words of the topic: then it can't be said
 * that they aren't quoted on this, however far the encoder takes it to be.
 */
function isOnThis(passage: Passage, meant: MeantPerson | undefined, { topicWords }: Question): boolean {
  if (meant === undefined || !isClearlyBy(passage, meant.speakers)) return false;
  const found = wordsOf(passage.from.article.text, passage.paragraph);
  return topicWords.every(word => found.some(({ term }) => compareForms(typedWord(word), term) > 0));
}

/** Several whom a name fits aren't told apart where none of them speaks: the name stays as typed. */
function askedAmong(people: readonly MeantPerson[], { named, question }: Asking): Asked {
  const [first, ...others] = people;
  if (first === undefined) return askedOf(named);
  return others.length === 0 ? { kind: 'person', person: first.person } : { kind: 'typed', words: question.who ?? '' };
}

/** Returns the most that may be claimed of the best passage, whatever its score: somebody else may speak in it. */
function mostSure(best: Passage, meant: MeantPerson | undefined, { question, named }: Asking): Degree {
  if (meant !== undefined) return isClearlyBy(best, meant.speakers) ? 'sure' : 'unsure';
  if (named.kind === 'unknown' || named.kind === 'mentioned') return mostOfUnquoted(best, question.who ?? '');
  return question.kind === 'who-said' && !isSomebodys(best) ? 'unsure' : 'sure';
}

const fullName = /^\p{Lu}\p{L}+(?:[ \-’'.]+\p{Lu}\p{L}*)+$/v;

/** Nobody quotes whom the question names. Their words may have been missed, in an article that names them. */
function mostOfUnquoted({ from: { article } }: Passage, who: string): Degree {
  const found = new Set(termsOf(article.text));
  const telling = termsOf(who).filter(term => !COMMON_WORDS.has(term));
  if (telling.length > 0 && telling.every(term => found.has(term))) return 'sure';
  // A namesake's words are no answer.
  if (fullName.test(who)) return 'nothing';
  return telling.some(term => found.has(term)) || !/\p{Lu}/v.test(who) ? 'unsure' : 'nothing';
}

function whyNothing({ kind }: Named): WhyNothing {
  if (kind === 'nobody') return 'not-mentioned';
  return kind === 'unknown' || kind === 'mentioned' ? 'not-quoted' : 'not-on-this';
}

/** By words alone an answer is never sure: they may be about the topic and not answer. */
async function askByWords(asking: Asking): Promise<Answer> {
  const { library, question, filter, named, people } = asking;
  if (named.kind === 'people') {
    const answers = await Promise.all(people.map(each => askPerson(each, asking)));
    const answered = answers.filter(each => each.kind === 'answered');
    if (answered.length > 1) return { kind: 'which', typed: question.who ?? '', answers: answered };
    if (answered[0] !== undefined) return answered[0];
    const lookedFor = { question, who: askedAmong(people, asking) };
    return { ...(answers[0] ?? (await nothing([], 'not-quoted', lookedFor, asking))), lookedFor };
  }
  const words = wordsToFind(question);
  const lookedFor = { question, who: askedOf(named) };
  if (named.kind === 'outlet' || named.kind === 'nobody') {
    const found = await findPassages(library, words, filter);
    const said = question.kind === 'who-said' ? found.filter(isSomebodys) : found;
    return await worded(said, lookedFor, asking);
  }
  if (!isMainlyHan(question.text)) return await nothing([], 'not-quoted', lookedFor, asking);
  // Nobody's words are known in a Chinese article: it answers if it has the name and the topic together.
  const found = await findPassages(library, `${question.who} ${words}`, filter);
  const onTopic = found.filter(passage => isUnread(passage) && hasHalf(passage, question.topicWords));
  return await worded(onTopic, lookedFor, asking);
}

/** Answers what one person said, from what is certainly theirs. */
async function askPerson({ person, speakers }: MeantPerson, asking: Asking): Promise<Answered | NotAnswered> {
  const { library, question, filter } = asking;
  const lookedFor = { question, who: { kind: 'person', person } } as const;
  const theirs = { ...filter, speakers };
  const words = wordsToFind(question);
  if (words !== '')
    return await worded((await findPassages(library, words, theirs)).filter(isClear), lookedFor, asking);
  const [first, ...others] = (await findNewest(library, theirs, mostPassages)).filter(isClear);
  if (first === undefined) return await nothing([], 'not-quoted', lookedFor, asking);
  return { kind: 'answered', degree: 'sure', passages: [first, ...others], lookedFor };
}

async function worded(
  found: readonly Passage[],
  lookedFor: LookedFor,
  asking: Asking,
): Promise<Answered | NotAnswered> {
  const [best, ...others] = found.filter(({ closeness }) => closeness === 'match');
  if (best === undefined) return await nothing(found, whyNothing(asking.named), lookedFor, asking);
  const good = others.filter(({ score }) => score >= best.score * leastShare.words).slice(0, mostUnsure - 1);
  return { kind: 'answered', degree: 'unsure', passages: [best, ...good], lookedFor };
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
  return { kind: 'nothing', why, nearest: near.slice(0, mostNearest), articles, lookedFor };
}

const mostOutlets = 500;

async function countArticles(
  library: Library,
  { article, outlet, after, before }: Filter,
): Promise<number | undefined> {
  if (article !== undefined) return 1;
  if (after !== undefined || before !== undefined) return undefined;
  if (outlet === undefined) return await library.count();
  return (await library.read(readOutlets, mostOutlets)).find(({ folded }) => folded === outlet)?.articles ?? 0;
}

function askedOf(named: Named): Asked {
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
