import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { loadRuntime, ON_ONE_THREAD } from '../../onnx-runtime.ts';
import { flag, softmax } from '../odds.ts';
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
  readonly window: Window;
  /** For each token. */
  readonly cues: readonly Odds[];
  /** Labels the tokens of the window with respect to some of them. */
  readonly ask: (heads: readonly number[]) => Promise<readonly Verdict[]>;
  /** Returns `ANTECEDENT` numbers for each token, by which `Model.point` compares it with others. */
  readonly antecedents: () => Promise<Float32Array>;
}

/**
 * What the pointer is asked about: the tokens where a source starts and ends, and where its content starts; or a phrase, and
 * the token after it.
 */
export interface Pointing {
  readonly first: number;
  readonly last: number;
  readonly content: number;
  /** Whether it has no source, and `first` and `last` are where its content starts. */
  readonly isUnsourced: boolean;
}

const KINDS = 3;
/** How many numbers stand for a token where `Model.point` compares them. */
const ANTECEDENT = 512;

type GraphName = 'reader' | 'decoder' | 'antecedents' | 'pointer';

/**
 * The learned reader: an encoder (BERT) with a cue classifier, a decoder that labels what belongs to a cue, and a pointer to the
 * words that mean whom a source means, which continues from the encoder's third layer.
 */
export class Model {
  readonly chain: Chain;
  readonly #tensor: typeof Tensor;
  readonly #sessions: Readonly<Record<GraphName, InferenceSession>>;

  private constructor(tensor: typeof Tensor, chain: Chain, sessions: Readonly<Record<GraphName, InferenceSession>>) {
    this.#tensor = tensor;
    this.chain = chain;
    this.#sessions = sessions;
  }

  /** Loads the weights that ship with the bot. */
  static async load(): Promise<Model> {
    const runtime = await loadRuntime();
    const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
    // The scripts in training/ that export the graphs have optimised them. An arena keeps more memory, and isn’t faster.
    const options = { ...ON_ONE_THREAD, graphOptimizationLevel: 'basic', enableCpuMemArena: false } as const;
    const load = (name: GraphName) => runtime.InferenceSession.create(file(`${name}.onnx`), options);
    const chain: Chain = JSON.parse(readFileSync(file('chain.json'), 'utf8'));
    const [reader, decoder, antecedents, pointer] = await Promise.all([
      load('reader'),
      load('decoder'),
      load('antecedents'),
      load('pointer'),
    ]);
    return new Model(runtime.Tensor, chain, { reader, decoder, antecedents, pointer });
  }

  async read(window: Window): Promise<Reading> {
    const { tokens } = window;
    const quoting = this.#integers(tokens.map(token => token.quoting));
    const described = {
      starts: this.#integers(window.starts),
      shapes: this.#integers(tokens.map(({ shape }) => shape)),
      quoting,
      lines: this.#integers(tokens.map(({ line }) => line)),
    };
    const ids = this.#integers(window.ids);
    const { states, cues, middle } = await this.#sessions.reader.run({ ids, ...described });
    if (states === undefined || cues === undefined || middle === undefined)
      throw new Error('reader.onnx has other outputs than expected.');
    const ask = async (heads: readonly number[]): Promise<readonly Verdict[]> => {
      if (heads.length === 0) return [];
      const places = this.#integers(window.places);
      const inputs = { states, quoting, places, heads: this.#integers(heads) };
      const { emissions, judged } = await this.#sessions.decoder.run(inputs);
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
    const antecedents = async () => {
      const { tokens: numbers } = await this.#sessions.antecedents.run({ middle, ...described });
      return numbersOf(numbers);
    };
    return { window, cues: oddsOf(cues, tokens.length), ask, antecedents };
  }

  /**
   * Scores, for each report, each of the tokens `kept` as one that means whom the report's source means, and last that none
   * does. `tokens` has `ANTECEDENT` numbers for each.
   */
  async point(
    tokens: Float32Array,
    kept: readonly number[],
    reports: readonly Pointing[],
  ): Promise<readonly Float32Array[]> {
    const size = kept.length + 1;
    const { scores } = await this.#sessions.pointer.run({
      tokens: new this.#tensor('float32', tokens, [tokens.length / ANTECEDENT, ANTECEDENT]),
      kept: this.#integers(kept),
      firsts: this.#integers(reports.map(({ first }) => first)),
      lasts: this.#integers(reports.map(({ last }) => last)),
      contents: this.#integers(reports.map(({ content }) => content)),
      unsourced: this.#integers(reports.map(({ isUnsourced }) => flag(isUnsourced))),
    });
    const numbers = numbersOf(scores);
    return reports.map((_, row) => numbers.subarray(row * size, (row + 1) * size));
  }

  #integers(values: readonly number[]): Tensor {
    return new this.#tensor('int64', BigInt64Array.from(values, BigInt), [values.length]);
  }
}

function numbersOf(tensor: Tensor | undefined): Float32Array {
  if (!(tensor?.data instanceof Float32Array)) throw new Error('The network returned no floats.');
  return tensor.data;
}

function oddsOf(tensor: Tensor | undefined, rows: number): readonly Odds[] {
  const numbers = numbersOf(tensor);
  return Array.from({ length: rows }, (_, row) => {
    const [none = 0, speech = 0, other = 0] = softmax([...numbers.subarray(row * KINDS, (row + 1) * KINDS)]);
    return [none, speech, other];
  });
}
