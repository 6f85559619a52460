/** Derives the articles that new libraries start with, for their `derived.jsonl`: node training/derive-seeds.ts */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INVENTED_ARTICLES } from '../playground/playground.ts';
import { Encoder } from '../src/answering/networks/encoder.ts';
import { passagesOf } from '../src/answering/networks/passages.ts';
import { attributeForLibrary } from '../src/attribution/attribute.ts';
import { derivedLine, loadSeeds } from '../src/library/seeds.ts';

const encoder = new Encoder();
for (const folder of [join(import.meta.dirname, '../seeds'), INVENTED_ARTICLES]) {
  const lines = loadSeeds(folder).articles.map(async seed => {
    const attributed = await attributeForLibrary(seed);
    return derivedLine(attributed, await encoder.encodePassages('seeds', passagesOf(attributed)));
  });
  writeFileSync(join(folder, 'derived.jsonl'), (await Promise.all(lines)).join(''));
}
await encoder.close();
