import { type Arithmetic, createArithmetic, softmax } from './arithmetic.ts';
import { type Decoder, loadDecoder, prepareDecoder } from './decoder.ts';
import { applyLayer, type Layer, loadLayer } from './layer.ts';
import { allocateStates, type Lstm, loadLstm, project, recur, STATE_UNIT, type States } from './lstm.ts';
import type { Table, Weights } from './weights.ts';

/** What 1 stands for in the inputs of words, whole numbers of two bytes: they lie between -8 and 8. */
const WORD_UNIT = 8 / 32767;

/** Most tokens that are read in one go. */
export const MOST_STEPS = 400;

/** What the network is told of each token: rows of its tables. */
export interface Rows {
  readonly steps: number;
  readonly shared: readonly number[];
  readonly own: readonly number[];
  readonly suffixes: readonly number[];
  readonly shapes: readonly number[];
  readonly quoting: readonly number[];
}

/** One network: two BiLSTMs over the words, then which word is a cue, then a decoder for each cue. */
export interface Network {
  readonly arithmetic: Arithmetic;
  readonly tables: Readonly<Record<Exclude<keyof Rows, 'steps'>, Table>>;
  readonly first: Lstm;
  readonly second: Lstm;
  readonly words: number;
  readonly middle: States;
  readonly reading: States;
  readonly cue: Layer;
  readonly decoder: Decoder;
}

/** `plain`: without WebAssembly, for machines that lack it, with the same results. */
export function loadNetwork(weights: Weights, member: number, plain = false): Network {
  const own = (name: string): string => `${member}.${name}`;
  const tables = {
    shared: weights.bytes('shared'),
    own: weights.bytes(own('own.weight')),
    suffixes: weights.bytes(own('suffix.weight')),
    shapes: weights.bytes(own('shape.weight')),
    quoting: weights.bytes(own('quoting.weight')),
  };
  const inputs = Object.values(tables).reduce((sum, table) => sum + table.columns, 0);
  const hidden = weights.columns(own('first.recurrent.0'));
  const decoderHidden = weights.columns(own('decoder.recurrent.0'));
  const perStep = inputs + 4 * hidden + 16 * hidden + 10 * decoderHidden;
  const perHidden = 8 * hidden * (inputs + 4 * hidden) + 8 * decoderHidden * (2 * hidden + decoderHidden);
  const arithmetic = createArithmetic(perStep * MOST_STEPS + perHidden + 4096, plain);
  return {
    arithmetic,
    tables,
    words: arithmetic.allocate((inputs * MOST_STEPS) / 2),
    middle: allocateStates(arithmetic, hidden, MOST_STEPS),
    reading: allocateStates(arithmetic, hidden, MOST_STEPS),
    first: loadLstm(arithmetic, weights, own('first'), inputs, WORD_UNIT, MOST_STEPS),
    second: loadLstm(arithmetic, weights, own('second'), 2 * hidden, STATE_UNIT, MOST_STEPS),
    cue: loadLayer(weights, own('cue')),
    decoder: loadDecoder(arithmetic, weights, own, 2 * hidden, MOST_STEPS),
  };
}

/** Reads the tokens; gives the odds of none, speech and other for each to be a cue. The decoder can then be asked. */
export function read(network: Network, rows: Rows): readonly Float32Array[] {
  const { arithmetic, first, second, words, middle, reading, cue, decoder } = network;
  const { steps } = rows;
  lookUp(network, rows);
  project(arithmetic, first, words, steps);
  recur(arithmetic, first, middle, steps);
  project(arithmetic, second, middle.whole, steps);
  recur(arithmetic, second, reading, steps);
  prepareDecoder(arithmetic, decoder, reading.whole, steps);
  const width = 2 * second.hidden;
  return Array.from({ length: steps }, (_, step) => {
    const at = reading.exact / 4 + step * width;
    return softmax(applyLayer(cue, arithmetic.floats.subarray(at, at + width)));
  });
}

function lookUp({ arithmetic, tables, words }: Network, rows: Rows): void {
  let at = words / 2;
  const copy = (table: Table, row: number): void => {
    const scale = (table.scales[row] ?? 0) / WORD_UNIT;
    for (let column = 0; column < table.columns; column += 1) {
      const value = Math.round((table.values[row * table.columns + column] ?? 0) * scale);
      arithmetic.shorts[at + column] = Math.max(-32767, Math.min(32767, value));
    }
    at += table.columns;
  };
  for (let step = 0; step < rows.steps; step += 1) {
    copy(tables.shared, rows.shared[step] ?? 0);
    copy(tables.own, rows.own[step] ?? 0);
    copy(tables.suffixes, rows.suffixes[step] ?? 0);
    copy(tables.shapes, rows.shapes[step] ?? 0);
    copy(tables.quoting, rows.quoting[step] ?? 0);
  }
}
