/** Names the weights and what they read. Stored with vectors; libraries encode again when it changes. */
export const MODEL_ID = 'e5-small-v2.verbatim.2';

/** Components of a vector. */
export const DIMENSIONS = 384;

/** A component of 1 would be this; the greatest that occur are about .2. */
const SCALE = 512;
const MOST = 127;

/** Returns a unit vector as whole numbers: each component × 512, from −127 to 127. */
export function quantised(vector: ArrayLike<number>): Int8Array {
  return Int8Array.from(vector, component => Math.max(-MOST, Math.min(MOST, Math.round(component * SCALE))));
}

/** Returns the cosine of two vectors that `quantised` made, to within .002. */
export function cosine(one: Int8Array, other: Int8Array): number {
  let sum = 0;
  for (let at = 0; at < DIMENSIONS; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum / (SCALE * SCALE);
}
