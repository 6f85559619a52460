import type { Span } from '../../news/span.ts';
import type { Token } from '../../news/tokens.ts';
import { confidenceIn, type Evidence, findEvidence } from './confidence.ts';
import type { Features } from './features.ts';
import { expectedF, findMarginals } from './marginals.ts';
import { askCue, type Model, readCues } from './model.ts';
import { isSpokenCue } from './spoken-cues.ts';
import { bestTags, TAG } from './tags.ts';

/** What the model makes of one cue. Spans hold whole tokens, quotation marks included. */
export interface Candidate {
  readonly content: readonly Span[];
  readonly cue: Span;
  readonly source: Span | undefined;
  readonly evidence: Evidence;
  /** 0 to 1: how likely the content and the source are right. */
  readonly score: number;
}

/** From this likelihood on, a token is content. */
const CONTENT = 0.45;

/** How far round a cue the decoder looks, in tokens. */
const REACH = 128;
/** The same where more than one token in ten may be a cue, as no news has it: what was said stands near, and time counts. */
const REACH_IN_CROWD = 24;
const CROWD = 0.1;

/** Finds in a stretch of text whatever is said with a likelihood of `least` or more. */
export function findCandidates(model: Model, stretch: Features, least: number): readonly Candidate[] {
  const cues = readCues(model, stretch).map((odds, head) => ({ head, speech: speechOf(odds, stretch.words, head) }));
  const likely = cues.filter(({ speech }) => Math.sqrt(speech) >= least);
  const reach = likely.length > CROWD * cues.length + CROWD * REACH ? REACH_IN_CROWD : REACH;
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

/** A token is content where that is likely enough for the choice's F1 to be expected highest. */
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
