import type { Article, Paragraph } from '../../news/article.ts';
import { pairQuotations, type Quotation } from '../../news/quotations.ts';
import { accept } from './accept.ts';
import { findCandidates } from './candidates.ts';
import { joinContinued, type ReadParagraph } from './continued.ts';
import { describeTokens } from './features.ts';
import { loadModel, type Model } from './model.ts';
import { quotedReport, type ScoredReport, toReport } from './reports.ts';
import { snapToQuotations } from './snap.ts';
import { claimQuotations } from './unclaimed.ts';

/** Finds below this are not looked at. */
const LEAST = 0.1;

let loaded: Model | undefined;

/**
 * Finds what an article reports of somebody, in the order of the contents: cues, sources and unmarked contents by the
 * learned model, quotation marks by rule around it. Each paragraph is read by itself.
 */
export function findReports(article: Article): readonly ScoredReport[] {
  loaded ??= loadModel();
  const model = loaded;
  const { text, paragraphs } = article;
  const quotations = Map.groupBy(pairQuotations(text, paragraphs), quotation => quotation.paragraph);
  const read = paragraphs.map(paragraph =>
    readParagraph(model, text, paragraph, quotations.get(paragraph.number) ?? []),
  );
  return joinContinued(text, read).toSorted((one, other) => one.content[0].start - other.content[0].start);
}

function readParagraph(
  model: Model,
  text: string,
  paragraph: Paragraph,
  quotations: readonly Quotation[],
): ReadParagraph {
  const candidates = findCandidates(model, describeTokens(text, paragraph, quotations), LEAST);
  const snapped = candidates.map(candidate => snapToQuotations(candidate, quotations));
  const { finds, alone } = claimQuotations(text, paragraph, quotations, accept(text, snapped, quotations));
  const reports = [
    ...finds.flatMap(find => toReport(text, find, quotations)),
    ...alone.map(quotation => quotedReport(quotation.inner, 'quotation alone')),
  ];
  return { paragraph, quotations, reports };
}
