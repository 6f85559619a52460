import { type Span, slice } from '../news/span.ts';
import {
  AFFIRMATIONS,
  NEGATIONS,
  NEGATIVE_ENDING,
  NUMBERS,
  OTHER_WITHOUT_APOSTROPHE,
  OTHER_WITHOUT_HYPHEN,
  OTHER_WITHOUT_SPACE,
} from './lexicon/meaning.ts';
import { foldSign, matchesOf, type Word, wordsOf } from './words.ts';

/** A word of a quote or an article, with its currency, sign and percent, which search ignores. */
export interface ComparedWord extends Span {
  readonly term: string;
  /** Only a hyphen, which may be invisible, separates it from the next one. */
  readonly hyphened: boolean;
}

const CURRENCY = /^[\p{Sc}#°±×]$/v;
/** "5 €" is "€5", but "5 $20 notes" aren't. */
const CURRENCY_AFTER = /^[ \xA0\u202F]?(?<currency>\p{Sc})(?!\p{N})/v;
const MINUS = /^[\-−–]$/v;
const HYPHEN = /^[\-‐‑\xAD\u200B\u2060]$/v;
const DIGIT = /^\p{N}/v;
/** 10⁶, but not m², CO₂ or 5½. */
const POWER = /\p{Nd}[⁰¹²³⁴-⁹]/v;
const SIGN = /[&%‰]/gv;
const MEANINGS: Readonly<Record<string, string>> = { '&': 'and', '%': 'percent', '‰': 'permille' };

/** Returns the words of a text in order, without punctuation, case, accents and typography. */
export function comparedWords(text: string, within: Span = { start: 0, end: text.length }): ComparedWord[] {
  const words = wordsOf(text, within).map(word => withSign(text, word));
  const signs = matchesOf(text, SIGN, within).map(span => ({ ...span, term: MEANINGS[slice(text, span)] ?? '' }));
  const all = [...words, ...signs].sort((one, other) => one.start - other.start);
  return joinPerCent(all).map((word, at, joined) => ({
    ...word,
    hyphened: HYPHEN.test(text.slice(word.end, joined[at + 1]?.start ?? word.end)),
  }));
}

/** A number includes its currency, its sign and its exponent, which search folds to digits: 10⁶ isn't 106. */
function withSign(text: string, { start, end, term: folded, sign: character }: Word): Span & { readonly term: string } {
  // Search pairs Chinese characters; here each is compared by itself.
  if (character !== undefined) return { start, end, term: foldSign(text.slice(start, end)) };
  const written = text.slice(start, end);
  const term = POWER.test(written) ? written.toLowerCase().replaceAll(',', '') : folded;
  if (!DIGIT.test(term)) return { start, end, term };
  const before = CURRENCY.exec(text.charAt(start - 1))?.[0] ?? '';
  const after = before === '' ? CURRENCY_AFTER.exec(text.slice(end, end + 3)) : null;
  const from = start - before.length;
  const minus = MINUS.test(text.charAt(from - 1)) && /^[\s\(\[]?$/v.test(text.charAt(from - 2)) ? '-' : '';
  return {
    start: from - minus.length,
    end: end + (after?.[0].length ?? 0),
    term: `${minus}${after?.groups?.currency ?? before}${term}`,
  };
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
const CONTRACTION = /(?:n't|'(?:re|ve|ll|m|d)|^(?:it|that|there|here|what|who|he|she|let)'s)$/v;

export function isNegation(term: string): boolean {
  return NEGATIONS.has(term) || term.endsWith(NEGATIVE_ENDING);
}

/** True if one word is the other's negation: "won't" and "will", "isn't" and "is". */
export function areOpposite(one: string, other: string): boolean {
  return affirmed(one) === other || affirmed(other) === one;
}

function affirmed(term: string): string | undefined {
  return (
    AFFIRMATIONS.get(term) ?? (term.endsWith(NEGATIVE_ENDING) ? term.slice(0, -NEGATIVE_ENDING.length) : undefined)
  );
}

/** True for numbers and negations, without which a sentence says something else. */
export function carriesMeaning(term: string): boolean {
  return isNegation(term) || /\p{N}/v.test(term) || NUMBERS.has(term);
}

/** True for the same word, ignoring apostrophes and editorial brackets. */
export function isSame(quoted: QuoteWord, found: ComparedWord): boolean {
  if (quoted.term === found.term) return true;
  if (quoted.kept !== undefined) return isKept(quoted.kept, quoted.term, found.term);
  return withoutApostrophe(quoted.term, found.term) || withoutApostrophe(found.term, quoted.term);
}

function withoutApostrophe(bare: string, whole: string): boolean {
  if (whole.length - bare.length !== 1 || !CONTRACTION.test(whole)) return false;
  return bare === whole.replaceAll("'", '') && !OTHER_WITHOUT_APOSTROPHE.has(bare);
}

/** In letters: "use[less]" isn't "useful". */
const MOST_KEPT_OUT = 3;

/** "want[ed]" is "want" or "wants", but "[un]safe" isn't "safe": letters outside the brackets must match. */
function isKept({ head, tail }: { readonly head: string; readonly tail: string }, put: string, term: string): boolean {
  const outside = head.length + tail.length;
  const few = [put, term].every(({ length }) => length >= outside && length - outside <= MOST_KEPT_OUT);
  return head !== '' && outside > 1 && few && term.startsWith(head) && term.endsWith(tail) && !isNegation(term);
}

/** Parts of a compound that only a space separates: "for ever". */
const PART = /^\p{L}{3,}$/v;

/**
 * Returns the word that is the same as these two: "reevaluate" for "re-evaluate", "cannot" for "can not" and "forever"
 * for "for ever"; `undefined` if there is none.
 */
export function joinedTerm(first: ComparedWord, second: ComparedWord | undefined): string | undefined {
  if (second === undefined) return undefined;
  const joined = first.term + second.term;
  if (joined === 'cannot') return joined;
  // "5-10" isn't "510".
  if (/\p{N}$/v.test(first.term) && DIGIT.test(second.term)) return undefined;
  if (first.hyphened) return OTHER_WITHOUT_HYPHEN.has(joined) ? undefined : joined;
  const areParts = second.start - first.end === 1 && PART.test(first.term) && PART.test(second.term);
  const isOther = OTHER_WITHOUT_SPACE.has(joined) || [first.term, second.term, joined].some(isNegation);
  return areParts && !isOther ? joined : undefined;
}

export interface QuoteWord extends ComparedWord {
  /** An ellipsis comes before it. */
  readonly afterEllipsis: boolean;
  /** It's in square brackets, added by the person quoting. */
  readonly editorial: boolean;
  /** Its parts outside brackets: "[W]e", "want[ed]". */
  readonly kept: { readonly head: string; readonly tail: string } | undefined;
}

const ELLIPSIS = /[\[\(（]\s*(?:…+|\.{2,}|(?:\.\s){2,}\.?)\s*[\]\)）]|…+|\.{3,}|(?:\.\s){2,}\./gv;
const SIC = /[\[\(]\s*sic[.!]?\s*[\]\)]/giv;
const ALPHABETIC = /^[\p{L}--\p{sc=Han}]/v;
const GROUP = /\[[^\[\]\n]{1,80}\]/gv;
/** If more than this share is in brackets, they are words like any other. */
const MOST_EDITORIAL = 0.5;

/** Returns the words of a quote, with what ellipses and brackets say about them. */
export function quoteWords(text: string): QuoteWord[] {
  const readable = text.replaceAll(SIC, whole => ' '.repeat(whole.length));
  const breaks = matchesOf(readable, ELLIPSIS);
  const groups = matchesOf(readable, GROUP);
  const words = joinPieces(readable, comparedWords(readable), groups);
  const read = words.map((word, at): QuoteWord => {
    const from = words[at - 1]?.end ?? Number.POSITIVE_INFINITY;
    const inside = groups.some(each => word.start > each.start && word.end < each.end);
    const editorial = word.kept === undefined && inside && !carriesMeaning(word.term);
    return { ...word, afterEllipsis: breaks.some(({ start }) => start >= from && start < word.start), editorial };
  });
  const added = read.filter(({ editorial }) => editorial).length;
  return added > MOST_EDITORIAL * read.length ? read.map(word => ({ ...word, editorial: false })) : read;
}

type Piece = ComparedWord & Pick<QuoteWord, 'kept'>;

/** Joins "[W]e" and "want[ed]": words partly changed in brackets. */
function joinPieces(text: string, words: readonly ComparedWord[], groups: readonly Span[]): Piece[] {
  const joined: Piece[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    const between = last === undefined ? ' ' : text.slice(last.end, word.start);
    const letters = ALPHABETIC.test(word.term) && ALPHABETIC.test(last?.term ?? '');
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
