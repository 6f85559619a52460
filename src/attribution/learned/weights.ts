import type { Arithmetic } from './arithmetic.ts';
import { PANEL } from './kernel.ts';

/** Where a matrix lies in the file: whole bytes with a scale for each row, or numbers of four bytes. */
interface Entry {
  readonly rows: number;
  readonly columns: number;
  readonly at: number;
  /** Of each value: 8, or 4 with two values in a byte, the first one low. */
  readonly bits: 4 | 8 | undefined;
  /** Where the scales lie; undefined for numbers of four bytes. */
  readonly scales: number | undefined;
}

/** What a file of weights says of itself. */
interface Provenance {
  readonly version: number;
  readonly made: string;
  readonly learnedFrom: string;
  readonly scores: Readonly<Record<string, number>>;
}

interface Header extends Provenance {
  /** Networks whose answers are averaged. */
  readonly members: number;
  readonly sharedWords: readonly string[];
  readonly ownWords: readonly string[];
  readonly entries: Readonly<Record<string, Entry>>;
}

/** A file of weights: a length, a header as JSON, and the matrices. */
export interface Weights {
  readonly header: Header;
  /** Rows of whole bytes, each to be multiplied with its scale. */
  bytes(name: string): Table;
  /** All numbers of a matrix, line after line. */
  numbers(name: string): Float32Array;
  columns(name: string): number;
}

/** Rows that are looked up one at a time and so stay small. */
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
    if (scales === undefined) return new Float32Array(bytes.buffer, base + at, rows * columns);
    const { values, scales: factors } = table(name);
    return Float32Array.from(values, (value, index) => value * (factors[Math.trunc(index / columns)] ?? 0));
  };
  return { header, bytes: table, numbers, columns: name => entry(name).columns };
}

/** Two values of four bits from each byte. */
function spread(pairs: Int8Array): Int8Array {
  const values = new Int8Array(pairs.length * 2);
  for (const [index, pair] of pairs.entries()) {
    values[index * 2] = (pair << 28) >> 28;
    values[index * 2 + 1] = pair >> 4;
  }
  return values;
}

/** Puts a matrix (a line for each output) into memory as the kernel wants it, from column `from` to `to`. */
export function loadPanels(arithmetic: Arithmetic, weights: Weights, name: string, from: number, to: number): number {
  const columns = weights.columns(name);
  const values = weights.numbers(name);
  const outputs = values.length / columns;
  const inputs = to - from;
  const address = arithmetic.allocate(outputs * inputs);
  const start = address / 4;
  for (let output = 0; output < outputs; output += 1) {
    const panel = start + Math.trunc(output / PANEL) * inputs * PANEL + (output % PANEL);
    for (let input = 0; input < inputs; input += 1) {
      arithmetic.floats[panel + input * PANEL] = values[output * columns + from + input] ?? 0;
    }
  }
  return address;
}
