/**
 * Writes what the linker learns from: for each report found in marked articles, everybody it may be from, with features and
 * whether it is them. Who spoke before is what the linker in the repository decides.
 * usage: node training/link/prepare.ts GOLD.jsonl REPORTS OPTIONS.jsonl LIBRARIES
 * REPORTS keeps the reports found: they are what takes time, and they only change with the network that finds them.
 * LIBRARIES is a folder of library-NAME.jsonl: the text of a line that has none is in that of its `library`.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { isOneOf, speakersOf } from '../../bench/certainty.ts';
import { findSpeech } from '../../src/attribution/attribute.ts';
import type { WeighedReport } from '../../src/attribution/attribution.ts';
import type { ReportLayers } from '../../src/attribution/nested-reports.ts';
import { chooseSpeaker } from '../../src/attribution/speakers/linker.ts';
import { type Option, optionsFor } from '../../src/attribution/speakers/options.ts';
import { resolveSpeakers } from '../../src/attribution/speakers/resolve.ts';
import { fullestOf } from '../../src/attribution/speakers/story.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { slice } from '../../src/news/span.ts';
import { readMarked } from '../marked.ts';

const [golds = '', reportsFile = '', optionsFile = '', libraries = ''] = process.argv.slice(2);
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

function isDefinite(text: string, { source }: WeighedReport): boolean {
  return source !== undefined && /^(?:the|this|that|these|those)\s/iv.test(slice(text, source));
}

function isParty(party: Option['party']): boolean {
  return party !== undefined && party !== 'itself';
}

for (const { id, text, quotes } of readMarked(golds, libraries)) {
  const article = toArticle(id, UNKNOWN_METADATA, text);
  const layers = known.get(id) ?? (await findSpeech(article));
  reports.set(id, layers);
  resolveSpeakers(article, layers.outer, layers.nested, (story, report, decision) => {
    const content = report.content.map(({ start, end }): [number, number] => [start, end]);
    const speakers = speakersOf(text, quotes, { type: report.type, content, speaker: null });
    const isSaid = speakers.length > 0;
    const considered = optionsFor(story, report, decision).map(option => ({
      ...option,
      right: isOneOf(nameOf(text, report, option), speakers),
    }));
    // "The official" is also what a marked "a senior US official" may be called, but means who was named so before.
    const isLinked = isDefinite(text, report) && considered.some(({ party, right }) => right && isParty(party));
    const options = considered.map(({ party, right, features }) => ({
      right: right && !(isLinked && party === 'itself'),
      features,
    }));
    const { rule, certainty } = decision;
    written.push(JSON.stringify({ id, rule, certainty, doubtful: report.doubtful, isSaid, options }));
    return chooseSpeaker(story, report, decision);
  });
}
writeFileSync(optionsFile, `${written.join('\n')}\n`);
writeFileSync(`${reportsFile}.new`, serialize(reports));
renameSync(`${reportsFile}.new`, reportsFile);
