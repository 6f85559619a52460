import type { Quotation } from '../../news/quotations.ts';
import { extent, type Span } from '../../news/span.ts';
import { tokenize } from '../../words/tokens.ts';

/** A word or punctuation mark of the reporter's own text, or a whole quotation. */
export interface Item extends Span {
  /** Empty for a quotation. */
  readonly text: string;
  /** Lower case, with a curly apostrophe. */
  readonly lower: string;
  readonly quotation: Quotation | undefined;
}

/** Returns a paragraph's words, and each quotation as one item. Nested quotations stay inside the outer one. */
export function itemsOf(text: string, paragraph: Span, quotations: readonly Quotation[]): readonly Item[] {
  const outer = quotations.filter(({ depth }) => depth === 0);
  const last = { start: outer.at(-1)?.end ?? paragraph.start, end: paragraph.end };
  const pieces = outer.map((quotation, index): readonly Item[] => {
    const before = { start: outer[index - 1]?.end ?? paragraph.start, end: quotation.start };
    const item = { start: quotation.start, end: quotation.end, text: '', lower: '', quotation };
    return [...wordsOf(text, before), item];
  });
  return [...pieces, wordsOf(text, last)].flat();
}

function wordsOf(text: string, within: Span): readonly Item[] {
  if (within.start >= within.end) return [];
  return tokenize(text, within).map(token => ({
    ...token,
    lower: token.text.toLowerCase().replaceAll(/['ʼ]/gv, '’'),
    quotation: undefined,
  }));
}

/** Returns the items before the first that fails. */
export function takeWhile<T>(items: readonly T[], test: (item: T, at: number) => boolean): readonly T[] {
  const end = items.findIndex((item, at) => !test(item, at));
  return end < 0 ? items : items.slice(0, end);
}

/** Returns the span from the first item or token to the last; undefined if there are none. */
export function spanned(items: readonly Span[]): Span | undefined {
  return items.length === 0 ? undefined : extent(items);
}
