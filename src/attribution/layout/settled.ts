import type { Paragraph } from '../../news/article.ts';
import type { Quotation } from '../../news/quotations.ts';
import type { Span } from '../../news/span.ts';
import type { Report } from '../attribution.ts';

/** A paragraph settled by its layout, and its reports. */
export interface SettledParagraph {
  readonly paragraph: number;
  readonly reports: readonly Report[];
}

/** The quotations of each paragraph, by its number. */
export type Quotations = ReadonlyMap<number, readonly Quotation[]>;

/** Settles a paragraph without a report: nobody says it, or an earlier report includes it. */
export function withoutReports({ number }: Paragraph): SettledParagraph {
  return { paragraph: number, reports: [] };
}

type ReportParts = Pick<Report, 'rule'> & Partial<Pick<Report, 'source' | 'cue' | 'named' | 'repeats'>>;

/** Settles the first paragraphs with one report, which has a piece in each and belongs to the first. */
export function settle(
  paragraphs: readonly Paragraph[],
  [first, ...others]: readonly Span[],
  { source, cue, ...found }: ReportParts,
): readonly SettledParagraph[] {
  if (first === undefined) return [];
  const report: Report = { type: 'direct', content: [bare(first), ...others.map(bare)], cue, source, ...found };
  const rest = paragraphs.slice(1, others.length + 1).map(withoutReports);
  return [{ paragraph: paragraphs[0]?.number ?? 0, reports: [report] }, ...rest];
}

function bare({ start, end }: Span): Span {
  return { start, end };
}

const FIRST_PERSON = /\b(?:I(?!\.)|[Ww]e|[Mm]e|[Mm]y|[Mm]yself|us|[Oo]urs?|ourselves)\b(?!-)/gv;

/** Whether a paragraph says "I" or "we" outside quotation marks. */
export function isInFirstPerson(text: string, { start, end, number }: Paragraph, quotations: Quotations): boolean {
  const quoted = (quotations.get(number) ?? []).filter(({ depth }) => depth === 0);
  let next = 0;
  for (const { index } of text.slice(start, end).matchAll(FIRST_PERSON)) {
    const at = start + index;
    while ((quoted[next]?.end ?? at + 1) <= at) next += 1;
    if ((quoted[next]?.start ?? at + 1) > at) return true;
  }
  return false;
}

/** Returns the quotation if it fills the paragraph, apart from final punctuation. */
export function wholeQuotation(text: string, paragraph: Paragraph, quotations: Quotations): Quotation | undefined {
  const [first, ...others] = (quotations.get(paragraph.number) ?? []).filter(({ depth }) => depth === 0);
  if (first?.start !== paragraph.start || others.length > 0) return undefined;
  return /^[.,…]?$/v.test(text.slice(first.end, Math.min(paragraph.end, first.end + 3))) ? first : undefined;
}
