/**
 * Writes the reports found in marked articles with whose words they are, as articles that are marked: what is marked without
 * sources gets those found.
 * usage: node training/link/found.ts GOLD.jsonl FOUND.jsonl LIBRARIES
 * LIBRARIES is a folder of library-NAME.jsonl: the text of a line that has none is in that of its `library`.
 */
import { writeFileSync } from 'node:fs';
import { speakersOf } from '../../bench/certainty.ts';
import { findSpeech } from '../../src/attribution/attribute.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import type { Span } from '../../src/news/span.ts';
import { readMarked } from '../marked.ts';

const [golds = '', foundFile = '', libraries = ''] = process.argv.slice(2);
const pairOf = ({ start, end }: Span): [number, number] => [start, end];
const lines: string[] = [];
for (const { id, text, quotes } of readMarked(golds, libraries)) {
  const { outer, nested } = await findSpeech(toArticle(id, UNKNOWN_METADATA, text));
  const found = [...outer, ...nested.map(({ report }) => report)].flatMap(({ type, content, source }) => {
    const said = { type, content: content.map(pairOf), speaker: source === undefined ? null : [pairOf(source)] };
    const [who] = speakersOf(text, quotes, said);
    return typeof who === 'string' ? [{ ...said, who }] : [];
  });
  lines.push(JSON.stringify({ id, text, quotes: found }));
}
writeFileSync(foundFile, `${lines.join('\n')}\n`);
