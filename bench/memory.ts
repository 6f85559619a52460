/**
 * `npm run bench:memory -- [--libraries N] [--articles A] [--open M]`: memory of a process with M of N SQLite libraries open, after two
 * rounds of questions in each, and the time that these took.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openLibraries } from '../src/library/libraries.ts';
import type { OpenLibrary } from '../src/library/library.ts';
import { noFilterOptions } from '../src/search/filter.ts';
import { searchOf } from '../src/search/search.ts';
import { fillLibraries } from './load/libraries.ts';
import type { MadeUpArticle } from './made-up-news.ts';

const { values } = parseArgs({
  options: {
    libraries: { type: 'string', default: '100' },
    articles: { type: 'string', default: '200' },
    open: { type: 'string', default: '100' },
  },
});
const number = Number(values.libraries);
const mebibyte = 1024 * 1024;
const people = ['Abara', 'Brandt', 'Cheng', 'Dufour', 'Eriksen', 'Falk', 'Garza', 'Hale'];
const asked = 3;
const questionsEach = 4;

/** Asks a bit of everything. */
async function askIn(library: OpenLibrary, news: readonly MadeUpArticle[], round: number): Promise<void> {
  const search = searchOf(library);
  for (let at = 0; at < asked; at += 1) {
    const { id, text } = news[(round * 31 + at * 17) % news.length] ?? { id: '', text: '' };
    const words = text.split(' ');
    await search.passages(words.slice(at, at + 4).join(' '), noFilterOptions);
    await search.completeWords(`${words[at]} ${words[at + 1]?.slice(0, 2)}`, noFilterOptions);
    await search.people(people[at] ?? '', noFilterOptions);
    await library.article(id);
  }
}

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

/** Prints the memory left after garbage collection. */
function show(what: string, milliseconds: number): void {
  if (typeof collectGarbage === 'function') collectGarbage();
  const { rss, heapUsed, external } = process.memoryUsage();
  const [all, heap, outside] = [rss, heapUsed, external].map(bytes => (bytes / mebibyte).toFixed(0));
  console.log(`${what}: ${all} MiB (heap ${heap}, buffers ${outside}), ${milliseconds.toFixed(1)} ms a question`);
}

const folder = mkdtempSync(join(tmpdir(), 'bench-memory-'));
const ids = Array.from({ length: number }, (_, at) => String(1_180_000_000_000_000_000n + BigInt(at)));
const news = await fillLibraries({ folder, databaseUrl: undefined }, ids, Number(values.articles));
const libraries = await openLibraries({
  folder,
  databaseUrl: undefined,
  seeds: [],
  mostArticles: 100_000,
  mostOpen: Number(values.open),
});
show('before', 0);
for (let round = 1; round <= 2; round += 1) {
  const began = performance.now();
  for (const id of ids) await askIn(await libraries.open({ kind: 'server', id }), news, round);
  show(`round ${round}`, (performance.now() - began) / (number * asked * questionsEach));
}
await libraries.close();
rmSync(folder, { recursive: true });
