/**
 * Learns how much each piece of a find's evidence says about its being right, and prints the weights for
 * `src/attribution/network/candidates.ts`.
 * usage: node training/calibrate.ts HELD_BACK.jsonl
 * The articles must be ones that the network was not trained on, else it seems surer than it is.
 */
import { readFileSync } from 'node:fs';
import type { Quote } from '../bench/agreement.ts';
import { findCandidates, snapToQuotations } from '../src/attribution/network/candidates.ts';
import { cutStretches, describeTokens } from '../src/attribution/network/features.ts';
import { loadModel } from '../src/attribution/network/model.ts';
import { pairQuotations } from '../src/news/quotations.ts';
import { type Case, casesIn, pairOf, regress } from './regression.ts';

const LINE = /\S(?:.*\S)?/gu;
const model = loadModel();
const rounds = 6_000;
const stride = 0.3;
const names = ['always', 'speech', 'content', 'source', 'noSource'] as const;
const restraints = names.map(() => 0.5);

function casesOf(line: string): Case[] {
  const gold: { text: string; quotes: Quote[] } = JSON.parse(line);
  const paragraphs = [...gold.text.matchAll(LINE)].map(({ 0: words, index }) => ({
    start: index,
    end: index + words.length,
  }));
  const quotations = Map.groupBy(pairQuotations(gold.text, paragraphs), quotation => quotation.paragraph);
  const found = paragraphs.flatMap((paragraph, index) => {
    const own = quotations.get(index + 1) ?? [];
    return cutStretches(describeTokens(gold.text, paragraph, own))
      .flatMap(stretch => findCandidates(model, stretch, 0.3))
      .map(candidate => snapToQuotations(candidate, own))
      .map(({ content, source, evidence }) => ({
        type: 'indirect' as const,
        content: content.map(pairOf),
        speaker: source === undefined ? null : [pairOf(source)],
        evidence: names.map(name => evidence[name]),
      }));
  });
  return casesIn(gold.text, gold.quotes, found);
}

const cases = readFileSync(process.argv[2] ?? '', 'utf8')
  .trim()
  .split('\n')
  .flatMap(casesOf);
for (const [at, weight] of regress(cases, restraints, { rounds, stride }).entries())
  console.log(`${names[at]}: ${weight.toFixed(2)}`);
