import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import { LibrariesInPlace } from '../../src/library/libraries.ts';
import type { OpenLibrary, Owner } from '../../src/library/library.ts';
import { openPlace } from '../../src/library/store/backends.ts';
import { type Keys, keysOf } from '../../src/library/store/keys.ts';
import type { NewRow } from '../../src/library/store/store.ts';
import { rowOf } from './rows.ts';

const owner: Owner = { kind: 'person', id: '1' };
const closing: (() => Promise<void>)[] = [];

afterAll(async () => {
  await Promise.all(closing.splice(0).map(close => close()));
});

/**
 * A library in a file of its own until the tests of the file are done, that holds articles as they were attributed by hand.
 * Of two with one id the later one counts; two may have one text, which no other library takes.
 */
export async function openTestLibrary(articles: readonly AttributedArticle[]): Promise<OpenLibrary> {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-shelf-'));
  const place = await openPlace({ folder, databaseUrl: undefined });
  const store = await place.open(`${owner.kind}-${owner.id}`, () => Promise.resolve(rowsOf(articles)));
  await store.close();
  const libraries = new LibrariesInPlace(place, { seeds: [], mostArticles: 100_000, mostOpen: 2 });
  closing.push(async () => {
    await libraries.close();
    rmSync(folder, { recursive: true });
  });
  return libraries.open(owner);
}

function rowsOf(articles: readonly AttributedArticle[]): NewRow[] {
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
