import { negations } from '../lexicon/grammar.ts';
import { invertible } from '../lexicon/reporting.ts';
import { complementOf } from './complements.ts';
import type { Cue } from './cues.ts';
import {
  type Cursor,
  hasVerb,
  interruptedRest,
  leftContent,
  quotedAfter,
  quotedLeft,
  quotedRight,
  type RuleMatch,
  rightContent,
} from './cursor.ts';
import { isQuotationOnly } from './find-reports.ts';
import {
  accordingAfter,
  accordingBefore,
  asSubjectCue,
  inTheWordsOf,
  nounContent,
  nounSourceContent,
  ownerNounContent,
  ownsNoun,
  quotedAsSaying,
} from './noun-rules.ts';
import { mainSubject, phraseFrom, subjectBefore } from './phrases.ts';
import type { Item } from './statements.ts';
import { isCapital, isWord, opensOccasion, type Range } from './words.ts';

interface Rule {
  readonly name: string;
  readonly find: (cursor: Cursor, cue: Cue) => RuleMatch | undefined;
}

export const RULES: readonly Rule[] = [
  { name: 'owner, noun, content', find: ownerNounContent },
  { name: 'noun, source, content', find: nounSourceContent },
  { name: 'noun, content', find: nounContent },
  { name: 'in the words of', find: inTheWordsOf },
  { name: 'according to, before', find: accordingBefore },
  { name: 'according to, after', find: accordingAfter },
  { name: 'quoted as saying', find: quotedAsSaying },
  { name: 'quotation, subject, cue', find: quotationSubjectCue },
  { name: 'content, cue, subject', find: contentCueSubject },
  { name: 'as subject, cue, content', find: asSubjectCue },
  { name: 'subject, negated cue, question', find: negatedQuestion },
  { name: 'subject, negated cue, content', find: negatedContent },
  { name: 'subject, cue, content', find: subjectCueContent },
  { name: 'content, subject, cue', find: contentSubjectCue },
  { name: 'participle', find: participle },
  { name: 'passive', find: passive },
];

/** "…,” Lee said" and "…,” Lee said, “…". */
function quotationSubjectCue(cursor: Cursor, cue: Cue): RuleMatch | undefined {
  const { items, floor } = cursor;
  if (cue.kind !== 'finite') return undefined;
  const source = subjectBefore(items, cue.groupFrom, floor);
  if (source === undefined) return undefined;
  const left = quotedLeft(cursor, source.from);
  if (left === undefined) return undefined;
  const after = complementOf(items, cue);
  if (after.opener === 'quotation' || after.opener === 'colon')
    return { contents: [left, ...quotedRight(cursor, after.from)], source };
  return after.opener === 'nothing' || isQuotationOnly(items, left) ? { contents: [left], source } : undefined;
}

/** "…,” said Lee", and without marks: "The plan failed, said Lee." */
function contentCueSubject(cursor: Cursor, cue: Cue): RuleMatch | undefined {
  const { items } = cursor;
  if (cue.kind !== 'finite' || cue.groupFrom !== cue.from || !invertible.has(cue.verb)) return undefined;
  const source = phraseFrom(items, cue.to);
  if (source === undefined) return undefined;
  const quoted = quotedLeft(cursor, cue.from);
  const left = quoted ?? unquotedLeft(cursor, cue, source);
  if (left === undefined) return undefined;
  return { contents: quoted === undefined ? [left] : [left, ...quotedAfter(cursor, source.to)], source };
}

/** "The plan failed, said Lee", but not "Lee, who runs the port, said the plan failed". */
function unquotedLeft(cursor: Cursor, cue: Cue, source: Range): Range | undefined {
  const { items } = cursor;
  if (items[cue.from - 1]?.text !== ',') return undefined;
  if (isWord(items[source.to]) && !opensOccasion(items, source.to)) return undefined;
  const left = leftContent(cursor, cue.from);
  return left !== undefined && hasVerb(items, left) ? left : undefined;
}

/** "Lee said that …", "Lee said: “…”". */
function subjectCueContent(cursor: Cursor, cue: Cue): RuleMatch | undefined {
  const { items, floor, previous } = cursor;
  if (cue.kind !== 'finite') return undefined;
  const own = subjectBefore(items, cue.groupFrom, floor);
  const after = complementOf(items, cue);
  const source = own ?? (joins(items, cue) ? (previous ?? mainSubject(items, cue.groupFrom)) : undefined);
  if (source === undefined) return undefined;
  const sure = after.opener === 'that' || after.opener === 'colon' || after.opener === 'quotation';
  if (cue.doubtful && !sure && !isSureSubject(items, source)) return undefined;
  if (after.opener === 'rest' && ownsNoun(items, after.from)) return undefined;
  const content = rightContent(cursor, cue);
  return content === undefined ? undefined : { contents: [content], source };
}

/** "Lee would not say who had paid". */
function negatedQuestion(cursor: Cursor, cue: Cue): RuleMatch | undefined {
  const isQuestion = complementOf(cursor.items, cue).opener === 'question';
  return isQuestion ? negatedContent(cursor, cue) : undefined;
}

/** "Lee did not rule out a new bridge". */
function negatedContent(cursor: Cursor, cue: Cue): RuleMatch | undefined {
  const isNegated = cursor.items.slice(cue.from, cue.to).some(item => negations.has(item.lower));
  return isNegated ? subjectCueContent(cursor, cue) : undefined;
}

/** A name or pronoun: a noun before a doubtful form may belong to another noun phrase. */
function isSureSubject(items: readonly Item[], source: Range): boolean {
  return isCapital(items[source.to - 1]) || source.to - source.from === 1;
}

/** Whether the cue shares the subject of the verb before it: "resigned and said". */
function joins(items: readonly Item[], cue: Cue): boolean {
  const before = items[cue.groupFrom - 1];
  return before?.lower === 'and' || before?.lower === 'but' || (before?.text === ',' && !cue.doubtful);
}

/** "The plan failed, Lee said", "The plan, Lee said, will fail". */
function contentSubjectCue(cursor: Cursor, cue: Cue): RuleMatch | undefined {
  const { items, floor } = cursor;
  if (cue.kind !== 'finite' || !cue.frames.some(frame => frame === 'clause' || frame === 'addressee')) return undefined;
  const source = subjectBefore(items, cue.groupFrom, floor);
  if (source === undefined || !/^[,\u2014\u2013]$/v.test(items[source.from - 1]?.text ?? '')) return undefined;
  if (cue.doubtful && !isSureSubject(items, source)) return undefined;
  const after = complementOf(items, cue);
  if (after.opener !== 'nothing') return undefined;
  const left = leftContent(cursor, source.from);
  const rest = interruptedRest(cursor, after.from, left);
  if (left === undefined) return rest === undefined ? undefined : { contents: [rest], source };
  if (rest !== undefined) return { contents: [left, rest], source };
  return hasVerb(items, left) ? { contents: [left], source } : undefined;
}

/** ", adding that …": shares the subject of the clause before. */
function participle(cursor: Cursor, cue: Cue): RuleMatch | undefined {
  const { items, previous } = cursor;
  if (cue.kind !== 'participle') return undefined;
  const after = complementOf(items, cue);
  const before = items[cue.from - 1];
  const sure = after.opener === 'that' || after.opener === 'colon' || after.opener === 'quotation';
  if (!sure && before?.text !== ',') return undefined;
  const content = rightContent(cursor, cue);
  if (content === undefined) return undefined;
  const source =
    previous ?? mainSubject(items, cue.from) ?? (cue.from === 0 ? subjectAfter(items, content.to) : undefined);
  return source === undefined ? undefined : { contents: [content], source };
}

/** "It was announced that …", "Residents were told by police that …". */
function passive(cursor: Cursor, cue: Cue): RuleMatch | undefined {
  const { items } = cursor;
  // "Lee was quoted by the Ledger as saying …" belongs to Lee.
  if (cue.kind !== 'passive' || cue.verb === 'quote') return undefined;
  const after = complementOf(items, cue);
  if (after.opener !== 'that' && after.opener !== 'colon' && after.opener !== 'quotation') return undefined;
  const content = rightContent(cursor, cue);
  const source = items[cue.to]?.lower === 'by' ? phraseFrom(items, cue.to + 1) : undefined;
  return content === undefined ? undefined : { contents: [content], source };
}

function subjectAfter(items: readonly Item[], from: number): Range | undefined {
  const at = isWord(items[from]) ? from : from + 1;
  return phraseFrom(items, at);
}
