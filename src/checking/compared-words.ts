import { foldSign } from '../indexing/fold.ts';
import { type Word, wordsOf } from '../indexing/words.ts';
import type { Span } from '../news/span.ts';

/** A word as a quotation's words are compared: with its currency, sign and percent, which search may pass over. */
export interface ComparedWord extends Span {
  readonly term: string;
  /** Nothing but a hyphen parts it from the next one. */
  readonly hyphened: boolean;
}

const currency = /^[\p{Sc}#°±×]$/v;
const minus = /^[\-−–]$/v;
const hyphen = /^[\-‐‑]$/v;
const digit = /^\p{N}/v;
const sign = /[&%‰]/gv;
const meanings: Readonly<Record<string, string>> = { '&': 'and', '%': 'percent', '‰': 'permille' };

/** The words of a text, or of a part of it, in its order; punctuation, case, accents and typography are left out. */
export function comparedWords(text: string, within: Span = { start: 0, end: text.length }): ComparedWord[] {
  const words = wordsOf(text, within).map(word => withSign(text, word));
  const signs = [...text.slice(within.start, within.end).matchAll(sign)].map(found => {
    const start = within.start + found.index;
    return { start, end: start + 1, term: meanings[found[0]] ?? found[0] };
  });
  const all = signs.length === 0 ? words : [...words, ...signs].sort((one, other) => one.start - other.start);
  return joinPerCent(all).map((word, at, joined) => ({
    ...word,
    hyphened: hyphen.test(text.slice(word.end, joined[at + 1]?.start ?? word.end)),
  }));
}

/** A number begins where its currency or its sign does. */
function withSign(text: string, { start, end, term, sign: isSign }: Word): Span & { readonly term: string } {
  // Search pairs signs; here each is compared by itself.
  if (isSign) return { start, end, term: foldSign(text.slice(start, end)) };
  const before = digit.test(term) ? text.charAt(start - 1) : '';
  if (currency.test(before)) return { start: start - 1, end, term: before + term };
  const isNegative = minus.test(before) && /^[\s\(\[]?$/v.test(text.charAt(start - 2));
  return isNegative ? { start: start - 1, end, term: `-${term}` } : { start, end, term };
}

/** "per cent", "percent" and "%" are one word. */
function joinPerCent<Item extends Span & { readonly term: string }>(words: readonly Item[]): Item[] {
  const joined: Item[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    if (word.term === 'cent' && last?.term === 'per')
      joined[joined.length - 1] = { ...last, end: word.end, term: 'percent' };
    else joined.push(word);
  }
  return joined;
}
