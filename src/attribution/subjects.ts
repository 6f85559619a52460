import { opensApposition } from './appositions.ts';
import { auxiliaries, determiners, subjectPronouns, times } from './lexicon/grammar.ts';
import { phraseEnding } from './phrases-before.ts';
import type { Item } from './statements.ts';
import { looksFinite } from './verbs.ts';
import { isAdverb, isCapital, isWord, LONGEST_PHRASE, opensOccasion, type Range } from './words.ts';

/** A relative clause of more words is not followed to its head. */
const LONGEST_CLAUSE = 16;

/**
 * The subject of the verb at `verb`, looking back no further than `floor`: adverbs, auxiliaries, times and whatever
 * stands between two commas are passed over.
 */
export function subjectBefore(items: readonly Item[], verb: number, floor: number): Range | undefined {
  const to = skipBack(items, verb, floor);
  const last = items[to - 1];
  if (to <= floor || last === undefined) return undefined;
  if (last.lower === 'who') return antecedent(items, to - 1, floor) ?? { from: to - 1, to };
  if (subjectPronouns.has(last.lower)) return { from: to - 1, to };
  if (last.text === ',' || last.text === '–' || last.text === '—') return subjectWithApposition(items, to - 1, floor);
  const phrase = trimAdjunct(items, phraseEnding(items, to, floor));
  return withRelativeClause(items, phrase?.to ?? to, floor) ?? phrase;
}

/** The subject of the statement's first clause. */
export function mainSubject(items: readonly Item[], before: number): Range | undefined {
  for (let at = 1; at < before; at += 1) {
    const item = items[at];
    if (item === undefined || !looksFinite(item.lower) || isCapital(item)) continue;
    const subject = subjectBefore(items, at, 0);
    if (subject !== undefined) return subject;
  }
  return undefined;
}

function skipBack(items: readonly Item[], verb: number, floor: number): number {
  let at = verb;
  while (at > floor && (isAdverb(items[at - 1]) || auxiliaries.has(items[at - 1]?.lower ?? ''))) at -= 1;
  while (at > floor + 1 && times.has(items[at - 1]?.lower ?? '') && !determiners.has(items[at - 2]?.lower ?? ''))
    at -= 1;
  if (at < verb && items[at - 1]?.lower === 'on') at -= 1;
  return at;
}

/** "the man who built the bridge (said)": the bridge says nothing. */
function withRelativeClause(items: readonly Item[], to: number, floor: number): Range | undefined {
  const least = Math.max(floor, to - LONGEST_CLAUSE);
  let verbs = 0;
  for (let at = to - 1; at > least && (isWord(items[at]) || items[at]?.lower === '’s'); at -= 1) {
    if (finite(items, at) && !finite(items, at + 1) && !isInfinitive(items, at)) verbs += 1;
    if (verbs > 1) return undefined;
    if (!opensRelative(items, at) || at === to - 1) continue;
    const head = phraseEnding(items, at, floor);
    return head === undefined ? undefined : { from: head.from, to };
  }
  return undefined;
}

/** "(asked not) to be named". */
function isInfinitive(items: readonly Item[], verb: number): boolean {
  let at = verb;
  while (finite(items, at - 1)) at -= 1;
  return items[at - 1]?.lower === 'to';
}

/** "who" or "that" right after a noun. */
function opensRelative(items: readonly Item[], at: number): boolean {
  const lower = items[at]?.lower;
  if (lower !== 'who' && !(lower === 'that' && finite(items, at + 1))) return false;
  return isWord(items[at - 1]) && !finite(items, at - 1);
}

function finite(items: readonly Item[], at: number): boolean {
  return looksFinite(items[at]?.lower ?? '');
}

/** "Lee, who …, said" and "Lee, a minister who said": whom "who" stands for. */
function antecedent(items: readonly Item[], who: number, floor: number): Range | undefined {
  const to = items[who - 1]?.text === ',' ? who - 1 : who;
  return trimAdjunct(items, phraseEnding(items, to, floor));
}

function subjectWithApposition(items: readonly Item[], comma: number, floor: number): Range | undefined {
  const mark = items[comma]?.text;
  let open = comma - 1;
  while (open > floor && comma - open < LONGEST_PHRASE && items[open]?.text !== mark) open -= 1;
  if (open <= floor || items[open]?.text !== mark) return undefined;
  const name = phraseEnding(items, open, floor);
  if (name === undefined) return undefined;
  const described = opensApposition(items, open + 1) || isCapital(items[open + 1]);
  const before = items[name.from - 1]?.text === ',' && !isCapital(items[name.from]) ? name.from - 1 : undefined;
  const outer = before === undefined ? undefined : phraseEnding(items, before, floor);
  const from = outer !== undefined && isCapital(items[outer.to - 1]) ? outer.from : name.from;
  return { from, to: described ? comma : name.to };
}

/** Cuts "on Monday", "in a statement" off a subject's end. */
function trimAdjunct(items: readonly Item[], range: Range | undefined): Range | undefined {
  if (range === undefined) return undefined;
  for (let at = range.from + 1; at < range.to - 1; at += 1) {
    if (opensOccasion(items, at)) return { from: range.from, to: at };
  }
  return range;
}
