import { cosine, dimensions } from '../../meaning/model.ts';

/** A paragraph whose vector is like a question's. */
export interface NearParagraph {
  /** An article's id. */
  readonly article: string;
  /** An index in the article's list of paragraphs. */
  readonly paragraph: number;
  readonly cosine: number;
}

/** Signs of one vector, in bytes. */
export const signBytes = dimensions / 8;

/**
 * How many paragraphs are compared in full, of those whose signs differ least from the question's. The best ten by
 * cosine are among them (`npm run bench:vectors`).
 */
export const mostCompared = 1_000;

/**
 * Returns the signs of vectors, one bit a component, which is all that a scan reads of most paragraphs: the more signs
 * two vectors have in common, the greater their cosine.
 */
export function signsOf(vectors: Int8Array): Uint8Array {
  const signs = new Uint8Array(vectors.length / 8);
  for (const [at, component] of vectors.entries()) {
    if (component > 0) signs[at >> 3] = (signs[at >> 3] ?? 0) | (0x80 >> (at & 7));
  }
  return signs;
}

/** A paragraph to compare in full. */
interface Compared {
  readonly article: string;
  readonly paragraph: number;
  /** As a database returns it. */
  readonly vector: unknown;
}

/** Returns those nearest to a question, the nearest first. Leaves out what has no vector. */
export function nearestOf(question: Int8Array, compared: readonly Compared[], count: number): NearParagraph[] {
  return compared
    .flatMap(({ article, paragraph, vector }) => {
      const components = toVectors(vector);
      if (components?.length !== dimensions) return [];
      return [{ article, paragraph, cosine: cosine(question, components) }];
    })
    .sort((one, other) => other.cosine - one.cosine)
    .slice(0, count);
}

/** Returns vectors as a database's column holds them; `undefined` if it holds none. */
export function toVectors(column: unknown): Int8Array | undefined {
  return column instanceof Uint8Array ? new Int8Array(column) : undefined;
}
