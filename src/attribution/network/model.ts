import { readFileSync } from 'node:fs';
import { type Chain, type Decoder, decode, loadDecoder, prepareDecoder, type Verdict } from './decoder.ts';
import type { Features } from './features.ts';
import {
  type Arithmetic,
  allocateStates,
  createArithmetic,
  type Lstm,
  loadLstm,
  project,
  recur,
  STATE_UNIT,
  type States,
  softmax,
} from './lstm.ts';
import { readWeights, type Table, type Weights } from './weights.ts';

/** A small linear layer, not worth running through the kernel. */
export interface Layer {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export function loadLayer(weights: Weights, name: string): Layer {
  return { weights: weights.numbers(`${name}.weight`), bias: weights.numbers(`${name}.bias`) };
}

export function applyLayer({ weights, bias }: Layer, inputs: Float32Array): Float32Array {
  const outputs = new Float32Array(bias.length);
  for (let output = 0; output < outputs.length; output += 1) {
    let sum = bias[output] ?? 0;
    const line = output * inputs.length;
    for (let input = 0; input < inputs.length; input += 1) sum += (weights[line + input] ?? 0) * (inputs[input] ?? 0);
    outputs[output] = sum;
  }
  return outputs;
}

/** The 16-bit integer that represents 1 in word inputs, which lie between -8 and 8. */
const WORD_UNIT = 8 / 32767;

/** Maximum number of tokens read at once. */
export const MOST_STEPS = 400;

/** Each token's rows in the network's tables. */
interface Rows {
  readonly steps: number;
  readonly shared: readonly number[];
  readonly own: readonly number[];
  readonly suffixes: readonly number[];
  readonly shapes: readonly number[];
  readonly quoting: readonly number[];
}

/** One network: two BiLSTMs over the words, a cue classifier, then a decoder for each cue. */
interface Network {
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

/** `plain` avoids WebAssembly, for machines without it; same results. */
function loadNetwork(weights: Weights, member: number, plain = false): Network {
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

/**
 * Reads the tokens and returns each token's odds of being no cue, a speech cue or another cue. Call before the decoder.
 */
function read(network: Network, rows: Rows): readonly Float32Array[] {
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

/** The model: networks whose answers are averaged, and their vocabularies. */
export interface Model {
  readonly networks: readonly [Network, ...Network[]];
  readonly chain: Chain;
  readonly shared: ReadonlyMap<string, number>;
  readonly own: ReadonlyMap<string, number>;
}

/** Loads the weights that ship with the bot. `plain` avoids WebAssembly; same results. */
export function loadModel(plain = false): Model {
  const weights = readWeights(readFileSync(new URL('weights.bin', import.meta.url)));
  const { members, sharedWords, ownWords } = weights.header;
  const [first = loadNetwork(weights, 0, plain), ...others] = Array.from({ length: members }, (_, member) =>
    loadNetwork(weights, member, plain),
  );
  const networks = [first, ...others];
  const mean = (part: keyof Chain): Float32Array => average(networks.map(network => network.decoder[part]));
  return {
    networks: [first, ...others],
    chain: { transitions: mean('transitions'), starts: mean('starts'), ends: mean('ends') },
    shared: rowsOf(sharedWords),
    own: rowsOf(ownWords),
  };
}

/** Row 0 is for unknown words. */
function rowsOf(words: readonly string[]): ReadonlyMap<string, number> {
  return new Map(words.map((word, index) => [word, index + 1]));
}

function rowOf(rows: ReadonlyMap<string, number>, word: string): number {
  const found = rows.get(word);
  if (found !== undefined) return found;
  const hyphen = word.lastIndexOf('-');
  return hyphen < 0 ? 0 : (rows.get(word.slice(hyphen + 1)) ?? 0);
}

function average(lists: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(0)] = lists;
  if (lists.length === 1) return first;
  return first.map((_, index) => lists.reduce((sum, list) => sum + (list[index] ?? 0), 0) / lists.length);
}

/** Reads a stretch of text and returns each token's odds of being no cue, a speech cue or another cue. */
export function readCues(model: Model, features: Features): readonly Float32Array[] {
  const rows: Rows = {
    steps: features.tokens.length,
    shared: features.words.map(word => rowOf(model.shared, word)),
    own: features.words.map(word => rowOf(model.own, word)),
    suffixes: features.suffixes,
    shapes: features.shapes,
    quoting: features.quoting,
  };
  const readings = model.networks.map(network => read(network, rows));
  return features.tokens.map((_, step) => average(readings.map(reading => reading[step] ?? new Float32Array(3))));
}

/** Labels the tokens around a cue of the stretch read last. */
export function askCue(model: Model, head: number, from: number, to: number): Verdict {
  const verdicts = model.networks.map(network =>
    decode(network.arithmetic, network.decoder, network.reading.exact, head, from, to),
  );
  const [first = { emissions: [], odds: new Float32Array(3) }] = verdicts;
  return {
    emissions: first.emissions.map((_, step) =>
      average(verdicts.map(one => one.emissions[step] ?? new Float32Array(4))),
    ),
    odds: average(verdicts.map(one => one.odds)),
  };
}
