/** What a token is to a cue. */
export const TAG = { out: 0, content: 1, source: 2, cue: 3 } as const;
const TAGS = 4;

/** What the steps from one tag to the next, and the first and the last, add. */
export interface Chain {
  readonly transitions: Float32Array;
  readonly starts: Float32Array;
  readonly ends: Float32Array;
}

/** The likeliest tags under a linear-chain conditional random field (Viterbi). */
export function bestTags(emissions: readonly Float32Array[], { transitions, starts, ends }: Chain): readonly number[] {
  const back: number[][] = [];
  let scores = starts.map((start, tag) => start + (emissions[0]?.[tag] ?? 0));
  for (const emission of emissions.slice(1)) {
    const from: number[] = [];
    const next = new Float32Array(TAGS);
    for (let tag = 0; tag < TAGS; tag += 1) {
      const before = bestBefore(scores, transitions, tag);
      from.push(before);
      next[tag] = (scores[before] ?? 0) + (transitions[before * TAGS + tag] ?? 0) + (emission[tag] ?? 0);
    }
    back.push(from);
    scores = next;
  }
  const finals = scores.map((score, tag) => score + (ends[tag] ?? 0));
  let tag = finals.indexOf(Math.max(...finals));
  const tags = [tag];
  for (const from of back.toReversed()) {
    tag = from[tag] ?? 0;
    tags.push(tag);
  }
  return tags.reverse();
}

function bestBefore(scores: Float32Array, transitions: Float32Array, tag: number): number {
  let best = 0;
  for (let before = 1; before < TAGS; before += 1) {
    const gain = (scores[before] ?? 0) + (transitions[before * TAGS + tag] ?? 0);
    if (gain > (scores[best] ?? 0) + (transitions[best * TAGS + tag] ?? 0)) best = before;
  }
  return best;
}
