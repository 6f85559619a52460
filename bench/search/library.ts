import { openBackend, type StorageLocation } from '../../src/library/store/backends.ts';
import { putArticle } from '../../src/library/store/changes.ts';
import { derivationOf } from '../../src/library/store/derived.ts';
import { idOf, keysOf } from '../../src/library/store/keys.ts';
import { toArticle } from '../../src/news/article.ts';
import { freePort, runPostgres } from '../../test/postgres/server.ts';
import { makeLike, type PlainArticle } from './data.ts';

/** The owner of the benchmark's library. */
export const owner = { kind: 'server', id: '1' } as const;
const name = `${owner.kind}-${owner.id}`;
const toldEvery = 5_000;

const metadata = {
  titleIsDescriptive: false,
  outlet: 'Example Wire',
  byline: undefined,
  published: undefined,
  url: undefined,
};

/**
 * Builds a library of the articles, and of generated ones up to `size` paragraphs. Attributing them would take hours,
 * so nothing is.
 */
export async function buildLibrary(
  where: StorageLocation,
  articles: readonly PlainArticle[],
  size: number | undefined,
): Promise<void> {
  const backend = await openBackend(where);
  const store = await backend.open(name, () => Promise.resolve([]));
  const paragraphs = articles.reduce((sum, { text }) => sum + text.split(/\n+/v).length, 0);
  const started = performance.now();
  let added = 0;
  for (const each of together(articles, makeLike(articles, Math.max(0, (size ?? 0) - paragraphs)))) {
    const keys = keysOf({ ...metadata, title: each.title }, each.text);
    const article = toArticle(idOf(keys), { ...metadata, title: each.title }, each.text);
    const { paragraphs: _, ...text } = article;
    const derivation = derivationOf({ article, attributions: [], speakers: [] });
    await store.write(putArticle, { text, keys, ...derivation }, Number.POSITIVE_INFINITY);
    added += 1;
    if (added % toldEvery === 0) console.log(`${added} articles, ${rate(added, started)} a second`);
  }
  console.log(`${added} articles added, ${rate(added, started)} a second`);
  await store.close();
  await backend.close();
}

function* together(some: Iterable<PlainArticle>, others: Iterable<PlainArticle>): Generator<PlainArticle> {
  yield* some;
  yield* others;
}

function rate(count: number, started: number): string {
  return (count / ((performance.now() - started) / 1000)).toFixed(0);
}

export type StoreName = 'sqlite' | 'postgres';

/** Where a benchmark's library is stored, until `end` is called. */
interface Kept {
  readonly where: StorageLocation;
  end(): Promise<void>;
}

/** Opens files in a folder, or a PostgreSQL server with its files there. */
export async function openKept(store: StoreName, folder: string): Promise<Kept> {
  if (store === 'sqlite') return { where: { folder, databaseUrl: undefined }, end: () => Promise.resolve() };
  const server = await runPostgres(folder, await freePort(), ['shared_buffers=1GB']);
  const databaseUrl = server.url;
  return { where: { folder, databaseUrl }, end: () => server.stop() };
}
