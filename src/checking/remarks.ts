import { lengthOf } from '../news/span.ts';
import { saying } from './lexicon/saying.ts';
import { creditedAfter } from './read-credit.ts';
import type { Quote } from './read-quotes.ts';
import type { CheckResult } from './verdict.ts';

/** In words; anything longer is hardly a remark. */
const longest = 8;
/** Any library has fewer words than these somewhere. */
const leastTelling = 3;

const label = /^(?<remark>[^:：\n]{1,80})[:：]\s*(?<words>\S.*)$/sv;
const firstLine = /^(?<remark>[^\n]{1,80})\n\s*(?<words>\S.*)$/sv;
const lastLine = /^(?<words>.*\S)\s*\n\s*(?<remark>[^\n]{1,80})$/sv;
const lastClause = /^(?<words>.*\S)\s*[,，]\s*(?<remark>[^,，\n]{3,80})$/sv;

interface WithoutRemark {
  readonly quote: Quote;
  readonly remark: string;
  /** The end of the quote where the remark was. A credit is no part of the words wherever it is. */
  readonly end: 'start' | 'end' | 'credit';
}

/** Ways to strip a remark from a quote without marks: a credit, or text set off by a colon or a line of its own. */
export const remarkStrippers: readonly ((quote: Quote) => WithoutRemark | undefined)[] = [
  stripCredit,
  quote => strip(quote, label, 'start'),
  quote => strip(quote, firstLine, 'start'),
  quote => strip(quote, lastLine, 'end'),
];

function strip(quote: Quote, pattern: RegExp, end: WithoutRemark['end']): WithoutRemark | undefined {
  const { words, remark } = pattern.exec(quote.words)?.groups ?? {};
  if (words === undefined || remark === undefined) return undefined;
  if (countWords(remark) > longest || countWords(remark) >= countWords(words)) return undefined;
  return { quote: { ...quote, words, remarks: [...(quote.remarks ?? []), remark] }, remark, end };
}

/** "…, says Sullivan", "…, Sullivan said". */
function stripCredit(quote: Quote): WithoutRemark | undefined {
  const found = strip(quote, lastClause, 'credit');
  const words: readonly string[] = found?.remark.toLowerCase().match(/\p{L}+/gv) ?? [];
  if (found === undefined || !words.some(word => saying.has(word))) return undefined;
  const credited = creditedAfter(found.remark);
  if (credited === undefined) return undefined;
  return { ...found, quote: { ...found.quote, credited: quote.credited ?? credited } };
}

function countWords(text: string): number {
  return text.split(/\s+/v).filter(word => word !== '').length;
}

/** True if a remark is long enough to tell whether an article has it. */
export function isTelling(remark: string): boolean {
  return countWords(remark) >= leastTelling;
}

/** Returns how much of an article a quote shares, in UTF-16 units. */
export function sharedLength(result: CheckResult): number {
  return result.verdict === 'not found' ? 0 : lengthOf(result.passages.flatMap(({ matches }) => matches));
}

/** True if what was found begins, or ends, where a sentence or a quotation of the article does. */
export function isWholeAt(end: WithoutRemark['end'], result: CheckResult): boolean {
  if (result.verdict === 'not found') return false;
  if (end === 'credit') return true;
  const [first, last = first] = [result.passages[0], result.passages.at(-1)];
  if (end === 'end') {
    const after = last.from.article.text.slice(last.matches.at(-1)?.end);
    return /^\s*(?:$|\n|[.!?。！？…,，;；]|["”’」»])/v.test(after);
  }
  const before = first.from.article.text.slice(0, first.matches[0]?.start);
  return /(?:^|\n|[.!?。！？…][\s"”’」]*|["“‘「«])\s*$/v.test(before);
}
