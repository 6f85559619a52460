import {
  auxiliaries,
  conjunctions,
  determiners,
  openers,
  prepositions,
  subjectPronouns,
  subordinators,
  times,
} from './lexicon/grammar.ts';
import type { Item } from './statements.ts';
import { looksFinite } from './verbs.ts';
import { isAdverb, isCapital, isNickname, isPersonWord, isWord, JOINING, LONGEST_PHRASE, type Range } from './words.ts';

/** The noun phrase that ends before `to`. */
export function phraseEnding(items: readonly Item[], to: number, floor: number): Range | undefined {
  let from = to;
  let joint: number | undefined;
  const least = Math.max(floor, to - LONGEST_PHRASE);
  while (from > least) {
    const step = stepBack(items, from - 1, least, to);
    if (step === undefined) break;
    if (conjunctions.has(items[from - 1]?.lower ?? '')) joint = from;
    from = step;
  }
  const stopper = items[from - 1];
  const stoppedByVerb = from > floor && stopper !== undefined && (looksFinite(stopper.lower) || isAdverb(stopper));
  if (joint !== undefined && (stoppedByVerb || (from === least && least > floor))) from = joint;
  return trimFront(items, { from, to });
}

/** Where the phrase begins when the item at `at` belongs to it too. */
function stepBack(items: readonly Item[], at: number, least: number, to: number): number | undefined {
  const item = items[at];
  if (item === undefined) return undefined;
  if (item.quotation !== undefined) return isNickname(items, at) ? at : undefined;
  if (item.text === ')' || item.text === ']') return openingBracket(items, at, least);
  if (!isWord(item)) return JOINING.has(item.text) && at < to - 1 ? at : undefined;
  if (subordinators.has(item.lower) && !(item.lower === 'that' && at === to - 1)) return undefined;
  if (subjectPronouns.has(item.lower) && at < to - 1) return undefined;
  if (auxiliaries.has(item.lower) && !isCapital(item)) return undefined;
  if (!isCapital(item) && looksFinite(item.lower) && !isAttribute(items, at, to)) return undefined;
  return at;
}

/** "the proposed law", "a letter obtained by the paper": a participle, not a finite verb. */
function isAttribute(items: readonly Item[], at: number, to: number): boolean {
  if (at >= to - 1 || items[at]?.lower.endsWith('ed') !== true) return false;
  return determiners.has(items[at - 1]?.lower ?? '') || items[at + 1]?.lower === 'by';
}

function openingBracket(items: readonly Item[], close: number, least: number): number | undefined {
  for (let at = close - 1; at >= least && close - at < 12; at -= 1) {
    if (items[at]?.text === '(' || items[at]?.text === '[') return at;
  }
  return undefined;
}

function trimFront(items: readonly Item[], range: Range): Range | undefined {
  let { from } = range;
  while (from < range.to) {
    const item = items[from];
    if (item === undefined) break;
    if (prepositions.has(item.lower)) from = afterAdjunct(items, from, range.to);
    else if (isTrimmable(items, from, range.to)) from += 1;
    else break;
  }
  return from < range.to ? { from, to: range.to } : undefined;
}

function isTrimmable(items: readonly Item[], at: number, to: number): boolean {
  const item = items[at];
  if (item === undefined || conjunctions.has(item.lower) || JOINING.has(item.text)) return true;
  if (at + 1 >= to) return false;
  const next = items[at + 1];
  if (times.has(item.lower) && item.lower !== 'this' && item.lower !== 'last') return next?.text !== '’s';
  return (openers.has(item.lower) || isAdverb(item)) && !isPersonWord(next?.lower ?? '') && item.lower !== 'first';
}

/** Past "On Monday", "In a statement": a phrase that a preposition opens, up to the next noun phrase. */
function afterAdjunct(items: readonly Item[], preposition: number, to: number): number {
  let at = preposition + 1;
  if (determiners.has(items[at]?.lower ?? '')) at += 1;
  const named = isCapital(items[at]);
  while (at < to && (isCapital(items[at]) === named || prepositions.has(items[at]?.lower ?? ''))) {
    if (determiners.has(items[at]?.lower ?? '')) break;
    if (times.has(items[at]?.lower ?? '') && !times.has(items[at + 1]?.lower ?? '')) return at + 1;
    at += 1;
  }
  return at;
}
