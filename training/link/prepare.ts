/**
 * Writes what the linker learns from: for each report found in marked articles, everybody it may be from, with features and
 * whether it is them. The rules alone decide who spoke before.
 * usage: node training/link/prepare.ts GOLD.jsonl REPORTS OPTIONS.jsonl
 * REPORTS keeps the reports found: they are what takes time, and they only change with the network that finds them.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { isOneOf, speakersOf } from '../../bench/certainty.ts';
import { findSpeech } from '../../src/attribution/attribute.ts';
import type { WeighedReport } from '../../src/attribution/attribution.ts';
import type { ReportLayers } from '../../src/attribution/nested-reports.ts';
import { type Option, optionsFor } from '../../src/attribution/speakers/options.ts';
import { resolveSpeakers } from '../../src/attribution/speakers/resolve.ts';
import { fullestOf } from '../../src/attribution/speakers/story.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { slice } from '../../src/news/span.ts';

const [golds = '', reportsFile = '', optionsFile = ''] = process.argv.slice(2);
const known: ReadonlyMap<string, ReportLayers> = existsSync(reportsFile)
  ? deserialize(readFileSync(reportsFile))
  : new Map();
const reports = new Map<string, ReportLayers>();
const written: string[] = [];

/** How an option would be shown. */
function nameOf(text: string, { source, content }: WeighedReport, { party }: Option): string | null {
  if (party === undefined) return null;
  if (party === 'itself') return slice(text, source ?? content[0]);
  return slice(text, fullestOf(party));
}

for (const line of readFileSync(golds, 'utf8').trim().split('\n')) {
  const { id, text, quotes } = JSON.parse(line);
  const article = toArticle(id, UNKNOWN_METADATA, text);
  const layers = known.get(id) ?? (await findSpeech(article));
  reports.set(id, layers);
  resolveSpeakers(article, layers.outer, layers.nested, (story, report, decision) => {
    const content = report.content.map(({ start, end }): [number, number] => [start, end]);
    const speakers = speakersOf(text, quotes, { type: report.type, content, speaker: null });
    const isSaid = speakers.length > 0;
    const options = optionsFor(story, report, decision).map(option => ({
      right: isOneOf(nameOf(text, report, option), speakers),
      features: option.features,
    }));
    const { rule, certainty } = decision;
    written.push(JSON.stringify({ id, rule, certainty, doubtful: report.doubtful, isSaid, options }));
    return decision;
  });
}
writeFileSync(optionsFile, `${written.join('\n')}\n`);
writeFileSync(`${reportsFile}.new`, serialize(reports));
renameSync(`${reportsFile}.new`, reportsFile);
