import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Libraries, openLibraries } from '../../src/library/libraries.ts';
import type { Article } from '../../src/news/article.ts';
import { attributeHere } from '../library/attribute-here.ts';

export interface Shelf {
  /** Where libraries are and stay; one that is thrown away where left out. */
  readonly libraryFolder?: string;
  /** In this database in place of a folder. */
  readonly databaseUrl?: string;
  readonly mostArticles?: number;
  /** How many are open at a time. */
  readonly mostOpen?: number;
}

export interface Kept {
  readonly libraries: Libraries;
  /** Closes them, and leaves nothing in a folder that was made for them. */
  end(): Promise<void>;
}

/** Real libraries, each of which holds these articles at first. */
export async function keep(seeds: readonly Article[], shelf: Shelf = {}): Promise<Kept> {
  const { libraryFolder, databaseUrl, mostArticles = 2000, mostOpen = 20 } = shelf;
  const folder = libraryFolder ?? mkdtempSync(join(tmpdir(), 'verbatim-libraries-'));
  const libraries = await openLibraries({
    folder,
    databaseUrl,
    seeds,
    mostArticles,
    mostOpen,
    attributor: attributeHere,
  });
  // On a machine that is busy otherwise, the first command of a test would be late.
  await libraries.prepare();
  const end = async () => {
    await libraries.close();
    if (libraryFolder === undefined) rmSync(folder, { recursive: true, force: true });
  };
  return { libraries, end };
}
