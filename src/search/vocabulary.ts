import { countEdits, editsAllowed } from './edits.ts';

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

/** Ids are places in `terms`. */
export function makeVocabulary(terms: ReadonlyMap<string, number>, frequencies: Uint32Array): Vocabulary {
  const byId = [...terms.keys()];
  const sorted = byId.map((_, id) => id).sort((one, other) => compare(byId[one] ?? '', byId[other] ?? ''));
  const masks = Int32Array.from(byId, maskOf);
  const bare = new Map<string, number[]>();
  for (const [id, term] of byId.entries()) {
    if (!term.includes("'")) continue;
    const key = term.replaceAll("'", '');
    bare.set(key, [...(bare.get(key) ?? []), id]);
  }
  const frequency = (id: number) => frequencies[id] ?? 0;
  return {
    size: byId.length,
    find: term => terms.get(term),
    term: id => byId[id] ?? '',
    frequency,
    withoutApostrophes: term => bare.get(term) ?? [],
    startingWith: (prefix, most) =>
      prefixed(sorted, byId, prefix)
        .sort((one, other) => frequency(other) - frequency(one))
        .slice(0, most),
    misspellings: (term, most) =>
      misspelt(term, byId, masks)
        .sort((one, other) => one.edits - other.edits || frequency(other.id) - frequency(one.id))
        .slice(0, most),
  };
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
function misspelt(term: string, terms: readonly string[], masks: Int32Array): Misspelling[] {
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
