/** A token's role with respect to a cue. The weights depend on these numbers. */
export const TAG = { out: 0, content: 1, source: 2, cue: 3 } as const;
export const TAGS = 4;

/** Transition scores between tags (from × to), and scores of the first and last tag. */
export interface Chain {
  readonly transitions: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** A source is one run of words, so a state combines a tag with whether the source is ahead, here, or past. */
const STATES = [
  { tag: TAG.out, phase: 0 },
  { tag: TAG.content, phase: 0 },
  { tag: TAG.cue, phase: 0 },
  { tag: TAG.source, phase: 1 },
  { tag: TAG.out, phase: 2 },
  { tag: TAG.content, phase: 2 },
  { tag: TAG.cue, phase: 2 },
] as const;

/** For each state, its possible predecessors. */
const BEFORE = STATES.map(({ phase }) =>
  STATES.flatMap((state, index) => (state.phase === phase || state.phase === phase - 1 ? [index] : [])),
);

/**
 * How much more likely a reading without a source must be than the best one with a source: few reports have none. Set
 * by hand.
 */
const SOURCELESS = 3;

/**
 * Returns the most likely tags of a linear-chain conditional random field (Viterbi) with exactly one source, or none if
 * that is much more likely.
 */
export function bestTags(emissions: readonly Float32Array[], chain: Chain): readonly number[] {
  const back: (readonly number[])[] = [];
  let scores: readonly number[] = STATES.map(({ tag, phase }) =>
    phase === 2 ? Number.NEGATIVE_INFINITY : (chain.starts[tag] ?? 0) + (emissions[0]?.[tag] ?? 0),
  );
  for (const emission of emissions.slice(1)) {
    const from = STATES.map((_, state) => bestBefore(scores, chain.transitions, state));
    const now = scores;
    scores = STATES.map(({ tag }, state) => {
      const before = from[state] ?? 0;
      return (now[before] ?? 0) + step(chain.transitions, before, tag) + (emission[tag] ?? 0);
    });
    back.push(from);
  }
  return trace(back, bestLast(scores, chain.ends));
}

function step(transitions: readonly number[], before: number, tag: number): number {
  return transitions[(STATES[before]?.tag ?? 0) * TAGS + tag] ?? 0;
}

function bestBefore(scores: readonly number[], transitions: readonly number[], state: number): number {
  const tag = STATES[state]?.tag ?? TAG.out;
  let best = -1;
  let highest = Number.NEGATIVE_INFINITY;
  for (const before of BEFORE[state] ?? []) {
    const score = (scores[before] ?? 0) + step(transitions, before, tag);
    if (best >= 0 && score <= highest) continue;
    best = before;
    highest = score;
  }
  return best;
}

function bestLast(scores: readonly number[], ends: readonly number[]): number {
  const finals = STATES.map(
    ({ tag, phase }, state) => (scores[state] ?? 0) + (ends[tag] ?? 0) - (phase === 0 ? SOURCELESS : 0),
  );
  return finals.indexOf(Math.max(...finals));
}

function trace(back: readonly (readonly number[])[], last: number): readonly number[] {
  const states = [last];
  for (const from of back.toReversed()) states.push(from[states.at(-1) ?? 0] ?? 0);
  return states.reverse().map(state => STATES[state]?.tag ?? TAG.out);
}

/** Returns each token's probability of each tag over all readings (forward–backward in a conditional random field). */
export function findMarginals(
  emissions: readonly Float32Array[],
  { transitions, starts, ends }: Chain,
): readonly Float64Array[] {
  const forward = pass(emissions, starts, (before, tag) => transitions[before * TAGS + tag] ?? 0);
  const backward = pass(
    emissions.toReversed(),
    ends,
    (after, tag) => transitions[tag * TAGS + after] ?? 0,
  ).toReversed();
  for (const [step, line] of forward.entries()) {
    const after = backward[step];
    const emission = emissions[step];
    for (let tag = 0; tag < TAGS; tag += 1) {
      line[tag] = (line[tag] ?? 0) + (after?.[tag] ?? 0) - (emission?.[tag] ?? 0);
    }
    const total = logSum(line);
    for (let tag = 0; tag < TAGS; tag += 1) line[tag] = Math.exp((line[tag] ?? 0) - total);
  }
  return forward;
}

function pass(
  emissions: readonly Float32Array[],
  edge: readonly number[],
  step: (from: number, to: number) => number,
): readonly Float64Array[] {
  const lines: Float64Array[] = [];
  const scores = new Float64Array(TAGS);
  for (const emission of emissions) {
    const last = lines.at(-1);
    const line = Float64Array.from(emission);
    for (let tag = 0; tag < TAGS; tag += 1) {
      if (last === undefined) line[tag] = (line[tag] ?? 0) + (edge[tag] ?? 0);
      else {
        for (let from = 0; from < TAGS; from += 1) scores[from] = (last[from] ?? 0) + step(from, tag);
        line[tag] = (line[tag] ?? 0) + logSum(scores);
      }
    }
    lines.push(line);
  }
  return lines;
}

function logSum(values: Float64Array): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < values.length; at += 1) highest = Math.max(highest, values[at] ?? 0);
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += Math.exp((values[at] ?? 0) - highest);
  return highest + Math.log(sum);
}

/** Expected F1 of the tokens that have a tag, given each token's probabilities. */
export function expectedF(tags: readonly number[], marginals: readonly Float64Array[], tag: number): number {
  const odds = marginals.map(line => line[tag] ?? 0);
  const size = tags.filter(here => here === tag).length;
  const shared = odds.reduce((sum, value, index) => sum + (tags[index] === tag ? value : 0), 0);
  const truth = odds.reduce((sum, value) => sum + value, 0);
  return fMeasure(shared, size, truth);
}

/** Returns the F-measure of two collections by their sizes and what they share, from 0 to 1; NaN if both are empty. */
export function fMeasure(shared: number, one: number, other: number): number {
  return (2 * shared) / (one + other);
}
