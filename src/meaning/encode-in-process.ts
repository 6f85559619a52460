import { fileURLToPath } from 'node:url';
import { loadRuntime, ON_ONE_THREAD } from '../onnx-runtime.ts';
import { wordPieces } from '../pieces/word-pieces.ts';
import { answerParent } from '../workers.ts';
import type { EncodeRequest } from './encoder.ts';
import { dimensions, quantised } from './model.ts';

/** As learned: how a text begins, and how many of its pieces are read. */
const kinds = {
  question: { prefix: 'query: ', most: 48 },
  passage: { prefix: 'passage: ', most: 128 },
} as const;

const { InferenceSession, Tensor } = await loadRuntime();
const session = await InferenceSession.create(fileURLToPath(new URL('./encoder.onnx', import.meta.url)), ON_ONE_THREAD);

/**
 * Returns the mean of the last states, normalised. One text at a time: in a batch, a text's vector would depend on the
 * others, as they share one scale when numbers are rounded to 8 bits, and shorter ones would be padded.
 */
async function encode(pieces: readonly number[]): Promise<Int8Array> {
  const shape = [1, pieces.length];
  const whole = (values: readonly number[]) => new Tensor('int64', BigInt64Array.from(values, BigInt), shape);
  const { last_hidden_state: states } = await session.run({
    input_ids: whole(pieces),
    attention_mask: whole(pieces.map(() => 1)),
    token_type_ids: whole(pieces.map(() => 0)),
  });
  const sum = new Float64Array(dimensions);
  if (!(states?.data instanceof Float32Array)) throw new Error('encoder.onnx has no last_hidden_state of floats.');
  for (const [at, state] of states.data.entries()) sum[at % dimensions] = (sum[at % dimensions] ?? 0) + state;
  const length = Math.hypot(...sum);
  return quantised(sum.map(each => each / length));
}

answerParent(async ({ kind, texts }: EncodeRequest) => {
  const vectors = new Int8Array(texts.length * dimensions);
  const { prefix, most } = kinds[kind];
  for (const [at, text] of texts.entries()) vectors.set(await encode(wordPieces(prefix + text, most)), at * dimensions);
  return vectors;
});
