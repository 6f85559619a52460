import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { loadRuntime, ON_ONE_THREAD } from '../../onnx-runtime.ts';
import { type Chain, TAGS } from './chain.ts';
import type { Window } from './windows.ts';

/** Odds of three kinds: no cue (or report), one of speech, one of another attribution. */
export type Odds = readonly [none: number, speech: number, other: number];

/** For one head: four scores (out, content, source, cue) for each token, and what it is the head of. */
export interface Verdict {
  readonly emissions: readonly Float32Array[];
  readonly odds: Odds;
}

/** A window, read once. */
export interface Reading {
  /** For each token. */
  readonly cues: readonly Odds[];
  /** Labels the tokens of the window with respect to some of them. */
  readonly ask: (heads: readonly number[]) => Promise<readonly Verdict[]>;
}

const KINDS = 3;

/** The learned reader: an encoder (BERT) with a cue classifier, and a decoder that labels what belongs to a cue. */
export class Model {
  readonly chain: Chain;
  readonly #tensor: typeof Tensor;
  readonly #reader: InferenceSession;
  readonly #decoder: InferenceSession;

  private constructor(tensor: typeof Tensor, chain: Chain, reader: InferenceSession, decoder: InferenceSession) {
    this.#tensor = tensor;
    this.chain = chain;
    this.#reader = reader;
    this.#decoder = decoder;
  }

  /** Loads the weights that ship with the bot. */
  static async load(): Promise<Model> {
    const runtime = await loadRuntime();
    const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
    // training/reports/export.py has optimised the graphs.
    const options = { ...ON_ONE_THREAD, graphOptimizationLevel: 'basic' } as const;
    const chain: Chain = JSON.parse(readFileSync(file('chain.json'), 'utf8'));
    const reader = await runtime.InferenceSession.create(file('reader.onnx'), options);
    const decoder = await runtime.InferenceSession.create(file('decoder.onnx'), options);
    return new Model(runtime.Tensor, chain, reader, decoder);
  }

  async read(window: Window): Promise<Reading> {
    const { tokens } = window;
    const whole = (values: readonly number[]) =>
      new this.#tensor('int64', BigInt64Array.from(values, BigInt), [values.length]);
    const quoting = whole(tokens.map(token => token.quoting));
    const { states, cues } = await this.#reader.run({
      ids: whole(window.ids),
      starts: whole(window.starts),
      shapes: whole(tokens.map(({ shape }) => shape)),
      quoting,
      lines: whole(tokens.map(({ line }) => line)),
    });
    if (states === undefined || cues === undefined) throw new Error('reader.onnx has other outputs than expected.');
    const ask = async (heads: readonly number[]): Promise<readonly Verdict[]> => {
      if (heads.length === 0) return [];
      const inputs = { states, quoting, places: whole(window.places) };
      const { emissions, judged } = await this.#decoder.run({ ...inputs, heads: whole(heads) });
      const odds = oddsOf(judged, heads.length);
      const scores = numbersOf(emissions);
      return odds.map((each, head) => {
        const from = head * tokens.length;
        return {
          emissions: tokens.map((_, at) => scores.subarray((from + at) * TAGS, (from + at + 1) * TAGS)),
          odds: each,
        };
      });
    };
    return { cues: oddsOf(cues, tokens.length), ask };
  }
}

function numbersOf(tensor: Tensor | undefined): Float32Array {
  if (!(tensor?.data instanceof Float32Array)) throw new Error('The network returned no floats.');
  return tensor.data;
}

/** Softmax of each row. */
function oddsOf(tensor: Tensor | undefined, rows: number): readonly Odds[] {
  const numbers = numbersOf(tensor);
  return Array.from({ length: rows }, (_, row) => {
    const [none = 0, speech = 0, other = 0] = numbers.subarray(row * KINDS, (row + 1) * KINDS);
    const highest = Math.max(none, speech, other);
    const each = [Math.exp(none - highest), Math.exp(speech - highest), Math.exp(other - highest)] as const;
    const sum = each[0] + each[1] + each[2];
    return [each[0] / sum, each[1] / sum, each[2] / sum];
  });
}
