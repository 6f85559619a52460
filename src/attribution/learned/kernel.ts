/**
 * The one product that costs time, as a WebAssembly SIMD function made here from its instructions, and the same in
 * plain TypeScript. Both add in the same order and round alike, so that the results are equal to the bit.
 */

/** How many outputs are computed side by side: eight vectors of four. */
export const PANEL = 32;

/**
 * `y[row] += x[row] · W` for each row; addresses count bytes. `W` lies in panels of 32 outputs, in each of them one
 * line of 32 weights for each input. `inputs`, `panels` and `rows` are at least 1.
 */
export type Multiply = (x: number, w: number, y: number, inputs: number, panels: number, rows: number) => void;

const I32 = 0x7f;
const V128 = 0x7b;
const VOID = 0x40;
const [LOOP, END, BRANCH_IF] = [0x03, 0x0b, 0x0d];
const [GET, SET, CONSTANT, ADD, MULTIPLY, SUBTRACT, LESS] = [0x20, 0x21, 0x41, 0x6a, 0x6c, 0x6b, 0x49];
const VECTOR = 0xfd;
const [LOAD, SPLAT, STORE] = [0x00, 0x09, 0x0b];
const [F32X4_ADD, F32X4_MULTIPLY] = [0xe4, 0xe6];

/** The parameters, then the locals: numbers first, then the scalar and eight sums. */
const [X, W, Y, INPUTS, PANELS, ROWS] = [0, 1, 2, 3, 4, 5];
const [ROW, XAT, XEND, YAT, WAT, STRIDE, SCALAR, SUM] = [6, 7, 8, 9, 10, 11, 12, 13];
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

/** Adds one input times its line of weights to the eight sums. */
const addInput = [
  ...[GET, XAT, ...vector(SPLAT), 2, 0, SET, SCALAR],
  ...eachVector(index => [
    ...[GET, SUM + index, GET, SCALAR, GET, WAT, ...vector(LOAD), ...at(index)],
    ...[...vector(F32X4_MULTIPLY), ...vector(F32X4_ADD), SET, SUM + index],
  ]),
  ...advance(XAT, constant(4)),
  ...advance(WAT, constant(PANEL * 4)),
];

/** One row of one panel: the sums start from what stands in `y` and go back there. */
const computeRow = [
  ...[GET, W, SET, WAT],
  ...[GET, XAT, GET, INPUTS, ...constant(4), MULTIPLY, ADD, SET, XEND],
  ...eachVector(index => [GET, YAT, ...vector(LOAD), ...at(index), SET, SUM + index]),
  ...repeat(addInput, [GET, XAT, GET, XEND, LESS]),
  ...eachVector(index => [GET, YAT, GET, SUM + index, ...vector(STORE), ...at(index)]),
  ...advance(YAT, [GET, STRIDE]),
  ...[GET, ROW, ...constant(1), SUBTRACT, SET, ROW],
];

/** Panels outside, rows inside: a panel stays in the nearest cache for all rows. */
const computePanel = [
  ...[GET, X, SET, XAT, GET, Y, SET, YAT, GET, ROWS, SET, ROW],
  ...repeat(computeRow, [GET, ROW]),
  ...[GET, WAT, SET, W],
  ...advance(Y, constant(PANEL * 4)),
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
    ...section(1, [1, 0x60, 6, I32, I32, I32, I32, I32, I32, 0]),
    ...section(2, [1, ...name('a'), ...name('memory'), 2, 0, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name('multiply'), 0, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ]);
}

/** The WebAssembly function on this memory, or undefined where this machine knows no SIMD. */
export function compileMultiply(memory: WebAssembly.Memory): Multiply | undefined {
  const bytes = assemble();
  if (!WebAssembly.validate(bytes)) return undefined;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { a: { memory } });
  const { multiply } = exports;
  if (typeof multiply !== 'function') return undefined;
  return (x, w, y, inputs, panels, rows) => {
    multiply(x, w, y, inputs, panels, rows);
  };
}

/** The same in plain TypeScript, ten times slower. */
export function plainMultiply(floats: Float32Array): Multiply {
  const sums = new Float32Array(PANEL);
  return (x, w, y, inputs, panels, rows) => {
    for (let panel = 0; panel < panels; panel += 1) {
      for (let row = 0; row < rows; row += 1) {
        const yAt = y / 4 + (row * panels + panel) * PANEL;
        sums.set(floats.subarray(yAt, yAt + PANEL));
        addProducts(floats, sums, x / 4 + row * inputs, w / 4 + panel * inputs * PANEL, inputs);
        floats.set(sums, yAt);
      }
    }
  };
}

function addProducts(floats: Float32Array, sums: Float32Array, x: number, w: number, inputs: number): void {
  for (let input = 0; input < inputs; input += 1) {
    const value = floats[x + input] ?? 0;
    const line = w + input * PANEL;
    for (let output = 0; output < PANEL; output += 1) {
      sums[output] = (sums[output] ?? 0) + Math.fround(value * (floats[line + output] ?? 0));
    }
  }
}
