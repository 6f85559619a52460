import { PANEL } from './kernel.ts';
import type { Arithmetic } from './lstm.ts';

/** A matrix's position in the file: integers with a scale for each row, or 32-bit floats. */
interface Entry {
  readonly rows: number;
  readonly columns: number;
  readonly at: number;
  /** Bits per value: 8, or 4 with two values in a byte, the low one first. */
  readonly bits: 4 | 8 | undefined;
  /** Position of the scales; undefined for floats. */
  readonly scales: number | undefined;
}

/** Metadata of a weights file. */
interface Provenance {
  readonly version: number;
  readonly made: string;
  readonly learnedFrom: string;
  readonly scores: Readonly<Record<string, number>>;
}

interface Header extends Provenance {
  /** Number of networks whose answers are averaged. */
  readonly members: number;
  readonly sharedWords: readonly string[];
  readonly ownWords: readonly string[];
  readonly entries: Readonly<Record<string, Entry>>;
}

/** A weights file: a length, a JSON header, and the matrices. */
export interface Weights {
  readonly header: Header;
  /** Rows of integers, each with its scale. */
  bytes(name: string): Table;
  /** All numbers of a matrix, row by row. */
  numbers(name: string): Float32Array;
  columns(name: string): number;
}

/** Rows that are looked up one at a time and stay compressed. */
export interface Table {
  readonly columns: number;
  readonly values: Int8Array;
  readonly scales: Float32Array;
}

export function readWeights(file: Uint8Array): Weights {
  const bytes = Uint8Array.from(file);
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const header: Header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const base = 4 + length;
  const entry = (name: string): Entry => {
    const found = header.entries[name];
    if (found === undefined) throw new Error(`the weights have no matrix named ${name}`);
    return found;
  };
  const table = (name: string): Table => {
    const { rows, columns, at, bits, scales } = entry(name);
    if (scales === undefined) throw new Error(`the matrix ${name} is not of whole numbers`);
    const values = new Int8Array(bytes.buffer, base + at, (rows * columns * (bits ?? 8)) / 8);
    const factors = new Float32Array(bytes.buffer, base + scales, rows);
    return { columns, values: bits === 4 ? spread(values) : values, scales: factors };
  };
  const numbers = (name: string): Float32Array => {
    const { rows, columns, at, scales } = entry(name);
    return scales === undefined ? new Float32Array(bytes.buffer, base + at, rows * columns) : scaled(table(name));
  };
  return { header, bytes: table, numbers, columns: name => entry(name).columns };
}

/** Unpacks two 4-bit values from each byte. */
function spread(pairs: Int8Array): Int8Array {
  const values = new Int8Array(pairs.length * 2);
  for (let index = 0; index < pairs.length; index += 1) {
    const pair = pairs[index] ?? 0;
    values[index * 2] = (pair << 28) >> 28;
    values[index * 2 + 1] = pair >> 4;
  }
  return values;
}

function scaled({ columns, values, scales }: Table): Float32Array {
  const numbers = new Float32Array(values.length);
  for (let row = 0; row < scales.length; row += 1) {
    for (let at = row * columns; at < (row + 1) * columns; at += 1)
      numbers[at] = (values[at] ?? 0) * (scales[row] ?? 0);
  }
  return numbers;
}

/** A matrix in memory in the kernel's layout. */
export interface Panels {
  readonly weights: number;
  readonly scales: number;
  readonly pairs: number;
}

/**
 * Copies the first `inputs` columns of a matrix (a row for each output) into memory. `unit` is the integer that
 * represents an input of 1.
 */
export function loadPanels(
  arithmetic: Arithmetic,
  weights: Weights,
  name: string,
  inputs: number,
  unit: number,
): Panels {
  const { columns, values, scales } = weights.bytes(name);
  const outputs = scales.length;
  const panels = {
    weights: arithmetic.allocate((outputs * inputs) / 2),
    scales: arithmetic.allocate(outputs),
    pairs: inputs / 2,
  };
  for (let output = 0; output < outputs; output += 1) {
    arithmetic.floats[panels.scales / 4 + output] = (scales[output] ?? 0) * unit;
    const panel = panels.weights / 2 + Math.trunc(output / PANEL) * inputs * PANEL + (output % PANEL) * 2;
    for (let input = 0; input < inputs; input += 1) {
      const place = panel + (input >> 1) * 2 * PANEL + (input & 1);
      arithmetic.shorts[place] = values[output * columns + input] ?? 0;
    }
  }
  return panels;
}
