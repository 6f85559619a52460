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
// training/ask/export.py has fused the graph.
const session = await InferenceSession.create(fileURLToPath(new URL('./encoder.onnx', import.meta.url)), {
  ...ON_ONE_THREAD,
  graphOptimizationLevel: 'basic',
});

/**
 * Returns the vector of one text. In a batch, it would depend on the others: they share one scale when numbers are rounded
 * to 8 bits, and shorter ones are padded.
 */
async function encode(pieces: readonly number[]): Promise<Int8Array> {
  const { vector } = await session.run({
    ids: new Tensor('int64', BigInt64Array.from(pieces, BigInt), [pieces.length]),
  });
  if (!(vector?.data instanceof Float32Array)) throw new Error('encoder.onnx has no vector of floats.');
  return quantised(vector.data);
}

answerParent(async ({ kind, texts }: EncodeRequest) => {
  const vectors = new Int8Array(texts.length * dimensions);
  const { prefix, most } = kinds[kind];
  for (const [at, text] of texts.entries()) vectors.set(await encode(wordPieces(prefix + text, most)), at * dimensions);
  return vectors;
});
