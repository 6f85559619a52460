import type { AttributedArticle, Speaker } from '../attribution/attribution.ts';
import type { Library } from '../library/library.ts';
import type { Paragraph } from '../news/article.ts';
import { contains, type Span } from '../news/span.ts';
import WEIGHTS from './judge-weights.json' with { type: 'json' };
import type { Judgement } from './networks/encoder.ts';
import type { Question } from './question.ts';

export type Degree = 'sure' | 'unsure' | 'nothing';

/** A paragraph that may answer. */
export interface AnswerCandidate {
  readonly from: AttributedArticle;
  readonly paragraph: Paragraph;
  /** Other articles that have the same paragraph. */
  readonly also: readonly AttributedArticle[];
  /** How near it is to the question; `undefined` if it has no vector yet. */
  readonly cosine: number | undefined;
  /** What the judge reads. */
  readonly passage: string;
  /** Whose words they mostly are, if that is clear. */
  readonly speaker: Speaker | undefined;
}

/** A candidate with what the judge makes of it. */
type Evidence = AnswerCandidate & { readonly judgement: Judgement };

export interface JudgedCandidate extends AnswerCandidate {
  /** The probability that it answers. */
  readonly score: number;
  /** How sure an answer is that begins with it. */
  readonly degree: Degree;
  /** The words of the article that answer, if the judge is sure which do. */
  readonly answer: Span | undefined;
}

/** Candidates that are judged first. If one of them surely answers, the others aren't read. */
const JUDGED_FIRST = 4;
/** What the nearest passages have on average: nothing speaks for or against a passage without a vector. */
const USUAL_COSINE = 0.6;
/** Cosine from which on the nearest passage is near enough. Above it, articles of different kinds differ. */
const MOST_NEAREST = 0.65;
/** A passage with this probability surely answers, unless another one has as much as a rival may not have. */
const SURE = 0.5;
/** Or passages of one person, together. */
const SURE_TOGETHER = 0.8;
const MOST_OF_RIVAL = 0.3;
/** If all together have less, none answers. */
export const LEAST = 0.14;
/** From this probability on, the words that answer are marked. */
const LIKELY_WORDS = 0.5;
/** How many passages an answer shows below the first. */
export const MOST_BESIDE = 2;

/** Judges candidates, the likeliest first; returns `undefined` if the judge fails. */
export async function judgeAll(
  library: Pick<Library, 'judge'>,
  question: Question,
  candidates: readonly AnswerCandidate[],
): Promise<readonly JudgedCandidate[] | undefined> {
  const read: Evidence[] = [];
  let judged: readonly JudgedCandidate[] = [];
  for (const some of [candidates.slice(0, JUDGED_FIRST), candidates.slice(JUDGED_FIRST)]) {
    if (some.length === 0 || judged[0]?.degree === 'sure') break;
    const passages = some.map(({ passage }) => passage);
    const judgements = await library.judge(question.text, passages);
    if (judgements === undefined) return undefined;
    read.push(...some.flatMap((each, at) => (judgements[at] ? [{ ...each, judgement: judgements[at] }] : [])));
    judged = weighAll(read, question);
  }
  return judged;
}

/** Returns candidates with their probabilities and degrees, the likeliest first. */
function weighAll(read: readonly Evidence[], question: Question): readonly JudgedCandidate[] {
  const scores = probabilitiesOf(read);
  const scored = read
    .map((each, at) => ({ ...each, score: scores[at] ?? 0 }))
    .sort((one, other) => other.score - one.score);
  const total = (some: readonly { readonly score: number }[]) => some.reduce((sum, { score }) => sum + score, 0);
  const isNone = total(scored) < LEAST;
  return scored.map(each => {
    const others = scored.filter(other => other !== each);
    // They are shown together: the same person says both. But only one can be the verdict.
    const beside =
      question.opening === 'whether' ? [] : others.filter(other => isBySame(other, each)).slice(0, MOST_BESIDE);
    const rivals = others.filter(({ score }) => score > MOST_OF_RIVAL);
    const isLikely = each.score >= SURE || total([each, ...beside]) >= SURE_TOGETHER;
    const isSure = isLikely && rivals.every(rival => beside.includes(rival));
    // Which of two answers by the same person isn't sure, so no words are marked.
    const answer = rivals.some(rival => beside.includes(rival)) ? undefined : wordsOfAnswer(each);
    return { ...each, degree: isSure ? 'sure' : isNone ? 'nothing' : 'unsure', answer };
  });
}

/**
 * Returns the probability that each candidate answers. What is left to 1 is the probability that none does: a softmax
 * over the candidates and "none of these". `training/ask/weigh.py` learned the weights.
 */
function probabilitiesOf(read: readonly Evidence[]): readonly number[] {
  const known = read.flatMap(({ cosine }) => cosine ?? []);
  const nearest = known.length === 0 ? USUAL_COSINE : Math.max(...known);
  const scores = read.map(
    ({ cosine = Math.min(USUAL_COSINE, nearest), judgement }) =>
      WEIGHTS.logit * judgement.logit + WEIGHTS.cosine * (cosine - nearest),
  );
  const none = WEIGHTS.none - WEIGHTS.nearest * Math.min(nearest, MOST_NEAREST);
  const highest = Math.max(none, ...scores);
  const sum = scores.reduce((total, score) => total + Math.exp(score - highest), Math.exp(none - highest));
  return scores.map(score => Math.exp(score - highest) / sum);
}

function isBySame(one: AnswerCandidate, other: AnswerCandidate): boolean {
  return one.from === other.from && one.speaker !== undefined && one.speaker === other.speaker;
}

/** Returns the words that answer, in the article. The passage that the judge read ends with the paragraph. */
function wordsOfAnswer({ paragraph, passage, judgement: { words, odds } }: Evidence): Span | undefined {
  const shift = paragraph.end - passage.length;
  const shifted = { start: words.start + shift, end: words.end + shift };
  return odds >= LIKELY_WORDS && contains(paragraph, shifted) ? shifted : undefined;
}
