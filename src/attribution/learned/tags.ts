/** What a token is to a cue. */
export const TAG = { out: 0, content: 1, source: 2, cue: 3 } as const;
export const TAGS = 4;

/** What the steps from one tag to the next, and the first and the last, add. */
export interface Chain {
  readonly transitions: Float32Array;
  readonly starts: Float32Array;
  readonly ends: Float32Array;
}

/** A source is one run of words, so a state is a tag together with whether the source is yet to come, here, or past. */
const STATES = [
  { tag: TAG.out, phase: 0 },
  { tag: TAG.content, phase: 0 },
  { tag: TAG.cue, phase: 0 },
  { tag: TAG.source, phase: 1 },
  { tag: TAG.out, phase: 2 },
  { tag: TAG.content, phase: 2 },
  { tag: TAG.cue, phase: 2 },
] as const;

/** For each state, the states that may come before it. */
const BEFORE = STATES.map(({ phase }) =>
  STATES.flatMap((state, index) => (state.phase === phase || state.phase === phase - 1 ? [index] : [])),
);

/** How much likelier no source must be than the best reading with one: few reports have none. */
const SOURCELESS = 3;

/**
 * The likeliest tags under a linear-chain conditional random field (Viterbi) among those with one source, or with none
 * where that is much likelier.
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

function step(transitions: Float32Array, before: number, tag: number): number {
  return transitions[(STATES[before]?.tag ?? 0) * TAGS + tag] ?? 0;
}

function bestBefore(scores: readonly number[], transitions: Float32Array, state: number): number {
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

function bestLast(scores: readonly number[], ends: Float32Array): number {
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
