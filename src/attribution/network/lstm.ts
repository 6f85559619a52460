import { compileMultiply, type Multiply, PANEL, plainMultiply } from './kernel.ts';
import { loadPanels, type Panels, type Weights } from './weights.ts';

/**
 * One block of memory and the functions that compute on it. Addresses are in bytes, indices into `floats` in numbers.
 */
export interface Arithmetic {
  readonly floats: Float32Array;
  /** The same memory as 16-bit integers. */
  readonly shorts: Int16Array;
  readonly multiply: Multiply;
  /** Returns the byte address of `count` unused numbers. */
  allocate(count: number): number;
}

const PAGE = 65536;

/** `capacity` is in numbers; `plain` avoids WebAssembly and gives the same results. */
export function createArithmetic(capacity: number, plain = false): Arithmetic {
  const memory = new WebAssembly.Memory({ initial: Math.ceil((capacity * 4) / PAGE) });
  const floats = new Float32Array(memory.buffer);
  const shorts = new Int16Array(memory.buffer);
  const multiply = (plain ? undefined : compileMultiply(memory)) ?? plainMultiply(memory.buffer);
  let free = 0;
  const allocate = (count: number): number => {
    const address = free;
    free += count * 4;
    if (free > floats.length * 4) throw new RangeError(`no room for ${count} more numbers`);
    return address;
  };
  return { floats, shorts, multiply, allocate };
}

/** Sigmoid by table: steps of 1/128 with linear interpolation are accurate to seven digits. */
const RANGE = 16;
const STEPS = 128;
const LAST = 2 * RANGE * STEPS;
const TABLE = Float64Array.from({ length: LAST + 2 }, (_, index) => 1 / (1 + Math.exp(RANGE - index / STEPS)));

function sigmoid(value: number): number {
  const place = (value + RANGE) * STEPS;
  if (place <= 0) return 0;
  if (place >= LAST) return 1;
  const index = Math.trunc(place);
  const low = TABLE[index] ?? 0;
  return low + (place - index) * ((TABLE[index + 1] ?? 1) - low);
}

function hyperbolicTangent(value: number): number {
  return 2 * sigmoid(2 * value) - 1;
}

/** Softmax, in place. */
export function softmax(values: Float32Array): Float32Array {
  const highest = values.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (const [index, value] of values.entries()) {
    values[index] = Math.exp(value - highest);
    sum += values[index] ?? 0;
  }
  for (const [index, value] of values.entries()) values[index] = value / sum;
  return values;
}

/** The 16-bit integer that represents 1 in a state between -1 and 1. */
const WHOLE = 32767;
export const STATE_UNIT = 1 / WHOLE;

/**
 * A bidirectional long short-term memory (Hochreiter and Schmidhuber 1997; gates in the order input, forget, cell,
 * output).
 */
export interface Lstm {
  readonly inputs: number;
  readonly hidden: number;
  /** Forwards and backwards. */
  readonly directions: readonly [Direction, Direction];
}

interface Direction {
  readonly weights: Panels;
  readonly bias: Float32Array;
  readonly recurrent: Panels;
  /** Four gates for each step, before activation. */
  readonly gates: number;
  readonly cell: Float32Array;
}

/**
 * `inputs`: number of columns read for each step; the caller adds the others. `unit`: the integer that represents an
 * input of 1.
 */
export function loadLstm(
  arithmetic: Arithmetic,
  weights: Weights,
  name: string,
  inputs: number,
  unit: number,
  steps: number,
): Lstm {
  const hidden = weights.columns(`${name}.recurrent.0`);
  const load = (direction: number): Direction => ({
    weights: loadPanels(arithmetic, weights, `${name}.inputs.${direction}.weight`, inputs, unit),
    bias: weights.numbers(`${name}.inputs.${direction}.bias`),
    recurrent: loadPanels(arithmetic, weights, `${name}.recurrent.${direction}`, hidden, STATE_UNIT),
    gates: arithmetic.allocate(steps * 4 * hidden),
    cell: new Float32Array(hidden),
  });
  return { inputs, hidden, directions: [load(0), load(1)] };
}

/** Computes the gate inputs of each step from 16-bit inputs at `x`, in both directions. */
export function project(arithmetic: Arithmetic, lstm: Lstm, x: number, steps: number): void {
  const width = 4 * lstm.hidden;
  for (const { weights, bias, gates } of lstm.directions) {
    for (let step = 0; step < steps; step += 1) arithmetic.floats.set(bias, gates / 4 + step * width);
    arithmetic.multiply(x, weights.weights, weights.scales, gates, weights.pairs, width / PANEL, steps);
  }
}

/** Memory for the states of all steps, `2 * hidden` each: as floats, and as integers for the next product. */
export interface States {
  readonly exact: number;
  readonly whole: number;
}

export function allocateStates(arithmetic: Arithmetic, hidden: number, steps: number): States {
  return { exact: arithmetic.allocate(2 * hidden * steps), whole: arithmetic.allocate(hidden * steps) };
}

/** Runs the recurrence over gates that already hold the inputs. */
export function recur(arithmetic: Arithmetic, lstm: Lstm, states: States, steps: number): void {
  const { hidden, directions } = lstm;
  const [forwards, backwards] = directions;
  for (let step = 0; step < steps; step += 1) {
    takeStep(arithmetic, forwards, states, step, step * 2 * hidden, step > 0 ? -2 * hidden : 0);
  }
  for (let step = steps - 1; step >= 0; step -= 1) {
    takeStep(arithmetic, backwards, states, step, (step * 2 + 1) * hidden, step < steps - 1 ? 2 * hidden : 0);
  }
}

/** `place`: index of this step's states; `before`: offset of the previous step's states, 0 if there is none. */
function takeStep(
  { floats, shorts, multiply }: Arithmetic,
  { recurrent, gates, cell }: Direction,
  { exact, whole }: States,
  step: number,
  place: number,
  before: number,
): void {
  const hidden = cell.length;
  const gatesHere = gates + step * 16 * hidden;
  if (before === 0) cell.fill(0);
  else {
    const from = whole + (place + before) * 2;
    multiply(from, recurrent.weights, recurrent.scales, gatesHere, recurrent.pairs, (4 * hidden) / PANEL, 1);
  }
  const at = gatesHere / 4;
  const exactTo = exact / 4 + place;
  const wholeTo = whole / 2 + place;
  for (let unit = 0; unit < hidden; unit += 1) {
    const inward = sigmoid(floats[at + unit] ?? 0);
    const keep = sigmoid(floats[at + hidden + unit] ?? 0);
    const fresh = hyperbolicTangent(floats[at + 2 * hidden + unit] ?? 0);
    const outward = sigmoid(floats[at + 3 * hidden + unit] ?? 0);
    const value = keep * (cell[unit] ?? 0) + inward * fresh;
    const state = outward * hyperbolicTangent(value);
    cell[unit] = value;
    floats[exactTo + unit] = state;
    shorts[wholeTo + unit] = state * WHOLE;
  }
}
