import { fMeasure } from '../f-measure.ts';
import {
  type Arithmetic,
  allocateStates,
  type Lstm,
  loadLstm,
  project,
  recur,
  STATE_UNIT,
  type States,
  softmax,
} from './lstm.ts';
import { applyLayer, type Layer, loadLayer } from './model.ts';
import type { Weights } from './weights.ts';

/** Labels the words around a cue as content, source or cue. */
export interface Decoder {
  readonly width: number;
  readonly lstm: Lstm;
  readonly output: States;
  /** Gate inputs by distance to the cue, forwards and backwards. */
  readonly distances: readonly [Float32Array, Float32Array];
  readonly summary: Layer;
  /** Gate inputs from the cue's summary. */
  readonly about: readonly [Layer, Layer];
  /** Gate inputs from the words, independent of the cue: computed once. */
  readonly bases: readonly [Float32Array, Float32Array];
  readonly emit: Layer;
  readonly judge: Layer;
  readonly transitions: Float32Array;
  readonly starts: Float32Array;
  readonly ends: Float32Array;
}

/** For one cue: four scores (out, content, source, cue) for each token, and the odds of none, speech and other. */
export interface Verdict {
  readonly emissions: readonly Float32Array[];
  readonly odds: Float32Array;
}

/** Lower bounds of the buckets for the distance to the cue. */
const BOUNDS = [0, 1, 2, 3, 4, 5, 7, 10, 15, 23, 41, 81];

function distanceBucket(distance: number): number {
  const far = BOUNDS.findLastIndex(bound => bound <= Math.abs(distance));
  return distance < 0 ? far + BOUNDS.length - 1 : far;
}

export function loadDecoder(
  arithmetic: Arithmetic,
  weights: Weights,
  own: (name: string) => string,
  width: number,
  steps: number,
): Decoder {
  const lstm = loadLstm(arithmetic, weights, own('decoder'), width, STATE_UNIT, steps);
  const gates = 4 * lstm.hidden;
  const distance = weights.columns(own('distance.weight'));
  const columns = weights.columns(own('decoder.inputs.0.weight'));
  const part = (direction: number, from: number, to: number): Layer => ({
    weights: cutColumns(weights.numbers(own(`decoder.inputs.${direction}.weight`)), columns, from, to),
    bias: new Float32Array(gates),
  });
  const distances = (direction: number): Float32Array => {
    const layer = part(direction, width, width + distance);
    const table = weights.numbers(own('distance.weight'));
    const lines = Array.from({ length: table.length / distance }, (_, line) =>
      applyLayer(layer, table.subarray(line * distance, (line + 1) * distance)),
    );
    return Float32Array.from(lines.flatMap(line => [...line]));
  };
  const about = (direction: number): Layer => part(direction, width + distance, columns);
  return {
    width,
    lstm,
    output: allocateStates(arithmetic, lstm.hidden, steps),
    distances: [distances(0), distances(1)],
    summary: loadLayer(weights, own('summary')),
    about: [about(0), about(1)],
    bases: [new Float32Array(gates * steps), new Float32Array(gates * steps)],
    emit: loadLayer(weights, own('emit')),
    judge: loadLayer(weights, own('judge')),
    transitions: weights.numbers(own('transitions')),
    starts: weights.numbers(own('starts')),
    ends: weights.numbers(own('ends')),
  };
}

function cutColumns(values: Float32Array, columns: number, from: number, to: number): Float32Array {
  const width = to - from;
  return Float32Array.from({ length: (values.length / columns) * width }, (_, index) => {
    const row = Math.trunc(index / width);
    return values[row * columns + from + (index % width)] ?? 0;
  });
}

/** Computes everything that doesn't depend on the cue. */
export function prepareDecoder(arithmetic: Arithmetic, decoder: Decoder, reading: number, steps: number): void {
  const { lstm, bases } = decoder;
  project(arithmetic, lstm, reading, steps);
  for (const direction of [0, 1] as const) {
    const from = lstm.directions[direction].gates / 4;
    bases[direction].set(arithmetic.floats.subarray(from, from + steps * 4 * lstm.hidden));
  }
}

/** Labels the tokens from `from` to `to` with respect to the cue at `head`. */
export function decode(
  arithmetic: Arithmetic,
  decoder: Decoder,
  reading: number,
  head: number,
  from: number,
  to: number,
): Verdict {
  const { lstm, width, output } = decoder;
  const { floats } = arithmetic;
  const cue = floats.subarray(reading / 4 + head * width, reading / 4 + (head + 1) * width);
  const summary = applyLayer(decoder.summary, cue);
  for (const direction of [0, 1] as const) fillGates(floats, decoder, direction, summary, head, from, to);
  const steps = to - from;
  recur(arithmetic, lstm, output, steps);
  const size = 2 * lstm.hidden;
  const states = Array.from({ length: steps }, (_, step) =>
    floats.subarray(output.exact / 4 + step * size, output.exact / 4 + (step + 1) * size),
  );
  return { emissions: states.map(state => applyLayer(decoder.emit, state)), odds: judge(decoder, states, head - from) };
}

function fillGates(
  floats: Float32Array,
  { lstm, bases, distances, about }: Decoder,
  direction: 0 | 1,
  summary: Float32Array,
  head: number,
  from: number,
  to: number,
): void {
  const gates = 4 * lstm.hidden;
  const base = bases[direction];
  const distance = distances[direction];
  const shared = applyLayer(about[direction], summary);
  for (let step = from; step < to; step += 1) {
    const at = lstm.directions[direction].gates / 4 + (step - from) * gates;
    const line = distanceBucket(step - head) * gates;
    for (let gate = 0; gate < gates; gate += 1) {
      floats[at + gate] = (base[step * gates + gate] ?? 0) + (distance[line + gate] ?? 0) + (shared[gate] ?? 0);
    }
  }
}

function judge({ judge: layer }: Decoder, states: readonly Float32Array[], head: number): Float32Array {
  const here = states[head] ?? new Float32Array(0);
  const highest = new Float32Array(here.length).fill(Number.NEGATIVE_INFINITY);
  for (const state of states) {
    for (let unit = 0; unit < highest.length; unit += 1) {
      highest[unit] = Math.max(highest[unit] ?? 0, state[unit] ?? 0);
    }
  }
  const inputs = new Float32Array(here.length * 2);
  inputs.set(here);
  inputs.set(highest, here.length);
  return softmax(applyLayer(layer, inputs));
}

/** A token's role with respect to a cue. */
export const TAG = { out: 0, content: 1, source: 2, cue: 3 } as const;
const TAGS = 4;

/** Transition scores between tags, and scores of the first and last tag. */
export interface Chain {
  readonly transitions: Float32Array;
  readonly starts: Float32Array;
  readonly ends: Float32Array;
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

/** How much more likely a reading without a source must be than the best one with a source: few reports have none. */
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
  edge: Float32Array,
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

/** Expected F1 of a choice of tokens, given each token's probability. */
export function expectedF(chosen: readonly boolean[], odds: readonly number[]): number {
  const size = chosen.filter(Boolean).length;
  const shared = odds.reduce((sum, value, index) => sum + (chosen[index] ? value : 0), 0);
  const truth = odds.reduce((sum, value) => sum + value, 0);
  return fMeasure(shared, size, truth);
}
