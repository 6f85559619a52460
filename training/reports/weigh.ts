/**
 * Learns how much each piece of evidence says about a find being right, and writes the weights
 * into src/attribution/network/likelihood.ts.
 * usage: node training/reports/weigh.ts HELD_OUT.txt LIBRARIES GOLD.jsonl…
 * HELD_OUT.txt names the articles, a line each, that the network was not trained on: of others it seems surer than it is.
 * LIBRARIES is a folder of library-NAME.jsonl, with the text of lines that have none.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Quote } from '../../bench/agreement.ts';
import { cutStretches, tokenFeaturesOf } from '../../src/attribution/network/features.ts';
import { findAll } from '../../src/attribution/network/find-reports.ts';
import { REPORT_WEIGHTS } from '../../src/attribution/network/likelihood.ts';
import { Model } from '../../src/attribution/network/model.ts';
import { toWindows } from '../../src/attribution/network/windows.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { pairQuotations } from '../../src/news/quotations.ts';
import { type MarkedArticle, readMarked } from '../marked.ts';
import { type Case, casesIn, pairOf, regress } from './regression.ts';

const NAMES = Object.keys(REPORT_WEIGHTS);
const ROUNDS = 6_000;
const STRIDE = 0.3;
/** The constant evidence goes free. */
const restraints = NAMES.map(name => (name === 'always' ? 0 : 1));
const model = await Model.load();

async function casesOf({ id, text, quotes }: MarkedArticle): Promise<Case[]> {
  const { paragraphs } = toArticle(id, UNKNOWN_METADATA, text);
  const quotations = pairQuotations(text, paragraphs);
  const byParagraph = Map.groupBy(quotations, quotation => quotation.paragraph);
  const described = paragraphs.flatMap(each =>
    cutStretches(tokenFeaturesOf(text, each, byParagraph.get(each.number) ?? [])),
  );
  const found: (Quote & Pick<Case, 'evidence'>)[] = [];
  for (const window of toWindows(described)) {
    for (const { content, source, evidence } of await findAll(
      model,
      text,
      await model.read(window),
      paragraphs,
      quotations,
    )) {
      const named: Readonly<Record<string, number>> = evidence;
      found.push({
        type: evidence.direct === 1 ? 'direct' : 'indirect',
        content: content.map(pairOf),
        speaker: source === undefined ? null : [pairOf(source)],
        evidence: NAMES.map(name => named[name] ?? 0),
      });
    }
  }
  return casesIn(text, quotes, found);
}

const [heldOut = '', libraries = '', ...golds] = process.argv.slice(2);
const held = new Set(readFileSync(heldOut, 'utf8').trim().split('\n'));
const articles = golds.flatMap(gold => readMarked(gold, libraries)).filter(({ id }) => held.has(id));
const cases: Case[] = [];
for (const article of articles) cases.push(...(await casesOf(article)));
const weights = regress(cases, restraints, { rounds: ROUNDS, stride: STRIDE });
const learned = [
  `/** Learned by \`training/reports/weigh.ts\` from ${articles.length} articles (${cases.length} finds) that the network wasn't trained on. */`,
  'export const REPORT_WEIGHTS = {',
  ...NAMES.map((name, at) => `  ${name}: ${Number((weights[at] ?? 0).toFixed(2))},`),
  '} as const;',
].join('\n');
const file = new URL('../../src/attribution/network/likelihood.ts', import.meta.url);
writeFileSync(file, readFileSync(file, 'utf8').replace(/\/\*\* Learned by .*?\n\} as const;/sv, learned));
