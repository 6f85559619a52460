import { type Arithmetic, hyperbolicTangent, sigmoid } from './arithmetic.ts';
import { PANEL } from './kernel.ts';
import { loadPanels, type Weights } from './weights.ts';

/**
 * A long short-term memory read in both directions (Hochreiter and Schmidhuber 1997; gates in the order input, forget,
 * cell, output).
 */
export interface Lstm {
  readonly inputs: number;
  readonly hidden: number;
  /** Forwards, backwards. */
  readonly directions: readonly [Direction, Direction];
}

interface Direction {
  readonly weights: number;
  readonly bias: Float32Array;
  readonly recurrent: number;
  /** Four gates for each step, before they are squashed. */
  readonly gates: number;
  readonly cell: Float32Array;
}

/** `inputs`: how many of the columns are read for each step; the others are added by the caller. */
export function loadLstm(arithmetic: Arithmetic, weights: Weights, name: string, inputs: number, steps: number): Lstm {
  const hidden = weights.columns(`${name}.recurrent.0`);
  const load = (direction: number): Direction => ({
    weights: loadPanels(arithmetic, weights, `${name}.inputs.${direction}.weight`, 0, inputs),
    bias: weights.numbers(`${name}.inputs.${direction}.bias`),
    recurrent: loadPanels(arithmetic, weights, `${name}.recurrent.${direction}`, 0, hidden),
    gates: arithmetic.allocate(steps * 4 * hidden),
    cell: new Float32Array(hidden),
  });
  return { inputs, hidden, directions: [load(0), load(1)] };
}

/** What each step's inputs give to the gates, in both directions. */
export function project(arithmetic: Arithmetic, lstm: Lstm, x: number, steps: number): void {
  const width = 4 * lstm.hidden;
  for (const { weights, bias, gates } of lstm.directions) {
    for (let step = 0; step < steps; step += 1) arithmetic.floats.set(bias, gates / 4 + step * width);
    arithmetic.multiply(x, weights, gates, lstm.inputs, width / PANEL, steps);
  }
}

/** Runs over gates that hold what the inputs give; writes `2 * hidden` numbers for each step to `output`. */
export function recur(arithmetic: Arithmetic, lstm: Lstm, output: number, steps: number): void {
  const { hidden, directions } = lstm;
  const [forwards, backwards] = directions;
  for (let step = 0; step < steps; step += 1) {
    const before = step > 0 ? output + (step - 1) * 8 * hidden : undefined;
    takeStep(arithmetic, forwards, hidden, step, output + step * 8 * hidden, before);
  }
  for (let step = steps - 1; step >= 0; step -= 1) {
    const here = output + (step * 2 + 1) * 4 * hidden;
    takeStep(arithmetic, backwards, hidden, step, here, step < steps - 1 ? here + 8 * hidden : undefined);
  }
}

function takeStep(
  { floats, multiply }: Arithmetic,
  { recurrent, gates, cell }: Direction,
  hidden: number,
  step: number,
  here: number,
  before: number | undefined,
): void {
  const gatesHere = gates + step * 16 * hidden;
  if (before === undefined) cell.fill(0);
  else multiply(before, recurrent, gatesHere, hidden, (4 * hidden) / PANEL, 1);
  const at = gatesHere / 4;
  const to = here / 4;
  for (let unit = 0; unit < hidden; unit += 1) {
    const inward = sigmoid(floats[at + unit] ?? 0);
    const keep = sigmoid(floats[at + hidden + unit] ?? 0);
    const fresh = hyperbolicTangent(floats[at + 2 * hidden + unit] ?? 0);
    const outward = sigmoid(floats[at + 3 * hidden + unit] ?? 0);
    const value = keep * (cell[unit] ?? 0) + inward * fresh;
    cell[unit] = value;
    floats[to + unit] = outward * hyperbolicTangent(value);
  }
}
