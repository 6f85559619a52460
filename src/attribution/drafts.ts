import type { Span } from '../news/span.ts';
import type { Speeches } from './quoted-contents.ts';
import type { Item } from './statements.ts';
import { isWord, type Range } from './words.ts';

/** A report in the making: later passes may add to its content. */
export interface Draft {
  readonly type: 'direct' | 'indirect' | 'mixed';
  readonly content: readonly Span[];
  readonly cue: Span | undefined;
  readonly source: Span | undefined;
  readonly rule: string;
  readonly paragraph: number;
}

/** A range of items as a span of the text; undefined for none. */
export function spanOf(items: readonly Item[], range: Range | undefined): Span | undefined {
  const first = items[range?.from ?? -1];
  const last = items[(range?.to ?? 0) - 1];
  return first === undefined || last === undefined || last.end <= first.start
    ? undefined
    : { start: first.start, end: last.end };
}

/** Whether items hold quotations and marks only. */
export function isQuotationOnly(items: readonly Item[], range: Range): boolean {
  const slice = items.slice(range.from, range.to);
  return (
    slice.some(item => item.quotation !== undefined) &&
    slice.every(item => item.quotation !== undefined || !isWord(item))
  );
}

/** The content in a range: what stands between the marks when all of it is quoted, else the whole with its marks. */
export function contentOf(items: readonly Item[], range: Range, speeches: Speeches): Pick<Draft, 'type' | 'content'> {
  const quotations = items
    .slice(range.from, range.to)
    .flatMap(item => (item.quotation === undefined ? [] : [item.quotation]));
  if (isQuotationOnly(items, range)) {
    return { type: 'direct', content: quotations.flatMap(quotation => speeches.spans(quotation)) };
  }
  const span = spanOf(items, range);
  return { type: quotations.length > 0 ? 'mixed' : 'indirect', content: span === undefined ? [] : [span] };
}
