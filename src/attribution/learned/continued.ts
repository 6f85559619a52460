import type { Paragraph } from '../../news/article.ts';
import type { Quotation } from '../../news/quotations.ts';
import { contains, type Span } from '../../news/span.ts';
import { quotedReport, type ScoredReport } from './reports.ts';

/** What was found in one paragraph, and its quotations. */
export interface ReadParagraph {
  readonly paragraph: Paragraph;
  readonly quotations: readonly Quotation[];
  readonly reports: readonly ScoredReport[];
}

const CLOSING_MARK = /(?<=\S)["”»](?=$|[\s\p{P}])/gv;

/**
 * Joins a speech that opens again in the next paragraph to the report it belongs to, and keeps the rest of one whose
 * marks stand only at its two ends as a report without a source of its own.
 */
export function joinContinued(text: string, read: readonly ReadParagraph[]): readonly ScoredReport[] {
  const reports: ScoredReport[] = [];
  /** The quotation that the paragraph before left open, and the place of the report that holds it. */
  let open: Quotation | undefined;
  let holder = -1;
  for (const { paragraph, quotations, reports: found } of read) {
    const [first] = quotations;
    const opensAgain = open?.continues === true && first?.start === paragraph.start;
    const goesOn = opensAgain && holder >= 0 ? found.find(report => isOnly(report, first)) : undefined;
    const speech = reports[holder];
    if (goesOn !== undefined && speech !== undefined) {
      reports[holder] = { ...speech, content: [...speech.content, ...goesOn.content] };
    }
    const added = found.filter(report => report !== goesOn);
    const rest = open !== undefined && !open.continues ? restOf(text, { paragraph, quotations, reports: found }) : [];
    const left = quotations.findLast(quotation => quotation.depth === 0 && !quotation.closed);
    const held =
      left === undefined ? -1 : added.findIndex(report => report.content.some(piece => contains(left, piece)));
    if (held >= 0) holder = reports.length + held;
    else if (goesOn === undefined) holder = -1;
    open = left;
    reports.push(...added, ...rest);
  }
  return reports;
}

/** Whether a report holds nothing but this quotation and names nobody. */
function isOnly(report: ScoredReport, quotation: Span): boolean {
  return (
    report.cue === undefined &&
    report.source === undefined &&
    report.content.length === 1 &&
    report.content.every(piece => contains(quotation, piece))
  );
}

/** The words up to a closing mark that nothing in its paragraph opened. */
function restOf(text: string, { paragraph, quotations, reports }: ReadParagraph): readonly ScoredReport[] {
  const words = text.slice(paragraph.start, paragraph.end);
  for (const { index } of words.matchAll(CLOSING_MARK)) {
    const at = paragraph.start + index;
    const holder = quotations.find(quotation => at >= quotation.start && at < quotation.end);
    if (holder !== undefined) return [];
    const inner = { start: paragraph.start, end: at };
    if (reports.some(report => report.content.some(piece => piece.start < at))) return [];
    return [quotedReport(inner, 'quotation continued')];
  }
  return [];
}
