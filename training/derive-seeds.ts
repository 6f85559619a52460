/** Derives the articles that new libraries start with, for their `derived.jsonl`: node training/derive-seeds.ts */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inventedArticles } from '../playground/playground.ts';
import { attribute } from '../src/attribution/attribute.ts';
import { derivedLine, loadSeeds } from '../src/library/seeds.ts';

for (const folder of [join(import.meta.dirname, '../seeds'), inventedArticles]) {
  const attributed = await Promise.all(loadSeeds(folder).articles.map(attribute));
  writeFileSync(join(folder, 'derived.jsonl'), attributed.map(derivedLine).join(''));
}
