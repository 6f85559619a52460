import { extent, type Span } from '../../news/span.ts';
import { type Token, tokenize } from '../../words/tokens.ts';

/** A word or punctuation mark. */
export interface Item extends Token {
  /** Lower case, with a curly apostrophe. */
  readonly lower: string;
}

/** Returns the words and marks within a span. */
export function itemsOf(text: string, within: Span): readonly Item[] {
  return tokenize(text, within).map(token => ({ ...token, lower: token.text.toLowerCase().replaceAll(/['ʼ]/gv, '’') }));
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
