import {
  beForms,
  conjunctions,
  determiners,
  negations,
  openers,
  prepositions,
  subordinators,
} from '../lexicon/grammar.ts';
import { reportingNouns } from '../lexicon/reporting.ts';
import { complementEnd, complementOf } from './complements.ts';
import { type Cue, nounPhraseStart } from './cues.ts';
import { type Cursor, hasVerb, leftContent, quotedLeft, type RuleMatch, rightContent } from './cursor.ts';
import { phraseFrom, subjectBefore } from './phrases.ts';
import type { Item } from './statements.ts';
import {
  isAdverb,
  isCapital,
  isPersonWord,
  isWord,
  LONGEST_PHRASE,
  looksFinite,
  type Range,
  verbForms,
} from './words.ts';

const PAUSE = /^(?:,|-{1,2}|\u2013|\u2014|\(|\[)$/v;

const POSSESSIVES = new Set(['his', 'her', 'its', 'their', 'our', 'my']);

/** "Lee’s claim that …", "her warning that …". */
export function ownerNounContent(cursor: Cursor, cue: Cue): RuleMatch | undefined {
  const { items, floor } = cursor;
  if (cue.kind !== 'noun' || items[cue.to]?.lower !== 'that') return undefined;
  const source = ownerOf(items, cue.from, floor);
  return source === undefined ? undefined : nounFinding(items, source, cue.to + 1, source.from);
}

/** "a warning from officials that …". */
export function nounSourceContent({ items }: Cursor, cue: Cue): RuleMatch | undefined {
  if (cue.kind !== 'noun' || items[cue.to]?.lower === 'that') return undefined;
  const source = phraseFrom(items, cue.to + 1);
  const start = nounPhraseStart(items, cue.from);
  if (source === undefined || start === undefined || items[source.to]?.lower !== 'that') return undefined;
  return looksFinite(items[source.to + 1]?.lower ?? '') ? undefined : nounFinding(items, source, source.to + 1, start);
}

/** "The announcement that … came late": the announcer isn't named. As an object it belongs to its verb. */
export function nounContent({ items }: Cursor, cue: Cue): RuleMatch | undefined {
  if (cue.kind !== 'noun' || items[cue.to]?.lower !== 'that') return undefined;
  const start = nounPhraseStart(items, cue.from);
  if (start === undefined || !opensClause(items, start)) return undefined;
  return nounFinding(items, undefined, cue.to + 1, start);
}

/** Whether the phrase that starts here is somebody else's statement: "rejected Lee’s claim that …". */
export function ownsNoun(items: readonly Item[], from: number): boolean {
  for (let at = from + 1; at < items.length && at - from < LONGEST_PHRASE; at += 1) {
    const item = items[at];
    if (item === undefined || !(isWord(item) || item.lower === '’s' || item.lower === '’')) return false;
    if (item.lower === 'that' || looksFinite(item.lower)) return false;
    if (!(reportingNouns.has(item.lower) && items[at + 1]?.lower === 'that')) continue;
    const start = nounPhraseStart(items, at);
    return start !== undefined && start > from && !isWord(items[start - 1]);
  }
  return false;
}

function nounFinding(
  items: readonly Item[],
  source: Range | undefined,
  from: number,
  phrase: number,
): RuleMatch | undefined {
  const to = opensClause(items, phrase) ? mainVerbAfter(items, from) : phraseEnd(items, from);
  return to === undefined || to - from < 2 ? undefined : { contents: [{ from, to }], source };
}

/** A noun rarely governs more than one clause: what a comma or dash adds is the reporter’s. */
function phraseEnd(items: readonly Item[], from: number): number {
  const end = complementEnd(items, from);
  const pause = items.slice(from, end).findIndex(item => PAUSE.test(item.text));
  return pause < 0 ? end : from + pause;
}

/** The owner of a noun: "Lee" of "Lee’s false claim", "her" of "her claim". */
function ownerOf(items: readonly Item[], noun: number, floor: number): Range | undefined {
  const start = nounPhraseStart(items, noun);
  if (start === undefined) return undefined;
  if (POSSESSIVES.has(items[start]?.lower ?? '')) return { from: start, to: start + 1 };
  const to = start - 1;
  if (items[to]?.lower !== '’s' && items[to]?.lower !== '’') return undefined;
  let from = to;
  while (from > floor && to - from < LONGEST_PHRASE && belongsToOwner(items, from - 1)) {
    from -= 1;
    if (determiners.has(items[from]?.lower ?? '')) break;
  }
  return from < to ? { from, to } : undefined;
}

function belongsToOwner(items: readonly Item[], at: number): boolean {
  const item = items[at];
  if (item === undefined || item.quotation !== undefined) return false;
  if (item.lower === '’s' || item.text === '&') return true;
  if (!isWord(item) || conjunctions.has(item.lower) || subordinators.has(item.lower)) return false;
  if (prepositions.has(item.lower) || isAdverb(item)) return false;
  if (isCapital(item) || determiners.has(item.lower)) return true;
  if (looksFinite(item.lower) || verbForms(item.lower).length > 0) return false;
  return !isCapital(items[at + 1]) || isPersonWord(item.lower);
}

/** Whether a phrase is the subject of what follows, not the object of a verb or a preposition before it. */
function opensClause(items: readonly Item[], at: number): boolean {
  const before = items[at - 1];
  if (before === undefined || !isWord(before)) return before?.lower !== '’s' && before?.quotation === undefined;
  return conjunctions.has(before.lower) || subordinators.has(before.lower) || openers.has(before.lower);
}

/**
 * "(His claim that) the bridge was safe | was wrong": the first verb beyond those the open clauses need; undefined if
 * there is none.
 */
function mainVerbAfter(items: readonly Item[], from: number): number | undefined {
  let clauses = 1;
  let inGroup = false;
  for (let at = from; at < items.length && items[at]?.text !== ';'; at += 1) {
    const lower = items[at]?.lower ?? '';
    const isVerb = looksFinite(lower) && !isCapital(items[at]);
    if (isVerb && !inGroup && clauses === 0) return trimmed(items, from, at);
    if (isVerb && !inGroup) clauses -= 1;
    if (opensAnother(items, at)) clauses += 1;
    inGroup = isVerb || (inGroup && (isAdverb(items[at]) || negations.has(lower)));
  }
  return undefined;
}

/** "which", "because", "and was", "said": one more verb will follow. */
function opensAnother(items: readonly Item[], at: number): boolean {
  const lower = items[at]?.lower ?? '';
  if (verbForms(lower).some(form => form.tense === 'past' && form.frames[0] === 'clause')) return true;
  if (!conjunctions.has(lower)) return subordinators.has(lower) && lower !== 'as' && lower !== 'than';
  let next = at + 1;
  while (isAdverb(items[next])) next += 1;
  return looksFinite(items[next]?.lower ?? '');
}

function trimmed(items: readonly Item[], from: number, verb: number): number {
  let to = verb;
  while (to > from && (isAdverb(items[to - 1]) || (!isWord(items[to - 1]) && items[to - 1]?.quotation === undefined)))
    to -= 1;
  return to;
}

/** "According to Lee, …". */
export function accordingBefore(cursor: Cursor, cue: Cue): RuleMatch | undefined {
  const { items, floor } = cursor;
  if (cue.kind !== 'preposition') return undefined;
  const opens = items.slice(floor, cue.from).every(item => !isWord(item) || openers.has(item.lower) || isAdverb(item));
  if (!opens) return undefined;
  const source = phraseFrom(items, cue.to);
  if (source === undefined) return undefined;
  const comma = items.slice(source.to, source.to + 25).findIndex(item => item.text === ',');
  if (comma < 0) return undefined;
  const from = source.to + comma + 1;
  return { contents: [{ from, to: complementEnd(items, from) }], source };
}

/** "…, according to Lee", "The bridge, according to Lee, will …". */
export function accordingAfter(cursor: Cursor, cue: Cue): RuleMatch | undefined {
  const { items } = cursor;
  if (cue.kind !== 'preposition') return undefined;
  const source = phraseFrom(items, cue.to);
  const left = leftContent(cursor, cue.from);
  return source === undefined || left === undefined ? undefined : { contents: around(items, left, source.to), source };
}

/** "In the words of Lee, …", "…, in the words of Lee", "It was, in the words of Lee, “a mess”". */
export function inTheWordsOf(cursor: Cursor, cue: Cue): RuleMatch | undefined {
  const { items } = cursor;
  if (cue.verb !== 'in the words of') return undefined;
  const before = accordingBefore(cursor, cue);
  if (before !== undefined) return before;
  const source = phraseFrom(items, cue.to);
  const next = source !== undefined && items[source.to]?.text === ',' ? source.to + 1 : source?.to;
  if (source === undefined || next === undefined || items[next]?.quotation === undefined)
    return accordingAfter(cursor, cue);
  return { contents: [{ from: next, to: next + 1 }], source };
}

/** "As Lee said, …", "As Lee put it, …", "The bridge, as Lee put it, was …". */
export function asSubjectCue(cursor: Cursor, cue: Cue): RuleMatch | undefined {
  const { items, floor } = cursor;
  if (cue.kind !== 'finite' || (cue.frames.includes('object') && cue.frames.length === 1)) return undefined;
  const source = subjectBefore(items, cue.groupFrom, floor);
  if (source === undefined || items[source.from - 1]?.lower !== 'as') return undefined;
  const after = complementOf(items, cue);
  const from = after.from + (after.opener === 'nothing' ? 1 : 0);
  const opens = source.from - 1 === floor || !isWord(items[source.from - 2]);
  if (!opens || (after.opener === 'nothing' && items[after.from]?.text !== ',')) return undefined;
  const rest = { from, to: complementEnd(items, from) };
  const left = leftContent(cursor, source.from - 1);
  return { contents: left !== undefined && goesOn(items, left, from) ? [left, rest] : [rest], source };
}

/** "Lee was quoted by the Ledger as saying that …", "…,” Lee was quoted as saying". */
export function quotedAsSaying(cursor: Cursor, cue: Cue): RuleMatch | undefined {
  const { items, floor } = cursor;
  if (cue.kind !== 'participle' || items[cue.from - 1]?.lower !== 'as') return undefined;
  const least = Math.max(floor, cue.from - LONGEST_PHRASE);
  let quoted = cue.from - 2;
  while (quoted > least && items[quoted]?.lower !== 'quoted') quoted -= 1;
  const next = items[quoted + 1]?.lower;
  const isPassive = beForms.has(items[quoted - 1]?.lower ?? '') && (next === 'as' || next === 'by');
  if (items[quoted]?.lower !== 'quoted' || !isPassive) return undefined;
  const source = subjectBefore(items, quoted, floor);
  if (source === undefined) return undefined;
  const content = rightContent(cursor, cue) ?? quotedLeft(cursor, source.from) ?? leftContent(cursor, source.from);
  return content === undefined ? undefined : { contents: [content], source };
}

/** A content that the cue may interrupt: "The bridge | , according to Lee, | will be rebuilt". */
function around(items: readonly Item[], left: Range, comma: number): readonly Range[] {
  const from = comma + 1;
  return items[comma]?.text === ',' && goesOn(items, left, from)
    ? [left, { from, to: complementEnd(items, from) }]
    : [left];
}

/** Whether the left part is only a subject whose verb follows the interruption. */
function goesOn(items: readonly Item[], left: Range, from: number): boolean {
  const isSubject = !(hasVerb(items, left) || prepositions.has(items[left.from]?.lower ?? ''));
  return isSubject && looksFinite(items[from]?.lower ?? '');
}
