/**
 * The one matrix product that dominates the time, as a WebAssembly SIMD function assembled here and as plain
 * TypeScript. Integer sums are exact in any order and both versions round alike, so the results are identical to the
 * bit.
 */

/** Outputs computed side by side: eight vectors of four. */
export const PANEL = 32;

/**
 * `y[row] += scales · (x[row] · W)` for each row; addresses are in bytes. `x` and `W` are 16-bit integers, `y` and
 * `scales` (one per output) 32-bit floats. `W` is stored in panels of 32 outputs; each panel has a line for every two
 * inputs with both weights of each output. `pairs` of inputs, `panels` and `rows` are at least 1; the sums of products
 * must stay below 2³¹.
 */
export type Multiply = (
  x: number,
  w: number,
  scales: number,
  y: number,
  pairs: number,
  panels: number,
  rows: number,
) => void;

const I32 = 0x7f;
const V128 = 0x7b;
const VOID = 0x40;
const [LOOP, END, BRANCH_IF] = [0x03, 0x0b, 0x0d];
const [GET, SET, CONSTANT, ADD, MULTIPLY, SUBTRACT, LESS] = [0x20, 0x21, 0x41, 0x6a, 0x6c, 0x6b, 0x49];
const VECTOR = 0xfd;
const [LOAD, LOAD_SPLAT, STORE, SPLAT] = [0x00, 0x09, 0x0b, 0x11];
const [ADD_WHOLE, DOT_PRODUCT, TO_FLOAT, ADD_FLOAT, MULTIPLY_FLOAT] = [0xae, 0xba, 0xfa, 0xe4, 0xe6];

/** Parameters, then locals: integers first, then the scalar and eight sums. */
const [X, W, SCALES, Y, PAIRS, PANELS, ROWS] = [0, 1, 2, 3, 4, 5, 6];
const [ROW, XAT, XEND, YAT, WAT, STRIDE, PAIR, SUM] = [7, 8, 9, 10, 11, 12, 13, 14];
const VECTORS = PANEL / 4;

function unsigned(value: number): readonly number[] {
  const low = value & 0x7f;
  return value > 0x7f ? [low | 0x80, ...unsigned(value >>> 7)] : [low];
}

function signed(value: number): readonly number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
  return isLast ? [low] : [low | 0x80, ...signed(rest)];
}

const vector = (operation: number): readonly number[] => [VECTOR, ...unsigned(operation)];
const constant = (value: number): readonly number[] => [CONSTANT, ...signed(value)];
const at = (vectorIndex: number): readonly number[] => [2, ...unsigned(vectorIndex * 16)];
const eachVector = (make: (index: number) => readonly number[]): readonly number[] =>
  Array.from({ length: VECTORS }, (_, index) => make(index)).flat();
const advance = (local: number, by: readonly number[]): readonly number[] => [GET, local, ...by, ADD, SET, local];
const repeat = (body: readonly number[], condition: readonly number[]): readonly number[] => [
  ...[LOOP, VOID, ...body],
  ...[...condition, BRANCH_IF, 0, END],
];

/** Adds two inputs times their line of weights to the eight sums. */
const addPair = [
  ...[GET, XAT, ...vector(LOAD_SPLAT), 2, 0, SET, PAIR],
  ...eachVector(index => [
    ...[GET, SUM + index, GET, PAIR, GET, WAT, ...vector(LOAD), ...at(index)],
    ...[...vector(DOT_PRODUCT), ...vector(ADD_WHOLE), SET, SUM + index],
  ]),
  ...advance(XAT, constant(4)),
  ...advance(WAT, constant(PANEL * 4)),
];

/** One row of one panel: sums, scales, and adds to `y`. */
const computeRow = [
  ...[GET, W, SET, WAT],
  ...[GET, XAT, GET, PAIRS, ...constant(4), MULTIPLY, ADD, SET, XEND],
  ...eachVector(index => [...constant(0), ...vector(SPLAT), SET, SUM + index]),
  ...repeat(addPair, [GET, XAT, GET, XEND, LESS]),
  ...eachVector(index => [
    ...[GET, YAT, GET, YAT, ...vector(LOAD), ...at(index)],
    ...[GET, SUM + index, ...vector(TO_FLOAT), GET, SCALES, ...vector(LOAD), ...at(index), ...vector(MULTIPLY_FLOAT)],
    ...[...vector(ADD_FLOAT), ...vector(STORE), ...at(index)],
  ]),
  ...advance(YAT, [GET, STRIDE]),
  ...[GET, ROW, ...constant(1), SUBTRACT, SET, ROW],
];

/** Panels outside, rows inside: a panel stays in the L1 cache for all rows. */
const computePanel = [
  ...[GET, X, SET, XAT, GET, Y, SET, YAT, GET, ROWS, SET, ROW],
  ...repeat(computeRow, [GET, ROW]),
  ...[GET, WAT, SET, W],
  ...advance(Y, constant(PANEL * 4)),
  ...advance(SCALES, constant(PANEL * 4)),
  ...[GET, PANELS, ...constant(1), SUBTRACT, SET, PANELS],
];

const body = [
  ...[GET, PANELS, ...constant(PANEL * 4), MULTIPLY, SET, STRIDE],
  ...repeat(computePanel, [GET, PANELS]),
  END,
];

function section(id: number, content: readonly number[]): readonly number[] {
  return [id, ...unsigned(content.length), ...content];
}

function name(text: string): readonly number[] {
  return [text.length, ...new TextEncoder().encode(text)];
}

function assemble(): Uint8Array<ArrayBuffer> {
  const code = [2, 6, I32, 1 + VECTORS, V128, ...body];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 7, I32, I32, I32, I32, I32, I32, I32, 0]),
    ...section(2, [1, ...name('a'), ...name('memory'), 2, 0, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name('multiply'), 0, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ]);
}

/** Returns the WebAssembly function on this memory, or undefined if the machine has no SIMD. */
export function compileMultiply(memory: WebAssembly.Memory): Multiply | undefined {
  const bytes = assemble();
  if (!WebAssembly.validate(bytes)) return undefined;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { a: { memory } });
  const { multiply } = exports;
  if (typeof multiply !== 'function') return undefined;
  return (...places) => {
    multiply(...places);
  };
}

/** The same in plain TypeScript, ten times slower. */
export function plainMultiply(buffer: ArrayBuffer): Multiply {
  const floats = new Float32Array(buffer);
  const shorts = new Int16Array(buffer);
  const sums = new Int32Array(PANEL);
  return (x, w, scales, y, pairs, panels, rows) => {
    for (let panel = 0; panel < panels; panel += 1) {
      for (let row = 0; row < rows; row += 1) {
        addProducts(shorts, sums.fill(0), x / 2 + row * pairs * 2, w / 2 + panel * pairs * 2 * PANEL, pairs);
        const yAt = y / 4 + (row * panels + panel) * PANEL;
        for (let output = 0; output < PANEL; output += 1) {
          const scale = floats[scales / 4 + panel * PANEL + output] ?? 0;
          const product = Math.fround(Math.fround(sums[output] ?? 0) * scale);
          floats[yAt + output] = (floats[yAt + output] ?? 0) + product;
        }
      }
    }
  };
}

function addProducts(shorts: Int16Array, sums: Int32Array, x: number, w: number, pairs: number): void {
  for (let pair = 0; pair < pairs; pair += 1) {
    const first = shorts[x + pair * 2] ?? 0;
    const second = shorts[x + pair * 2 + 1] ?? 0;
    const line = w + pair * 2 * PANEL;
    for (let output = 0; output < PANEL; output += 1) {
      const at = line + output * 2;
      sums[output] = (sums[output] ?? 0) + first * (shorts[at] ?? 0) + second * (shorts[at + 1] ?? 0);
    }
  }
}
