import { createHash } from 'node:crypto';
import type { Encodes, Judgement } from '../../src/answering/networks/encoder.ts';
import { cosine, DIMENSIONS, quantised } from '../../src/answering/networks/model.ts';

/** Returns a vector that is like those of texts with the same words. */
export function wordVector(text: string): Int8Array {
  const sum = new Float64Array(DIMENSIONS);
  for (const word of text.toLowerCase().match(/\p{L}+/gv) ?? ['']) {
    const bits = createHash('sha384').update(word).digest();
    for (let at = 0; at < DIMENSIONS; at += 1)
      sum[at] = (sum[at] ?? 0) + (((bits[at >> 3] ?? 0) >> (at & 7)) & 1) - 0.5;
  }
  const length = Math.hypot(...sum);
  return quantised(sum.map(each => each / length));
}

/** Returns the vectors of some texts, one after another. */
export function wordVectors(texts: readonly string[]): Int8Array {
  const vectors = new Int8Array(texts.length * DIMENSIONS);
  for (const [at, text] of texts.entries()) vectors.set(wordVector(text), at * DIMENSIONS);
  return vectors;
}

/** Judges passages by the words that they share with the question. */
export function judgeByWords(question: string, passages: readonly string[]): Judgement[] {
  const asked = wordVector(question);
  return passages.map(passage => {
    const logit = 20 * (cosine(asked, wordVector(passage)) - 0.3);
    return { logit, words: { start: 0, end: passage.length }, odds: 0 };
  });
}

/** Encodes texts by their words, at once. */
export const wordEncoder: Encodes = {
  encodeQuestion: (_owner, question) => Promise.resolve(wordVector(question)),
  encodePassages: (_owner, passages) => Promise.resolve(wordVectors(passages)),
  judge: (_owner, question, passages) => Promise.resolve(judgeByWords(question, passages)),
  close: () => Promise.resolve(),
};
