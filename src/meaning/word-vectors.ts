import { readFileSync } from 'node:fs';
import { wordPieces } from '../pieces/word-pieces.ts';

/** Components of a word's vector. */
const WIDTH = 96;
const MOST_PIECES = 12;

let table: Int8Array | undefined;

/** Reads a row of `WIDTH` components for each word piece, 3 MB. */
function loadTable(): Int8Array {
  return new Int8Array(readFileSync(new URL('./word-vectors.bin', import.meta.url)));
}

/** Returns the unit vector of a word: the sum of its pieces' rows. All zeros if none of them has one. */
export function vectorOfWord(word: string): Float32Array {
  table ??= loadTable();
  const vector = new Float32Array(WIDTH);
  for (const piece of wordPieces(word, MOST_PIECES).slice(1, -1)) {
    for (let at = 0; at < WIDTH; at += 1) vector[at] = (vector[at] ?? 0) + (table[piece * WIDTH + at] ?? 0);
  }
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map(each => each / length);
}

/** Returns the cosine of two words' vectors. */
export function nearness(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < WIDTH; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}
