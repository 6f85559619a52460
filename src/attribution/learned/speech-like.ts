import type { Quotation } from '../../news/quotations.ts';

const WORD = /[\p{L}\p{N}]+(?:['’\-][\p{L}\p{N}]+)*/gv;
const CAPITAL = /^[\p{Lu}\p{N}]/v;
const ENDS_SENTENCE = /[.?!…\u2014\-,]$/v;
/** Shortest quotation that is speech whatever its end, in words. */
const SHORTEST = 5;
/** Longer than any title, in UTF-16 units. */
const LONGER_THAN_TITLES = 120;

/** Whether a quotation is likely somebody's words: several of them, or a sentence; no title and no words in scare quotes. */
export function isSpeechLike(text: string, quotation: Quotation): boolean {
  const { start, end } = quotation.inner;
  if (end - start > LONGER_THAN_TITLES) return true;
  const inner = text.slice(start, end);
  const words = inner.match(WORD) ?? [];
  const capitals = words.filter(word => CAPITAL.test(word)).length;
  if (words.length > 1 && capitals > words.length * 0.6) return false;
  return words.length >= SHORTEST || (words.length > 2 && ENDS_SENTENCE.test(inner));
}
