import type { Report, WeighedReport } from './attribution.ts';
import { isDialogue } from './fiction.ts';
import type { ScoredReport } from './learned/reports.ts';
import { type Evidence, extentOf, type Finding, findEvidence, NEAR } from './report-evidence.ts';
import { reportWeights } from './report-weights.ts';
import { looksFinite } from './verbs.ts';

/** Under this, a report is more likely to be noise than somebody's words. F1 is flat around it: .30 to .40 differ by 0.2. */
const KEPT = 0.34;
/** From this on, nine of ten are right. */
const SURE = 0.72;
/** Of what a rule alone finds after "that", so much was right in held-back and other articles (19 of 37). */
const AFTER_THAT = 0.51;
/** `Ann Lee wrote on Monday:`, in UTF-16 units. */
const LONGEST_INTRODUCTION = 60;
const POSSESSIVE = /^(?:his|her|its|their|my|our|your|whose)$/iv;
/** Rules whose word is enough. */
const CERTAIN_RULES = new Set(['introduced by a colon']);
/**
 * Rules whose finds are kept where the model has nothing, but in doubt. Right on the training articles: an owner’s noun
 * 13 of 21, a negated question 13 of 15, any other negated cue 21 of 50, “as Lee put it” 31 of 55; the others are rare.
 */
const HALF_RULES = new Set([
  ...[
    'as subject, cue, content',
    'in the words of',
    'noun, source, content',
    'owner, noun, content',
    'quoted as saying',
  ],
  ...['subject, negated cue, question', 'subject, negated cue, content', 'headline, source last'],
]);
/** Rules that tell better than the model whose words these are: the claim's owner, whoever was quoted. */
const SOURCE_RULES = new Set(['passive', 'quoted as saying', 'owner, noun, content']);

/**
 * Keeps of the learned reports those that are likely enough, and says which are doubtful. That rules which know nothing of
 * the model find the same is the strongest evidence there is; logistic regression weighs it with the model's own score
 * (`training/weigh.ts`). Speech that marks or layout decide alone is kept as it is.
 */
export function weighReports(
  text: string,
  learned: readonly ScoredReport[],
  ruled: readonly Report[],
): readonly WeighedReport[] {
  const findings = findEvidence(text, learned, ruled);
  const preferred = new Set(findings.flatMap(rulesToPrefer));
  const isReplaced = (finding: Finding) =>
    rulesToPrefer(finding).length > 0 || (finding.likest.other !== undefined && preferred.has(finding.likest.other));
  const kept = findings.filter(finding => !isReplaced(finding)).flatMap(finding => weigh(text, finding));
  return [...kept, ...missedByModel(text, ruled, kept, preferred)]
    .filter(report => !isDialogue(text, report))
    .sort((one, other) => one.content[0].start - other.content[0].start);
}

/** The rules' reports to take in place of a learned one, where grammar or marks are surer than the model. */
function rulesToPrefer({ report, likest, swallowed }: Finding): readonly Report[] {
  const { f, sameSource, other } = likest;
  if (swallowed.length > 0) return swallowed;
  const named = isDecided(report) && report.source === undefined && f > 0 && isNear(report, other);
  const owned = other !== undefined && SOURCE_RULES.has(other.rule) && f >= NEAR && !sameSource;
  return other !== undefined && (named || owned) ? [other] : [];
}

/** Whether a rule's source stands by the quotation, and not in a long paragraph before it that ends with a colon. */
function isNear(report: Report, other: Report | undefined): boolean {
  if (other?.source === undefined) return false;
  return other.rule !== 'introduced by a colon' || report.content[0].start - other.source.start < LONGEST_INTRODUCTION;
}

function weigh(text: string, { report, evidence, likest }: Finding): readonly WeighedReport[] {
  const decided = isDecided(report);
  const score = likelihood(evidence);
  const title = likest.f < NEAR && (evidence.likeTitle === 1 || tellsOfItself(text, report));
  const sure = score >= SURE && (likest.f >= NEAR || !isPossessive(text, report));
  return decided || (score >= KEPT && !title) ? [{ ...report, score, doubtful: !decided && !sure }] : [];
}

/** "Her essay, “On Salt,” is taught": she says nothing; "her claim that …" is as rare. */
function isPossessive(text: string, { source }: Report): boolean {
  return source !== undefined && POSSESSIVE.test(text.slice(source.start, source.end));
}

/** "Her essay, “On Salt,” …", "Her promise is worth little": what is told of the thing is not in it. */
function tellsOfItself(text: string, report: Report): boolean {
  const { cue, content } = report;
  if (cue === undefined || cue.end > content[0].start || !isPossessive(text, report)) return false;
  const [first = ''] = text.slice(content[0].start, Math.min(content[0].end, content[0].start + 20)).split(/[^\p{L}]/v);
  return text.slice(cue.end, content[0].start).includes(',') || looksFinite(first.toLowerCase());
}

/** What rules alone find is mostly wrong; but half of it is right after "that", and colons and layout are certain. */
function missedByModel(
  text: string,
  ruled: readonly Report[],
  kept: readonly WeighedReport[],
  preferred: ReadonlySet<Report>,
): readonly WeighedReport[] {
  const taken = kept.flatMap(report => report.content).sort((one, other) => one.start - other.start);
  let from = 0;
  return ruled.flatMap(report => {
    const extent = extentOf(report);
    while (from < taken.length && (taken[from]?.end ?? 0) <= extent.start) from += 1;
    const free = (taken[from]?.start ?? extent.end) >= extent.end;
    const half = HALF_RULES.has(report.rule) || followsThat(text, report);
    const certain = CERTAIN_RULES.has(report.rule) || (preferred.has(report) && !HALF_RULES.has(report.rule));
    if (!free || !(certain || half)) return [];
    return [{ ...report, score: certain ? SURE : AFTER_THAT, doubtful: !certain }];
  });
}

function followsThat(text: string, { content: [first] }: Report): boolean {
  return /\bthat\s$/iv.test(text.slice(Math.max(0, first.start - 6), first.start));
}

function isDecided(report: ScoredReport): boolean {
  return report.cue === undefined && report.score === 1;
}

function likelihood(evidence: Evidence): number {
  const sum = Object.entries(reportWeights).reduce(
    (total, [name, weight]) => total + weight * (name in evidence ? Reflect.get(evidence, name) : 0),
    0,
  );
  return 1 / (1 + Math.exp(-sum));
}
