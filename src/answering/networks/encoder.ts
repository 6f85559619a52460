import type { Span } from '../../news/span.ts';
import { childProcess, WorkerPool } from '../../workers.ts';
import { DIMENSIONS } from './model.ts';

/** What the judge, which reads a question and a passage together, makes of the passage. */
export interface Judgement {
  /** Log odds that it answers, in the judge's own scale. */
  readonly logit: number;
  /** The words of the passage that answer, if it does. */
  readonly words: Span;
  /** Probability that these are the words, if it answers. */
  readonly odds: number;
}

export type EncodeRequest =
  | { readonly kind: 'question' | 'passage'; readonly texts: readonly string[] }
  | { readonly kind: 'judge'; readonly question: string; readonly texts: readonly string[] };

/** Vectors, one after another; or judgements. */
export type EncodeAnswer = Int8Array | readonly Judgement[];

/** How many passages are encoded at once: 70 ms of ordinary news, 200 ms at most (`npm run bench:ask`). */
const BATCH = 4;

/** Loading takes half a second, a batch less than that. A busy machine may take many times as long. */
const MOST_MILLISECONDS = 60_000;

/**
 * Makes vectors of texts, and judges whether passages answer a question, in child processes: 60 passages a second and
 * 280 MB each. A crash of the runtime must not end the bot.
 */
export class Encoder {
  readonly #pool: WorkerPool<EncodeRequest, EncodeAnswer>;

  constructor(processes = 1, program = new URL('./encode-in-process.ts', import.meta.url)) {
    this.#pool = new WorkerPool({
      start: childProcess({ name: 'encoding process', program, priority: 'below normal' }),
      most: processes,
      mostPerOwner: processes,
      laneOf: requests => ({ isLong: false, isBackground: requests.some(({ kind }) => kind === 'passage') }),
      timeout: () => MOST_MILLISECONDS,
      attempts: 2,
      closed: () => new Error('Encoding has stopped.'),
    });
  }

  /** Returns the vector of a question. Urgent: it waits for at most one small batch of passages. */
  async encodeQuestion(owner: string, question: string): Promise<Int8Array> {
    return vectorsIn(await this.#pool.run(owner, { kind: 'question', texts: [question] }));
  }

  /** Returns the vectors of passages one after another, `DIMENSIONS` components each. In the background. */
  async encodePassages(owner: string, passages: readonly string[]): Promise<Int8Array> {
    const vectors = new Int8Array(passages.length * DIMENSIONS);
    const starts = passages.flatMap((_, at) => (at % BATCH === 0 ? [at] : []));
    const encode = async (start: number) => {
      const texts = passages.slice(start, start + BATCH);
      vectors.set(vectorsIn(await this.#pool.run(owner, { kind: 'passage', texts })), start * DIMENSIONS);
    };
    await Promise.all(starts.map(encode));
    return vectors;
  }

  /** Judges passages. Urgent, like `encodeQuestion`. */
  async judge(owner: string, question: string, passages: readonly string[]): Promise<readonly Judgement[]> {
    const answer = await this.#pool.run(owner, { kind: 'judge', question, texts: passages });
    return answer instanceof Int8Array ? [] : answer;
  }

  /** Cancels what is in progress. */
  async close(): Promise<void> {
    await this.#pool.close();
  }
}

/** An encoder, or what stands in for it in tests. */
export type Encodes = Pick<Encoder, keyof Encoder>;

function vectorsIn(answer: EncodeAnswer): Int8Array {
  if (!(answer instanceof Int8Array)) throw new TypeError('Judgements came in place of vectors.');
  return answer;
}
