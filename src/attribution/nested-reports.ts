import type { Article, Paragraph } from '../news/article.ts';
import { pairQuotations } from '../news/quotations.ts';
import { contains, overlaps, type Span, unite } from '../news/span.ts';
import type { Report, WeighedReport } from './attribution.ts';
import type { Draft } from './drafts.ts';
import { findGovernedContents } from './governed-contents.ts';
import { holdsReports, judgeTold } from './nested-rules.ts';
import { findSpeeches } from './quoted-contents.ts';
import { findStatements } from './statements.ts';
import { firstFrom, paragraphAt } from './story.ts';

/** What somebody is reported to have reported: "Lee said that Cho had said …". */
export interface NestedReport {
  readonly report: WeighedReport;
  /** The report in whose content it stands: its source is who tells of it. */
  readonly within: Report;
}

/** Of those that pass, so many were right, by hand, among some that the rules were not made from. */
const RIGHT = 0.85;
const RIGHT_IF_DOUBTFUL = 0.7;

/**
 * Finds within what was said whom that tells of in turn, by the rules that read the article itself: a content is read as
 * a text of its own, so that quotation marks within quotation marks are the outer ones there. Two levels: nobody follows
 * more.
 */
export function findNestedReports(article: Article, kept: readonly WeighedReport[]): readonly NestedReport[] {
  const byCue = new Map(kept.map(report => [report.cue?.start, report]));
  const first = kept.flatMap(report => findWithin(article, report)).flatMap(found => orKept(found, byCue));
  const second = first.flatMap(({ report }) => findWithin(article, report)).flatMap(found => orKept(found, byCue));
  return [...first, ...second];
}

/** The article's own report of the same cue instead, if there is one; where that reaches beyond the content, there is none within. */
function orKept(found: NestedReport, byCue: ReadonlyMap<number | undefined, WeighedReport>): readonly NestedReport[] {
  const { report, within } = found;
  const known = byCue.get(report.cue?.start);
  if (known === undefined) return [found];
  return known !== within && known.content.every(piece => within.content.some(outer => contains(outer, piece)))
    ? [{ report: known, within }]
    : [];
}

function findWithin(article: Article, outer: WeighedReport): readonly NestedReport[] {
  if (!holdsReports(article.text, outer)) return [];
  return piecesOf(article, outer.content).flatMap(piece => {
    const statements = findStatements({ ...article, paragraphs: [piece] }, pairQuotations(article.text, [piece]));
    const speeches = findSpeeches(article.text, statements);
    return statements
      .flatMap(statement => findGovernedContents(statement, speeches))
      .flatMap(draft => {
        const told = judgeTold(article.text, draft, outer, piece);
        return told === undefined ? [] : toNested(draft, outer, told.doubtful);
      });
  });
}

function toNested(draft: Draft, outer: WeighedReport, doubtful: boolean): readonly NestedReport[] {
  const { type, cue, source } = draft;
  const [first, ...others] = unite(draft.content);
  if (first === undefined) return [];
  const found = { type, content: [first, ...others] as const, cue, source, rule: `within a report: ${draft.rule}` };
  return [{ report: { ...found, score: doubtful ? RIGHT_IF_DOUBTFUL : RIGHT, doubtful }, within: outer }];
}

/** The pieces of a content as paragraphs, with the sentences that they hold whole or in part. */
function piecesOf(article: Article, content: readonly Span[]): readonly Paragraph[] {
  return content.flatMap(span => {
    const pieces: Paragraph[] = [];
    for (let at = paragraphAt(article, span.start); at < article.paragraphs.length; at += 1) {
      const paragraph = article.paragraphs[at];
      if (paragraph === undefined || paragraph.start >= span.end) break;
      if (overlaps(paragraph, span)) pieces.push(cutTo(paragraph, span));
    }
    return pieces;
  });
}

function cutTo({ number, start, end, sentences }: Paragraph, span: Span): Paragraph {
  const cut = (whole: Span): Span => ({ start: Math.max(whole.start, span.start), end: Math.min(whole.end, span.end) });
  const held: Span[] = [];
  for (let at = Math.max(0, firstFrom(sentences, span.start) - 1); at < sentences.length; at += 1) {
    const sentence = sentences[at];
    if (sentence === undefined || sentence.start >= span.end) break;
    if (overlaps(sentence, span)) held.push(cut(sentence));
  }
  return { number, ...cut({ start, end }), sentences: held };
}
