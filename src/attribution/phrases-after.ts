import { withAppositions } from './appositions.ts';
import {
  auxiliaries,
  conjunctions,
  determiners,
  prepositions,
  subjectPronouns,
  subordinators,
  times,
} from './lexicon/grammar.ts';
import { bodyHeads } from './lexicon/organisations.ts';
import { groupHeads } from './lexicon/people.ts';
import type { Item } from './statements.ts';
import { looksFinite } from './verbs.ts';
import {
  isAdverb,
  isCapital,
  isNickname,
  isPersonWord,
  isWord,
  JOINING,
  LONGEST_PHRASE,
  opensOccasion,
  type Range,
} from './words.ts';

/** What may follow a source's head and belong to it. */
const INNER_PREPOSITIONS = new Set(['of', 'for', 'with', 'from', 'to', 'at', 'in', 'against', 'on', 'behind', 'by']);

/** The noun phrase that begins at `from`, with the appositions that follow it. */
export function phraseFrom(items: readonly Item[], from: number): Range | undefined {
  const first = items[from];
  if (first === undefined || !isWord(first) || !mayOpenPhrase(first)) return undefined;
  if (
    subjectPronouns.has(first.lower) ||
    (['him', 'her', 'them', 'us', 'me'].includes(first.lower) && !isWord(items[from + 1]))
  ) {
    return { from, to: from + 1 };
  }
  let to = from;
  while (to < items.length && to - from < LONGEST_PHRASE) {
    const step = stepAhead(items, to, from);
    if (step === undefined) break;
    to = step;
  }
  return to > from ? { from, to: withRelativeClause(items, from, withAppositions(items, to)) } : undefined;
}

/** "a man who lives nearby": tells which man. Who has a name is known without it. */
function withRelativeClause(items: readonly Item[], from: number, to: number): number {
  if (items[to]?.lower !== 'who' || !determiners.has(items[from]?.lower ?? '') || isCapital(items[to - 1])) return to;
  let end = to + 1;
  while (end < items.length && end - to < LONGEST_PHRASE && belongsToClause(items[end])) end += 1;
  return end - to > 1 ? end : to;
}

function belongsToClause(item: Item | undefined): boolean {
  if (item === undefined || item.quotation !== undefined) return false;
  return isWord(item) || JOINING.has(item.text) || item.lower === 'n’t';
}

function mayOpenPhrase(item: Item): boolean {
  if (times.has(item.lower) && item.lower !== 'this' && item.lower !== 'may') return false;
  if (isCapital(item)) return !subordinators.has(item.lower) && !prepositions.has(item.lower);
  if (determiners.has(item.lower)) return true;
  if (conjunctions.has(item.lower) || subordinators.has(item.lower) || prepositions.has(item.lower)) return false;
  return !isAdverb(item) && !auxiliaries.has(item.lower) && !(looksFinite(item.lower) && item.lower !== 'left');
}

function stepAhead(items: readonly Item[], at: number, from: number): number | undefined {
  const item = items[at];
  if (item === undefined) return undefined;
  if (item.text === '(' || item.text === '[') return closingBracket(items, at);
  const belongs = isWord(item) ? takesWord(items, at, from) : takesMark(items, at, from);
  return belongs ? at + 1 : undefined;
}

/** A nickname in marks, or what joins two words of one name. */
function takesMark(items: readonly Item[], at: number, from: number): boolean {
  const item = items[at];
  if (item?.quotation !== undefined) return isNickname(items, at);
  return item?.text === '’s' || (JOINING.has(item?.text ?? '') && at > from && isWord(items[at + 1]));
}

function takesWord(items: readonly Item[], at: number, from: number): boolean {
  const item = items[at];
  if (item === undefined || subordinators.has(item.lower)) return false;
  if (conjunctions.has(item.lower)) return joinsAhead(items, at);
  if (prepositions.has(item.lower)) return belongsInside(items, at);
  if (at === from) return true;
  if (subjectPronouns.has(item.lower) || (times.has(item.lower) && item.lower !== 'may')) return false;
  return isCapital(item) || !endsPhrase(items, at);
}

function endsPhrase(items: readonly Item[], at: number): boolean {
  const lower = items[at]?.lower ?? '';
  if (auxiliaries.has(lower) || isAdverb(items[at])) return true;
  if (looksFinite(lower)) return !determiners.has(items[at - 1]?.lower ?? '');
  return lower.endsWith('ing') && isCapital(items[at - 1]);
}

function joinsAhead(items: readonly Item[], at: number): boolean {
  const next = items[at + 1];
  if (next === undefined || !isWord(next)) return false;
  return (
    (isCapital(next) || determiners.has(next.lower) || isPersonWord(next.lower) || groupHeads.has(next.lower)) &&
    !looksFinite(next.lower)
  );
}

function belongsInside(items: readonly Item[], at: number): boolean {
  const lower = items[at]?.lower ?? '';
  if (!INNER_PREPOSITIONS.has(lower) || opensOccasion(items, at)) return false;
  if (lower === 'of' || lower === 'for') return true;
  const before = items[at - 1];
  if (before === undefined) return false;
  return (
    !isCapital(before) || isPersonWord(before.lower) || groupHeads.has(before.lower) || bodyHeads.has(before.lower)
  );
}

function closingBracket(items: readonly Item[], open: number): number | undefined {
  for (let at = open + 1; at < items.length && at - open < 12; at += 1) {
    if (items[at]?.text === ')' || items[at]?.text === ']') return at + 1;
  }
  return undefined;
}
