import type { Quote } from '../../bench/agreement.ts';
import { compare } from '../../bench/agreement.ts';
import type { Span } from '../../src/news/span.ts';

/** The evidence for a find, and whether it was right: 1 or 0. */
export interface Case {
  readonly evidence: readonly number[];
  readonly right: number;
}

interface Found extends Quote {
  readonly evidence: readonly number[];
}

export function pairOf({ start, end }: Span): readonly [number, number] {
  return [start, end];
}

/** The finds that count, each with whether content and source are right by A. */
export function casesIn(text: string, gold: readonly Quote[], found: readonly Found[]): Case[] {
  return compare(text, gold, found).found.map(({ quote, match }) => ({
    evidence: quote.evidence,
    right: match?.sameSource && match.f >= 0.8 ? 1 : 0,
  }));
}

/**
 * Logistic regression by gradient ascent. `restraint` keeps a weight small that few cases speak for (L2, in cases), one
 * for each piece of evidence.
 */
export function regress(
  cases: readonly Case[],
  restraint: readonly number[],
  { rounds, stride }: { readonly rounds: number; readonly stride: number },
): number[] {
  const weights = restraint.map(() => 0);
  for (let round = 0; round < rounds; round += 1) {
    const slope = weights.map((weight, at) => -(restraint[at] ?? 0) * weight);
    for (const { evidence, right } of cases) {
      const sum = evidence.reduce((total, value, at) => total + value * (weights[at] ?? 0), 0);
      const missing = right - 1 / (1 + Math.exp(-sum));
      for (const [at, value] of evidence.entries()) slope[at] = (slope[at] ?? 0) + missing * value;
    }
    for (const [at, rise] of slope.entries()) weights[at] = (weights[at] ?? 0) + (stride * rise) / cases.length;
  }
  return weights;
}
