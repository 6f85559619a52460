/**
 * Writes the network's input for each token, computed by the product's own code, so that training and use never differ.
 * usage: node training/reports/features.ts ARTICLES.jsonl FEATURES.jsonl [LIBRARIES]
 * LIBRARIES is a folder of library-NAME.jsonl, with the text of lines that have none.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { cutStretches, tokenFeaturesOf } from '../../src/attribution/network/features.ts';
import { pairQuotations } from '../../src/news/quotations.ts';
import type { Span } from '../../src/news/span.ts';
import { readMarked } from '../marked.ts';

const LINE = /\S(?:.*\S)?/gu;

function findParagraphs(text: string): readonly Span[] {
  return [...text.matchAll(LINE)].map(line => ({ start: line.index, end: line.index + line[0].length }));
}

function describe(text: string): readonly object[] {
  const paragraphs = findParagraphs(text);
  const quotations = Map.groupBy(pairQuotations(text, paragraphs), quotation => quotation.paragraph);
  return paragraphs.flatMap((paragraph, index) =>
    cutStretches(tokenFeaturesOf(text, paragraph, quotations.get(index + 1) ?? [])).map(tokens => ({
      paragraph: index,
      spans: tokens.map(({ start, end }) => [start, end]),
      words: tokens.map(({ word }) => word),
      pieces: tokens.map(({ pieces }) => pieces),
      shapes: tokens.map(({ shape }) => shape),
      quoting: tokens.map(({ quoting }) => quoting),
      lines: tokens.map(({ line }) => line),
    })),
  );
}

const [articlesFile = '', featuresFile = '', libraries = ''] = process.argv.slice(2);
const described = readMarked(articlesFile, libraries).map(({ id, text, quotes }) =>
  JSON.stringify({ id, stretches: describe(text), quotes }),
);
writeFileSync(`${featuresFile}.new`, `${described.join('\n')}\n`);
renameSync(`${featuresFile}.new`, featuresFile);
