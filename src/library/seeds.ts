import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { MODEL_ID } from '../answering/networks/model.ts';
import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Article } from '../news/article.ts';
import type { Problem } from '../news/header.ts';
import { parseArticle } from '../news/parse.ts';
import type { Derives } from './attributor.ts';
import { decodeDerived, derivationOf, encodeDerived, VERSIONS } from './store/derived.ts';
import { parseJson } from './store/json.ts';
import { keysOf } from './store/keys.ts';
import type { NewArticleRow } from './store/store.ts';

/** An article of new libraries. */
export interface Seed extends Article {
  /** What `encodeDerived` wrote of it, if this version of the code did. */
  readonly derived?: string | undefined;
  /** The vectors of its passages, if this encoder made them. */
  readonly vectors?: Int8Array | undefined;
}

export interface Seeds {
  readonly articles: readonly Seed[];
  /** Files that aren't articles; the others are loaded. */
  readonly problems: readonly Problem[];
}

/** In the articles' folder: what was derived from them, one per line, so that no start waits for that. */
const DERIVED_NAME = 'derived.jsonl';

const lineShape = z.object({
  text: z.string(),
  attribution: z.number(),
  derived: z.record(z.string(), z.unknown()),
  model: z.string(),
  vectors: z.string(),
});

/** Returns an article's line of `derived.jsonl`. */
export function derivedLine(from: AttributedArticle, vectors: Int8Array): string {
  const { text } = keysOf(from.article, from.article.text);
  const made = { attribution: VERSIONS.attribution, model: MODEL_ID, vectors: Buffer.from(vectors).toString('base64') };
  return `${JSON.stringify({ text, ...made, derived: JSON.parse(encodeDerived(from)) })}\n`;
}

/** Returns what this version of the code derived, by the digests of the texts. */
function readDerived(folder: string): ReadonlyMap<string, Pick<Seed, 'derived' | 'vectors'>> {
  const path = join(folder, DERIVED_NAME);
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  const read = lines.flatMap(line => parseJson(lineShape, line) ?? []);
  const ours = read.filter(({ attribution }) => attribution === VERSIONS.attribution);
  return new Map(
    ours.map(({ text, derived, model, vectors }) => [
      text,
      {
        derived: JSON.stringify(derived),
        vectors: model === MODEL_ID ? new Int8Array(Buffer.from(vectors, 'base64')) : undefined,
      },
    ]),
  );
}

/** Reads the `.txt` files of a folder, by name, as articles. Throws if the folder or a file can't be read. */
export function loadSeeds(folder: string): Seeds {
  const read = namesIn(folder).map(name => parseArticle({ name, bytes: readFileSync(join(folder, name)) }));
  const derived = readDerived(folder);
  const articles = read.flatMap(result => (result.kind === 'article' ? [result.article] : []));
  const problems = read.flatMap(result => (result.kind === 'problems' ? result.problems : []));
  return {
    articles: articles.map(article => ({ ...article, ...derived.get(keysOf(article, article.text).text) })),
    problems,
  };
}

function namesIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.flatMap(entry => (entry.isFile() && entry.name.endsWith('.txt') ? entry.name : [])).sort();
  } catch (cause) {
    throw new Error(`The article folder ${folder} can't be read.`, { cause });
  }
}

/** The articles of new libraries, derived once for all of them, on demand. */
export class SeedRows {
  readonly #seeds: readonly Seed[];
  readonly #attributor: Derives;
  #rows: Promise<readonly NewArticleRow[]> | undefined;

  constructor(seeds: readonly Seed[], attributor: Derives) {
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

  async #toRow({ paragraphs, derived, vectors, ...text }: Seed): Promise<NewArticleRow> {
    // Seeds are short, so reading what was derived from them is no work for another process.
    const derivation =
      derived === undefined ? await this.#attributor.derive('seeds', text) : derivationOf(decodeDerived(text, derived));
    return { text, keys: keysOf(text, text.text), vectors, ...derivation };
  }
}
