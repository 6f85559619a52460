import type { Token } from '../../news/tokens.ts';
import { END, START } from '../../pieces/word-pieces.ts';
import { type Features, MOST_PIECES } from './features.ts';

/** Lines of an article that are read together, so that a quotation is read with the preceding line, which says whose it is. */
export interface Window extends Features {
  /** Which line of the window each token is in. */
  readonly places: readonly number[];
  /** The encoder's input, and where in it each token begins. */
  readonly ids: readonly number[];
  readonly starts: readonly number[];
}

/** Joins stretches, in order, to windows: as many as fit. */
export function toWindows(stretches: readonly Features[]): readonly Window[] {
  const groups: Features[][] = [];
  let size = 0;
  for (const stretch of stretches) {
    const pieces = stretch.pieces.reduce((sum, ids) => sum + ids.length, 1);
    const group = groups.at(-1);
    if (group === undefined || size + pieces > MOST_PIECES) {
      groups.push([stretch]);
      size = 1 + pieces;
    } else {
      group.push(stretch);
      size += pieces;
    }
  }
  return groups.map(toWindow);
}

function toWindow(stretches: readonly Features[]): Window {
  const ids: number[] = [START];
  const starts: number[] = [];
  for (const { pieces } of stretches) {
    for (const each of pieces) {
      starts.push(ids.length);
      ids.push(...each);
    }
    ids.push(END);
  }
  return {
    ids,
    starts,
    places: stretches.flatMap(({ tokens }, place) => tokens.map(() => place)),
    tokens: stretches.flatMap(({ tokens }): readonly Token[] => tokens),
    words: stretches.flatMap(({ words }) => words),
    pieces: stretches.flatMap(({ pieces }) => pieces),
    shapes: stretches.flatMap(({ shapes }) => shapes),
    quoting: stretches.flatMap(({ quoting }) => quoting),
    lines: stretches.flatMap(({ lines }) => lines),
  };
}
