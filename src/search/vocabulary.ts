import { countEdits, editsAllowed } from '../indexing/edits.ts';

/** Every term that a library holds, numbered, with how many excerpts hold it. */
export interface Vocabulary {
  readonly size: number;
  find(term: string): number | undefined;
  term(id: number): string;
  /** How many excerpts hold the term. */
  frequency(id: number): number;
  /** Terms that differ in their apostrophes alone: "dont" gives "don't". */
  withoutApostrophes(term: string): readonly number[];
  /** Terms that begin so, the most frequent first. */
  startingWith(prefix: string, most: number): readonly number[];
  /** Terms that may be the same word misspelt, the closest first, then the most frequent. */
  misspellings(term: string, most: number): readonly Misspelling[];
}

interface Misspelling {
  readonly id: number;
  readonly edits: number;
}

/** One bit for each letter, hashed: two words so many edits apart differ in at most twice as many bits. */
function maskOf(term: string): number {
  let mask = 0;
  for (let at = 0; at < term.length; at += 1) mask |= 1 << (term.charCodeAt(at) & 31);
  return mask;
}

function countBits(mask: number): number {
  let bits = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) bits += 1;
  return bits;
}

/** A vocabulary that takes in more terms at any time. Its order is made anew when it is next asked for, in linear time. */
export class GrowingVocabulary implements Vocabulary {
  readonly #ids = new Map<string, number>();
  readonly #terms: string[] = [];
  readonly #masks: number[] = [];
  readonly #frequencies: number[] = [];
  readonly #bare = new Map<string, number[]>();
  #sorted: readonly number[] = [];

  get size(): number {
    return this.#terms.length;
  }

  /** The term's number, a new one where the term is new. */
  numberOf(term: string): number {
    const known = this.#ids.get(term);
    if (known !== undefined) return known;
    const id = this.#terms.length;
    this.#ids.set(term, id);
    this.#terms.push(term);
    this.#masks.push(maskOf(term));
    this.#frequencies.push(0);
    if (term.includes("'")) {
      const key = term.replaceAll("'", '');
      this.#bare.set(key, [...(this.#bare.get(key) ?? []), id]);
    }
    return id;
  }

  /** One more excerpt holds the term. */
  count(id: number): void {
    this.#frequencies[id] = (this.#frequencies[id] ?? 0) + 1;
  }

  find(term: string): number | undefined {
    return this.#ids.get(term);
  }

  term(id: number): string {
    return this.#terms[id] ?? '';
  }

  frequency(id: number): number {
    return this.#frequencies[id] ?? 0;
  }

  withoutApostrophes(term: string): readonly number[] {
    return this.#bare.get(term) ?? [];
  }

  startingWith(prefix: string, most: number): readonly number[] {
    this.#sort();
    return prefixed(this.#sorted, this.#terms, prefix)
      .sort((one, other) => this.frequency(other) - this.frequency(one))
      .slice(0, most);
  }

  misspellings(term: string, most: number): readonly Misspelling[] {
    return misspelt(term, this.#terms, this.#masks)
      .sort((one, other) => one.edits - other.edits || this.frequency(other.id) - this.frequency(one.id))
      .slice(0, most);
  }

  #sort(): void {
    const before = this.#sorted;
    if (before.length === this.#terms.length) return;
    const order = (one: number, other: number) => compare(this.term(one), this.term(other));
    const fresh = this.#terms.slice(before.length).map((_, at) => before.length + at);
    this.#sorted = merge(before, fresh.sort(order), order);
  }
}

/** Two sorted lists as one. */
function merge(
  some: readonly number[],
  others: readonly number[],
  order: (one: number, other: number) => number,
): number[] {
  const merged: number[] = [];
  let at = 0;
  for (const other of others) {
    while (at < some.length && order(some[at] ?? 0, other) < 0) {
      merged.push(some[at] ?? 0);
      at += 1;
    }
    merged.push(other);
  }
  for (; at < some.length; at += 1) merged.push(some[at] ?? 0);
  return merged;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function prefixed(sorted: readonly number[], terms: readonly string[], prefix: string): number[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((terms[sorted[middle] ?? 0] ?? '') < prefix) low = middle + 1;
    if ((terms[sorted[middle] ?? 0] ?? '') >= prefix) high = middle;
  }
  let end = low;
  while (end < sorted.length && terms[sorted[end] ?? 0]?.startsWith(prefix)) end += 1;
  return sorted.slice(low, end);
}

/** A scan, not an index: at 100,000 terms length and letters rule out all but hundreds in a fraction of a millisecond. */
function misspelt(term: string, terms: readonly string[], masks: readonly number[]): Misspelling[] {
  const allowed = editsAllowed(term);
  if (allowed === 0) return [];
  const mask = maskOf(term);
  const found: Misspelling[] = [];
  for (let id = 0; id < terms.length; id += 1) {
    if (countBits(mask ^ (masks[id] ?? 0)) > 2 * allowed) continue;
    const other = terms[id] ?? '';
    const edits = countEdits(term, other, allowed);
    if (edits > 0 && edits <= allowed) found.push({ id, edits });
  }
  return found;
}
