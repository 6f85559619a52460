import { wordSet } from '../../news/lexicon/word-lists.ts';
import type { Span } from '../../news/span.ts';
import type { Report } from '../attribution.ts';
import { wordStrings } from '../grammar/words.ts';
import { flag, logOdds, regress } from '../odds.ts';
import type { ReportCandidate } from './candidates.ts';

/** Learned by `training/reports/weigh.ts` from 218 articles (3413 finds) that the network wasn't trained on. */
export const REPORT_WEIGHTS = {
  always: -3.22,
  cue: 0.17,
  report: 0.34,
  content: 0.47,
  source: 0.24,
  noSource: 0.64,
  noCue: -0.18,
  direct: -0.7,
  mixed: -0.14,
  short: 0.23,
  likeTitle: 0.41,
} as const;

/** Evidence for or against a find by name: log-odds, or a flag, 1 or 0. */
export type Evidence = Readonly<Record<keyof typeof REPORT_WEIGHTS, number>>;

/** Probabilities are clipped to this and its complement before their log-odds are taken. The weights depend on it. */
const MOST = 0.995;
/** Maximum number of words of a short content. The weights depend on it. */
const SHORT = 3;
const SMALL_IN_TITLES = wordSet('a an the of in on at to for and or but by with from as is vs');

/** Returns the evidence for a find of this type. */
export function evidenceOf(
  text: string,
  { content, cue, source, clarity }: ReportCandidate,
  type: Report['type'],
): Evidence {
  const words = content.reduce((sum, { start, end }) => sum + text.slice(start, end).split(/\s+/v).length, 0);
  return {
    always: 1,
    cue: logOdds(clarity.cue, MOST),
    report: logOdds(clarity.report, MOST),
    content: logOdds(clarity.content, MOST),
    source: clarity.source === undefined ? 0 : logOdds(clarity.source, MOST),
    noSource: flag(source === undefined),
    noCue: flag(cue === undefined),
    direct: flag(type === 'direct'),
    mixed: flag(type === 'mixed'),
    short: flag(words <= SHORT),
    likeTitle: flag(type !== 'indirect' && isLikeTitle(text, content)),
  };
}

/** Returns the probability that content and source of a find are right, by logistic regression. */
export function likelihood(evidence: Evidence): number {
  return regress(REPORT_WEIGHTS, evidence);
}

/** Two or more words, each capitalised: “Light and Dark”. */
function isLikeTitle(text: string, content: readonly Span[]): boolean {
  const words = content.flatMap(({ start, end }) => wordStrings(text.slice(start, Math.min(end, start + 120))));
  return words.length > 1 && words.every(word => SMALL_IN_TITLES.has(word) || /^[\p{Lu}\p{N}]/v.test(word));
}
