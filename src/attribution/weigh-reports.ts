import { wordSet } from '../news/lexicon/word-lists.ts';
import { contains, lengthOf, overlaps, type Span, sharedLength } from '../news/span.ts';
import type { Report, WeighedReport } from './attribution.ts';
import { fMeasure } from './f-measure.ts';
import type { ScoredReport } from './network/find-reports.ts';
import { reportWeights } from './report-weights.ts';
import { looksFinite } from './rules/words.ts';

/** How far around a report a film or novel is looked for, in UTF-16 units. */
const REACH = 120;
const WORKS = '(?:film|movie|novel|play|sitcom|drama|scene|opera|musical|comic|cartoon|fable|fairy tale|short story)';
const IN_A_WORK = new RegExp(
  `\\b[Ii]n (?:the|a|an|one|this|his|her|its|their)\\b[^.!?\\n“”"]{0,40}?\\b${WORKS}\\b(?!-)`,
  'v',
);
/** A capital other than the first of a sentence. */
const NAMED = /^(?!(?:The|An?|One|Her|His)\b)\p{Lu}|.\p{Lu}/v;
const SENTENCE_END = /[.!?\n][”"’']?\s/v;

/**
 * Whether a quotation is dialogue from a work of fiction: "In the film’s last scene, the hero says, “…”". Only for
 * unnamed sources; a named one may be speaking as themselves.
 */
function isDialogue(text: string, { type, source, content, cue }: Report): boolean {
  if (type === 'indirect' || source === undefined || NAMED.test(text.slice(source.start, source.end))) return false;
  const starts = [source.start, content[0].start, ...(cue === undefined ? [] : [cue.start])];
  const ends = [source.end, ...content.map(span => span.end), ...(cue === undefined ? [] : [cue.end])];
  const start = Math.min(...starts);
  const end = Math.max(...ends);
  const before =
    text
      .slice(Math.max(0, start - REACH), start)
      .split(SENTENCE_END)
      .at(-1) ?? '';
  const after = text.slice(end, end + REACH).split(SENTENCE_END)[0] ?? '';
  return IN_A_WORK.test(before) || IN_A_WORK.test(after);
}

/** Contents with at least this F-measure of shared characters count as the same. */
const SAME = 0.8;
const NEAR = 0.5;

const EMPTY_SOURCE = /^(?:there|the|an?)$/iv;
const IT = /^it$/iv;
const PASSIVE = /^(?:is|was|were|be|has been|had been|have been)\b/iv;
const A_WORD = /[\p{L}\p{N}]+(?:['’\-][\p{L}\p{N}]+)*/gv;
const SMALL_IN_TITLES = wordSet('a an the of in on at to for and or but by with from as is vs');

/** Evidence for or against a report by name, each from 0 to 1, except the model's own log-odds. */
export type Evidence = Readonly<Record<keyof typeof reportWeights, number>>;

/** The rule's report most similar to a learned one. */
interface Likeness {
  readonly f: number;
  readonly sameSource: boolean;
  readonly other: Report | undefined;
}

interface LearnedReport {
  /** The model's report, with the rule's spans if a rule found the same: those end where a reader would end them. */
  readonly report: ScoredReport;
  readonly evidence: Evidence;
  readonly likest: Likeness;
  /** Reports that the rules separate and the model merges because it runs over another cue. */
  readonly swallowed: readonly Report[];
}

/** Returns the evidence for each learned report. Both lists are ordered by content. */
export function findEvidence(
  text: string,
  learned: readonly ScoredReport[],
  ruled: readonly Report[],
): readonly LearnedReport[] {
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
    // A claim ends before the main verb ("… is false"), which the model includes.
    const same = likest.f >= least && likest.sameSource && likest.other !== undefined;
    return {
      report: same ? { ...report, ...likest.other, rule: bothRules(report, likest.other) } : report,
      evidence: evidenceOf(text, report, likest),
      likest,
      swallowed: separate(report, near),
    };
  });
}

/** Names a rule once if both reports come from the layout. */
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

/** Splits a content where the model ran over a rule's cue: “He lied,” she said, …; he said A but did not say B. */
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

/** A source that refers to nobody: "It was announced", "The … is said". */
function withoutEmptySource(text: string, report: ScoredReport): ScoredReport {
  const { source, cue } = report;
  if (source === undefined) return report;
  const words = text.slice(source.start, source.end);
  const passive = cue !== undefined && PASSIVE.test(text.slice(cue.start, cue.end));
  const empty = EMPTY_SOURCE.test(words) || (passive && IT.test(words));
  return empty ? { ...report, source: undefined } : report;
}

function extentOf({ content }: Report): Span {
  return { start: content[0].start, end: Math.max(...content.map(span => span.end)) };
}

function endOf(report: Report | undefined): number {
  return report === undefined ? 0 : extentOf(report).end;
}

/** F-measure of the characters two contents share. */
function likeness(some: readonly Span[], others: readonly Span[]): number {
  const shared = some.reduce((sum, one) => others.reduce((inner, other) => inner + sharedLength(one, other), sum), 0);
  return fMeasure(shared, lengthOf(some), lengthOf(others));
}

function haveSameSource(one: Report, other: Report): boolean {
  if (one.source === undefined || other.source === undefined) return one.source === other.source;
  return overlaps(one.source, other.source);
}

/** Below this score a report is more likely noise. F1 is flat around it: .30 to .40 differ by 0.2. */
const KEPT = 0.34;
/** From this score on, nine out of ten are right. */
const SURE = 0.72;
/** Share of correct reports that only a rule found after "that", in held-out and other articles (19 of 37). */
const AFTER_THAT = 0.51;
/** `Ann Lee wrote on Monday:`: maximum length, in UTF-16 units. */
const LONGEST_INTRODUCTION = 60;
const POSSESSIVE = /^(?:his|her|its|their|my|our|your|whose)$/iv;
/** Rules trusted without the model. */
const CERTAIN_RULES = new Set(['introduced by a colon']);
/**
 * Rules whose reports are kept as doubtful if the model found nothing. Right on the training articles: an owner’s noun
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
/** Rules that find the source better than the model: the owner of a claim, whoever was quoted. */
const SOURCE_RULES = new Set(['passive', 'quoted as saying', 'owner, noun, content']);

/**
 * Returns the learned reports that are likely enough, marking the doubtful ones. Agreement with the rules, which know
 * nothing of the model, is the strongest evidence; logistic regression combines it with the model's score
 * (`training/weigh.ts`). Reports settled by marks or layout alone pass unchanged.
 */
export function weighReports(
  text: string,
  learned: readonly ScoredReport[],
  ruled: readonly Report[],
): readonly WeighedReport[] {
  const compared = findEvidence(text, learned, ruled);
  const preferred = new Set(compared.flatMap(rulesToPrefer));
  const isReplaced = (each: LearnedReport) =>
    rulesToPrefer(each).length > 0 || (each.likest.other !== undefined && preferred.has(each.likest.other));
  const kept = compared.filter(each => !isReplaced(each)).flatMap(each => weigh(text, each));
  return [...kept, ...missedByModel(text, ruled, kept, preferred)]
    .filter(report => !isDialogue(text, report))
    .sort((one, other) => one.content[0].start - other.content[0].start);
}

/** The rules' reports that replace a learned one because grammar or marks are more reliable there. */
function rulesToPrefer({ report, likest, swallowed }: LearnedReport): readonly Report[] {
  const { f, sameSource, other } = likest;
  if (swallowed.length > 0) return swallowed;
  const named = isDecided(report) && report.source === undefined && f > 0 && isNear(report, other);
  const owned = other !== undefined && SOURCE_RULES.has(other.rule) && f >= NEAR && !sameSource;
  return other !== undefined && (named || owned) ? [other] : [];
}

/**
 * Whether a rule's source is next to the quotation, rather than in a long paragraph before it that ends with a colon.
 */
function isNear(report: Report, other: Report | undefined): boolean {
  if (other?.source === undefined) return false;
  return other.rule !== 'introduced by a colon' || report.content[0].start - other.source.start < LONGEST_INTRODUCTION;
}

function weigh(text: string, { report, evidence, likest }: LearnedReport): readonly WeighedReport[] {
  const decided = isDecided(report);
  const score = likelihood(evidence);
  const title = likest.f < NEAR && (evidence.likeTitle === 1 || tellsOfItself(text, report));
  const sure = score >= SURE && (likest.f >= NEAR || !isPossessive(text, report));
  return decided || (score >= KEPT && !title) ? [{ ...report, score, doubtful: !decided && !sure }] : [];
}

/** "Her essay, “On Salt,” is taught": not speech, and "her claim that …" is just as rare. */
function isPossessive(text: string, { source }: Report): boolean {
  return source !== undefined && POSSESSIVE.test(text.slice(source.start, source.end));
}

/** "Her essay, “On Salt,” …", "Her promise is worth little": what follows describes the thing. */
function tellsOfItself(text: string, report: Report): boolean {
  const { cue, content } = report;
  if (cue === undefined || cue.end > content[0].start || !isPossessive(text, report)) return false;
  const [first = ''] = text.slice(content[0].start, Math.min(content[0].end, content[0].start + 20)).split(/[^\p{L}]/v);
  return text.slice(cue.end, content[0].start).includes(',') || looksFinite(first.toLowerCase());
}

/**
 * Reports found by rules alone are mostly wrong, but half of those after "that" are right, and colons and layout are
 * certain.
 */
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
