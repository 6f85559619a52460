import type { Span } from '../news/span.ts';
import { type ComparedWord, comparedWords } from './compared-words.ts';
import { carriesMeaning } from './meaning.ts';

/** A word of a quotation that is checked. */
export interface QuoteWord extends ComparedWord {
  /** An ellipsis stands between it and the word before. */
  readonly afterEllipsis: boolean;
  /** It stands in square brackets: whoever quotes put it there. */
  readonly editorial: boolean;
  /** What of it stands outside brackets: "[W]e", "want[ed]". */
  readonly kept: { readonly head: string; readonly tail: string } | undefined;
}

const ellipsis = /[\[\(（]\s*(?:…+|\.{2,}|(?:\.\s){2,}\.?)\s*[\]\)）]|…+|\.{3,}|(?:\.\s){2,}\./gv;
const sic = /[\[\(]\s*sic[.!]?\s*[\]\)]/giv;
const alphabetic = /^[\p{L}--\p{sc=Han}]/v;
const group = /\[[^\[\]\n]{1,80}\]/gv;
/** A quotation may say little of its own in brackets: beyond this share, brackets are words like any other. */
const mostEditorial = 0.5;

/** The words of what somebody quotes, with what its marks say of them. */
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

/** "[W]e" and "want[ed]" are words, of which the part in brackets was changed. */
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
