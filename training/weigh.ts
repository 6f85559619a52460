/**
 * Learns how much each piece of evidence says about a learned report being right, and prints `report-weights.ts`.
 * usage: node training/weigh.ts HELD_BACK.jsonl > NEW.ts && mv NEW.ts src/attribution/report-weights.ts
 * The articles must be ones that the model was not trained on, else its own score seems surer than it is.
 */
import { readFileSync } from 'node:fs';
import type { Quote } from '../bench/agreement.ts';
import { findReportsByModel } from '../src/attribution/network/find-reports.ts';
import { reportWeights } from '../src/attribution/report-weights.ts';
import { findReportsByRule } from '../src/attribution/rules/find-reports.ts';
import { type Evidence, findEvidence } from '../src/attribution/weigh-reports.ts';
import { toArticle, unknownMetadata } from '../src/news/article.ts';
import { type Case, casesIn, pairOf, regress } from './regression.ts';

const names = Object.keys(reportWeights);
const rounds = 4_000;
const stride = 0.5;
/** The constant evidence goes free. */
const restraints = names.map(name => (name === 'always' ? 0 : 1));

function valuesOf(evidence: Evidence): number[] {
  const named: Readonly<Record<string, number>> = evidence;
  return names.map(name => named[name] ?? 0);
}

function casesOf(line: string): Case[] {
  const gold: { id: string; text: string; quotes: Quote[] } = JSON.parse(line);
  const article = toArticle(gold.id, unknownMetadata, gold.text);
  const found = findEvidence(gold.text, findReportsByModel(article), findReportsByRule(article)).map(
    ({ report, evidence }) => ({
      type: report.type,
      content: report.content.map(pairOf),
      speaker: report.source === undefined ? null : [pairOf(report.source)],
      evidence: valuesOf(evidence),
    }),
  );
  return casesIn(gold.text, gold.quotes, found);
}

const lines = readFileSync(process.argv[2] ?? '', 'utf8')
  .trim()
  .split('\n');
const cases = lines.flatMap(casesOf);
const weights = regress(cases, restraints, { rounds, stride });
console.log(
  [
    `/** Learned by \`training/weigh.ts\` from ${lines.length} articles (${cases.length} reports) that the model was not trained on: log-odds of a report being right. */`,
    'export const reportWeights = {',
    ...names.map((name, at) => `  ${name}: ${Number((weights[at] ?? 0).toFixed(2))},`),
    '} as const;',
  ].join('\n'),
);
