import { wordsOf } from '../indexing/words.ts';
import type { Library } from '../library/library.ts';
import type { Filter, SpeakerFilter } from '../library/store/library-index.ts';
import { parseQuestion, type Question } from '../meaning/question.ts';
import { isChinese, isMainlyHan } from '../news/chinese.ts';
import { type FilterOptions, resolveArticleFilter } from './filter.ts';
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
const mostNearest = 2;
/** From this share of its best passage's score on, more passages are shown. */
const leastShare = 0.75;

/** Answers a question with passages of articles. Takes any text. */
export async function ask(library: Library, text: string, options: FilterOptions): Promise<Answer> {
  const question = parseQuestion(text);
  const filter = await resolveArticleFilter(options, library.index);
  const named = await findNamed(question.who, library, filter);
  const asking = { library, question, filter };
  if (named.kind !== 'people') return await askOthers(asking, named);
  const answers = await Promise.all(named.people.map(fitting => askPerson(asking, fitting)));
  const answered = answers.filter(each => each.kind === 'answered');
  if (answered.length > 1) return { kind: 'which', typed: question.who ?? '', answers: answered };
  return answered[0] ?? answers[0] ?? (await askOthers(asking, { kind: 'nobody' }));
}

interface Asking {
  readonly library: Library;
  readonly question: Question;
  readonly filter: Filter;
}

/** Answers what one person said, from what is certainly theirs. */
async function askPerson(asking: Asking, fitting: Fitting): Promise<Answered | NotAnswered> {
  const { library, question, filter } = asking;
  const lookedFor = { question, who: { kind: 'person', person: fitting[0] } } as const;
  const speakers = await speakersOfAll(library, fitting, filter);
  const theirs = { ...filter, speakers };
  const words = wordsToFind(question);
  if (words === '') return newest(await findNewest(library, theirs, mostPassages), lookedFor, asking);
  const found = (await findPassages(library, words, theirs)).filter(isClear);
  return answer(found, 'not-on-this', lookedFor, asking);
}

async function speakersOfAll(library: Library, fitting: Fitting, filter: Filter): Promise<SpeakerFilter> {
  const all = await Promise.all(
    fitting.map(({ appearances: [{ from, speaker }] }) =>
      speakersOf(library, from, from.speakers.indexOf(speaker), filter),
    ),
  );
  return { keys: all.flatMap(each => each?.keys ?? []), rows: all.flatMap(each => each?.rows ?? []) };
}

async function askOthers(asking: Asking, named: Exclude<Named, { kind: 'people' }>): Promise<Answer> {
  const { library, question, filter } = asking;
  const who = askedOf(named);
  const lookedFor = { question, who };
  const words = wordsToFind(question);
  if (named.kind === 'outlet') {
    const own = { ...filter, outlet: named.folded };
    return await answer(await findPassages(library, words, own), 'not-on-this', lookedFor, { ...asking, filter: own });
  }
  if (named.kind === 'nobody') {
    const found = await findPassages(library, words, filter);
    return await answer(
      question.kind === 'who-said' ? found.filter(isSomebodys) : found,
      'not-mentioned',
      lookedFor,
      asking,
    );
  }
  if (!isMainlyHan(question.text)) return await nothing([], 'not-quoted', lookedFor, asking);
  // Nobody's words are known in a Chinese article: it answers if it has the name and the topic together.
  const found = await findPassages(library, `${question.who} ${words}`, filter);
  const onTopic = found.filter(passage => isUnread(passage) && hasHalf(passage, question.topicWords));
  return await answer(onTopic, 'not-quoted', lookedFor, asking);
}

/** True if the excerpt has at least half of the terms. */
function hasHalf({ from: { article }, excerpt }: Passage, terms: readonly string[]): boolean {
  const found = new Set(wordsOf(article.text, excerpt).map(({ term }) => term));
  return 2 * terms.filter(term => found.has(term)).length >= terms.length;
}

function askedOf(named: Exclude<Named, { kind: 'people' }>): Asked {
  if (named.kind === 'nobody') return { kind: 'anybody' };
  return named.kind === 'mentioned' ? { kind: 'person', person: named.person } : { kind: 'typed', words: named.typed };
}

/** True if an article has no attributions because it is in Chinese. */
function isUnread({ from: { article, attributions } }: Passage): boolean {
  return attributions.length === 0 && isChinese(article.text);
}

function isSomebodys(passage: Passage): boolean {
  return passage.attribution !== undefined || isUnread(passage);
}

/** Returns the words to look for: in Chinese as typed, since its terms overlap. */
function wordsToFind({ topic, topicWords }: Question): string {
  return isMainlyHan(topic) ? topic : topicWords.join(' ');
}

/** True if it is clear who speaks. What may be somebody else's is no answer to what somebody said. */
function isClear({ attribution }: Passage): boolean {
  return attribution !== undefined && attribution.certainty !== 'unclear';
}

/** By words alone an answer is never sure: they may be about the topic and not answer. */
async function answer(
  found: readonly Passage[],
  why: WhyNothing,
  lookedFor: LookedFor,
  asking: Asking,
): Promise<Answered | NotAnswered> {
  const [best, ...others] = found.filter(({ closeness }) => closeness === 'match');
  if (best === undefined) return await nothing(found, why, lookedFor, asking);
  const good = others.filter(({ score }) => score >= best.score * leastShare).slice(0, mostPassages - 1);
  return { kind: 'answered', degree: 'unsure', passages: [best, ...good], lookedFor };
}

/** A question that only asks what somebody said is answered by anything they said. */
async function newest(said: readonly Passage[], lookedFor: LookedFor, asking: Asking): Promise<Answered | NotAnswered> {
  const [first, ...others] = said.filter(isClear);
  if (first === undefined) return await nothing([], 'not-quoted', lookedFor, asking);
  return { kind: 'answered', degree: 'sure', passages: [first, ...others], lookedFor };
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
  return (await library.index.outlets(mostOutlets)).find(({ folded }) => folded === outlet)?.articles ?? 0;
}
