import { setImmediate } from 'node:timers/promises';

/** So many things are done between two looks at the clock. */
const pieceLength = 500;
const mostMilliseconds = 10;

/** Does to the end what yields now and then. */
export function atOnce<Result>(work: Generator<void, Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** The same, but everybody else's commands have their turn whenever it has taken a while. */
export async function inPieces<Result>(work: Generator<void, Result>): Promise<Result> {
  for (;;) {
    const started = performance.now();
    for (let step = work.next(); ; step = work.next()) {
      if (step.done === true) return step.value;
      if (performance.now() - started > mostMilliseconds) break;
    }
    await setImmediate();
  }
}

/** What is made of each, in order; yields after every piece. */
export function* mapInPieces<Item, Made>(items: readonly Item[], make: (item: Item) => Made): Generator<void, Made[]> {
  const made: Made[] = [];
  for (const [at, item] of items.entries()) {
    if (at % pieceLength === pieceLength - 1) yield;
    made.push(make(item));
  }
  return made;
}

/** Lists of at most so many, in order. */
export function piecesOf<Item>(items: readonly Item[], length = pieceLength): Item[][] {
  return Array.from({ length: Math.ceil(items.length / length) }, (_, at) =>
    items.slice(at * length, (at + 1) * length),
  );
}
