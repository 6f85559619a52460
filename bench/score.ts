/**
 * `npm run score -- GOLD.jsonl…`: attributes each line of gold files, or the project's own gold articles, and prints the agreement: A, B
 * and C (see agreement.ts), by type, by rule and by certainty, and what is right of what is shown as certain (see certainty.ts). Nested
 * reports only count if the gold marks any.
 */
import { readFileSync } from 'node:fs';
import { findSpeech } from '../src/attribution/attribute.ts';
import { chooseSpeaker } from '../src/attribution/speakers/linker.ts';
import { resolveSpeakers } from '../src/attribution/speakers/resolve.ts';
import { toArticle, UNKNOWN_METADATA } from '../src/news/article.ts';
import { articleRecord, type QuoteRecord } from '../src/terminal/explain.ts';
import { goldArticles } from '../test/gold/articles.ts';
import { type Agreement, compare, marksReported, type Quote, type WordCounts, withReported } from './agreement.ts';
import { judge, marksSpeakers, type Verdict } from './certainty.ts';

interface GoldQuote extends Quote {
  readonly cue: readonly (readonly [number, number])[] | null;
  readonly who?: string | null;
  readonly speaker_name?: string | null;
}

interface GoldLine {
  readonly id: string;
  readonly text: string;
  readonly quotes: readonly GoldQuote[];
}

type Compared = Agreement<GoldQuote, QuoteRecord>;

const VERDICTS: readonly Verdict[] = ['right', 'somebody else', 'a phrase that the article resolves', 'nobody said it'];

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : ((100 * part) / whole).toFixed(1);
}

function harmonic(precision: number, recall: number): number {
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

function row(name: string, foundMet: number, found: number, expectedMet: number, expected: number): string {
  const f1 = harmonic(foundMet / Math.max(1, found), expectedMet / Math.max(1, expected));
  const figures = [
    `P ${percent(foundMet, found)}`,
    `R ${percent(expectedMet, expected)}`,
    `F1 ${(100 * f1).toFixed(1)}`,
  ];
  return `${name.padEnd(34)}${figures.map(each => each.padStart(9)).join('')}`;
}

function quoteRow(name: string, compared: Compared, threshold: number, withSource: boolean): string {
  const met = (each: { readonly match: { f: number; sameSource: boolean } | undefined }): boolean =>
    each.match !== undefined && each.match.f >= threshold && (each.match.sameSource || !withSource);
  const { expected, found } = compared;
  return row(name, found.filter(met).length, found.length, expected.filter(met).length, expected.length);
}

function joined(all: readonly Compared[]): Compared {
  const sum = (key: keyof WordCounts): number => all.reduce((total, each) => total + each.words[key], 0);
  return {
    expected: all.flatMap(each => each.expected),
    found: all.flatMap(each => each.found),
    words: {
      expected: sum('expected'),
      expectedMet: sum('expectedMet'),
      expectedMetWithSource: sum('expectedMetWithSource'),
      found: sum('found'),
      foundMet: sum('foundMet'),
      foundMetWithSource: sum('foundMetWithSource'),
    },
  };
}

function overall(compared: Compared): string[] {
  const { words } = compared;
  const contentRight = compared.expected.filter(each => (each.match?.f ?? 0) >= 0.8);
  const sourceRight = contentRight.filter(each => each.match?.sameSource);
  return [
    quoteRow('A   content F ≥ .8 and source', compared, 0.8, true),
    quoteRow('A0  content F ≥ .8', compared, 0.8, false),
    quoteRow('B   content F ≥ .5 and source', compared, 0.5, true),
    quoteRow('B0  content F ≥ .5', compared, 0.5, false),
    row('C   words and source', words.foundMetWithSource, words.found, words.expectedMetWithSource, words.expected),
    row('C0  words', words.foundMet, words.found, words.expectedMet, words.expected),
    `source right where the content is  ${percent(sourceRight.length, contentRight.length)}`,
  ];
}

function byType(compared: Compared): string[] {
  return ['direct', 'mixed', 'indirect'].map(type => {
    const asked = compared.expected.filter(each => each.quote.type === type);
    const content = asked.filter(each => (each.match?.f ?? 0) >= 0.8);
    const both = content.filter(each => each.match?.sameSource);
    const recall = `content ${percent(content.length, asked.length)}, with source ${percent(both.length, asked.length)}`;
    return `${type.padEnd(10)} n ${String(asked.length).padStart(5)}   recall: ${recall}`;
  });
}

function precisionBy(compared: Compared, key: (quote: QuoteRecord) => string): string[] {
  const groups = Map.groupBy(compared.found, each => key(each.quote));
  return [...groups]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([name, quotes]) => {
      const right = quotes.filter(each => each.match?.sameSource && each.match.f >= 0.8).length;
      return `${name.padEnd(34)} n ${String(quotes.length).padStart(5)}   precision (A) ${percent(right, quotes.length)}`;
    });
}

function isCertain({ certainty, doubtful }: QuoteRecord): boolean {
  return certainty !== 'unclear' && !doubtful;
}

/** Returns the recall of direct quotations if only those that pass `shown` are shown. */
function directRecall(
  golds: readonly GoldLine[],
  records: readonly (readonly QuoteRecord[])[],
  shown: (quote: QuoteRecord) => boolean,
): string {
  const certain = golds.map((gold, at) => compare(gold.text, gold.quotes, (records[at] ?? []).filter(shown)));
  return byType(joined(certain))[0] ?? '';
}

/** Returns the share of each verdict on what is shown as certain, if the gold tells who spoke. */
function certainties(golds: readonly GoldLine[], records: readonly (readonly QuoteRecord[])[]): string[] {
  const judged = golds.flatMap(({ text, quotes }, at) => judge(text, quotes, (records[at] ?? []).filter(isCertain)));
  const byVerdict = Map.groupBy(judged, verdict => verdict);
  const count = (verdict: Verdict): number => byVerdict.get(verdict)?.length ?? 0;
  const all = golds.reduce((sum, { quotes }) => sum + quotes.length, 0);
  if (!golds.some(({ quotes }) => marksSpeakers(quotes))) return [];
  return [
    `of the ${judged.length} shown as certain`,
    ...VERDICTS.map(verdict => `${verdict.padEnd(34)} ${percent(count(verdict), judged.length)}`),
    `${'certain and right, of all'.padEnd(34)} ${percent(count('right'), all)}`,
    '',
  ];
}

function readGold(file: string): GoldLine[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line): GoldLine => JSON.parse(line));
}

/** Least probabilities of a speaker to be certain, for the curve. */
const THRESHOLDS = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/** Returns an article's quotes as attributed, and as they would be if speakers were certain from another probability. */
type Reading = (threshold?: number) => readonly QuoteRecord[];

async function read({ id, text }: GoldLine, areMarked: boolean): Promise<Reading> {
  const article = toArticle(id, UNKNOWN_METADATA, text);
  const { outer, nested } = await findSpeech(article);
  return threshold => {
    const least = threshold === undefined ? undefined : { kept: threshold, described: threshold, found: threshold };
    const { quotes } = articleRecord(
      resolveSpeakers(article, outer, nested, (story, report, decision) =>
        chooseSpeaker(story, report, decision, least),
      ),
    );
    return areMarked ? withReported(quotes) : quotes;
  };
}

/** Returns, for each threshold, the share that is certain and right of all, and of what is certain. */
function curve(golds: readonly GoldLine[], readings: readonly Reading[]): string[] {
  if (!golds.some(({ quotes }) => marksSpeakers(quotes))) return [];
  const all = golds.reduce((sum, { quotes }) => sum + quotes.length, 0);
  const rows = THRESHOLDS.map(threshold => {
    const judged = golds.flatMap(({ text, quotes }, at) =>
      judge(text, quotes, (readings[at]?.(threshold) ?? []).filter(isCertain)),
    );
    const right = judged.filter(verdict => verdict === 'right').length;
    return `certain from ${threshold}`
      .padEnd(34)
      .concat(` ${percent(right, all)} of all, right ${percent(right, judged.length)}`);
  });
  return [...rows, ''];
}

async function report(name: string, golds: readonly GoldLine[]): Promise<string[]> {
  const areMarked = golds.some(gold => marksReported(gold.quotes));
  const readings = await Promise.all(golds.map(gold => read(gold, areMarked)));
  const records = readings.map(reading => reading());
  const each = golds.map((gold, at) => compare(gold.text, gold.quotes, records[at] ?? []));
  const compared = joined(each);
  return [
    `${name}: ${golds.length} articles, ${compared.expected.length} attributions, ${compared.found.length} found`,
    ...overall(compared),
    '',
    ...certainties(golds, records),
    ...curve(golds, readings),
    ...byType(compared),
    '',
    'by certainty',
    ...precisionBy(compared, quote => `${quote.certainty}${quote.doubtful ? ', doubtful' : ''}`),
    ...precisionBy(compared, quote => (isCertain(quote) ? 'shown as certain' : 'shown as uncertain')),
    ...precisionBy(compared, quote => (quote.doubtful ? 'doubtful find' : 'find without doubt')),
    `shown as certain:   ${directRecall(golds, records, isCertain)}`,
    `find without doubt: ${directRecall(golds, records, quote => !quote.doubtful)}`,
    '',
    'by rule',
    ...precisionBy(compared, quote => quote.rule),
  ];
}

const files = process.argv.slice(2);
const asked =
  files.length > 0
    ? files.map(file => [file, readGold(file)] as const)
    : [["the project's own gold articles", goldArticles()] as const];
for (const [name, golds] of asked) console.log((await report(name, golds)).join('\n'));
