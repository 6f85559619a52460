import { compileMultiply, type Multiply, PANEL, plainMultiply } from './kernel.ts';

/** Numbers in one memory, and what computes on them. Addresses count bytes, indices into `floats` count numbers. */
export interface Arithmetic {
  readonly floats: Float32Array;
  /** The same memory as whole numbers of two bytes. */
  readonly shorts: Int16Array;
  readonly multiply: Multiply;
  /** The address of so many numbers that nothing else uses. */
  allocate(count: number): number;
}

const PAGE = 65536;

/** `capacity` counts numbers; `plain` does without WebAssembly and gives the same results. */
export function createArithmetic(capacity: number, plain = false): Arithmetic {
  const memory = new WebAssembly.Memory({ initial: Math.ceil((capacity * 4) / PAGE) });
  const floats = new Float32Array(memory.buffer);
  const shorts = new Int16Array(memory.buffer);
  const multiply = (plain ? undefined : compileMultiply(memory)) ?? plainMultiply(memory.buffer);
  let free = 0;
  const allocate = (count: number): number => {
    const address = free;
    free += Math.ceil(count / PANEL) * PANEL * 4;
    if (free > floats.length * 4) throw new RangeError(`no room for ${count} more numbers`);
    return address;
  };
  return { floats, shorts, multiply, allocate };
}

/** Sigmoid by table: a step of 1/128 with a straight line between two entries is right to seven digits. */
const RANGE = 16;
const STEPS = 128;
const LAST = 2 * RANGE * STEPS;
const TABLE = Float64Array.from({ length: LAST + 2 }, (_, index) => 1 / (1 + Math.exp(RANGE - index / STEPS)));

export function sigmoid(value: number): number {
  const place = (value + RANGE) * STEPS;
  if (place <= 0) return 0;
  if (place >= LAST) return 1;
  const index = Math.trunc(place);
  const low = TABLE[index] ?? 0;
  return low + (place - index) * ((TABLE[index + 1] ?? 1) - low);
}

export function hyperbolicTangent(value: number): number {
  return 2 * sigmoid(2 * value) - 1;
}

/** Turns a few numbers into shares of 1, in place. */
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
