import type { Article, Paragraph } from '../../news/article.ts';
import { pairQuotations, type Quotation } from '../../news/quotations.ts';
import { overlaps } from '../../news/span.ts';
import { findLaidOut } from '../layouts.ts';
import { accept } from './accept.ts';
import { findCandidates } from './candidates.ts';
import { joinContinued } from './continued.ts';
import { extendOverThat } from './coordinate.ts';
import { describeTokens } from './features.ts';
import { loadModel, type Model } from './model.ts';
import { quotedReport, type ScoredReport, toReport } from './reports.ts';
import { snapToQuotations } from './snap.ts';
import { cutStretches } from './stretches.ts';
import { claimQuotations } from './unclaimed.ts';

/** What is less likely to be said is not looked at. */
const LEAST = 0.2;

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
  const laidOut = findLaidOut(article, quotations);
  const read = paragraphs.map(paragraph => {
    const own = quotations.get(paragraph.number) ?? [];
    const settled = laidOut.get(paragraph.number)?.map(report => ({ ...report, score: 1 }));
    const reports = settled ?? readParagraph(model, text, paragraph, own);
    return { paragraph, quotations: own, reports };
  });
  return joinContinued(text, read).toSorted((one, other) => one.content[0].start - other.content[0].start);
}

function readParagraph(
  model: Model,
  text: string,
  paragraph: Paragraph,
  quotations: readonly Quotation[],
): readonly ScoredReport[] {
  const features = describeTokens(text, paragraph, quotations);
  return cutStretches(features).flatMap(stretch => {
    const span = { start: stretch.tokens[0]?.start ?? 0, end: stretch.tokens.at(-1)?.end ?? 0 };
    const own = quotations.filter(quotation => overlaps(quotation, span));
    const candidates = findCandidates(model, stretch, LEAST).map(candidate => snapToQuotations(candidate, own));
    const accepted = accept(text, candidates, own);
    const extended = accepted.map(find => extendOverThat(text, paragraph, find, accepted));
    const { finds, alone } = claimQuotations(text, paragraph, own, extended);
    return [
      ...finds.flatMap(find => toReport(text, find, own)),
      ...alone.map(quotation => quotedReport(quotation.inner, 'quotation alone')),
    ];
  });
}
