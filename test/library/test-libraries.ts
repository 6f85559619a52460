import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished, TestRunner } from 'vitest';
import type { Encodes } from '../../src/answering/networks/encoder.ts';
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import type { Derives } from '../../src/library/attributor.ts';
import { type Libraries, openLibraries, StoredLibraries } from '../../src/library/libraries.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import type { Owner } from '../../src/library/owner.ts';
import type { Seed } from '../../src/library/seeds.ts';
import { openBackend } from '../../src/library/store/backends.ts';
import { type Keys, keysOf } from '../../src/library/store/keys.ts';
import type { NewArticleRow } from '../../src/library/store/store.ts';
import { attributeHere } from './attribute-in-process.ts';
import { rowOf } from './rows.ts';

const owner: Owner = { kind: 'person', id: '1' };

/**
 * Opens a library of articles that were attributed by hand. It is closed after the test, or after the test file if
 * opened outside of tests. Of two articles with the same id, the later one counts. Two may have the same text, unlike
 * in the bot's libraries.
 */
export async function openTestLibrary(articles: readonly AttributedArticle[]): Promise<OpenLibrary> {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-library-'));
  const backend = await openBackend({ folder, databaseUrl: undefined });
  const store = await backend.open(`${owner.kind}-${owner.id}`, () => Promise.resolve(rowsOf(articles)));
  await store.close();
  const libraries = new StoredLibraries(backend, {
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

export interface TestStorage {
  /** The folder of the libraries; a temporary one if left out. */
  readonly libraryFolder?: string;
  /** The database to use instead of a folder. */
  readonly databaseUrl?: string;
  readonly mostArticles?: number;
  /** The number of libraries open at a time. */
  readonly mostOpen?: number;
  /** What makes vectors; nothing if left out. */
  readonly encoder?: Encodes;
  /** Default: the network, in this process */
  readonly attributor?: Derives;
}

export interface TestLibraries {
  readonly libraries: Libraries;
  /** Closes the libraries, and deletes a temporary folder. */
  end(): Promise<void>;
}

/** Opens real libraries, each of which starts with these articles. */
export async function openTestLibraries(seeds: readonly Seed[], storage: TestStorage = {}): Promise<TestLibraries> {
  const { libraryFolder, databaseUrl, mostArticles = 2000, mostOpen = 20, encoder } = storage;
  const { attributor = attributeHere } = storage;
  const folder = libraryFolder ?? mkdtempSync(join(tmpdir(), 'verbatim-libraries-'));
  const libraries = await openLibraries({
    folder,
    databaseUrl,
    seeds,
    mostArticles,
    mostOpen,
    attributor,
    ...(encoder === undefined ? {} : { encoder }),
  });
  // On a busy machine, the first command of a test would be late.
  await libraries.prepare();
  const end = async () => {
    await libraries.close();
    if (libraryFolder === undefined) rmSync(folder, { recursive: true, force: true });
  };
  return { libraries, end };
}
