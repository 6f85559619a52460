import { lengthOf } from '../news/span.ts';
import { creditedAfter } from './credited.ts';
import type { Finding } from './judge.ts';
import { saying } from './lexicon/saying.ts';
import type { Claim } from './read-claims.ts';

/** What is longer is hardly chatter. In words. */
const mostWords = 8;
/** Fewer words stand somewhere in any library: they tell nothing by themselves. */
const leastTelling = 3;

const label = /^(?<left>[^:：\n]{1,80})[:：]\s*(?<words>\S.*)$/sv;
const firstLine = /^(?<left>[^\n]{1,80})\n\s*(?<words>\S.*)$/sv;
const lastLine = /^(?<words>.*\S)\s*\n\s*(?<left>[^\n]{1,80})$/sv;
const lastClause = /^(?<words>.*\S)\s*[,，]\s*(?<left>[^,，\n]{3,80})$/sv;

/** A claim without a part of it that is set off, and that part. */
interface Without {
  readonly claim: Claim;
  readonly left: string;
  /** Which end of the words the part stood at; a credit is no part of what was said wherever it stands. */
  readonly end: 'start' | 'end' | 'credit';
}

/** An unmarked claim without what is set off before or behind it by a colon, a line of its own, or as who said it. */
export const leaving: readonly ((claim: Claim) => Without | undefined)[] = [
  withoutCredit,
  claim => without(claim, label, 'start'),
  claim => without(claim, firstLine, 'start'),
  claim => without(claim, lastLine, 'end'),
];

function without(claim: Claim, setOff: RegExp, end: Without['end']): Without | undefined {
  const { words, left } = setOff.exec(claim.words)?.groups ?? {};
  if (words === undefined || left === undefined || countOf(left) > mostWords || countOf(left) >= countOf(words))
    return undefined;
  return { claim: { ...claim, words, chatter: [...(claim.chatter ?? []), left] }, left, end };
}

/** "…, says Sullivan", "…, Sullivan said". */
function withoutCredit(claim: Claim): Without | undefined {
  const found = without(claim, lastClause, 'credit');
  if (found === undefined || !wordsIn(found.left).some(word => saying.has(word))) return undefined;
  const credited = creditedAfter(found.left);
  if (credited === undefined) return undefined;
  return { ...found, claim: { ...found.claim, credited: claim.credited ?? credited } };
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+/gv) ?? [];
}

function countOf(text: string): number {
  return text.split(/\s+/v).filter(word => word !== '').length;
}

/** Whether a part may stand somewhere by itself. */
export function mayHavePlace(left: string): boolean {
  return countOf(left) >= leastTelling;
}

/** How much of an article a finding shares, in UTF-16 units. */
export function sharedIn(finding: Finding): number {
  if (finding.verdict === 'not found') return 0;
  return lengthOf(finding.places.flatMap(place => place.matches));
}

/** Whether what was found begins, or ends, where a sentence or a quotation of the article does: nothing of it was left out. */
export function isWholeAt(end: Without['end'], finding: Finding): boolean {
  if (finding.verdict === 'not found') return false;
  if (end === 'credit') return true;
  const [first, last] = [finding.places[0], finding.places.at(-1)];
  const { text } = (end === 'start' ? first : (last ?? first)).from.article;
  if (end === 'start')
    return /(?:^|\n|[.!?。！？…][\s"”’」]*|["“‘「«])\s*$/v.test(text.slice(0, first.matches[0]?.start));
  return /^\s*(?:$|\n|[.!?。！？…,，;；]|["”’」»])/v.test(text.slice(last?.matches.at(-1)?.end));
}
