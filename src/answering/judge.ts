import { readFileSync } from 'node:fs';
import type { Judgement } from './networks/encoder.ts';

/** How near a passage is to the question, `undefined` if it has no vector yet, and what the judge makes of it. */
interface Evidence {
  readonly cosine: number | undefined;
  readonly judgement: Judgement;
}

export type Degree = 'sure' | 'unsure' | 'nothing';

/** What `training/ask/weigh.py` learned. */
interface JudgeWeights {
  readonly logit: number;
  readonly cosine: number;
  readonly nearest: number;
  readonly none: number;
}

const WEIGHTS: JudgeWeights = JSON.parse(readFileSync(new URL('./judge-weights.json', import.meta.url), 'utf8'));
/** What the nearest passages have on average: nothing speaks for or against a passage without a vector. */
const USUAL_COSINE = 0.6;
/** Cosine from which on the nearest passage is near enough. Above it, articles of different kinds differ. */
const MOST_NEAREST = 0.65;

/**
 * Returns the probability that each candidate answers. What is left to 1 is the probability that none does: a softmax
 * over the candidates and "none of these".
 */
export function probabilitiesOf(candidates: readonly Evidence[]): readonly number[] {
  const known = candidates.flatMap(({ cosine }) => cosine ?? []);
  const nearest = known.length === 0 ? USUAL_COSINE : Math.max(...known);
  const scores = candidates.map(
    ({ cosine = Math.min(USUAL_COSINE, nearest), judgement }) =>
      WEIGHTS.logit * judgement.logit + WEIGHTS.cosine * (cosine - nearest),
  );
  const none = WEIGHTS.none - WEIGHTS.nearest * Math.min(nearest, MOST_NEAREST);
  const highest = Math.max(none, ...scores);
  const sum = scores.reduce((total, score) => total + Math.exp(score - highest), Math.exp(none - highest));
  return scores.map(score => Math.exp(score - highest) / sum);
}

/** A passage with this probability surely answers, unless another one has as much as a rival may not have. */
const SURE = 0.5;
/** Or passages of one person, together. */
const SURE_TOGETHER = 0.7;
const MOST_OF_RIVAL = 0.2;
/** If all together have less, none answers. */
const LEAST = 0.12;
/** From this probability on, the words that answer are marked. */
export const LIKELY_WORDS = 0.5;

/**
 * Returns how sure an answer is, by the probabilities of the passage that it begins with, of those by the same person that
 * are shown below it, and of each of the others.
 */
export function degreeOf(first: number, beside: readonly number[], others: readonly number[]): Degree {
  const together = beside.reduce((sum, each) => sum + each, first);
  if ((first >= SURE || together >= SURE_TOGETHER) && !others.some(isRival)) return 'sure';
  return others.reduce((sum, each) => sum + each, together) < LEAST ? 'nothing' : 'unsure';
}

/** Returns whether a passage with this probability is a rival of the best one. */
export function isRival(score: number): boolean {
  return score > MOST_OF_RIVAL;
}
