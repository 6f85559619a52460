import { complementEnd, complementOf } from './complements.ts';
import type { Cue } from './cues.ts';
import { findCues } from './cues.ts';
import { contentOf, type Draft, isQuotationOnly, spanOf } from './drafts.ts';
import { openers, subordinators } from './lexicon/grammar.ts';
import { invertible } from './lexicon/reporting.ts';
import {
  isAdverb,
  isCapital,
  isWord,
  mainSubject,
  opensOccasion,
  phraseFrom,
  type Range,
  subjectBefore,
} from './noun-phrases.ts';
import type { Speeches } from './quoted-contents.ts';
import type { Item, Statement } from './statements.ts';
import { looksFinite } from './verbs.ts';

/** A statement being read, left to right. */
export interface Reading {
  readonly items: readonly Item[];
  readonly speeches: Speeches;
  /** Items before this one are accounted for. */
  readonly floor: number;
  /** The source of the report before this one in the same statement. */
  readonly previous: Range | undefined;
}

/** What a rule found: ranges of items. */
interface Finding {
  readonly contents: readonly Range[];
  readonly source: Range | undefined;
}

interface Rule {
  readonly name: string;
  readonly find: (reading: Reading, cue: Cue) => Finding | undefined;
}

const RULES: readonly Rule[] = [
  { name: 'according to, before', find: accordingBefore },
  { name: 'according to, after', find: accordingAfter },
  { name: 'quoted as saying', find: quotedAsSaying },
  { name: 'quotation, subject, cue', find: quotationSubjectCue },
  { name: 'content, cue, subject', find: contentCueSubject },
  { name: 'as subject, cue, content', find: asSubjectCue },
  { name: 'subject, cue, content', find: subjectCueContent },
  { name: 'content, subject, cue', find: contentSubjectCue },
  { name: 'participle', find: participle },
  { name: 'passive', find: passive },
];

/** The contents that the cues of a statement govern, each with its source, left to right. */
export function findGovernedContents(statement: Statement, speeches: Speeches): readonly Draft[] {
  const { items, paragraph } = statement;
  const drafts: Draft[] = [];
  let floor = afterDateline(items);
  let previous: Range | undefined;
  for (const cue of findCues(statement)) {
    if (cue.groupFrom < floor) continue;
    const reading = { items, speeches, floor, previous };
    const found = firstFinding(reading, cue);
    if (found === undefined) continue;
    const parts = found.contents.map(range => contentOf(items, range, speeches));
    const content = parts.flatMap(part => part.content);
    const types = new Set(parts.map(part => part.type));
    const type = types.size === 1 ? (parts[0]?.type ?? 'mixed') : 'mixed';
    const cueSpan = spanOf(items, cue);
    drafts.push({ type, content, cue: cueSpan, source: spanOf(items, found.source), rule: found.rule, paragraph });
    floor = Math.max(cue.to, found.source?.to ?? 0, ...found.contents.map(range => range.to));
    previous = found.source;
  }
  return drafts;
}

/** Past "WASHINGTON (AP) —" at a paragraph's start. */
function afterDateline(items: readonly Item[]): number {
  const dash = items.slice(0, 10).findIndex(item => /^(?:[\u2014\u2013\-]|--)$/v.test(item.text));
  if (dash < 1) return 0;
  const place = items.slice(0, dash);
  const isDateline = place.every(item => item.quotation === undefined && !/^\p{Ll}/v.test(item.text));
  return isDateline && /^\p{Lu}{3}/v.test(items[0]?.text ?? '') ? dash + 1 : 0;
}

function firstFinding(reading: Reading, cue: Cue): (Finding & { rule: string }) | undefined {
  for (const rule of RULES) {
    const found = rule.find(reading, cue);
    if (found !== undefined && found.contents.every(range => range.to > range.from))
      return { ...found, rule: rule.name };
  }
  return undefined;
}

function accordingBefore(reading: Reading, cue: Cue): Finding | undefined {
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

function accordingAfter(reading: Reading, cue: Cue): Finding | undefined {
  const { items } = reading;
  if (cue.kind !== 'preposition') return undefined;
  const source = phraseFrom(items, cue.to);
  const left = leftContent(reading, cue.from);
  return source === undefined || left === undefined ? undefined : { contents: [left], source };
}

/** "Lee was quoted as saying that …". */
function quotedAsSaying(reading: Reading, cue: Cue): Finding | undefined {
  const { items, floor } = reading;
  if (cue.kind !== 'participle' || items[cue.from - 1]?.lower !== 'as' || items[cue.from - 2]?.lower !== 'quoted')
    return undefined;
  const source = subjectBefore(items, cue.from - 2, floor);
  const content = rightContent(reading, cue);
  return content === undefined ? undefined : { contents: [content], source };
}

/** "…,” Lee said" and "…,” Lee said, “…". */
function quotationSubjectCue(reading: Reading, cue: Cue): Finding | undefined {
  const { items, floor } = reading;
  if (cue.kind !== 'finite') return undefined;
  const source = subjectBefore(items, cue.groupFrom, floor);
  if (source === undefined) return undefined;
  const left = quotedLeft(reading, source.from);
  if (left === undefined) return undefined;
  const after = complementOf(items, cue);
  if (after.opener === 'quotation' || after.opener === 'colon')
    return { contents: [left, ...quotedRight(reading, after.from)], source };
  return after.opener === 'nothing' || isQuotationOnly(items, left) ? { contents: [left], source } : undefined;
}

/** "…,” said Lee", and without marks: "The plan failed, said Lee." */
function contentCueSubject(reading: Reading, cue: Cue): Finding | undefined {
  const { items } = reading;
  if (cue.kind !== 'finite' || cue.groupFrom !== cue.from || !invertible.has(cue.verb)) return undefined;
  const source = phraseFrom(items, cue.to);
  if (source === undefined) return undefined;
  const quoted = quotedLeft(reading, cue.from);
  const left = quoted ?? unquotedLeft(reading, cue, source);
  if (left === undefined) return undefined;
  return { contents: quoted === undefined ? [left] : [left, ...quotedAfter(reading, source.to)], source };
}

/** "The plan failed, said Lee": not "Lee, who runs the port, said the plan failed". */
function unquotedLeft(reading: Reading, cue: Cue, source: Range): Range | undefined {
  const { items } = reading;
  if (items[cue.from - 1]?.text !== ',') return undefined;
  if (isWord(items[source.to]) && !opensOccasion(items, source.to)) return undefined;
  const left = leftContent(reading, cue.from);
  return left !== undefined && hasVerb(items, left) ? left : undefined;
}

/** "As Lee said, …", "As Lee put it, …". */
function asSubjectCue(reading: Reading, cue: Cue): Finding | undefined {
  const { items, floor } = reading;
  if (cue.kind !== 'finite' || (cue.frames.includes('object') && cue.frames.length === 1)) return undefined;
  const source = subjectBefore(items, cue.groupFrom, floor);
  if (source === undefined || items[source.from - 1]?.lower !== 'as') return undefined;
  const after = complementOf(items, cue);
  const from = after.from + (after.opener === 'nothing' ? 1 : 0);
  const opens = source.from - 1 === floor || !isWord(items[source.from - 2]);
  if (!opens || (after.opener === 'nothing' && items[after.from]?.text !== ',')) return undefined;
  return { contents: [{ from, to: complementEnd(items, from) }], source };
}

/** "Lee said that …", "Lee said: “…”". */
function subjectCueContent(reading: Reading, cue: Cue): Finding | undefined {
  const { items, floor, previous } = reading;
  if (cue.kind !== 'finite') return undefined;
  const own = subjectBefore(items, cue.groupFrom, floor);
  const after = complementOf(items, cue);
  const source = own ?? (joins(items, cue) ? (previous ?? mainSubject(items, cue.groupFrom)) : undefined);
  if (source === undefined) return undefined;
  const sure = after.opener === 'that' || after.opener === 'colon' || after.opener === 'quotation';
  if (cue.doubtful && !sure && !isSureSubject(items, source)) return undefined;
  const content = rightContent(reading, cue);
  return content === undefined ? undefined : { contents: [content], source };
}

/** A name or a pronoun: a noun before a doubtful form may be part of another noun. */
function isSureSubject(items: readonly Item[], source: Range): boolean {
  return isCapital(items[source.to - 1]) || source.to - source.from === 1;
}

/** Whether the cue shares the subject of the verb before it: "resigned and said". */
function joins(items: readonly Item[], cue: Cue): boolean {
  const before = items[cue.groupFrom - 1];
  return before?.lower === 'and' || before?.lower === 'but' || (before?.text === ',' && !cue.doubtful);
}

/** "The plan failed, Lee said", "The plan, Lee said, will fail". */
function contentSubjectCue(reading: Reading, cue: Cue): Finding | undefined {
  const { items, floor } = reading;
  if (cue.kind !== 'finite' || !cue.frames.some(frame => frame === 'clause' || frame === 'addressee')) return undefined;
  const source = subjectBefore(items, cue.groupFrom, floor);
  if (source === undefined || !/^[,\u2014\u2013]$/v.test(items[source.from - 1]?.text ?? '')) return undefined;
  if (cue.doubtful && !isSureSubject(items, source)) return undefined;
  const after = complementOf(items, cue);
  if (after.opener !== 'nothing') return undefined;
  const left = leftContent(reading, source.from);
  const rest = interruptedRest(reading, after.from, left);
  if (left === undefined) return rest === undefined ? undefined : { contents: [rest], source };
  if (rest !== undefined) return { contents: [left, rest], source };
  return hasVerb(items, left) ? { contents: [left], source } : undefined;
}

/** ", adding that …": the subject is that of the clause before. */
function participle(reading: Reading, cue: Cue): Finding | undefined {
  const { items, previous } = reading;
  if (cue.kind !== 'participle') return undefined;
  const after = complementOf(items, cue);
  const before = items[cue.from - 1];
  const sure = after.opener === 'that' || after.opener === 'colon' || after.opener === 'quotation';
  if (!sure && before?.text !== ',') return undefined;
  const content = rightContent(reading, cue);
  if (content === undefined) return undefined;
  const source =
    previous ?? mainSubject(items, cue.from) ?? (cue.from === 0 ? subjectAfter(items, content.to) : undefined);
  return source === undefined ? undefined : { contents: [content], source };
}

/** "It was announced that …", "Residents were told by police that …". */
function passive(reading: Reading, cue: Cue): Finding | undefined {
  const { items } = reading;
  if (cue.kind !== 'passive') return undefined;
  const after = complementOf(items, cue);
  if (after.opener !== 'that' && after.opener !== 'colon' && after.opener !== 'quotation') return undefined;
  const content = rightContent(reading, cue);
  const source = items[cue.to]?.lower === 'by' ? phraseFrom(items, cue.to + 1) : undefined;
  return content === undefined ? undefined : { contents: [content], source };
}

/** What follows a cue, as content. */
function rightContent(reading: Reading, cue: Cue): Range | undefined {
  const { items, speeches } = reading;
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

/** What is quoted right before `to`, with the reporter's words that lead into it. */
function quotedLeft(reading: Reading, to: number): Range | undefined {
  const { items, floor, speeches } = reading;
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

function quotedRight(reading: Reading, from: number): readonly Range[] {
  const { items } = reading;
  return items[from]?.quotation === undefined ? [] : [{ from, to: from + 1 }];
}

/** A quotation that goes on after "said Lee," or "said Lee on Monday,". */
function quotedAfter(reading: Reading, from: number): readonly Range[] {
  const { items } = reading;
  for (let at = from; at < items.length && at - from < 16; at += 1) {
    const item = items[at];
    if (item?.quotation !== undefined)
      return items[at - 1]?.text === ',' || items[at - 1]?.text === ':' ? [{ from: at, to: at + 1 }] : [];
    if (item?.text === ';' || looksFinite(item?.lower ?? '')) return [];
  }
  return [];
}

/** The reporter's own words before `to`, back to where the last report ended. */
function leftContent(reading: Reading, to: number): Range | undefined {
  const { items, floor } = reading;
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
function interruptedRest(reading: Reading, comma: number, left: Range | undefined): Range | undefined {
  const { items } = reading;
  if (items[comma]?.text !== ',') return undefined;
  const next = items[comma + 1];
  if (next === undefined || !isWord(next)) return undefined;
  const goesOn = left !== undefined && hasVerb(items, left)
    ? /^(?:and|but|because|if|or|so|though|although)$/v.test(next.lower)
    : !subordinators.has(next.lower);
  return goesOn ? { from: comma + 1, to: complementEnd(items, comma + 1) } : undefined;
}

function hasVerb(items: readonly Item[], range: Range): boolean {
  return items
    .slice(range.from, range.to)
    .some((item, index) => item.quotation !== undefined || (looksFinite(item.lower) && index > 0));
}

function subjectAfter(items: readonly Item[], from: number): Range | undefined {
  const at = isWord(items[from]) ? from : from + 1;
  return phraseFrom(items, at);
}
