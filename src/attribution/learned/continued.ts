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
  let before: ReadParagraph | undefined;
  for (const now of read) {
    const open = before?.quotations.findLast(quotation => quotation.depth === 0 && !quotation.closed);
    const speech =
      open === undefined ? undefined : reports.findLast(report => report.content.some(piece => contains(open, piece)));
    const [first] = now.quotations;
    const continues = open?.continues === true && first?.start === now.paragraph.start;
    const goesOn = first !== undefined && continues ? now.reports.find(report => isOnly(report, first)) : undefined;
    reports.push(...now.reports.filter(report => report !== goesOn || speech === undefined));
    if (goesOn !== undefined && speech !== undefined) {
      reports[reports.indexOf(speech)] = { ...speech, content: [...speech.content, ...goesOn.content] };
    }
    if (open !== undefined && !open.continues) reports.push(...restOf(text, now));
    before = now;
  }
  return reports;
}

/** Whether a report holds nothing but this quotation and names nobody. */
function isOnly(report: ScoredReport, quotation: Span): boolean {
  return (
    report.cue === undefined && report.content.length === 1 && report.content.every(piece => contains(quotation, piece))
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
