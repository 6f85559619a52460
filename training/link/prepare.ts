/**
 * Writes what the linker learns from: for each report found in marked articles, everybody it may be from, with features and
 * whether it is them. The rules alone decide who spoke before.
 * usage: node training/link/prepare.ts GOLD.jsonl OPTIONS.jsonl
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { judge } from '../../bench/certainty.ts';
import { findSpeech } from '../../src/attribution/attribute.ts';
import type { WeighedReport } from '../../src/attribution/attribution.ts';
import { type Option, optionsFor } from '../../src/attribution/speakers/options.ts';
import { resolveSpeakers } from '../../src/attribution/speakers/resolve.ts';
import { isNamed } from '../../src/attribution/speakers/story.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { slice } from '../../src/news/span.ts';

const [golds = '', optionsFile = ''] = process.argv.slice(2);
const written: string[] = [];

/** How an option would be shown. */
function nameOf(text: string, { source, content }: WeighedReport, { party }: Option): string | null {
  if (party === undefined) return null;
  if (party === 'itself') return slice(text, source ?? content[0]);
  return slice(text, isNamed(party) ? party.longest : (party.mentions[0] ?? content[0]));
}

for (const line of readFileSync(golds, 'utf8').trim().split('\n')) {
  const { id, text, quotes } = JSON.parse(line);
  const article = toArticle(id, UNKNOWN_METADATA, text);
  const { outer, nested } = await findSpeech(article);
  resolveSpeakers(article, outer, nested, (story, report, decision) => {
    const content = report.content.map(({ start, end }): [number, number] => [start, end]);
    const verdictOn = (name: string | null) =>
      judge(text, quotes, [{ type: report.type, content, speaker: null, name }])[0];
    const isSaid = verdictOn(null) !== 'nobody said it';
    const options = optionsFor(story, report, decision).map(option => ({
      right: isSaid && verdictOn(nameOf(text, report, option)) === 'right',
      features: option.features,
    }));
    const { rule, certainty } = decision;
    written.push(JSON.stringify({ id, rule, certainty, doubtful: report.doubtful, isSaid, options }));
    return decision;
  });
}
writeFileSync(optionsFile, `${written.join('\n')}\n`);
