import { readFileSync } from 'node:fs';
import { type Candidate, featuresOf, type Rarity } from './features.ts';
import type { Question } from './question.ts';
import { probability, type Tree } from './trees.ts';

export interface Ranked extends Candidate {
  /** Probability that the paragraph answers, from 0 to 1. */
  readonly score: number;
}

export interface Ranking {
  /** Best first. */
  readonly ranked: readonly Ranked[];
  /** The cosine of the nearest paragraph. The encoder learned to keep it low if nothing answers. */
  readonly confidence: number;
  /** Probability that the first paragraph does. */
  readonly certainty: number;
  readonly degree: Degree;
}

export type Degree = 'sure' | 'unsure' | 'nothing';

/** What `training/ask/rank.py` learned. */
interface Learned {
  /** The features that the trees refer to by their places. */
  readonly features: readonly string[];
  /** Over the features of a candidate. */
  readonly ranker: readonly Tree[];
  /** Whether the best answers: over its features, then what `summaryOf` returns. */
  readonly judge: readonly Tree[];
  /** From which certainty on an answer is sure. */
  readonly sure: number;
}

/**
 * Below this, nothing answers: so it is for one answerable question in a hundred. Of the others, most of those on another
 * topic are below; what is near without answering is shown as a possible answer.
 */
const LEAST_CONFIDENCE = 0.5;

let learned: Learned | undefined;

function load(): Learned {
  learned ??= JSON.parse(readFileSync(new URL('./ranker.json', import.meta.url), 'utf8'));
  if (learned === undefined) throw new TypeError('ranker.json is empty.');
  return learned;
}

/** Returns how rare a term in `count` of `size` excerpts is: 1 if it's in none, almost 0 if it's in all. */
export function rarity(count: number, size: number): number {
  return Math.log(1 + (size - count + 0.5) / (count + 0.5)) / Math.log(2 * size + 2);
}

/** Orders the candidates, the 20 nearest, by how likely each answers the question. */
export function rank(question: Question, candidates: readonly Candidate[], rarityOf: Rarity): Ranking {
  const { features, ranker, judge, sure } = load();
  const described = featuresOf(question, candidates, rarityOf).flatMap((named, at) => {
    const candidate = candidates[at];
    const row = features.map(name => named[name] ?? 0);
    return candidate === undefined ? [] : [{ row, scored: { ...candidate, score: probability(ranker, row) } }];
  });
  described.sort((one, other) => other.scored.score - one.scored.score);
  const ranked = described.map(({ scored }) => scored);
  const [best] = described;
  if (best === undefined) return { ranked, confidence: 0, certainty: 0, degree: 'nothing' };
  const row = [...best.row, ...summaryOf(ranked)];
  const confidence = Math.max(...ranked.map(({ cosine }) => cosine));
  const certainty = probability(judge, row);
  const answered = certainty >= sure ? 'sure' : 'unsure';
  return { ranked, confidence, certainty, degree: confidence >= LEAST_CONFIDENCE ? answered : 'nothing' };
}

/** Returns what the scores of all candidates say of the best. */
function summaryOf(ranked: readonly Ranked[]): number[] {
  const [first = 0, second = 0, third = 0] = ranked.map(({ score }) => score);
  const sum = ranked.reduce((total, { score }) => total + score, 0);
  return [first, second, third, first - second, sum, Math.max(...ranked.map(({ cosine }) => cosine))];
}
