import { END, START } from '../../pieces/word-pieces.ts';
import { MOST_PIECES, type Stretch } from './features.ts';

/** Lines of an article that the network reads together: the line before a quotation often says whose it is. */
export interface Window {
  readonly tokens: Stretch;
  /** Which line of the window each token is in. */
  readonly places: readonly number[];
  /** The encoder's input, and where in it each token begins. */
  readonly ids: readonly number[];
  readonly starts: readonly number[];
}

/** Joins stretches, in order, to windows: as many as fit. */
export function toWindows(stretches: readonly Stretch[]): readonly Window[] {
  const groups: Stretch[][] = [];
  let size = 0;
  for (const stretch of stretches) {
    const pieces = stretch.reduce((sum, token) => sum + token.pieces.length, 1);
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

function toWindow(stretches: readonly Stretch[]): Window {
  const ids: number[] = [START];
  const starts: number[] = [];
  for (const stretch of stretches) {
    for (const { pieces } of stretch) {
      starts.push(ids.length);
      ids.push(...pieces);
    }
    ids.push(END);
  }
  return {
    tokens: stretches.flat(),
    places: stretches.flatMap((stretch, place) => stretch.map(() => place)),
    ids,
    starts,
  };
}
