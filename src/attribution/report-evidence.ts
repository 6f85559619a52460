import { contains, lengthOf, overlaps, type Span } from '../news/span.ts';
import type { Report } from './attribution.ts';
import type { ScoredReport } from './learned/reports.ts';
import type { reportWeights } from './report-weights.ts';

/** Contents that share so much of their characters (F) are the same, or nearly. */
const SAME = 0.8;
export const NEAR = 0.5;

const EMPTY_SOURCE = /^(?:there|the|an?)$/iv;
const IT = /^it$/iv;
const PASSIVE = /^(?:is|was|were|be|has been|had been|have been)\b/iv;
const A_WORD = /[\p{L}\p{N}]+(?:['’\-][\p{L}\p{N}]+)*/gv;
const SMALL_IN_TITLES = new Set('a an the of in on at to for and or but by with from as is vs'.split(' '));

/** What speaks for or against a report, by name; each from 0 to 1 but for the model's own log-odds. */
export type Evidence = Readonly<Record<keyof typeof reportWeights, number>>;

/** The rule's report that is most like a learned one. */
interface Likeness {
  readonly f: number;
  readonly sameSource: boolean;
  readonly other: Report | undefined;
}

export interface Finding {
  /** What the model found; where a rule found the same, in the rule's spans, which end where a reader would end them. */
  readonly report: ScoredReport;
  readonly evidence: Evidence;
  readonly likest: Likeness;
  /** Reports that rules read apart and the model takes for one: it runs over the cue of another. */
  readonly swallowed: readonly Report[];
}

/** The evidence for each learned report; both lists are in the order of their contents. */
export function findEvidence(
  text: string,
  learned: readonly ScoredReport[],
  ruled: readonly Report[],
): readonly Finding[] {
  let from = 0;
  return learned.map(found => {
    const report = withoutEmptySource(text, found);
    const { start, end } = extentOf(report);
    while (from < ruled.length && endOf(ruled[from]) <= start) from += 1;
    let to = from;
    while ((ruled[to]?.content[0].start ?? end) < end) to += 1;
    const near = ruled.slice(from, to);
    const likest = findLikest(report, near);
    const least = likest.other?.rule === 'owner, noun, content' ? NEAR : SAME;
    // A claim ends before the verb that tells what became of it, which the model runs over.
    const same = likest.f >= least && likest.sameSource && likest.other !== undefined;
    return {
      report: same ? { ...report, ...likest.other, rule: bothRules(report, likest.other) } : report,
      evidence: evidenceOf(text, report, likest),
      likest,
      swallowed: separate(report, near),
    };
  });
}

/** Of what both read by the layout, once. */
function bothRules(one: Report, other: Report): string {
  return one.rule === other.rule ? one.rule : `${one.rule}, ${other.rule}`;
}

function findLikest(report: Report, others: readonly Report[]): Likeness {
  let likest: Likeness = { f: 0, sameSource: false, other: undefined };
  for (const other of others) {
    const f = likeness(report.content, other.content);
    if (f > likest.f) likest = { f, sameSource: haveSameSource(report, other), other };
  }
  return likest;
}

/** Where the model's content runs over a rule's cue: “He lied,” she said, …; he said A but did not say B. */
function separate(report: Report, others: readonly Report[]): readonly Report[] {
  const runOver = others.filter(other => runsOver(report, other));
  if (runOver.length === 0) return [];
  return others.filter(other => runOver.includes(other) || (other.cue !== undefined && haveSameSpan(other, report)));
}

function runsOver(report: Report, other: Report): boolean {
  const { type, cue, source } = other;
  if (cue === undefined || source === undefined || !report.content.some(span => contains(span, cue))) return false;
  return haveSameSpan(other, report) || (type === 'direct' && report.content.some(span => contains(span, source)));
}

function haveSameSpan({ source: one }: Report, { source: other }: Report): boolean {
  return one !== undefined && one.start === other?.start && one.end === other.end;
}

function evidenceOf(text: string, report: ScoredReport, rule: Likeness): Evidence {
  const odds = Math.min(0.995, Math.max(0.02, report.score));
  const words = report.content.reduce((sum, { start, end }) => sum + text.slice(start, end).split(/\s+/v).length, 0);
  return {
    always: 1,
    logOddsOfModel: Math.log(odds / (1 - odds)),
    sameByRule: rule.f >= SAME && rule.sameSource ? 1 : 0,
    nearByRule: rule.f >= NEAR && rule.sameSource ? 1 : 0,
    sameContentByRule: rule.f >= NEAR ? 1 : 0,
    direct: report.type === 'direct' ? 1 : 0,
    mixed: report.type === 'mixed' ? 1 : 0,
    noSource: report.source === undefined ? 1 : 0,
    noCue: report.cue === undefined ? 1 : 0,
    short: words <= 3 ? 1 : 0,
    likeTitle: report.type !== 'indirect' && isLikeTitle(text, report) ? 1 : 0,
  };
}

/** Two words or more, each with a capital: “Light and Dark”. */
function isLikeTitle(text: string, { content }: Report): boolean {
  const words = content.flatMap(({ start, end }) => text.slice(start, Math.min(end, start + 120)).match(A_WORD) ?? []);
  return words.length > 1 && words.every(word => SMALL_IN_TITLES.has(word) || /^[\p{Lu}\p{N}]/v.test(word));
}

/** A source that names nobody: "It was announced", "The … is said". */
function withoutEmptySource(text: string, report: ScoredReport): ScoredReport {
  const { source, cue } = report;
  if (source === undefined) return report;
  const words = text.slice(source.start, source.end);
  const passive = cue !== undefined && PASSIVE.test(text.slice(cue.start, cue.end));
  const empty = EMPTY_SOURCE.test(words) || (passive && IT.test(words));
  return empty ? { ...report, source: undefined } : report;
}

export function extentOf({ content }: Report): Span {
  return { start: content[0].start, end: Math.max(...content.map(span => span.end)) };
}

function endOf(report: Report | undefined): number {
  return report === undefined ? 0 : extentOf(report).end;
}

/** F of the characters that two contents share. */
function likeness(some: readonly Span[], others: readonly Span[]): number {
  const shared = some.reduce((sum, one) => others.reduce((inner, other) => inner + sharedBy(one, other), sum), 0);
  return (2 * shared) / (lengthOf(some) + lengthOf(others));
}

function sharedBy(one: Span, other: Span): number {
  return Math.max(0, Math.min(one.end, other.end) - Math.max(one.start, other.start));
}

function haveSameSource(one: Report, other: Report): boolean {
  if (one.source === undefined || other.source === undefined) return one.source === other.source;
  return overlaps(one.source, other.source);
}
