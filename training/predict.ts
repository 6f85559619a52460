/**
 * Prints what the model finds, a line an article, as the scoring script reads it.
 * usage: node training/predict.ts ARTICLES.jsonl > PREDICTED.jsonl
 */
import { readFileSync } from 'node:fs';
import { findReportsByModel } from '../src/attribution/network/find-reports.ts';
import { toArticle, unknownMetadata } from '../src/news/article.ts';
import type { Span } from '../src/news/span.ts';

const pair = (span: Span): readonly number[] => [span.start, span.end];

for (const line of readFileSync(process.argv[2] ?? '', 'utf8')
  .trim()
  .split('\n')) {
  const { id, text } = JSON.parse(line);
  const quotes = findReportsByModel(toArticle(id, unknownMetadata, text)).map(report => ({
    content: report.content.map(pair),
    cue: report.cue === undefined ? null : [pair(report.cue)],
    speaker: report.source === undefined ? null : [pair(report.source)],
    type: report.type,
    rule: report.rule,
    score: Number(report.score.toFixed(3)),
  }));
  console.log(JSON.stringify({ id, quotes }));
}
