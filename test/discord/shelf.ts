import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Libraries, openLibraries } from '../../src/library/libraries.ts';
import type { Article } from '../../src/news/article.ts';

export interface Kept {
  readonly libraries: Libraries;
  /** Closes them and leaves nothing on the disk. */
  end(): Promise<void>;
}

/** Libraries in a folder of their own, each of which holds these articles at first; in a given folder they stay. */
export function keep(seeds: readonly Article[], given?: string, mostArticles = 2000): Kept {
  const folder = given ?? mkdtempSync(join(tmpdir(), 'verbatim-libraries-'));
  const libraries = openLibraries({ folder, seeds, mostArticles, mostOpen: 20 });
  const end = async () => {
    await libraries.close();
    if (given === undefined) rmSync(folder, { recursive: true, force: true });
  };
  return { libraries, end };
}
