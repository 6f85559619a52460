import type { Article } from '../news/article.ts';
import type { Attributor } from './attributor.ts';
import { keysOf } from './keys.ts';
import type { NewRow } from './store.ts';

/** What new libraries hold at first: attributed once for all of them, when the first one needs it. */
export class SeedRows {
  readonly #seeds: readonly Article[];
  readonly #attributor: Attributor;
  #rows: Promise<readonly NewRow[]> | undefined;

  constructor(seeds: readonly Article[], attributor: Attributor) {
    this.#seeds = seeds;
    this.#attributor = attributor;
  }

  all(): Promise<readonly NewRow[]> {
    this.#rows ??= Promise.all(this.#seeds.map(seed => this.#toRow(seed)));
    this.#rows.catch(() => {
      this.#rows = undefined;
    });
    return this.#rows;
  }

  async #toRow({ paragraphs, ...text }: Article): Promise<NewRow> {
    return { text, keys: keysOf(text, text.text), ...(await this.#attributor.derive('seeds', text)) };
  }
}
