/**
 * Measures what the learned half finds in articles that it did not learn from, and writes the scores into the file of
 * weights beside the day they were made and the data they came from.
 * usage: node training/stamp.ts NAME=GOLD.jsonl…
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { compare, type Quote } from '../bench/agreement.ts';
import { fMeasure } from '../src/attribution/f-measure.ts';
import { findReportsByModel } from '../src/attribution/network/find-reports.ts';
import { readWeights } from '../src/attribution/network/weights.ts';
import { toArticle, unknownMetadata } from '../src/news/article.ts';
import type { Span } from '../src/news/span.ts';

const path = new URL('../src/attribution/network/weights.bin', import.meta.url);
/** Matrices begin at multiples of four bytes. */
const STEP = 4;

const pair = ({ start, end }: Span): readonly [number, number] => [start, end];

/** A, in percent: the F1 of finds whose words (F ≥ .8) and source are right. */
function measure(gold: string): number {
  const compared = readFileSync(gold, 'utf8')
    .trim()
    .split('\n')
    .map(line => {
      const { id, text, quotes }: { id: string; text: string; quotes: Quote[] } = JSON.parse(line);
      const found = findReportsByModel(toArticle(id, unknownMetadata, text)).map(({ content, source, type }) => {
        return { content: content.map(pair), speaker: source === undefined ? null : [pair(source)], type };
      });
      return compare(text, quotes, found);
    });
  const right = compared
    .flatMap(({ found }) => found)
    .filter(({ match }) => (match?.f ?? 0) >= 0.8 && match?.sameSource);
  const count = (of: 'expected' | 'found') => compared.reduce((sum, each) => sum + each[of].length, 0);
  return Math.round(1000 * fMeasure(right.length, count('expected'), count('found'))) / 10;
}

function write(scores: Readonly<Record<string, number>>): void {
  const file = readFileSync(path);
  const length = file.readUInt32LE(0);
  const text = Buffer.from(JSON.stringify({ ...readWeights(file).header, scores }));
  const header = Buffer.concat([text, Buffer.alloc(-text.length & (STEP - 1), ' ')]);
  const size = Buffer.alloc(STEP);
  size.writeUInt32LE(header.length);
  writeFileSync(path, Buffer.concat([size, header, file.subarray(STEP + length)]));
}

const scores = Object.fromEntries(
  process.argv.slice(2).map(argument => {
    const [name = '', gold = ''] = argument.split('=');
    return [`${name} A`, measure(gold)];
  }),
);
write(scores);
console.log(scores);
