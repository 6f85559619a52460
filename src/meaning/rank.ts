import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Question } from './question.ts';

/** A paragraph that may answer. */
export interface Candidate {
  readonly from: AttributedArticle;
  /** Index of the paragraph in its article. */
  readonly index: number;
  /** Of the question and the paragraph. */
  readonly cosine: number;
  /** Of the question and each paragraph of the article. */
  readonly cosines: readonly number[];
}

export interface Ranked extends Candidate {
  /** Probability that the paragraph answers, from 0 to 1. */
  readonly score: number;
}

export interface Ranking {
  /** Best first. */
  readonly ranked: readonly Ranked[];
  /** Probability that the first answers, from 0 to 1. */
  readonly confidence: number;
}

export type Degree = 'sure' | 'unsure' | 'nothing';

/** Returns how rare a folded term is in the library. Only terms of the question are asked for (`termsOf(text)`). */
export type Rarity = (term: string) => number;

/** Returns how rare a term in `count` of `size` excerpts is: 1 if it's in none, 0 if it's in all. */
export function rarity(count: number, size: number): number {
  return Math.log(1 + (size - count + 0.5) / (count + 0.5)) / Math.log(2 * size + 2);
}

/** Orders the candidates (some 20, nearest first) by how likely each answers the question. */
export function rank(_question: Question, candidates: readonly Candidate[], _rarity: Rarity): Ranking {
  const ranked = candidates
    .map(candidate => ({ ...candidate, score: Math.max(0, candidate.cosine) }))
    .sort((one, other) => other.score - one.score);
  return { ranked, confidence: ranked[0]?.score ?? 0 };
}

export function degreeOf(confidence: number): Degree {
  if (confidence >= 0.7) return 'sure';
  return confidence >= 0.4 ? 'unsure' : 'nothing';
}
