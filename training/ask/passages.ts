/**
 * `node training/ask/passages.ts LIBRARY.jsonl OUT.jsonl`: writes what the encoder reads of each paragraph, by the
 * product's own code, so that training and answering can't differ. A line: `{"id","passages"}`.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { passagesOf } from '../../src/answering/networks/passages.ts';
import { attributeForLibrary } from '../../src/attribution/attribute.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';

const [library, out] = process.argv.slice(2);
if (library === undefined || out === undefined) throw new Error('usage: passages.ts LIBRARY.jsonl OUT.jsonl');
const written: string[] = [];
for (const line of readFileSync(library, 'utf8').split('\n')) {
  if (line === '') continue;
  const { id, title, text } = JSON.parse(line);
  const article = toArticle(id, { ...UNKNOWN_METADATA, title }, text);
  written.push(`${JSON.stringify({ id, passages: passagesOf(await attributeForLibrary(article)) })}\n`);
}
writeFileSync(`${out}.new`, written.join(''));
renameSync(`${out}.new`, out);
