import type { Article } from '../../news/article.ts';
import { pairQuotations, type Quotation } from '../../news/quotations.ts';
import { slice, type Span } from '../../news/span.ts';
import type { Report } from '../attribution.ts';
import { type Candidate, findCandidates } from './candidates.ts';
import { describeTokens } from './features.ts';
import { loadModel, type Model } from './model.ts';

export interface ScoredReport extends Report {
  readonly score: number;
}

const LEAST = 0.3;
let loaded: Model | undefined;

/** Finds by the learned model what an article reports of somebody, in the order of the contents. */
export function findReports(article: Article): readonly ScoredReport[] {
  loaded ??= loadModel();
  const model = loaded;
  const quotations = Map.groupBy(pairQuotations(article.text, article.paragraphs), quotation => quotation.paragraph);
  return article.paragraphs.flatMap(paragraph => {
    const own = quotations.get(paragraph.number) ?? [];
    const candidates = findCandidates(model, describeTokens(article.text, paragraph, own), LEAST);
    return candidates.flatMap(candidate => toReport(candidate));
  });
}

function toReport(candidate: Candidate): readonly ScoredReport[] {
  const [first, ...others] = candidate.content;
  if (first === undefined) return [];
  return [{ type: 'indirect', content: [first, ...others], cue: candidate.cue, source: candidate.source, rule: 'learned', score: candidate.score }];
}
