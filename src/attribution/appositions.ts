import { auxiliaries, determiners, subordinators } from './lexicon/grammar.ts';
import type { Item } from './statements.ts';
import { looksFinite } from './verbs.ts';
import { isAdverb, isCapital, isPersonWord, isWord, JOINING, LONGEST_PHRASE, opensOccasion } from './words.ts';

const NUMBER = /^\p{N}+$/v;

/** Whether an apposition may begin here: "a spokeswoman …", "42", "minister of …", "R-Ky.". */
export function opensApposition(items: readonly Item[], at: number): boolean {
  const item = items[at];
  if (item === undefined || !isWord(item)) return false;
  if (item.lower === 'one' || (determiners.has(item.lower) && item.lower !== 'that')) return true;
  if (NUMBER.test(item.text) || /^[DRI]-/v.test(item.text)) return true;
  return isPersonWord(item.lower) || ['former', 'senior', 'vice', 'now', 'then', 'co-founder'].includes(item.lower);
}

export function withAppositions(items: readonly Item[], to: number): number {
  let end = to;
  while (items[end]?.text === ',' && (opensApposition(items, end + 1) || namesDescribed(items, end))) {
    let at = end + 1;
    while (at < items.length && at - end < LONGEST_PHRASE && continuesApposition(items, at)) at += 1;
    const closer = items[at];
    const closes =
      closer === undefined || !isWord(closer) || closer.lower === 'who' || isAdverb(closer) || opensOccasion(items, at);
    if (at === end + 1 || !closes) break;
    end = at;
  }
  return end;
}

/** "her lawyer, Bo Cho": the name of the one described before the comma. */
function namesDescribed(items: readonly Item[], comma: number): boolean {
  return isPersonWord(items[comma - 1]?.lower ?? '') && !isCapital(items[comma - 1]) && isCapital(items[comma + 1]);
}

function continuesApposition(items: readonly Item[], at: number): boolean {
  const item = items[at];
  if (item === undefined || item.quotation !== undefined) return false;
  if (!isWord(item)) return JOINING.has(item.text) || item.text === '(' || item.text === ')';
  if (subordinators.has(item.lower) || opensOccasion(items, at)) return false;
  return isCapital(item) || !(looksFinite(item.lower) || auxiliaries.has(item.lower));
}
