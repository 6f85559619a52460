/**
 * `npm run bench:vectors -- --paragraphs 100000 [--database postgres://…]`: fills a library with vectors and measures how
 * long it takes to find the paragraphs nearest to a question, how late the event loop is meanwhile, and what the vectors
 * take on disk. Without a database, in a file, which is deleted.
 */

import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { DIMENSIONS, quantised } from '../src/answering/networks/model.ts';
import { openBackend } from '../src/library/store/backends.ts';
import { putArticle, saveVectors } from '../src/library/store/changes.ts';
import { encodeDerived } from '../src/library/store/derived.ts';
import { findNearest } from '../src/library/store/index-queries.ts';
import { keysOf } from '../src/library/store/keys.ts';
import { NO_FILTER } from '../src/library/store/library-index.ts';
import type { Backend, NewArticleRow, Store } from '../src/library/store/store.ts';
import { toArticle } from '../src/news/article.ts';

const { values } = parseArgs({
  options: { paragraphs: { type: 'string', default: '100000' }, database: { type: 'string' } },
});
const paragraphsEach = 20;
const articles = Math.ceil(Number(values.paragraphs) / paragraphsEach);
const questions = 20;
const name = 'server-1';
const outlet = 'Daily News';
const folder = mkdtempSync(join(tmpdir(), 'verbatim-vectors-'));

/** A vector of news: most share a direction, as the encoder's do. */
function anyVector(): Int8Array {
  const components = Array.from({ length: DIMENSIONS }, (_, at) => (at % 3 === 0 ? 1 : 0) + 3 * (Math.random() - 0.5));
  const length = Math.hypot(...components);
  return quantised(components.map(each => each / length));
}

function rowOf(number: number): NewArticleRow {
  const metadata = { title: `Of ${number}`, titleIsDescriptive: false, byline: undefined, url: undefined };
  const dated = { ...metadata, outlet, published: `20${String(number % 100).padStart(2, '0')}-01-01` };
  const text = Array.from({ length: paragraphsEach }, (_, at) => `Paragraph ${at} of ${number}.`).join('\n');
  const from = { article: toArticle(`id-${number}`, dated, text), attributions: [], speakers: [] };
  return {
    text: { id: `id-${number}`, ...dated, updated: false, text },
    keys: keysOf(dated, text),
    derived: encodeDerived(from),
    counts: { paragraphs: paragraphsEach, attributions: 0, speakers: 0 },
    indexed: { units: [], speakers: [], statements: [], titles: [], outlet: undefined },
    madeBy: { attribution: 1, index: 1 },
  };
}

async function fill(store: Store): Promise<void> {
  for (let number = 0; number < articles; number += 1) {
    const put = await store.write(putArticle, rowOf(number), articles);
    if (put.kind !== 'added') throw new Error(put.kind);
    const vectors = new Int8Array(paragraphsEach * DIMENSIONS);
    for (let at = 0; at < paragraphsEach; at += 1) vectors.set(anyVector(), at * DIMENSIONS);
    await store.write(saveVectors, put.ref, 'bench', vectors);
  }
}

async function measure(store: Store, about: string, filter = NO_FILTER): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const times: number[] = [];
  for (let asked = 0; asked <= questions; asked += 1) {
    if (asked === 1) delay.enable();
    const start = performance.now();
    const found = await store.read(findNearest, 'bench', anyVector(), 50, filter);
    if (asked > 0) times.push(performance.now() - start);
    if (found.length === 0) throw new Error('Nothing was found.');
  }
  delay.disable();
  times.sort((one, other) => one - other);
  const [median, last] = [times[Math.floor(times.length / 2)], times.at(-1)].map(each => each?.toFixed(0));
  console.log(
    `${about}: median ${median} ms, longest ${last} ms; event loop late by at most ${(delay.max / 1e6).toFixed(0)} ms`,
  );
}

async function run(backend: Backend): Promise<void> {
  const store = await backend.open(name, () => Promise.resolve([]));
  const start = performance.now();
  await fill(store);
  const seconds = (performance.now() - start) / 1000;
  console.log(`${articles * paragraphsEach} paragraphs, saved in ${seconds.toFixed(0)} s`);
  await measure(store, 'all articles');
  await measure(store, 'articles of half the days', { ...NO_FILTER, after: '2050-01-01' });
  await measure(store, 'one article', { ...NO_FILTER, article: 'id-7' });
  await store.close();
  if (values.database === undefined) {
    const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
    console.log(`${(bytes / articles / paragraphsEach).toFixed(0)} bytes a paragraph with its text`);
  }
}

const backend = await openBackend({ folder, databaseUrl: values.database });
try {
  await run(backend);
} finally {
  await backend.erase(name);
  await backend.close();
  rmSync(folder, { recursive: true });
}
