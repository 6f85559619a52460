import { type Chain, TAGS } from './tags.ts';

/** How likely each tag is for each token, all readings considered (forward and backward sums in a conditional random field). */
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
  return forward.map((line, step) => {
    const sums = line.map((value, tag) => value + (backward[step]?.[tag] ?? 0) - (emissions[step]?.[tag] ?? 0));
    const total = logSum(sums);
    return sums.map(sum => Math.exp(sum - total));
  });
}

function pass(
  emissions: readonly Float32Array[],
  edge: Float32Array,
  step: (from: number, to: number) => number,
): readonly Float64Array[] {
  const lines: Float64Array[] = [];
  for (const emission of emissions) {
    const last = lines.at(-1);
    lines.push(
      Float64Array.from(emission, (value, tag) => {
        if (last === undefined) return value + (edge[tag] ?? 0);
        return value + logSum(last.map((score, from) => score + step(from, tag)));
      }),
    );
  }
  return lines;
}

function logSum(values: Float64Array): number {
  const highest = Math.max(...values);
  return highest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - highest), 0));
}

/** The F1 that a choice of tokens is to be expected to have against the truth, when each token is chosen with such odds. */
export function expectedF(chosen: readonly boolean[], odds: readonly number[]): number {
  const size = chosen.filter(Boolean).length;
  const shared = odds.reduce((sum, value, index) => sum + (chosen[index] ? value : 0), 0);
  const truth = odds.reduce((sum, value) => sum + value, 0);
  return (2 * shared) / (size + truth);
}
