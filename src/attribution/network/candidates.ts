import type { Paragraph } from '../../news/article.ts';
import type { Quotation } from '../../news/quotations.ts';
import { contains, overlaps, type Span, sharedLength, unite } from '../../news/span.ts';
import type { Token } from '../../news/tokens.ts';
import { bestTags, expectedF, findMarginals, TAG } from './decoder.ts';
import type { Features } from './features.ts';
import { isSpeechLike, isSpokenCue } from './find-reports.ts';
import { askCue, type Model, readCues } from './model.ts';

/** Evidence for a find: log-odds, except the two flags (1 or 0). */
interface Evidence {
  readonly always: number;
  /** Log-odds that the cue reports speech. */
  readonly speech: number;
  /** Expected F1 of the chosen content and source words. */
  readonly content: number;
  readonly source: number;
  readonly noSource: number;
}

/** Learned by `training/calibrate.ts` from articles held out from the network's training. */
const WEIGHTS: Evidence = { always: -2.3, speech: 0.19, content: 0.55, source: 0.17, noSource: -1.12 };
const MOST = 0.999;

function findEvidence(speech: number, content: number, source: number | undefined): Evidence {
  const hasSource = source !== undefined;
  return {
    always: 1,
    speech: logOdds(speech),
    content: logOdds(content),
    source: hasSource ? logOdds(source) : 0,
    noSource: hasSource ? 0 : 1,
  };
}

/** 0 to 1: probability that content and source are right. */
function confidenceIn(evidence: Evidence): number {
  const { always, speech, content, source, noSource } = WEIGHTS;
  const sum =
    always * evidence.always +
    speech * evidence.speech +
    content * evidence.content +
    source * evidence.source +
    noSource * evidence.noSource;
  return 1 / (1 + Math.exp(-sum));
}

function logOdds(share: number): number {
  const kept = Math.min(MOST, Math.max(1 - MOST, share));
  return Math.log(kept / (1 - kept));
}

/** The model's reading of one cue. Spans cover whole tokens, quotation marks included. */
export interface Candidate {
  readonly content: readonly Span[];
  readonly cue: Span;
  readonly source: Span | undefined;
  readonly evidence: Evidence;
  /** 0 to 1: probability that content and source are right. */
  readonly score: number;
}

/** Minimum probability for a token to be content. */
const CONTENT = 0.45;

/** How far around a cue the decoder looks, in tokens. */
const REACH = 128;
/**
 * Up to this many cues in a stretch, the decoder looks that far around each. With twice as many it looks a quarter as
 * far, so no text takes much longer than dense news. PolNeAR has at most 20, even if each article is one paragraph.
 */
const MOST_CUES = 24;
const LEAST_REACH = 8;

/** Finds everything in a stretch of text that was said with a probability of at least `least`. */
export function findCandidates(model: Model, stretch: Features, least: number): readonly Candidate[] {
  const cues = readCues(model, stretch).map((odds, head) => ({ head, speech: speechOf(odds, stretch.words, head) }));
  const likely = cues.filter(({ speech }) => Math.sqrt(speech) >= least);
  const reach = Math.max(LEAST_REACH, Math.floor(REACH * Math.min(1, MOST_CUES / likely.length) ** 2));
  return likely.flatMap(({ head, speech }) => judgeCue(model, stretch, head, speech, least, reach));
}

function speechOf(odds: Float32Array, words: readonly string[], head: number): number {
  const [, speech = 0, other = 0] = odds;
  return isSpokenCue(words, head) ? speech + other : speech;
}

function judgeCue(
  model: Model,
  { tokens, words }: Features,
  head: number,
  speech: number,
  least: number,
  reach: number,
): readonly Candidate[] {
  const from = Math.max(0, head - reach);
  const { emissions, odds } = askCue(model, head, from, Math.min(tokens.length, head + reach));
  const said = Math.sqrt(speech * speechOf(odds, words, head));
  if (said < least) return [];
  const marginals = findMarginals(emissions, model.chain);
  const tags = bestTags(emissions, model.chain).map((tag, step) => weighContent(tag, marginals[step]));
  const runs = (tag: number): readonly Span[] => findRuns(tags, tag, tokens, from);
  const content = runs(TAG.content);
  const [source] = runs(TAG.source);
  const cue = runs(TAG.cue).find(run => overlapsToken(run, tokens[head])) ?? tokens[head];
  if (content.length === 0 || cue === undefined) return [];
  const clarity = (tag: number): number => {
    const chosen = tags.map(here => here === tag);
    return expectedF(
      chosen,
      marginals.map(line => line[tag] ?? 0),
    );
  };
  const evidence = findEvidence(said, clarity(TAG.content), source === undefined ? undefined : clarity(TAG.source));
  const score = confidenceIn(evidence);
  return [{ content, cue: { start: cue.start, end: cue.end }, source, evidence, score }];
}

/** Chooses content tokens so that the expected F1 is highest. */
function weighContent(tag: number, odds: Float64Array | undefined): number {
  if (tag === TAG.source || tag === TAG.cue || odds === undefined) return tag;
  return (odds[TAG.content] ?? 0) >= CONTENT ? TAG.content : TAG.out;
}

function overlapsToken(run: Span, token: Token | undefined): boolean {
  return token !== undefined && run.start < token.end && token.start < run.end;
}

function findRuns(tags: readonly number[], tag: number, tokens: readonly Token[], from: number): readonly Span[] {
  const runs: { start: number; end: number }[] = [];
  for (const [index, here] of tags.entries()) {
    const token = tokens[from + index];
    if (here !== tag || token === undefined) continue;
    const last = runs.at(-1);
    if (last !== undefined && tags[index - 1] === tag) last.end = token.end;
    else runs.push({ start: token.start, end: token.end });
  }
  return runs;
}

/** Minimum score for a find. */
const TAKEN = 0.35;
/** Minimum score for a find that gives an unclaimed quotation its speaker. */
const TAKEN_FOR_QUOTATION = 0.15;
/** Minimum score for an unquoted content without a source; these are mostly spurious. */
const TAKEN_WITHOUT_SOURCE = 0.5;
/** Finds that overlap by more than this share are the same. */
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
  candidates: readonly Candidate[],
  quotations: readonly Quotation[],
): readonly Candidate[] {
  const taken: Candidate[] = [];
  const speeches = quotations.filter(quotation => quotation.depth === 0 && isSpeechLike(text, quotation));
  for (const candidate of candidates.toSorted((one, other) => other.score - one.score)) {
    if (taken.some(other => isSame(candidate, other))) continue;
    const claims = speeches.some(
      quotation =>
        coverage(candidate.content, quotation) > 0.5 && !taken.some(other => coverage(other.content, quotation) > 0.5),
    );
    if (candidate.score >= leastFor(text, candidate, claims)) taken.push(candidate);
  }
  return taken.sort((one, other) => one.cue.start - other.cue.start);
}

function leastFor(text: string, { cue, source }: Candidate, claims: boolean): number {
  if (IS_ASKED.test(text.slice(Math.max(0, cue.start - 24), cue.end))) return Number.POSITIVE_INFINITY;
  if (ASKS_FOR_ANONYMITY.test(text.slice(cue.end, cue.end + 40))) return Number.POSITIVE_INFINITY;
  if (claims) return TAKEN_FOR_QUOTATION;
  if (source !== undefined) return TAKEN;
  return TAKEN_WITHOUT_SOURCE;
}

function isSame(one: Candidate, other: Candidate): boolean {
  const size = (spans: readonly Span[]): number => spans.reduce((sum, span) => sum + span.end - span.start, 0);
  const shared = one.content.reduce((sum, span) => sum + sharedWith(other.content, span), 0);
  return (2 * shared) / (size(one.content) + size(other.content)) > SAME;
}

function sharedWith(spans: readonly Span[], other: Span): number {
  return spans.reduce((sum, span) => sum + sharedLength(span, other), 0);
}

/** The share of a quotation that the spans cover. */
export function coverage(spans: readonly Span[], quotation: Span): number {
  return sharedWith(spans, quotation) / (quotation.end - quotation.start);
}

/** A content that covers at least this share of a quotation gets all of it. */
const MOST_OF = 0.5;

/**
 * Resolves partial overlaps of contents and quotations: a quotation is one person's words, so a content gets all of it
 * or none. A cue inside the quotation is left alone: it belongs to whoever speaks there.
 */
export function snapToQuotations(candidate: Candidate, quotations: readonly Quotation[]): Candidate {
  const outside = quotations.filter(
    quotation => quotation.depth === 0 && !overlaps(quotation, candidate.cue) && !within(candidate.source, quotation),
  );
  const content = outside.reduce(snap, candidate.content);
  return content.length > 0 ? { ...candidate, content } : candidate;
}

function within(source: Span | undefined, quotation: Span): boolean {
  return source !== undefined && contains(quotation, source);
}

function snap(content: readonly Span[], quotation: Quotation): readonly Span[] {
  const length = quotation.end - quotation.start;
  const shared = content.reduce((sum, piece) => sum + sharedLength(piece, quotation), 0);
  if (shared === 0) return content;
  if (shared / length >= MOST_OF) return unite([...content, { start: quotation.start, end: quotation.end }]);
  return content.flatMap(piece => cutOut(piece, quotation));
}

function cutOut(piece: Span, hole: Span): readonly Span[] {
  const parts = [
    { start: piece.start, end: Math.min(piece.end, hole.start) },
    { start: Math.max(piece.start, hole.end), end: piece.end },
  ];
  return parts.filter(part => part.start < part.end);
}

const THAT = /(?:^|\s)that\s*$/iv;
const STARTS_WITH_THAT = /^that\b/iv;
const AND_THAT = /^,?\s+(?:and|but|or|nor)\s+(?:also\s+|further\s+|therefore\s+)?that\s/iv;
/** Maximum length of a sentence searched for a coordinate clause, in UTF-16 units. */
const LONGEST_COORDINATE = 400;

/** "She said that A, and also that B": adds the second clause, up to the end of the sentence or the next find. */
export function extendOverThat(
  text: string,
  paragraph: Paragraph,
  find: Candidate,
  others: readonly Candidate[],
): Candidate {
  const last = find.content.at(-1);
  if (last === undefined || !opensWithThat(text, last.start, last.end)) return find;
  if (!AND_THAT.test(text.slice(last.end, last.end + 40))) return find;
  const sentence = paragraph.sentences.find(({ start, end }) => last.end > start && last.end <= end);
  const end = Math.min(sentence?.end ?? last.end, last.end + LONGEST_COORDINATE);
  const taken = others.some(other => other.cue.start >= last.end && other.cue.start < end);
  if (taken || (find.source?.start ?? 0) >= last.end) return find;
  return { ...find, content: [...find.content.slice(0, -1), { start: last.start, end: withoutPoint(text, end) }] };
}

function opensWithThat(text: string, start: number, end: number): boolean {
  return STARTS_WITH_THAT.test(text.slice(start, end)) || THAT.test(text.slice(Math.max(0, start - 8), start));
}

function withoutPoint(text: string, end: number): number {
  return /[.?!]/v.test(text.charAt(end - 1)) ? end - 1 : end;
}
