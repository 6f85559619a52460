/**
 * Learns how much each piece of evidence says about a learned report being right, and prints `report-weights.ts`.
 * usage: node training/weigh.ts HELD_BACK.jsonl > NEW.ts && mv NEW.ts src/attribution/report-weights.ts
 * The articles must be ones that the model was not trained on, else its own score seems surer than it is.
 */
import { readFileSync } from 'node:fs';
import { compare, type Quote } from '../bench/agreement.ts';
import { findReports as findByRule } from '../src/attribution/find-reports.ts';
import { findReports as findLearned } from '../src/attribution/learned/find.ts';
import { type Evidence, findEvidence } from '../src/attribution/report-evidence.ts';
import { reportWeights } from '../src/attribution/report-weights.ts';
import { toArticle } from '../src/news/build.ts';
import type { Span } from '../src/news/span.ts';

interface Case {
  readonly evidence: readonly number[];
  readonly right: number;
}

const names = Object.keys(reportWeights);
const rounds = 4_000;
const stride = 0.5;
/** Keeps weights small that few cases speak for (L2, in cases). */
const restraint = 1;

const masthead = {
  title: '',
  titleIsDescriptive: true,
  outlet: undefined,
  byline: undefined,
  published: undefined,
  url: undefined,
} as const;

function pairOf({ start, end }: Span): readonly [number, number] {
  return [start, end];
}

function valuesOf(evidence: Evidence): number[] {
  const named: Readonly<Record<string, number>> = evidence;
  return names.map(name => named[name] ?? 0);
}

function casesOf(line: string): Case[] {
  const gold: { id: string; text: string; quotes: Quote[] } = JSON.parse(line);
  const article = toArticle(gold.id, masthead, gold.text);
  const found = findEvidence(gold.text, findLearned(article), findByRule(article)).map(({ report, evidence }) => ({
    type: report.type,
    content: report.content.map(pairOf),
    speaker: report.source === undefined ? null : [pairOf(report.source)],
    evidence: valuesOf(evidence),
  }));
  return compare(gold.text, gold.quotes, found).found.map(({ quote, match }) => ({
    evidence: quote.evidence,
    right: match?.sameSource && match.f >= 0.8 ? 1 : 0,
  }));
}

/** Logistic regression by gradient ascent; the first piece of evidence is the constant one and goes free. */
function regress(cases: readonly Case[]): number[] {
  const weights = names.map(() => 0);
  for (let round = 0; round < rounds; round += 1) {
    const slope = weights.map((weight, at) => (at === 0 ? 0 : -restraint * weight));
    for (const { evidence, right } of cases) {
      const sum = evidence.reduce((total, value, at) => total + value * (weights[at] ?? 0), 0);
      const missing = right - 1 / (1 + Math.exp(-sum));
      for (const [at, value] of evidence.entries()) slope[at] = (slope[at] ?? 0) + missing * value;
    }
    for (const [at, rise] of slope.entries()) weights[at] = (weights[at] ?? 0) + (stride * rise) / cases.length;
  }
  return weights;
}

const lines = readFileSync(process.argv[2] ?? '', 'utf8')
  .trim()
  .split('\n');
const cases = lines.flatMap(casesOf);
const weights = regress(cases);
console.log(
  [
    `/** Learned by \`training/weigh.ts\` from ${lines.length} articles (${cases.length} reports) that the model was not trained on: log-odds of a report being right. */`,
    'export const reportWeights = {',
    ...names.map((name, at) => `  ${name}: ${(weights[at] ?? 0).toFixed(2)},`),
    '} as const;',
  ].join('\n'),
);
