import type { Speeches } from '../layout/quoted-contents.ts';
import { openers, subordinators } from '../lexicon/grammar.ts';
import { complementEnd, complementOf } from './complements.ts';
import type { Cue } from './cues.ts';
import { isQuotationOnly } from './find-reports.ts';
import type { Item } from './statements.ts';
import { isWord, looksFinite, type Range } from './words.ts';

/** A statement being read, left to right. */
export interface Cursor {
  readonly items: readonly Item[];
  readonly speeches: Speeches;
  /** Items before this index are already accounted for. */
  readonly floor: number;
  /** The source of the previous report in the same statement. */
  readonly previous: Range | undefined;
}

/** What a rule found, as ranges of items. */
export interface RuleMatch {
  readonly contents: readonly Range[];
  readonly source: Range | undefined;
}

/** The content after a cue. */
export function rightContent(cursor: Cursor, cue: Cue): Range | undefined {
  const { items, speeches } = cursor;
  const after = complementOf(items, cue);
  if (after.opener === 'nothing') return undefined;
  const to = complementEnd(items, after.from);
  const first = items[after.from]?.quotation;
  if (first !== undefined) {
    const only = { from: after.from, to: after.from + 1 };
    const ends = speeches.endsSentence(first) || /^(?:,|and|but|as|while|when|\()$/v.test(items[only.to]?.lower ?? '');
    if ((speeches.isSpeech(first) && ends) || to <= only.to) return only;
  }
  const quotationsOnly = cue.frames.every(frame => frame === 'quotation');
  if (quotationsOnly) return undefined;
  return to - after.from >= 2 || first !== undefined ? { from: after.from, to } : undefined;
}

/** The quotation right before `to`, with the reporter's words that lead into it. */
export function quotedLeft(cursor: Cursor, to: number): Range | undefined {
  const { items, floor, speeches } = cursor;
  const last = items[to - 1]?.quotation === undefined && !isWord(items[to - 1]) ? to - 2 : to - 1;
  const quotation = items[last]?.quotation;
  if (quotation === undefined || last < floor) return undefined;
  let from = floor;
  while (from < last && !isWord(items[from]) && items[from]?.quotation === undefined) from += 1;
  const whole = { from, to: last + 1 };
  if (isQuotationOnly(items, whole)) return whole;
  if (!speeches.isSpeech(quotation)) return undefined;
  const lead = items[last - 1];
  if (lead?.text === ':' || lead?.text === ',') return { from: last, to: last + 1 };
  return { from: afterOpeners(items, whole), to: whole.to };
}

export function quotedRight(cursor: Cursor, from: number): readonly Range[] {
  const { items } = cursor;
  return items[from]?.quotation === undefined ? [] : [{ from, to: from + 1 }];
}

/** A quotation that continues after "said Lee," or "said Lee on Monday,". */
export function quotedAfter(cursor: Cursor, from: number): readonly Range[] {
  const { items } = cursor;
  for (let at = from; at < items.length && at - from < 16; at += 1) {
    const item = items[at];
    if (item?.quotation !== undefined)
      return items[at - 1]?.text === ',' || items[at - 1]?.text === ':' ? [{ from: at, to: at + 1 }] : [];
    if (item?.text === ';' || looksFinite(item?.lower ?? '')) return [];
  }
  return [];
}

/** The reporter's own words before `to`, back to the end of the last report. */
export function leftContent(cursor: Cursor, to: number): Range | undefined {
  const { items, floor } = cursor;
  let end = to;
  while (end > floor && !isWord(items[end - 1]) && /^[,\u2014\u2013:]$/v.test(items[end - 1]?.text ?? '')) end -= 1;
  const from = afterOpeners(items, { from: floor, to: end });
  return end > from ? { from, to: end } : undefined;
}

function afterOpeners(items: readonly Item[], range: Range): number {
  let from = range.from;
  while (from < range.to && /^[,;.\u2014\u2013]$/v.test(items[from]?.text ?? '')) from += 1;
  if (/^(?:but|and)$/v.test(items[from]?.lower ?? '')) from += 1;
  if (openers.has(items[from]?.lower ?? '') && items[from + 1]?.text === ',') from += 2;
  return from;
}

/** "…, Lee said, will fail": the second part of an interrupted content. */
export function interruptedRest(cursor: Cursor, comma: number, left: Range | undefined): Range | undefined {
  const { items } = cursor;
  if (items[comma]?.text !== ',') return undefined;
  const next = items[comma + 1];
  if (next === undefined || !isWord(next)) return undefined;
  const goesOn =
    left !== undefined && hasVerb(items, left)
      ? /^(?:and|but|because|if|or|so|though|although)$/v.test(next.lower)
      : !subordinators.has(next.lower);
  return goesOn ? { from: comma + 1, to: complementEnd(items, comma + 1) } : undefined;
}

export function hasVerb(items: readonly Item[], range: Range): boolean {
  return items
    .slice(range.from, range.to)
    .some((item, index) => item.quotation !== undefined || (looksFinite(item.lower) && index > 0));
}
