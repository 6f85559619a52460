import { createHash } from 'node:crypto';
import type { Encodes } from '../../src/meaning/encoder.ts';
import { dimensions, quantised } from '../../src/meaning/model.ts';

/** Returns a vector that is like those of texts with the same words. */
export function wordVector(text: string): Int8Array {
  const sum = new Float64Array(dimensions);
  for (const word of text.toLowerCase().match(/\p{L}+/gv) ?? ['']) {
    const bits = createHash('sha384').update(word).digest();
    for (let at = 0; at < dimensions; at += 1)
      sum[at] = (sum[at] ?? 0) + (((bits[at >> 3] ?? 0) >> (at & 7)) & 1) - 0.5;
  }
  const length = Math.hypot(...sum);
  return quantised(sum.map(each => each / length));
}

/** Returns the vectors of some texts, one after another. */
export function wordVectors(texts: readonly string[]): Int8Array {
  const vectors = new Int8Array(texts.length * dimensions);
  for (const [at, text] of texts.entries()) vectors.set(wordVector(text), at * dimensions);
  return vectors;
}

/** Encodes texts by their words, at once. */
export const wordEncoder: Encodes = {
  encodeQuestion: (_owner, question) => Promise.resolve(wordVector(question)),
  encodePassages: (_owner, passages) => Promise.resolve(wordVectors(passages)),
  close: () => Promise.resolve(),
};
