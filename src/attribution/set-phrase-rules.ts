import { complementEnd } from './complement-ends.ts';
import { complementOf } from './complements.ts';
import type { Cue } from './cues.ts';
import { beForms, openers, prepositions } from './lexicon/grammar.ts';
import { phraseFrom } from './phrases-after.ts';
import { type Finding, hasVerb, leftContent, quotedLeft, type Reading, rightContent } from './readings.ts';
import type { Item } from './statements.ts';
import { subjectBefore } from './subjects.ts';
import { looksFinite } from './verbs.ts';
import { isAdverb, isWord, LONGEST_PHRASE, type Range } from './words.ts';

/** "According to Lee, …". */
export function accordingBefore(reading: Reading, cue: Cue): Finding | undefined {
  const { items, floor } = reading;
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
export function accordingAfter(reading: Reading, cue: Cue): Finding | undefined {
  const { items } = reading;
  if (cue.kind !== 'preposition') return undefined;
  const source = phraseFrom(items, cue.to);
  const left = leftContent(reading, cue.from);
  return source === undefined || left === undefined ? undefined : { contents: around(items, left, source.to), source };
}

/** "In the words of Lee, …", "…, in the words of Lee", "It was, in the words of Lee, “a mess”". */
export function inTheWordsOf(reading: Reading, cue: Cue): Finding | undefined {
  const { items } = reading;
  if (cue.verb !== 'in the words of') return undefined;
  const before = accordingBefore(reading, cue);
  if (before !== undefined) return before;
  const source = phraseFrom(items, cue.to);
  const next = source !== undefined && items[source.to]?.text === ',' ? source.to + 1 : source?.to;
  if (source === undefined || next === undefined || items[next]?.quotation === undefined)
    return accordingAfter(reading, cue);
  return { contents: [{ from: next, to: next + 1 }], source };
}

/** "As Lee said, …", "As Lee put it, …", "The bridge, as Lee put it, was …". */
export function asSubjectCue(reading: Reading, cue: Cue): Finding | undefined {
  const { items, floor } = reading;
  if (cue.kind !== 'finite' || (cue.frames.includes('object') && cue.frames.length === 1)) return undefined;
  const source = subjectBefore(items, cue.groupFrom, floor);
  if (source === undefined || items[source.from - 1]?.lower !== 'as') return undefined;
  const after = complementOf(items, cue);
  const from = after.from + (after.opener === 'nothing' ? 1 : 0);
  const opens = source.from - 1 === floor || !isWord(items[source.from - 2]);
  if (!opens || (after.opener === 'nothing' && items[after.from]?.text !== ',')) return undefined;
  const rest = { from, to: complementEnd(items, from) };
  const left = leftContent(reading, source.from - 1);
  return { contents: left !== undefined && goesOn(items, left, from) ? [left, rest] : [rest], source };
}

/** "Lee was quoted by the Ledger as saying that …", "…,” Lee was quoted as saying". */
export function quotedAsSaying(reading: Reading, cue: Cue): Finding | undefined {
  const { items, floor } = reading;
  if (cue.kind !== 'participle' || items[cue.from - 1]?.lower !== 'as') return undefined;
  const least = Math.max(floor, cue.from - LONGEST_PHRASE);
  let quoted = cue.from - 2;
  while (quoted > least && items[quoted]?.lower !== 'quoted') quoted -= 1;
  const next = items[quoted + 1]?.lower;
  const isPassive = beForms.has(items[quoted - 1]?.lower ?? '') && (next === 'as' || next === 'by');
  if (items[quoted]?.lower !== 'quoted' || !isPassive) return undefined;
  const source = subjectBefore(items, quoted, floor);
  if (source === undefined) return undefined;
  const content = rightContent(reading, cue) ?? quotedLeft(reading, source.from) ?? leftContent(reading, source.from);
  return content === undefined ? undefined : { contents: [content], source };
}

/** A content that the cue may interrupt: "The bridge | , according to Lee, | will be rebuilt". */
function around(items: readonly Item[], left: Range, comma: number): readonly Range[] {
  const from = comma + 1;
  return items[comma]?.text === ',' && goesOn(items, left, from)
    ? [left, { from, to: complementEnd(items, from) }]
    : [left];
}

/** Whether what stands before has a subject only, and what follows has its verb. */
function goesOn(items: readonly Item[], left: Range, from: number): boolean {
  const isSubject = !(hasVerb(items, left) || prepositions.has(items[left.from]?.lower ?? ''));
  return isSubject && looksFinite(items[from]?.lower ?? '');
}
