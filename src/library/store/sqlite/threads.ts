import type { IndexedUnit } from '../../../indexing/index-article.ts';
import { thread, WorkerPool } from '../../../workers.ts';
import { StorageError } from '../errors.ts';
import { piecesOf } from '../in-pieces.ts';
import type { Derivation } from '../store.ts';

/** A script of a library to run, by its name. */
interface Call {
  readonly path: string;
  readonly name: string;
  readonly values: readonly unknown[];
}

/** Whether the script changes the library. */
export type Work = 'reading' | 'writing';

/** An article's units come before its call in batches, since sending them all at once blocks the event loop. */
export type ThreadMessage =
  | { readonly kind: 'units'; readonly units: readonly IndexedUnit[] }
  | ({ readonly kind: Work } & Call)
  | { readonly kind: 'migrate'; readonly path: string };

export type ThreadAnswer =
  /** `json` has the result as its only item, if there is one. */
  | { readonly kind: 'done'; readonly json: string }
  | { readonly kind: 'refused'; readonly problem: StorageError['problem']; readonly cause: Thrown }
  | { readonly kind: 'failed'; readonly error: Thrown };

/** The parts of an error that are logged. */
export interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** SQLite's error number. */
  readonly errcode: unknown;
  /** The system's error code. */
  readonly code: unknown;
}

/** With many threads, V8 crashed (see `Attributor`). */
const MAX_THREADS = 2;

/** Returns true for a script's value that has an article's units. */
export function isDerivation(value: unknown): value is Derivation {
  return typeof value === 'object' && value !== null && 'indexed' in value;
}

/**
 * Runs migrations and scripts that would block the event loop for long, each on its own connection: changes and
 * migrations in one transaction, while others still read the library as it was. Reading doesn't wait for changes. Not in
 * processes: one that outlives the bot would still write, and SQLite's log is deleted by name.
 */
export class SqliteThreads {
  readonly #writing: WorkerPool<ThreadMessage, ThreadAnswer>;
  readonly #reading: WorkerPool<ThreadMessage, ThreadAnswer>;

  constructor(program = new URL('./work-in-thread.ts', import.meta.url)) {
    const options = {
      start: thread<ThreadMessage, ThreadAnswer>('SQLite thread', program),
      // It is unknown whether a change was committed when its thread ended.
      attempts: 1,
      closed: () => new Error('The SQLite threads are closed.'),
    };
    this.#writing = new WorkerPool({ ...options, most: MAX_THREADS, mostPerOwner: MAX_THREADS });
    // A second one would make answers faster only where a core is idle.
    this.#reading = new WorkerPool({ ...options, most: 1, mostPerOwner: 1, attempts: 2 });
  }

  /** Runs a script. The caller makes sure that a library has one change at a time; readers of libraries take turns. */
  async run<Result>(work: Work, { values, ...call }: Call): Promise<Result> {
    const units = values.flatMap(value => (isDerivation(value) ? value.indexed.units : []));
    const without = values.map(value =>
      isDerivation(value) ? { ...value, indexed: { ...value.indexed, units: [] } } : value,
    );
    const messages: ThreadMessage[] = [
      ...piecesOf(units).map(piece => ({ kind: 'units', units: piece }) as const),
      { kind: work, ...call, values: without },
    ];
    const answer =
      work === 'reading'
        ? await this.#reading.run(call.path, ...messages)
        : await this.#writing.run('all', ...messages);
    const [result]: readonly [Result] = JSON.parse(jsonIn(answer));
    return result;
  }

  /** Migrates a file that isn't open. */
  async migrate(path: string): Promise<void> {
    jsonIn(await this.#writing.run('all', { kind: 'migrate', path }));
  }

  /** To be called when no library is open any more. */
  async close(): Promise<void> {
    await Promise.all([this.#writing.close(), this.#reading.close()]);
  }
}

function jsonIn(answer: ThreadAnswer): string {
  if (answer.kind === 'failed') throw errorOf(answer.error);
  if (answer.kind === 'refused') throw new StorageError(answer.problem, { cause: errorOf(answer.cause) });
  return answer.json;
}

function errorOf({ message, ...rest }: Thrown): Error {
  return Object.assign(new Error(message), rest);
}
