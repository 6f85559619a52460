import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Libraries, openLibraries } from '../../src/library/libraries.ts';
import type { Article } from '../../src/news/article.ts';
import { attributeHere } from '../library/attribute-in-process.ts';

export interface TestStorage {
  /** The folder of the libraries; a temporary one if left out. */
  readonly libraryFolder?: string;
  /** The database to use instead of a folder. */
  readonly databaseUrl?: string;
  readonly mostArticles?: number;
  /** The number of libraries open at a time. */
  readonly mostOpen?: number;
}

export interface TestLibraries {
  readonly libraries: Libraries;
  /** Closes the libraries, and deletes a temporary folder. */
  end(): Promise<void>;
}

/** Opens real libraries, each of which starts with these articles. */
export async function openTestLibraries(seeds: readonly Article[], storage: TestStorage = {}): Promise<TestLibraries> {
  const { libraryFolder, databaseUrl, mostArticles = 2000, mostOpen = 20 } = storage;
  const folder = libraryFolder ?? mkdtempSync(join(tmpdir(), 'verbatim-libraries-'));
  const libraries = await openLibraries({
    folder,
    databaseUrl,
    seeds,
    mostArticles,
    mostOpen,
    attributor: attributeHere,
  });
  // On a busy machine, the first command of a test would be late.
  await libraries.prepare();
  const end = async () => {
    await libraries.close();
    if (libraryFolder === undefined) rmSync(folder, { recursive: true, force: true });
  };
  return { libraries, end };
}
