import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished, TestRunner } from 'vitest';
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import { StoredLibraries } from '../../src/library/libraries.ts';
import type { OpenLibrary, Owner } from '../../src/library/library.ts';
import { openBackend } from '../../src/library/store/backends.ts';
import { type Keys, keysOf } from '../../src/library/store/keys.ts';
import type { NewArticleRow } from '../../src/library/store/store.ts';
import { attributeHere } from './attribute-in-process.ts';
import { rowOf } from './rows.ts';

const owner: Owner = { kind: 'person', id: '1' };

/**
 * Opens a library of articles that were attributed by hand. It is closed after the test, or after the test file if opened outside
 * of tests. Of two articles with the same id, the later one counts. Two may have the same text, unlike in the bot's libraries.
 */
export async function openTestLibrary(articles: readonly AttributedArticle[]): Promise<OpenLibrary> {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-shelf-'));
  const place = await openBackend({ folder, databaseUrl: undefined });
  const store = await place.open(`${owner.kind}-${owner.id}`, () => Promise.resolve(rowsOf(articles)));
  await store.close();
  const libraries = new StoredLibraries(place, {
    seeds: [],
    mostArticles: 100_000,
    mostOpen: 2,
    attributor: attributeHere,
  });
  const onEnd = TestRunner.getCurrentTest() === undefined ? afterAll : onTestFinished;
  onEnd(async () => {
    await libraries.close();
    rmSync(folder, { recursive: true });
  });
  return libraries.open(owner);
}

function rowsOf(articles: readonly AttributedArticle[]): NewArticleRow[] {
  const byId = new Map(articles.map(each => [each.article.id, each]));
  const taken = new Set<string>();
  return [...byId.values()].map(from => rowOf(from, freeKeys(from, taken)));
}

function freeKeys({ article }: AttributedArticle, taken: Set<string>): Keys {
  const keys = keysOf(article, article.text);
  const free = taken.has(keys.text) ? keysOf(article, `${article.id}\n${article.text}`) : keys;
  taken.add(free.text);
  return free;
}
