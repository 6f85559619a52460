/**
 * How many edits make one word of the other: letters added, dropped, changed, or two neighbours swapped
 * (Damerau 1964, optimal string alignment). More than `most` edits give `most + 1`.
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

/** How many edits still make a misspelling of a word so long: short words are too easily other words. */
export function editsAllowed(word: string): number {
  if (word.length < 3) return 0;
  return word.length < 8 ? 1 : 2;
}
