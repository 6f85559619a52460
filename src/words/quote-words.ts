import type { Span } from '../news/span.ts';
import {
  affirmations,
  negations,
  negativeEnding,
  numbers,
  otherWithoutApostrophe,
  otherWithoutHyphen,
} from './lexicon/meaning.ts';
import { foldSign, type Word, wordsOf } from './words.ts';

/** A word of a quote or an article, with its currency, sign and percent, which search ignores. */
export interface ComparedWord extends Span {
  readonly term: string;
  /** Only a hyphen separates it from the next one. */
  readonly hyphened: boolean;
}

const currency = /^[\p{Sc}#°±×]$/v;
const minus = /^[\-−–]$/v;
const hyphen = /^[\-‐‑]$/v;
const digit = /^\p{N}/v;
const sign = /[&%‰]/gv;
const meanings: Readonly<Record<string, string>> = { '&': 'and', '%': 'percent', '‰': 'permille' };

/** Returns the words of a text in order, without punctuation, case, accents and typography. */
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

/** A number includes its currency and its sign. */
function withSign(text: string, { start, end, term, sign: character }: Word): Span & { readonly term: string } {
  // Search pairs Chinese characters; here each is compared by itself.
  if (character !== undefined) return { start, end, term: foldSign(text.slice(start, end)) };
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

/** Contractions that people type without their apostrophe; "official's" and "officials" are two words. */
const contraction = /(?:n't|'(?:re|ve|ll|m|d))$/v;

export function isNegation(term: string): boolean {
  return negations.has(term) || term.endsWith(negativeEnding);
}

/** True if one word is the other's negation: "won't" and "will", "isn't" and "is". */
export function areOpposite(one: string, other: string): boolean {
  return affirmed(one) === other || affirmed(other) === one;
}

function affirmed(term: string): string | undefined {
  return affirmations.get(term) ?? (term.endsWith(negativeEnding) ? term.slice(0, -negativeEnding.length) : undefined);
}

/** True for numbers and negations, without which a sentence says something else. */
export function carriesMeaning(term: string): boolean {
  return isNegation(term) || /\p{N}/v.test(term) || numbers.has(term);
}

/** True for the same word, apostrophes and editorial brackets aside. */
export function isSame(quoted: QuoteWord, found: ComparedWord): boolean {
  if (quoted.term === found.term) return true;
  if (quoted.kept !== undefined) return isKept(quoted.kept, found.term);
  return withoutApostrophe(quoted.term, found.term) || withoutApostrophe(found.term, quoted.term);
}

function withoutApostrophe(bare: string, whole: string): boolean {
  if (whole.length - bare.length !== 1 || !contraction.test(whole)) return false;
  return bare === whole.replaceAll("'", '') && !otherWithoutApostrophe.has(bare);
}

/** "[w]e" is "We", "want[ed]" is "want" or "wants": letters outside the brackets must match. */
function isKept({ head, tail }: { readonly head: string; readonly tail: string }, term: string): boolean {
  const changed = term.length - head.length - tail.length;
  const enough = head.length + tail.length >= (head === '' ? 1 : 2);
  return enough && changed >= 0 && changed <= 3 && term.startsWith(head) && term.endsWith(tail) && !isNegation(term);
}

/** True if a word may be written as one with the next. */
export function mayBeJoined({ hyphened, term }: ComparedWord): boolean {
  return hyphened || term === 'can';
}

/** True if two words on one side are one on the other: "re-evaluate" and "reevaluate", "can not" and "cannot". */
export function isJoined(first: ComparedWord, second: ComparedWord | undefined, whole: ComparedWord): boolean {
  if (second === undefined || !mayBeJoined(first) || first.term.length + second.term.length !== whole.term.length)
    return false;
  const joined = first.term + second.term;
  if (joined !== whole.term) return false;
  return joined === 'cannot' || (first.hyphened && !otherWithoutHyphen.has(joined));
}

/** A word of a quote. */
export interface QuoteWord extends ComparedWord {
  /** An ellipsis comes before it. */
  readonly afterEllipsis: boolean;
  /** It's in square brackets, added by whoever quotes. */
  readonly editorial: boolean;
  /** Its parts outside brackets: "[W]e", "want[ed]". */
  readonly kept: { readonly head: string; readonly tail: string } | undefined;
}

const ellipsis = /[\[\(（]\s*(?:…+|\.{2,}|(?:\.\s){2,}\.?)\s*[\]\)）]|…+|\.{3,}|(?:\.\s){2,}\./gv;
const sic = /[\[\(]\s*sic[.!]?\s*[\]\)]/giv;
const alphabetic = /^[\p{L}--\p{sc=Han}]/v;
const group = /\[[^\[\]\n]{1,80}\]/gv;
/** If more than this share is in brackets, they are words like any other. */
const mostEditorial = 0.5;

/** Returns the words of a quote, with what ellipses and brackets say about them. */
export function quoteWords(text: string): QuoteWord[] {
  const readable = text.replaceAll(sic, whole => ' '.repeat(whole.length));
  const breaks = [...readable.matchAll(ellipsis)].map(({ index }) => index);
  const groups = [...readable.matchAll(group)].map(({ index, 0: whole }) => ({
    start: index,
    end: index + whole.length,
  }));
  const words = joinPieces(readable, comparedWords(readable), groups);
  const read = words.map((word, at): QuoteWord => {
    const from = words[at - 1]?.end ?? Number.POSITIVE_INFINITY;
    const inside = groups.some(each => word.start > each.start && word.end < each.end);
    const editorial = word.kept === undefined && inside && !carriesMeaning(word.term);
    return { ...word, afterEllipsis: breaks.some(each => each >= from && each < word.start), editorial };
  });
  const added = read.filter(({ editorial }) => editorial).length;
  return added > mostEditorial * read.length ? read.map(word => ({ ...word, editorial: false })) : read;
}

type Piece = ComparedWord & Pick<QuoteWord, 'kept'>;

/** Joins "[W]e" and "want[ed]": words partly changed in brackets. */
function joinPieces(text: string, words: readonly ComparedWord[], groups: readonly Span[]): Piece[] {
  const joined: Piece[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    const between = last === undefined ? ' ' : text.slice(last.end, word.start);
    const letters = alphabetic.test(word.term) && alphabetic.test(last?.term ?? '');
    if (last === undefined || !letters || !/^[\[\]]$/v.test(between)) {
      joined.push({ ...word, kept: undefined });
      continue;
    }
    const isInside = (span: Span) => groups.some(each => span.start > each.start && span.end < each.end);
    const head = last.kept?.head ?? (isInside(last) ? '' : last.term);
    const tail = isInside(word) ? '' : word.term;
    joined[joined.length - 1] = { ...word, start: last.start, term: last.term + word.term, kept: { head, tail } };
  }
  return joined;
}
