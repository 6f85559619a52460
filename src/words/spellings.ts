/**
 * Returns the number of edits between two words: insertions, deletions, substitutions, and swaps of neighbours (Damerau
 * 1964, optimal string alignment); `most + 1` if there are more than `most`.
 */
export function countEdits(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      const kept = (last[j - 1] ?? 0) + (same ? 0 : 1);
      let cost = Math.min(kept, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    before = last;
    last = row;
  }
  return Math.min(last[other.length] ?? 0, most + 1);
}

/**
 * Returns how many edits still count as a misspelling of a word: short words too easily become other words, and each digit
 * makes another number.
 */
export function editsAllowed(word: string): number {
  if (word.length < 3 || /\d/v.test(word)) return 0;
  return word.length < 8 ? 1 : 2;
}

/**
 * A range of vocabulary words that may be a misspelling: words of some lengths with this prefix, or suffix (`reversed`:
 * the prefix of the reversed word).
 */
export interface SpellingRange {
  readonly by: 'term' | 'reversed';
  readonly begins: string;
  /** Lengths in UTF-16 units, inclusive. */
  readonly shortest: number;
  readonly longest: number;
}

/** Longer words are never compared: the cost is the product of both lengths. */
export const LONGEST_SPELLING = 64;

const LATIN = [...'abcdefghijklmnopqrstuvwxyz'];
const LATIN_WORD = /^[a-z']+$/v;

/**
 * Returns ranges that contain every word within `editsAllowed` of a word, so that no vocabulary is scanned in full. One
 * edit leaves one half of the word unchanged, or swaps the letters at the boundary. Two edits leave a half unchanged
 * too, or change each half once: then the word starts like its first half with one edit.
 */
export function rangesAround(word: string): SpellingRange[] {
  const edits = word.length > LONGEST_SPELLING ? 0 : editsAllowed(word);
  if (edits === 0) return [];
  const half = word.length >> 1;
  const [first, second] = [word.slice(0, half), word.slice(half)];
  const within = { shortest: Math.max(1, word.length - edits), longest: word.length + edits };
  const [last, next] = [first.slice(-1), second.slice(0, 1)];
  const halves: SpellingRange[] = [
    { by: 'term', begins: first, ...within },
    { by: 'reversed', begins: reverse(second), ...within },
    { by: 'term', begins: first.slice(0, -1) + next + last, ...within },
    { by: 'reversed', begins: reverse(last + second.slice(1)), ...within },
  ];
  const variants = edits === 2 ? variantsOf(first) : [];
  return [...halves, ...variants.map((begins): SpellingRange => ({ by: 'term', begins, ...within }))];
}

/** Reverses a word for comparison with columns of reversed words. */
export function reverse(word: string): string {
  return [...word].reverse().join('');
}

/** Orders words by code unit: breaks ties the same way in every store. */
export function byLetters(one: { readonly term: string }, other: { readonly term: string }): number {
  return one.term === other.term ? 0 : one.term < other.term ? -1 : 1;
}

/** Returns the words that may be misspellings, the closest first, then the most frequent. */
export function misspellingsOf<Spelt extends { readonly term: string; readonly frequency: number }>(
  word: string,
  candidates: Iterable<Spelt>,
  most: number,
): (Spelt & { readonly edits: 1 | 2 })[] {
  const allowed = editsAllowed(word);
  const near: (Spelt & { readonly edits: 1 | 2 })[] = [];
  for (const candidate of candidates) {
    const edits = countEdits(word, candidate.term, allowed);
    if ((edits === 1 || edits === 2) && edits <= allowed) near.push({ ...candidate, edits });
  }
  return near
    .sort((one, other) => one.edits - other.edits || other.frequency - one.frequency || byLetters(one, other))
    .slice(0, most);
}

/** Returns all variants of a prefix with one edit. In alphabets other than Latin, it tries the prefix's own letters. */
function variantsOf(begin: string): string[] {
  const letters = LATIN_WORD.test(begin) ? LATIN : [...new Set(begin)];
  const variants = new Set<string>();
  for (let at = 0; at <= begin.length; at += 1) {
    const [before, after] = [begin.slice(0, at), begin.slice(at)];
    if (after.length > 0) variants.add(before + after.slice(1));
    if (after.length > 1) variants.add(before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2));
    for (const letter of letters) {
      variants.add(before + letter + after);
      if (after.length > 0) variants.add(before + letter + after.slice(1));
    }
  }
  variants.delete(begin);
  return [...variants];
}
