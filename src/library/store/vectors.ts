import { cosine, DIMENSIONS } from '../../answering/networks/model.ts';
import { decodeText } from './columns.ts';
import { placeOf } from './numbers.ts';
import type { Row } from './script.ts';

/** A paragraph whose vector is like a question's. */
export interface NearParagraph {
  /** An article's id. */
  readonly article: string;
  /** An index in the article's list of paragraphs. */
  readonly paragraph: number;
  readonly cosine: number;
}

/** Signs of one vector, in bytes. */
export const SIGN_BYTES = DIMENSIONS / 8;

/** How many paragraphs are compared in full, of those whose signs differ least from the question's. */
export const MOST_COMPARED = 1_000;

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

/** What a scan compares the signs of paragraphs with. */
export interface Signs {
  readonly signs: Uint8Array;
  /** The bits of components that count once more, as often as they are in one of these. */
  readonly counted: readonly [Uint8Array, Uint8Array];
}

/** Shares of the components that don't count, and that count at most once. */
const [LEAST_SHARE, MOST_SHARE] = [0.26, 0.65];

/**
 * Returns the signs of a question, and which of them matter: a component near 0 says nothing, and a great one the most.
 * Of the ten nearest in 100,000 paragraphs, this leaves one in 60 out; if all signs counted the same, one in 16.
 */
export function questionSigns(question: Int8Array): Signs {
  const sizes = [...question].map(Math.abs).sort((one, other) => one - other);
  const above = (share: number) => {
    const least = sizes[Math.floor(share * sizes.length)] ?? 0;
    return signsOf(question.map(component => Number(Math.abs(component) >= least)));
  };
  return { signs: signsOf(question), counted: [above(LEAST_SHARE), above(MOST_SHARE)] };
}

/**
 * Returns the paragraphs nearest to a question, the nearest first, of rows with their numbers, their articles' ids and
 * their vectors. Leaves out what has no vector.
 */
export function nearestOf(question: Int8Array, rows: readonly Row[], count: number): NearParagraph[] {
  return rows
    .flatMap(({ number, id, vector }) => {
      const components = toVectors(vector);
      if (components?.length !== DIMENSIONS) return [];
      return [{ article: decodeText(id), paragraph: placeOf(Number(number)), cosine: cosine(question, components) }];
    })
    .sort((one, other) => other.cosine - one.cosine)
    .slice(0, count);
}

/** Returns vectors as a database's column holds them; `undefined` if it holds none. */
export function toVectors(column: unknown): Int8Array | undefined {
  return column instanceof Uint8Array ? new Int8Array(column) : undefined;
}
