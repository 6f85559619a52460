import { type Arithmetic, softmax } from './arithmetic.ts';
import { applyLayer, type Layer, loadLayer } from './layer.ts';
import { allocateStates, type Lstm, loadLstm, project, recur, STATE_UNIT, type States } from './lstm.ts';
import type { Weights } from './weights.ts';

/** Reads the words round one cue and says which are its content, its source and the cue itself. */
export interface Decoder {
  readonly width: number;
  readonly lstm: Lstm;
  readonly output: States;
  /** What a distance to the cue gives to the gates, forwards and backwards. */
  readonly distances: readonly [Float32Array, Float32Array];
  readonly summary: Layer;
  /** What the cue's summary gives to the gates. */
  readonly about: readonly [Layer, Layer];
  /** What the words give to the gates, whatever the cue: computed once. */
  readonly bases: readonly [Float32Array, Float32Array];
  readonly emit: Layer;
  readonly judge: Layer;
  readonly transitions: Float32Array;
  readonly starts: Float32Array;
  readonly ends: Float32Array;
}

/** For one cue: four numbers (out, content, source, cue) for each token, and the odds of none, speech and other. */
export interface Verdict {
  readonly emissions: readonly Float32Array[];
  readonly odds: Float32Array;
}

/** Where the buckets of the distance to the cue begin. */
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

/** Computes what does not depend on the cue. */
export function prepareDecoder(arithmetic: Arithmetic, decoder: Decoder, reading: number, steps: number): void {
  const { lstm, bases } = decoder;
  project(arithmetic, lstm, reading, steps);
  for (const direction of [0, 1] as const) {
    const from = lstm.directions[direction].gates / 4;
    bases[direction].set(arithmetic.floats.subarray(from, from + steps * 4 * lstm.hidden));
  }
}

/** Asks for the tokens from `from` up to `to` what they are to the cue at `head`. */
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
  const inputs = new Float32Array(here.length * 2);
  inputs.set(here);
  for (let unit = 0; unit < here.length; unit += 1) {
    let highest = Number.NEGATIVE_INFINITY;
    for (const state of states) highest = Math.max(highest, state[unit] ?? 0);
    inputs[here.length + unit] = highest;
  }
  return softmax(applyLayer(layer, inputs));
}
