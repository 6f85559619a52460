import { setImmediate } from 'node:timers/promises';

/** Number of items between two checks of the clock. */
const PIECE_LENGTH = 500;
const MOST_MILLISECONDS = 10;

/** Drains a generator synchronously. */
export function atOnce<Result>(work: Generator<void, Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** Drains a generator, yielding to the event loop every 10 ms. */
export async function inPieces<Result>(work: Generator<void, Result>): Promise<Result> {
  for (;;) {
    const started = performance.now();
    for (let step = work.next(); ; step = work.next()) {
      if (step.done === true) return step.value;
      if (performance.now() - started > MOST_MILLISECONDS) break;
    }
    await setImmediate();
  }
}

/** Maps `items` in order, yielding every 500. */
export function* mapInPieces<Item, Made>(items: readonly Item[], make: (item: Item) => Made): Generator<void, Made[]> {
  const made: Made[] = [];
  for (const [at, item] of items.entries()) {
    if (at % PIECE_LENGTH === PIECE_LENGTH - 1) yield;
    made.push(make(item));
  }
  return made;
}

/** Splits a list into lists of at most `length`, in order. */
export function piecesOf<Item>(items: readonly Item[], length = PIECE_LENGTH): Item[][] {
  return Array.from({ length: Math.ceil(items.length / length) }, (_, at) =>
    items.slice(at * length, (at + 1) * length),
  );
}
