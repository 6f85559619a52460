import type { Quotation } from '../../news/quotations.ts';
import { clippedTo, contains, lengthOf, overlaps, type Span, sharedLength, unite } from '../../news/span.ts';
import { formsOf, wordStrings } from '../grammar/words.ts';
import { bestTags, type Chain, expectedF, findMarginals, fMeasure, TAG } from './chain.ts';
import { QUOTING, type Stretch, type TokenFeatures } from './features.ts';
import type { Evidence } from './likelihood.ts';
import type { Model, Odds, Reading, Verdict } from './model.ts';
import type { Window } from './windows.ts';

/** The model's probabilities that a find and its parts are right. */
interface Clarity {
  /** Probability that its head is a cue, and, given its content, that it heads a report. */
  readonly cue: number;
  readonly report: number;
  /** Expected F1 of the chosen content and source words. */
  readonly content: number;
  readonly source: number | undefined;
}

/** The model's reading of one cue. Spans cover whole tokens, quotation marks included. */
export interface ReportCandidate {
  readonly content: readonly Span[];
  /** Undefined if the report has none: its head is then its opening quotation mark. */
  readonly cue: Span | undefined;
  readonly source: Span | undefined;
  readonly head: Span;
  readonly clarity: Clarity;
}

/** Minimum probability for a token to be content. Set by hand; F1 is highest with a threshold below .5. */
const CONTENT = 0.45;

/** Minimum probability of a head. Set by hand. */
const LEAST = 0.04;
/** Most heads of one window, so that no text takes much longer than dense news. */
const MOST_HEADS = 24;

/** Finds everything in a window that may have been said. `isRead` tells which tokens may be heads or content. */
export async function findCandidates(
  model: Model,
  { window, cues, ask }: Reading,
  isRead: (span: Span) => boolean,
): Promise<readonly ReportCandidate[]> {
  const likely = cues
    .map((odds, head) => ({ head, cue: speechOf(odds, window, head) }))
    .filter(({ head, cue }) => cue >= LEAST && isRead(tokenAt(window, head)))
    .sort((one, other) => other.cue - one.cue)
    .slice(0, MOST_HEADS);
  const verdicts = await ask(likely.map(({ head }) => head));
  return verdicts.flatMap((verdict, at) => {
    const { head = 0, cue = 0 } = likely[at] ?? {};
    const candidate = toCandidate(model.chain, window, head, cue, verdict);
    const content = candidate.content.filter(isRead);
    return content.length === 0 ? [] : [{ ...candidate, content }];
  });
}

function tokenAt({ tokens }: Window, at: number): TokenFeatures {
  const token = tokens[at];
  if (token === undefined) throw new RangeError(`A window has no token ${at}.`);
  return token;
}

function speechOf([, speech, other]: Odds, { tokens }: Window, head: number): number {
  return isSpokenCue(tokens, head) ? speech + other : speech;
}

function toCandidate(
  chain: Chain,
  window: Window,
  head: number,
  cue: number,
  { emissions, odds }: Verdict,
): ReportCandidate {
  const marginals = findMarginals(emissions, chain);
  const tags = bestTags(emissions, chain).map((tag, step) => weighContent(tag, marginals[step]));
  const runs = (tag: number): readonly Span[] => findRuns(tags, tag, window);
  const [source] = runs(TAG.source);
  const token = tokenAt(window, head);
  const words = runs(TAG.cue).find(run => overlaps(run, token));
  const counted = withoutOtherQuotations(window, marginals);
  const clarity = {
    cue,
    report: speechOf(odds, window, head),
    content: expectedF(counted(tags), counted(marginals), TAG.content),
    source: source && expectedF(tags, marginals, TAG.source),
  };
  const own = token.word === '"' ? undefined : token;
  return { content: runs(TAG.content), cue: words ?? own, source, head: token, clarity };
}

/**
 * Leaves out the tokens of all quotations but the one that has most of the content. Rules decide whether the next quotation
 * belongs to the same report, so doubts about that are none about what was said.
 */
function withoutOtherQuotations(
  { tokens }: Window,
  marginals: readonly Float64Array[],
): <Value>(values: readonly Value[]) => readonly Value[] {
  let last = 0;
  const places = tokens.map(({ quoting }) => {
    if (quoting === QUOTING.opensShort || quoting === QUOTING.opensLong) last += 1;
    return quoting === QUOTING.outside ? 0 : last;
  });
  const sizes = new Map<number, number>();
  for (const [at, place] of places.entries())
    sizes.set(place, (sizes.get(place) ?? 0) + (marginals[at]?.[TAG.content] ?? 0));
  const [[main] = [0]] = [...sizes].sort(([, one], [, other]) => other - one);
  return values => values.filter((_, at) => places[at] === 0 || places[at] === main);
}

/** Chooses content tokens so that the expected F1 is highest. */
function weighContent(tag: number, odds: Float64Array | undefined): number {
  if (tag === TAG.source || tag === TAG.cue || odds === undefined) return tag;
  return (odds[TAG.content] ?? 0) >= CONTENT ? TAG.content : TAG.out;
}

/** The runs of a tag, none longer than a line. */
function findRuns(tags: readonly number[], tag: number, { tokens, places }: Window): readonly Span[] {
  const runs: { start: number; end: number }[] = [];
  for (const [index, here] of tags.entries()) {
    const token = tokens[index];
    if (here !== tag || token === undefined) continue;
    const last = runs.at(-1);
    if (last !== undefined && tags[index - 1] === tag && places[index - 1] === places[index]) last.end = token.end;
    else runs.push({ start: token.start, end: token.end });
  }
  return runs;
}

/** A candidate that agrees with the quotation marks. */
export interface ScoredCandidate extends ReportCandidate {
  readonly evidence: Evidence;
  /** 0 to 1: probability that content and source are right. */
  readonly score: number;
}

/** Minimum score for a find. Chosen on the dev articles, where it changes F1 by less than a point. */
const TAKEN = 0.45;
/** Minimum score for a find that gives an unclaimed quotation its speaker. Set by hand. */
const TAKEN_FOR_QUOTATION = 0.15;
/** Finds are the same if the F1 of their overlap is higher than this. Set by hand. */
const SAME = 0.7;

/** "Asked if it was a success, she said …", "when she was asked": the asker isn't quoted. */
const IS_ASKED =
  /(?:(?:^|[.?!”"’]\s+)Asked|\b(?:[Ww]hen|[Ii]f|[Aa]fter|[Oo]nce|being|be|been|was|were|is|are|got)\s+(?:also\s+|\p{L}+ly\s+)?asked)(?:\s+\p{L}+){0,2}$/v;

/** "who asked not to be named": about the source, not something it said. */
const ASKS_FOR_ANONYMITY = /^\s+(?:not\s+)?(?:to\s+)?be\s+(?:named|identified|quoted)\b/v;

/**
 * Selects the finds of a paragraph, best first if two claim the same words, and returns them in the order of their
 * cues.
 */
export function accept(
  text: string,
  candidates: readonly ScoredCandidate[],
  quotations: readonly Quotation[],
): readonly ScoredCandidate[] {
  const taken: ScoredCandidate[] = [];
  const speeches = quotations.filter(quotation => quotation.depth === 0 && isSpeechLike(text, quotation));
  for (const candidate of candidates.toSorted((one, other) => other.score - one.score)) {
    if (taken.some(other => isSame(candidate, other) && !isNesting(candidate, other))) continue;
    const claims = speeches.some(
      quotation =>
        coverage(candidate.content, quotation) > 0.5 && !taken.some(other => coverage(other.content, quotation) > 0.5),
    );
    if (candidate.score >= leastFor(text, candidate, claims)) taken.push(candidate);
  }
  const order = taken.sort((one, other) => one.head.start - other.head.start);
  return order.map(find => withoutWordsOf(order, find)).filter(({ content }) => content.length > 0);
}

function leastFor(text: string, { cue }: ReportCandidate, claims: boolean): number {
  if (cue !== undefined && IS_ASKED.test(text.slice(Math.max(0, cue.start - 24), cue.end))) return Infinity;
  if (cue !== undefined && ASKS_FOR_ANONYMITY.test(text.slice(cue.end, cue.end + 40))) return Infinity;
  return claims ? TAKEN_FOR_QUOTATION : TAKEN;
}

/**
 * Minimum score for a find without a cue to keep words that another one claims too: “A,” she said. “B.” are then two.
 * Chosen on the dev articles, like `TAKEN`.
 */
const TAKEN_FROM_ANOTHER = 0.35;

/**
 * Drops the pieces of a find that another one claims too. A find without a cue gives way to any other, or if its score is
 * `TAKEN_FROM_ANOTHER` or more, those with a cue give way to it.
 */
function withoutWordsOf(all: readonly ScoredCandidate[], find: ScoredCandidate): ScoredCandidate {
  const others = all.filter(
    other => other !== find && (find.cue === undefined ? !isTaking(find) : isTaking(other)) && !isNesting(other, find),
  );
  const taken = others.flatMap(other => other.content);
  return { ...find, content: find.content.filter(piece => !taken.some(other => overlaps(other, piece))) };
}

/** Whether one of two reports is inside the other's words. */
function isNesting(one: ReportCandidate, other: ReportCandidate): boolean {
  return isInside(one, other.content) || isInside(other, one.content);
}

function isTaking({ cue, score }: ScoredCandidate): boolean {
  return cue === undefined && score >= TAKEN_FROM_ANOTHER;
}

function isSame(one: ReportCandidate, other: ReportCandidate): boolean {
  const shared = one.content.reduce((sum, span) => sum + sharedWith(other.content, span), 0);
  return fMeasure(shared, lengthOf(one.content), lengthOf(other.content)) > SAME;
}

function sharedWith(spans: readonly Span[], other: Span): number {
  return spans.reduce((sum, span) => sum + sharedLength(span, other), 0);
}

/** The share of a quotation that the spans cover. */
export function coverage(spans: readonly Span[], quotation: Span): number {
  return sharedWith(spans, quotation) / (quotation.end - quotation.start);
}

/** A content that covers at least this share of a quotation gets all of it. Set by hand. */
const MOST_OF = 0.5;

/** Returns the quotations whose words a find may have: the outermost ones, or those within the one that has its cue. */
export function quotationsFor(head: Span, quotations: readonly Quotation[]): readonly Quotation[] {
  const around = quotations.filter(quotation => contains(quotation.inner, head)).length;
  return quotations.filter(({ depth }) => depth === around);
}

/** Whether a report, with its cue, is inside one piece of these words. */
export function isInside(report: Pick<ReportCandidate, 'content' | 'cue'>, words: readonly Span[]): boolean {
  const { cue, content } = report;
  return cue !== undefined && words.some(piece => [cue, ...content].every(span => contains(piece, span)));
}

/**
 * Resolves partial overlaps of contents and quotations: a quotation is one person's words, so a content gets all of it
 * or none. A quotation that contains the cue is left alone: the cue belongs to its speaker.
 */
export function snapToQuotations(candidate: ReportCandidate, quotations: readonly Quotation[]): ReportCandidate {
  const { cue, source } = candidate;
  const outside = quotations.filter(
    quotation =>
      !(cue !== undefined && overlaps(quotation, cue)) && !(source !== undefined && contains(quotation, source)),
  );
  const content = outside.reduce(snap, candidate.content);
  return content.length > 0 ? { ...candidate, content } : candidate;
}

function snap(content: readonly Span[], quotation: Quotation): readonly Span[] {
  const share = coverage(content, quotation);
  if (share === 0) return content;
  if (share >= MOST_OF) return unite([...content, quotation]);
  const before = { start: 0, end: quotation.start };
  const after = { start: quotation.end, end: Number.POSITIVE_INFINITY };
  return content.flatMap(piece => clippedTo([before, after], piece));
}

const CAPITAL = /^[\p{Lu}\p{N}]/v;
const ENDS_CLAUSE = /[.?!…\u2014\-,]$/v;
/** A quotation of this many words is speech whatever its ending. */
const SHORTEST = 5;

/** Whether a quotation is likely speech: several words or a sentence, not a title or scare quotes. */
export function isSpeechLike(text: string, quotation: Quotation): boolean {
  const { start, end } = quotation.inner;
  const inner = text.slice(start, end);
  const words = wordStrings(inner);
  const capitals = words.filter(word => CAPITAL.test(word)).length;
  if (words.length > 1 && capitals > words.length * 0.6) return false;
  return words.length >= SHORTEST || (words.length > 2 && ENDS_CLAUSE.test(inner));
}

/**
 * Cues that count as speech although PolNeAR, the training data, annotates them as other attributions: for these, the
 * odds of "some other attribution" count as speech.
 */
const POINT = new Set(formsOf('point'));
const MAKE = new Set(formsOf('make'));
/** In every form but the infinitive. */
const ALONE = new Set(['remind', 'vow', 'recall'].flatMap(verb => formsOf(verb).slice(1)));

/** Verbs whose subject is often a document: a report, a study, records. */
const FIND = new Set(['found', 'finds', 'find', 'show', 'shows', 'showed', 'shown', 'showing']);

function isSpokenCue(tokens: Stretch, head: number): boolean {
  const { word = '' } = tokens[head] ?? {};
  const next = tokens[head + 1]?.word;
  if (ALONE.has(word)) return true;
  if (FIND.has(word)) return next === 'that';
  if (POINT.has(word)) return next === 'out';
  if (word === 'out') return POINT.has(tokens[head - 1]?.word ?? '');
  if (MAKE.has(word)) return tokens.slice(head + 1, head + 4).some(after => after.word === 'clear');
  return word === 'clear' && tokens.slice(Math.max(0, head - 3), head).some(before => MAKE.has(before.word));
}
