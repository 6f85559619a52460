import {
  auxiliaries,
  conjunctions,
  determiners,
  openers,
  prepositions,
  subjectPronouns,
  subordinators,
  times,
} from '../lexicon/grammar.ts';
import { bodyHeads } from '../lexicon/organisations.ts';
import { groupHeads } from '../lexicon/people.ts';
import { opensApposition, withAppositions } from '../speakers/descriptions.ts';
import type { Item } from './statements.ts';
import {
  isAdverb,
  isCapital,
  isNickname,
  isPersonWord,
  isWord,
  JOINING,
  LONGEST_PHRASE,
  looksFinite,
  opensOccasion,
  type Range,
} from './words.ts';

/** Returns the noun phrase that ends before `to`. */
function phraseEnding(items: readonly Item[], to: number, floor: number): Range | undefined {
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

/** Where the phrase starts if the item at `at` belongs to it. */
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

/** Prepositions that may follow a source's head within the phrase. */
const INNER_PREPOSITIONS = new Set(['of', 'for', 'with', 'from', 'to', 'at', 'in', 'against', 'on', 'behind', 'by']);

/** Returns the noun phrase that starts at `from`, with its appositions. */
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

/** "a man who lives nearby": a restrictive clause. A named person needs none. */
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

/** Maximum length of a relative clause, in items. */
const LONGEST_CLAUSE = 16;

/**
 * Returns the subject of the verb at `verb`, no further back than `floor`. Skips adverbs, auxiliaries, times and
 * anything between two commas.
 */
export function subjectBefore(items: readonly Item[], verb: number, floor: number): Range | undefined {
  const to = skipBack(items, verb, floor);
  const last = items[to - 1];
  if (to <= floor || last === undefined) return undefined;
  if (last.lower === 'who') return antecedent(items, to - 1, floor) ?? { from: to - 1, to };
  if (subjectPronouns.has(last.lower)) return { from: to - 1, to };
  if (last.text === ',' || last.text === '–' || last.text === '—') return subjectWithApposition(items, to - 1, floor);
  const phrase = trimAdjunct(items, phraseEnding(items, to, floor));
  return phraseWithRelativeClause(items, phrase?.to ?? to, floor) ?? phrase;
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

/** "the man who built the bridge (said)": the bridge isn't the subject. */
function phraseWithRelativeClause(items: readonly Item[], to: number, floor: number): Range | undefined {
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

/** "Lee, who …, said" and "Lee, a minister who said": the antecedent of "who". */
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
