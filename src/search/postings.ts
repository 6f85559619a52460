import { GrowingVocabulary, type Vocabulary } from './vocabulary.ts';

const firstRoom = 1 << 12;

/** Which rows of terms hold which term, and the rows themselves. Rows are numbered as they come; adding costs the row. */
export class Postings {
  readonly #vocabulary = new GrowingVocabulary();
  readonly #holders: number[][] = [];
  /** All rows one after the other; row `at` holds the terms from `#starts[at]` to `#starts[at + 1]`. */
  #sequence = new Uint32Array(firstRoom);
  readonly #starts: number[] = [0];

  get vocabulary(): Vocabulary {
    return this.#vocabulary;
  }

  /** Takes in one more row of terms, in their order. */
  add(terms: readonly string[]): void {
    const row = this.#starts.length - 1;
    const start = this.#starts.at(-1) ?? 0;
    this.#makeRoom(start + terms.length);
    for (const [at, term] of terms.entries()) {
      const id = this.#vocabulary.numberOf(term);
      this.#sequence[start + at] = id;
      const holders = this.#holders[id] ?? [];
      if (holders.length === 0) this.#holders[id] = holders;
      if (holders.at(-1) === row) continue;
      holders.push(row);
      this.#vocabulary.count(id);
    }
    this.#starts.push(start + terms.length);
  }

  /** The rows that hold the term, in order, each once. */
  holders(id: number): readonly number[] {
    return this.#holders[id] ?? [];
  }

  /** The terms of a row, in order. */
  termsOf(row: number): Uint32Array {
    return this.#sequence.subarray(this.#starts[row] ?? 0, this.#starts[row + 1] ?? 0);
  }

  #makeRoom(length: number): void {
    if (length <= this.#sequence.length) return;
    const longer = new Uint32Array(Math.max(length, 2 * this.#sequence.length));
    longer.set(this.#sequence);
    this.#sequence = longer;
  }
}
