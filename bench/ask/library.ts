import { readFileSync } from 'node:fs';
import { Encoder } from '../../src/answering/networks/encoder.ts';
import { DIMENSIONS, MODEL_ID, quantised } from '../../src/answering/networks/model.ts';
import { passagesOf } from '../../src/answering/networks/passages.ts';
import { attributeForLibrary } from '../../src/attribution/attribute.ts';
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import { openBackend, type StorageLocation } from '../../src/library/store/backends.ts';
import { putArticle, saveVectors } from '../../src/library/store/changes.ts';
import { derivationOf } from '../../src/library/store/derived.ts';
import { keysOf } from '../../src/library/store/keys.ts';
import type { Store } from '../../src/library/store/store.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { makeNews, randomFrom } from '../made-up-news.ts';

/** The owner of the benchmark's library. */
export const owner = { kind: 'server', id: '1' } as const;

/** Made-up articles are made this many at a time, each time from another seed. */
const madeAtOnce = 1_000;
/** Added to each component of a real vector, whose components are about .05: the result has a cosine of about .7. */
const noise = 0.09;

/** Adds the articles of a file to a new library, with their vectors, then made-up ones up to so many excerpts. */
export async function buildLibrary(location: StorageLocation, file: string, excerpts: number): Promise<void> {
  const backend = await openBackend(location);
  const store = await backend.open(`${owner.kind}-${owner.id}`, () => Promise.resolve([]));
  const lines = readFileSync(file, 'utf8').split('\n');
  const articles = await Promise.all(
    lines
      .filter(line => line !== '')
      .map(line => {
        const { id, title = '', text }: { id: string; title?: string; text: string } = JSON.parse(line);
        return attributeForLibrary(toArticle(id, { ...UNKNOWN_METADATA, title }, text));
      }),
  );
  const vectors = await encodeAll(articles);
  for (const [at, from] of articles.entries()) await put(store, from, vectors[at] ?? new Int8Array());
  const paragraphs = vectors.flatMap(all => paragraphsIn(all));
  await addMadeUp(store, paragraphs, excerpts - paragraphs.length);
  await store.close();
  await backend.close();
}

async function encodeAll(articles: readonly AttributedArticle[]): Promise<Int8Array[]> {
  const encoder = new Encoder();
  await encoder.encodeQuestion('any', 'Is it loaded?');
  const started = performance.now();
  const vectors = await Promise.all(articles.map(from => encoder.encodePassages('any', passagesOf(from))));
  const seconds = (performance.now() - started) / 1_000;
  await encoder.close();
  const count = articles.reduce((sum, { article }) => sum + article.paragraphs.length, 0);
  console.log(`${count} excerpts of ${articles.length} articles encoded, ${(count / seconds).toFixed(0)} a second`);
  return vectors;
}

function paragraphsIn(vectors: Int8Array): Int8Array[] {
  const starts = Array.from({ length: vectors.length / DIMENSIONS }, (_, at) => at * DIMENSIONS);
  return starts.map(start => vectors.subarray(start, start + DIMENSIONS));
}

async function put(store: Store, from: AttributedArticle, vectors: Int8Array): Promise<void> {
  const { paragraphs: _, ...text } = from.article;
  const put = await store.write(
    putArticle,
    { text, keys: keysOf(from.article, text.text), ...derivationOf(from) },
    Number.POSITIVE_INFINITY,
  );
  if (put.kind !== 'full') await store.write(saveVectors, put.ref, MODEL_ID, vectors);
}

/** Adds unattributed articles of no meaning, with vectors like those of real paragraphs. */
async function addMadeUp(store: Store, real: readonly Int8Array[], excerpts: number): Promise<void> {
  const random = randomFrom(7);
  const like = (vector: Int8Array): Int8Array => {
    const moved = Float64Array.from(vector, component => component / 512 + noise * (random() - random()));
    const length = Math.hypot(...moved);
    return quantised(moved.map(component => component / length));
  };
  for (let added = 0, seed = 1; added < excerpts; seed += 1) {
    for (const { id, title, text } of makeNews(madeAtOnce, seed)) {
      if (added >= excerpts) break;
      const article = toArticle(`${id}-${seed}`, { ...UNKNOWN_METADATA, title }, text);
      const vectors = new Int8Array(article.paragraphs.length * DIMENSIONS);
      for (const at of article.paragraphs.keys()) {
        vectors.set(like(real[Math.floor(random() * real.length)] ?? new Int8Array(DIMENSIONS)), at * DIMENSIONS);
      }
      await put(store, { article, attributions: [], speakers: [] }, vectors);
      added += article.paragraphs.length;
    }
  }
}
