import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import { wholeSentences } from '../indexing/units.ts';
import type { Library } from '../library/library.ts';
import { countUnencoded, readVectors } from '../library/store/articles.ts';
import { findNearest } from '../library/store/index-queries.ts';
import { type Filter, NO_FILTER, type SpeakerFilter } from '../library/store/library-index.ts';
import type { Run } from '../library/store/script.ts';
import { findTerms } from '../library/store/terms.ts';
import { countUnits } from '../library/store/units.ts';
import type { Candidate, Rarity } from '../meaning/features.ts';
import { cosine, dimensions, modelId } from '../meaning/model.ts';
import type { Question } from '../meaning/question.ts';
import { type Ranked, type Ranking, rank, rarity } from '../meaning/rank.ts';
import type { Paragraph } from '../news/article.ts';
import { isMainlyHan } from '../news/chinese.ts';
import { contains, lengthOf, overlaps, type Span, slice, within } from '../news/span.ts';
import { termsOf } from '../words/words.ts';
import { isBy } from './filter.ts';
import { markWords } from './mark.ts';
import { LONGEST_WHOLE, type Passage, readArticles } from './passages.ts';

/** The paragraphs that most likely answer a question, the best first, and whether the first does. */
export interface Meant extends Omit<Ranking, 'ranked'> {
  /** True if articles have no vectors yet. */
  readonly isPartial: boolean;
  readonly passages: readonly Passage[];
}

/** The ranker was learned on so many. */
const mostCandidates = 20;
/** The layouts that tell who answers whom. */
const INTERVIEW = /^(?:transcript|interview)\b/v;

/**
 * Finds what answers a question, whatever its words, above all by the `wanted` people. Returns `undefined` if no article
 * has vectors yet, the encoder fails, or the question is in Chinese, which the encoder can't read.
 */
export async function findByMeaning(
  library: Library,
  question: Question,
  filter: Filter,
  wanted: SpeakerFilter | undefined,
): Promise<Meant | undefined> {
  if (isMainlyHan(question.text)) return undefined;
  const [articles, unencoded] = await Promise.all([library.count(), library.read(countUnencoded, modelId)]);
  if (unencoded >= articles) return undefined;
  const vector = await library.encodeQuestion(question.text);
  if (vector === undefined) return undefined;
  const nearest = await library.read(findNearest, modelId, vector, mostCandidates, filter);
  if (nearest.length === 0) return undefined;
  const [read, vectors, rarityOf] = await Promise.all([
    readArticles(library, nearest),
    library.read(readVectors, [...new Set(nearest.map(({ article }) => article))], modelId),
    raritiesOf(question, library.read),
  ]);
  const cosines = new Map([...vectors].map(([id, all]) => [id, cosinesOf(vector, all)]));
  const candidates = nearest.flatMap(({ article, paragraph, cosine: alike }): Candidate[] => {
    const from = read.get(article);
    if (from?.article.paragraphs[paragraph] === undefined) return [];
    return [{ from, index: paragraph, cosine: alike, cosines: cosines.get(article) ?? [] }];
  });
  const { ranked, ...judged } = rank(question, candidates, rarityOf);
  const answers = question.kind === 'fact' ? withAnswers(ranked) : ranked;
  const passages = answers.flatMap(each => passageOf(each, question, wanted));
  return { ...judged, isPartial: unencoded > 0, passages };
}

/** Puts the answers of interviews in the place of the questions before them, which are nearer to what is asked. */
function withAnswers(ranked: readonly Ranked[]): readonly Ranked[] {
  const answers = ranked.map(each => ({ ...each, index: each.index + (isAsked(each) ? 1 : 0) }));
  return answers.filter(
    ({ from, index }, at) => answers.findIndex(other => other.from === from && other.index === index) === at,
  );
}

/** Whether a paragraph is a question that somebody else answers in the next one. */
function isAsked({ from: { article, attributions }, index }: Ranked): boolean {
  const [asked, answer] = article.paragraphs.slice(index, index + 2);
  if (asked === undefined || answer === undefined || !slice(article.text, asked).endsWith('?')) return false;
  const turnIn = (paragraph: Paragraph) =>
    attributions.find(({ content: [first], rule }) => contains(paragraph, first) && INTERVIEW.test(rule));
  const turn = turnIn(answer);
  return turn !== undefined && turn.speaker !== turnIn(asked)?.speaker;
}

function cosinesOf(question: Int8Array, vectors: Int8Array): number[] {
  const paragraphs = Math.floor(vectors.length / dimensions);
  return Array.from({ length: paragraphs }, (_, at) =>
    cosine(question, vectors.subarray(at * dimensions, (at + 1) * dimensions)),
  );
}

async function raritiesOf({ text }: Question, read: Run): Promise<Rarity> {
  const [size, terms] = await Promise.all([read(countUnits), read(findTerms, 'text', [...new Set(termsOf(text))], [])]);
  const counts = new Map(terms.map(({ term, frequency }) => [term, frequency]));
  return term => rarity(counts.get(term) ?? 0, size);
}

/**
 * Returns a paragraph as a passage: whole if it's short and only one person speaks in it, otherwise the sentences of
 * whoever is most likely meant.
 */
function passageOf({ from, index, score }: Ranked, question: Question, wanted: SpeakerFilter | undefined): Passage[] {
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
  const matches = marked.filter(match => overlaps(match, excerpt));
  return [{ from, paragraph, excerpt, matches, attribution, closeness: 'match', score }];
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
