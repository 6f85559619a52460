import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import { wholeSentences } from '../indexing/units.ts';
import type { Library } from '../library/library.ts';
import { readVectors } from '../library/store/articles.ts';
import { findNearest } from '../library/store/index-queries.ts';
import { type Filter, NO_FILTER, type SpeakerFilter } from '../library/store/library-index.ts';
import type { Paragraph } from '../news/article.ts';
import { isMainlyHan } from '../news/chinese.ts';
import { contains, lengthOf, overlaps, type Span, slice, within } from '../news/span.ts';
import { withoutCopies } from '../search/copies.ts';
import { isBy } from '../search/filter.ts';
import { markWords } from '../search/mark.ts';
import { findPassages, LONGEST_WHOLE, type Passage, readArticles } from '../search/passages.ts';
import { degreeOf, LIKELY_WORDS, probabilitiesOf } from './judge.ts';
import type { Judgement } from './networks/encoder.ts';
import { cosine as cosineOf, DIMENSIONS, MODEL_ID } from './networks/model.ts';
import { passagesOf } from './networks/passages.ts';
import type { Question } from './question.ts';

/** A paragraph that may answer. `score` is the probability that it does. */
export interface JudgedPassage extends Passage {
  /** The words of the excerpt that answer, if the judge is sure which do. */
  readonly answer: Span | undefined;
  /** Other articles that have the same paragraph. */
  readonly also: readonly AttributedArticle[];
}

/** What may answer a question, the likeliest first, and the probabilities of all candidates in the same order. */
interface JudgedPassages {
  readonly passages: readonly JudgedPassage[];
  readonly probabilities: readonly number[];
}

/** Of each kind, so many candidates are judged. Four more nearest and four more by words changed no answer on dev. */
const NEAREST = 12;
const BY_WORDS = 4;
/** Cutting a paragraph to what answers takes time, on the bot's thread. */
const MOST_PASSAGES = 10;
/** Candidates that are judged first. If one of them surely answers, the others aren't read. */
const JUDGED_FIRST = 8;
/** The layouts that tell who answers whom. */
const INTERVIEW = /^(?:transcript|interview)\b/v;

/** A paragraph that may answer. */
interface Candidate {
  readonly from: AttributedArticle;
  /** Index of the paragraph in its article. */
  readonly index: number;
  readonly cosine: number | undefined;
  /** What the judge reads. */
  readonly passage: string;
  readonly also: readonly AttributedArticle[];
}

interface JudgedCandidate extends Candidate {
  readonly judgement: Judgement;
}

interface ScoredCandidate extends Candidate {
  /** Probability that it answers. */
  readonly score: number;
  /** The words that answer, in the article, if it is likely that these are the ones. */
  readonly answer: Span | undefined;
}

/**
 * Finds what may answer a question, whatever its words: at most 10 paragraphs. A paragraph is cut to what the `wanted` people
 * say in it. Returns `undefined` if the encoder fails, or the question is in Chinese, which it can't read.
 */
export async function findJudged(
  library: Library,
  question: Question,
  filter: Filter,
  wanted: SpeakerFilter | undefined,
): Promise<JudgedPassages | undefined> {
  if (isMainlyHan(question.text)) return undefined;
  const vector = await library.encodeQuestion(question.text);
  if (vector === undefined) return undefined;
  // Together, copies would take each other's probability.
  const candidates = withoutCopies(await candidatesFor(library, question, vector, filter), ({ from, index }) => {
    const paragraph = from.article.paragraphs[index];
    return paragraph && { from, paragraph };
  });
  const ranked = await judgeAll(library, question, candidates);
  if (ranked === undefined) return undefined;
  const answers = question.kind === 'fact' ? withAnswers(ranked) : ranked;
  const probabilities = ranked.map(({ score }) => score);
  return {
    probabilities,
    passages: answers.slice(0, MOST_PASSAGES).flatMap(each => passageOf(each, question, wanted)),
  };
}

/** Returns the paragraphs nearest by vector, then those that are best by their words. */
async function candidatesFor(
  library: Library,
  question: Question,
  vector: Int8Array,
  filter: Filter,
): Promise<readonly Candidate[]> {
  const [nearest, worded] = await Promise.all([
    library.read(findNearest, MODEL_ID, vector, NEAREST, filter),
    findPassages(library, question.text, filter, BY_WORDS),
  ]);
  const read = await readArticles(library, nearest);
  const passages = new Map<AttributedArticle, readonly string[]>();
  const passagesFrom = (from: AttributedArticle) => {
    const known = passages.get(from) ?? passagesOf(from);
    passages.set(from, known);
    return known;
  };
  const near = nearest.flatMap(({ article, paragraph, cosine }): Candidate[] => {
    const from = read.get(article);
    if (from === undefined) return [];
    const passage = passagesFrom(from)[paragraph];
    return passage === undefined ? [] : [{ from, index: paragraph, cosine, passage, also: [] }];
  });
  const ids = [...new Set(worded.map(({ from }) => from.article.id))];
  const vectors = await library.read(readVectors, ids, MODEL_ID);
  const byWords = worded.map(({ from, paragraph }): Candidate => {
    const index = from.article.paragraphs.indexOf(paragraph);
    const own = vectors.get(from.article.id)?.subarray(index * DIMENSIONS, (index + 1) * DIMENSIONS);
    const cosine = own?.length === DIMENSIONS ? cosineOf(vector, own) : undefined;
    return { from, index, cosine, passage: passagesFrom(from)[index] ?? '', also: [] };
  });
  const isNew = ({ from, index }: Candidate) =>
    !near.some(other => other.from.article.id === from.article.id && other.index === index);
  return [...near, ...byWords.filter(isNew)];
}

/** Returns the candidates with their probabilities, the likeliest first; `undefined` if the judge fails. */
async function judgeAll(
  library: Library,
  question: Question,
  candidates: readonly Candidate[],
): Promise<readonly ScoredCandidate[] | undefined> {
  const judged: JudgedCandidate[] = [];
  for (const some of [candidates.slice(0, JUDGED_FIRST), candidates.slice(JUDGED_FIRST)]) {
    const passages = some.map(({ passage }) => passage);
    const judgements = some.length === 0 ? [] : await library.judge(question.text, passages);
    if (judgements === undefined) return undefined;
    judged.push(...some.flatMap((each, at) => (judgements[at] ? [{ ...each, judgement: judgements[at] }] : [])));
    const probabilities = probabilitiesOf(judged);
    if (degreeOf(probabilities.indexOf(Math.max(...probabilities)), probabilities) === 'sure') break;
  }
  const probabilities = probabilitiesOf(judged);
  return judged
    .map((each, at) => ({ ...each, score: probabilities[at] ?? 0, answer: wordsOfAnswer(each) }))
    .sort((one, other) => other.score - one.score);
}

/** Returns the words that answer, in the article. The passage that the judge read ends with the paragraph. */
function wordsOfAnswer({ from, index, judgement, passage }: JudgedCandidate): Span | undefined {
  const paragraph = from.article.paragraphs[index];
  if (paragraph === undefined || judgement.odds < LIKELY_WORDS) return undefined;
  const shift = paragraph.end - passage.length;
  const words = { start: judgement.words.start + shift, end: judgement.words.end + shift };
  return contains(paragraph, words) ? words : undefined;
}

/** Puts the answers of interviews in the place of the questions before them, which are nearer to what is asked. */
function withAnswers(ranked: readonly ScoredCandidate[]): readonly ScoredCandidate[] {
  const answers = ranked.map(each => ({ ...each, index: each.index + (isAsked(each) ? 1 : 0) }));
  return answers.filter(
    ({ from, index }, at) => answers.findIndex(other => other.from === from && other.index === index) === at,
  );
}

/** Whether a paragraph is a question that somebody else answers in the next one. */
function isAsked({ from: { article, attributions }, index }: ScoredCandidate): boolean {
  const [asked, answer] = article.paragraphs.slice(index, index + 2);
  if (asked === undefined || answer === undefined || !slice(article.text, asked).endsWith('?')) return false;
  const turnIn = (paragraph: Paragraph) =>
    attributions.find(({ content: [first], rule }) => contains(paragraph, first) && INTERVIEW.test(rule));
  const turn = turnIn(answer);
  return turn !== undefined && turn.speaker !== turnIn(asked)?.speaker;
}

/**
 * Returns a paragraph as a passage: whole if it's short and only one person speaks in it, otherwise the sentences of
 * whoever is most likely meant.
 */
function passageOf(
  { from, index, score, answer, also }: ScoredCandidate,
  question: Question,
  wanted: SpeakerFilter | undefined,
): JudgedPassage[] {
  const paragraph = from.article.paragraphs[index];
  if (paragraph === undefined) return [];
  const { text } = from.article;
  const speaking = from.attributions.filter(({ content }) => content.some(span => overlaps(span, paragraph)));
  const contents = speaking.flatMap(({ content }) => content);
  const marked = markWords(text, paragraph, question.topic, contents);
  const attribution = mainOf({ from, paragraph, speaking, marked }, question, wanted);
  const isAlone = speaking.every(({ speaker }) => speaker === attribution?.speaker);
  const isWhole = isAlone && paragraph.end - paragraph.start <= LONGEST_WHOLE;
  const excerpt = wholeSentences(paragraph, isWhole ? paragraph : partOf(paragraph, attribution, marked));
  const shown = {
    matches: marked.filter(match => overlaps(match, excerpt)),
    answer: answer !== undefined && contains(excerpt, answer) ? answer : undefined,
  };
  return [{ from, paragraph, excerpt, ...shown, attribution, closeness: 'match', score, also }];
}

interface Speaking {
  readonly from: AttributedArticle;
  readonly paragraph: Paragraph;
  readonly speaking: readonly Attribution[];
  readonly marked: readonly Span[];
}

/**
 * Returns the attribution that answers: of the person asked for, or else with most of what matches. A fact may be the
 * article's own words, which a speaker's name isn't.
 */
function mainOf(
  { from, paragraph, speaking, marked }: Speaking,
  { kind }: Question,
  speakers: SpeakerFilter | undefined,
): Attribution | undefined {
  const weighed = speaking.map(attribution => {
    const isWanted = speakers !== undefined && isBy(attribution, from, { ...NO_FILTER, speakers });
    const inside = lengthOf(within(attribution.content, marked));
    const said = lengthOf(attribution.content.filter(span => overlaps(span, paragraph)));
    return { attribution, isWanted, inside, said };
  });
  const [best] = weighed.sort(
    (one, other) => Number(other.isWanted) - Number(one.isWanted) || other.inside - one.inside || other.said - one.said,
  );
  if (best === undefined) return undefined;
  const naming = lengthOf(within([best.attribution.source, best.attribution.cue], marked));
  const isNarrated = kind === 'fact' && 2 * best.inside < lengthOf(marked) - naming;
  return isNarrated ? undefined : best.attribution;
}

/** Returns what somebody says in a paragraph; of narration what matches, or all of it if nothing does. */
function partOf(paragraph: Paragraph, attribution: Attribution | undefined, marked: readonly Span[]): Span {
  const said = attribution?.content.filter(span => overlaps(span, paragraph)) ?? marked;
  const [first, last] = [said[0], said.at(-1)];
  if (first === undefined || last === undefined) return paragraph;
  return { start: Math.max(first.start, paragraph.start), end: Math.min(last.end, paragraph.end) };
}
