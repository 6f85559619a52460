import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Article } from '../news/article.ts';
import type { Problem } from '../news/header.ts';
import { parseArticle } from '../news/parse.ts';
import type { Derives } from './attributor.ts';
import { keysOf } from './store/keys.ts';
import type { NewArticleRow } from './store/store.ts';

export interface Seeds {
  readonly articles: readonly Article[];
  /** Files that aren't articles; the others are loaded. */
  readonly problems: readonly Problem[];
}

/** Reads the `.txt` files of a folder, by name, as articles. Throws if the folder or a file can't be read. */
export function loadSeeds(folder: string): Seeds {
  const read = namesIn(folder).map(name => parseArticle({ name, bytes: readFileSync(join(folder, name)) }));
  const articles = read.flatMap(result => (result.kind === 'article' ? [result.article] : []));
  const problems = read.flatMap(result => (result.kind === 'problems' ? result.problems : []));
  return { articles, problems };
}

function namesIn(folder: string): string[] {
  const entries = readEntries(folder);
  return entries
    .filter(entry => entry.isFile() && entry.name.endsWith('.txt'))
    .map(entry => entry.name)
    .toSorted((one, other) => (one < other ? -1 : 1));
}

function readEntries(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    throw new Error(`The article folder ${folder} can't be read.`, {
      cause,
    });
  }
}

/** The articles of new libraries, attributed once for all of them, on demand. */
export class SeedRows {
  readonly #seeds: readonly Article[];
  readonly #attributor: Derives;
  #rows: Promise<readonly NewArticleRow[]> | undefined;

  constructor(seeds: readonly Article[], attributor: Derives) {
    this.#seeds = seeds;
    this.#attributor = attributor;
  }

  all(): Promise<readonly NewArticleRow[]> {
    this.#rows ??= Promise.all(this.#seeds.map(seed => this.#toRow(seed)));
    this.#rows.catch(() => {
      this.#rows = undefined;
    });
    return this.#rows;
  }

  async #toRow({ paragraphs, ...text }: Article): Promise<NewArticleRow> {
    return { text, keys: keysOf(text, text.text), ...(await this.#attributor.derive('seeds', text)) };
  }
}
