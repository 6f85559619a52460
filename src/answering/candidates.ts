import type { AttributedArticle, Attribution, Speaker } from '../attribution/attribution.ts';
import { wholeSentences } from '../indexing/units.ts';
import type { Library } from '../library/library.ts';
import { readVectors } from '../library/store/articles.ts';
import { findNearest } from '../library/store/index-queries.ts';
import type { Filter, SpeakerFilter } from '../library/store/library-index.ts';
import type { Paragraph } from '../news/article.ts';
import { isMainlyHan } from '../news/chinese.ts';
import { contains, extent, lengthOf, overlaps, type Span, slice, within } from '../news/span.ts';
import { withoutCopies } from '../search/copies.ts';
import { isBy } from '../search/filter.ts';
import { markWords } from '../search/mark.ts';
import { findPassages, LONGEST_WHOLE, type Passage, readArticles } from '../search/passages.ts';
import { type Degree, degreeOf, isRival, LIKELY_WORDS, probabilitiesOf } from './judge.ts';
import type { Judgement } from './networks/encoder.ts';
import { cosine as cosineOf, DIMENSIONS, MODEL_ID } from './networks/model.ts';
import { mainSpeakers, passageOf } from './networks/passages.ts';
import { asksWhether, type Question } from './question.ts';

/** A paragraph that may answer. `score` is the probability that it does. */
export interface JudgedPassage extends Passage {
  /** How sure an answer is that begins with it. */
  readonly degree: Degree;
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

/** How many candidates of each kind are judged. Twice as many get no more answers right on dev. */
const NEAREST = 8;
const BY_WORDS = 4;
/** Cutting a paragraph to what answers takes time, on the bot's thread. */
const MOST_PASSAGES = 10;
/** How many passages an answer shows below the first. */
export const MOST_BESIDE = 2;
/** Candidates that are judged first. If one of them surely answers, the others aren't read. */
const JUDGED_FIRST = 8;
/** The layouts that tell who answers whom. */
const INTERVIEW = /^(?:transcript|interview)\b/v;

/** A paragraph to be judged. */
interface Candidate extends Pick<JudgedPassage, 'from' | 'paragraph' | 'also'> {
  /** To the question; `undefined` if the paragraph has no vector yet. */
  readonly cosine: number | undefined;
  /** What the judge reads. */
  readonly passage: string;
  /** Whose words they mostly are, if that is clear. */
  readonly speaker: Speaker | undefined;
}

/** A candidate, with what the judge makes of it. */
interface JudgedCandidate extends Candidate {
  readonly judgement: Judgement;
}

type ScoredCandidate = Candidate & Pick<JudgedPassage, 'score' | 'degree' | 'answer'>;

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
  const ranked = await judgeAll(library, question, await candidatesFor(library, question, vector, filter));
  if (ranked === undefined) return undefined;
  const answers = question.kind === 'fact' ? withAnswers(ranked) : ranked;
  return {
    probabilities: ranked.map(({ score }) => score),
    passages: answers.slice(0, MOST_PASSAGES).map(each => toPassage(each, question, wanted)),
  };
}

/** The networks can't read Chinese: to them, one Chinese paragraph is as near to a question as another. */
const HAN = /\p{sc=Han}/v;

/** Returns the paragraphs nearest by vector, then those that are best by their words, each once. */
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
  const ids = [...new Set(worded.map(({ from }) => from.article.id))];
  const vectors = await library.read(readVectors, ids, MODEL_ID);
  const byWords = worded.map(({ from: { article }, paragraph: { number } }) => {
    const own = vectors.get(article.id)?.subarray((number - 1) * DIMENSIONS, number * DIMENSIONS);
    const cosine = own?.length === DIMENSIONS ? cosineOf(vector, own) : undefined;
    return { article: article.id, paragraph: number - 1, cosine };
  });
  const places = new Map([...nearest, ...byWords].map(each => [`${each.paragraph} ${each.article}`, each]));
  const articles = await readArticles(library, [...places.values()]);
  const isReadable = (text: string) => HAN.test(question.text) || !isMainlyHan(text);
  const speakers = new Map([...articles].map(([id, from]) => [id, mainSpeakers(from)]));
  const candidates = [...places.values()].flatMap(({ article, paragraph: index, cosine }) => {
    const from = articles.get(article);
    const paragraph = from?.article.paragraphs[index];
    if (from === undefined || paragraph === undefined || !isReadable(slice(from.article.text, paragraph))) return [];
    const speaker = speakers.get(article)?.get(paragraph);
    return [{ from, paragraph, cosine, speaker, passage: passageOf(from, paragraph, speaker) }];
  });
  // Together, copies would take each other's probability.
  return withoutCopies(candidates, candidate => candidate);
}

/** Returns the candidates with their probabilities, the likeliest first; `undefined` if the judge fails. */
async function judgeAll(
  library: Library,
  question: Question,
  candidates: readonly Candidate[],
): Promise<readonly ScoredCandidate[] | undefined> {
  const judged: JudgedCandidate[] = [];
  let scored: readonly ScoredCandidate[] = [];
  for (const some of [candidates.slice(0, JUDGED_FIRST), candidates.slice(JUDGED_FIRST)]) {
    if (some.length === 0) break;
    const passages = some.map(({ passage }) => passage);
    const judgements = await library.judge(question.text, passages);
    if (judgements === undefined) return undefined;
    judged.push(...some.flatMap((each, at) => (judgements[at] ? [{ ...each, judgement: judgements[at] }] : [])));
    scored = scoreAll(judged, question);
    if (scored[0]?.degree === 'sure') break;
  }
  return scored;
}

/** Returns candidates with their probabilities and degrees, the likeliest first. */
function scoreAll(judged: readonly JudgedCandidate[], question: Question): readonly ScoredCandidate[] {
  const probabilities = probabilitiesOf(judged);
  const wantsVerdict = asksWhether(question);
  const scored = judged
    .map((each, at) => ({ ...each, score: probabilities[at] ?? 0 }))
    .sort((one, other) => other.score - one.score);
  return scored.map(each => {
    const others = scored.filter(other => other !== each);
    // They are shown together: the same person says both. But only one can be the verdict.
    const same = wantsVerdict ? [] : others.filter(other => isBySame(other, each)).slice(0, MOST_BESIDE);
    const beside = same.map(({ score }) => score);
    const rest = others.filter(other => !same.includes(other)).map(({ score }) => score);
    // Which of the two answers isn't sure, so no words are marked.
    const answer = beside.some(isRival) ? undefined : wordsOfAnswer(each);
    return { ...each, degree: degreeOf(each.score, beside, rest), answer };
  });
}

function isBySame(one: Candidate, other: Candidate): boolean {
  return one.from === other.from && one.speaker !== undefined && one.speaker === other.speaker;
}

/** Returns the words that answer, in the article. The passage that the judge read ends with the paragraph. */
function wordsOfAnswer({ paragraph, passage, judgement: { words, odds } }: JudgedCandidate): Span | undefined {
  const shift = paragraph.end - passage.length;
  const shifted = { start: words.start + shift, end: words.end + shift };
  return odds >= LIKELY_WORDS && contains(paragraph, shifted) ? shifted : undefined;
}

/** Puts the answers of interviews in the place of the questions before them, which are nearer to what is asked. */
function withAnswers(ranked: readonly ScoredCandidate[]): readonly ScoredCandidate[] {
  const answers = ranked.map(each => ({ ...each, paragraph: answerTo(each) ?? each.paragraph }));
  return answers.filter(({ paragraph }, at) => answers.findIndex(other => other.paragraph === paragraph) === at);
}

/** Returns the next paragraph if somebody else answers the question that this one is. */
function answerTo({ from: { article, attributions }, paragraph }: Candidate): Paragraph | undefined {
  const answer = article.paragraphs[paragraph.number];
  if (answer === undefined || !slice(article.text, paragraph).endsWith('?')) return undefined;
  const turnIn = (place: Paragraph) =>
    attributions.find(({ content: [first], rule }) => contains(place, first) && INTERVIEW.test(rule));
  const turn = turnIn(answer);
  return turn !== undefined && turn.speaker !== turnIn(paragraph)?.speaker ? answer : undefined;
}

/**
 * Returns what is shown of a paragraph: all of it if it's short and only one person speaks in it, otherwise the sentences of
 * whoever is most likely meant.
 */
function toPassage(
  { from, paragraph, score, degree, answer, also }: ScoredCandidate,
  question: Question,
  wanted: SpeakerFilter | undefined,
): JudgedPassage {
  const speaking = from.attributions.filter(({ content }) => content.some(span => overlaps(span, paragraph)));
  const contents = speaking.flatMap(({ content }) => content);
  const marked = markWords(from.article.text, paragraph, question.topic, contents);
  const theirs = speaking.filter(each => isBy(each, from, { speakers: wanted }));
  const isBesideWords = (span: Span) => overlapsAny(wholeSentences(paragraph, span), contents);
  const narration = narrationIn(paragraph, marked, answer, contents);
  const isQuoted =
    answer === undefined
      ? narration.length === 0
      : overlapsAny(answer, contents) || (isBesideWords(answer) && marked.some(match => overlapsAny(match, contents)));
  const told = theirs.length > 0 ? theirs : speaking;
  const attribution = mainOf(told, paragraph, { marked, answer, isQuoted }, question);
  const isAlone = speaking.every(({ speaker }) => speaker === attribution?.speaker);
  const isWhole = isAlone && paragraph.end - paragraph.start <= LONGEST_WHOLE;
  const excerpt = wholeSentences(paragraph, isWhole ? paragraph : partOf(paragraph, attribution, narration));
  const shown = {
    matches: marked.filter(match => overlaps(match, excerpt)),
    answer: answer !== undefined && contains(excerpt, answer) ? answer : undefined,
  };
  return { from, paragraph, excerpt, ...shown, attribution, closeness: 'match', score, degree, also };
}

function overlapsAny(span: Span, others: readonly Span[]): boolean {
  return others.some(other => overlaps(span, other));
}

/** Returns the answer, or else the first match in a sentence in which nobody speaks, and the matches around it in such sentences. */
function narrationIn(
  paragraph: Paragraph,
  marked: readonly Span[],
  answer: Span | undefined,
  contents: readonly Span[],
): readonly Span[] {
  const isNarration = (...spans: readonly [Span, ...Span[]]) =>
    !overlapsAny(wholeSentences(paragraph, extent(spans)), contents);
  const first = answer ?? marked.find(match => isNarration(match));
  return first === undefined ? [] : [first, ...marked.filter(match => isNarration(first, match))];
}

/** What matches in a paragraph, what answers, if that is known, and whether that is in somebody's words. */
interface Matched {
  readonly marked: readonly Span[];
  readonly answer: Span | undefined;
  readonly isQuoted: boolean;
}

/**
 * Returns the attribution with most of what matches, or for a fact with what answers. A fact may be the article's own words,
 * which a speaker's name isn't.
 */
function mainOf(
  speaking: readonly Attribution[],
  paragraph: Paragraph,
  { marked, answer, isQuoted }: Matched,
  { kind }: Question,
): Attribution | undefined {
  const weighed = speaking.map(attribution => {
    const inside = lengthOf(within(attribution.content, marked));
    const said = lengthOf(attribution.content.filter(span => overlaps(span, paragraph)));
    const answers = Number(kind === 'fact' && answer !== undefined && overlapsAny(answer, attribution.content));
    return { attribution, inside, said, answers };
  });
  const [best] = weighed.sort(
    (one, other) => other.answers - one.answers || other.inside - one.inside || other.said - one.said,
  );
  if (best === undefined) return undefined;
  const naming = lengthOf(within([best.attribution.source, best.attribution.cue], marked));
  const isNarrated = kind === 'fact' && !isQuoted && 2 * best.inside < lengthOf(marked) - naming;
  return isNarrated ? undefined : best.attribution;
}

/** Returns what somebody says in a paragraph, or its narration that matches, or all of it if nothing does. */
function partOf(paragraph: Paragraph, attribution: Attribution | undefined, narration: readonly Span[]): Span {
  const said = attribution?.content.filter(span => overlaps(span, paragraph)) ?? narration;
  const { start, end } = extent(said.length > 0 ? said : [paragraph]);
  return { start: Math.max(start, paragraph.start), end: Math.min(end, paragraph.end) };
}
