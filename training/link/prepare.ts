/**
 * Writes what the linker learns from: for each report found in marked articles, everybody it may be from, with features and
 * whether it is them. The rules alone decide who spoke before.
 * usage: node training/link/prepare.ts GOLD.jsonl REPORTS OPTIONS.jsonl LIBRARIES
 * REPORTS keeps the reports found: they are what takes time, and they only change with the network that finds them.
 * LIBRARIES is a folder of library-NAME.jsonl: the text of a line that has none is in that of its `library`.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Quote } from '../../bench/agreement.ts';
import { isOneOf, speakersOf } from '../../bench/certainty.ts';
import { findSpeech } from '../../src/attribution/attribute.ts';
import type { WeighedReport } from '../../src/attribution/attribution.ts';
import type { ReportLayers } from '../../src/attribution/nested-reports.ts';
import { type Option, optionsFor } from '../../src/attribution/speakers/options.ts';
import { resolveSpeakers } from '../../src/attribution/speakers/resolve.ts';
import { fullestOf } from '../../src/attribution/speakers/story.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { slice } from '../../src/news/span.ts';

const [golds = '', reportsFile = '', optionsFile = '', libraries = ''] = process.argv.slice(2);
const known: ReadonlyMap<string, ReportLayers> = existsSync(reportsFile)
  ? deserialize(readFileSync(reportsFile))
  : new Map();
const reports = new Map<string, ReportLayers>();
const written: string[] = [];

interface Line {
  readonly id: string;
  readonly text?: string;
  readonly library?: string;
  /** Whose words these are, or where the text says so. */
  readonly quotes: readonly (Quote & { readonly who?: string | readonly [number, number] })[];
}

const linesOf = (file: string) => readFileSync(file, 'utf8').trim().split('\n');
const texts = new Map<string, ReadonlyMap<string, string>>();

function textOf({ id, text, library = '' }: Line): string {
  if (text !== undefined) return text;
  const ofLibrary =
    texts.get(library) ??
    new Map(
      linesOf(join(libraries, `library-${library}.jsonl`)).map(line => {
        const article: { id: string; text: string } = JSON.parse(line);
        return [article.id, article.text];
      }),
    );
  texts.set(library, ofLibrary);
  const found = ofLibrary.get(id);
  if (found === undefined) throw new Error(`There is no ${id} in library-${library}.jsonl.`);
  return found;
}

/** How an option would be shown. */
function nameOf(text: string, { source, content }: WeighedReport, { party }: Option): string | null {
  if (party === undefined) return null;
  if (party === 'itself') return slice(text, source ?? content[0]);
  return slice(text, fullestOf(party));
}

for (const line of linesOf(golds)) {
  const marked: Line = JSON.parse(line);
  const { id } = marked;
  const text = textOf(marked);
  const quotes = marked.quotes.map(({ who, ...quote }) => {
    if (who === undefined) return quote;
    return { ...quote, who: typeof who === 'string' ? who : text.slice(...who) };
  });
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
