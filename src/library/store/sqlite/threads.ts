import type { IndexedUnit } from '../../../indexing/index-article.ts';
import { thread, WorkerPool } from '../../../workers.ts';
import { StorageError } from '../errors.ts';
import { piecesOf } from '../in-pieces.ts';
import type { Filter } from '../library-index.ts';
import type { NearParagraph } from '../vectors.ts';
import { type Change, type Changed, takeUnits } from './changes.ts';

/**
 * A change of the library in this file. An article's units come before it in batches, since sending them all at once
 * blocks the event loop.
 */
export type Message =
  | { readonly kind: 'units'; readonly units: readonly IndexedUnit[] }
  | { readonly kind: 'change'; readonly path: string; readonly change: Change }
  | { readonly kind: 'migrate'; readonly path: string }
  | Scan;

/** See `Store.nearest`. */
export interface Scan {
  readonly kind: 'nearest';
  readonly path: string;
  readonly model: string;
  readonly question: Int8Array;
  readonly count: number;
  readonly filter: Filter;
}

export type Answer =
  | { readonly kind: 'changed'; readonly changed: Changed }
  | { readonly kind: 'migrated' }
  | { readonly kind: 'found'; readonly found: readonly NearParagraph[] }
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
const maxThreads = 2;

/**
 * Makes changes, migrations and scans that would block the event loop for long, each on its own connection: changes and
 * migrations in one transaction, while others still read the library as it was. Scans don't wait for changes. Not in
 * processes: one that outlives the bot would still write, and SQLite's log is deleted by name.
 */
export class SqliteThreads {
  readonly #changing: WorkerPool<Message, Answer>;
  readonly #scanning: WorkerPool<Message, Answer>;

  constructor(program = new URL('./work-in-thread.ts', import.meta.url)) {
    const options = {
      start: thread<Message, Answer>('SQLite thread', program),
      // It is unknown whether a change was committed when its thread ended.
      attempts: 1,
      closed: () => new Error('The SQLite threads are closed.'),
    };
    this.#changing = new WorkerPool({ ...options, most: maxThreads, mostPerOwner: maxThreads });
    // A second one would make answers faster only where a core is idle.
    this.#scanning = new WorkerPool({ ...options, most: 1, mostPerOwner: 1, attempts: 2 });
  }

  /** Makes a change. The caller makes sure that a library has one at a time. */
  async make(path: string, change: Change): Promise<Changed> {
    const { units, rest } = takeUnits(change);
    const batches = piecesOf(units).map((piece): Message => ({ kind: 'units', units: piece }));
    const answer = await this.#changing.run('all', ...batches, { kind: 'change', path, change: rest });
    return answer.kind === 'changed' ? answer.changed : fail(answer);
  }

  /** Migrates a file that isn't open. */
  async migrate(path: string): Promise<void> {
    const answer = await this.#changing.run('all', { kind: 'migrate', path });
    if (answer.kind !== 'migrated') fail(answer);
  }

  /** Finds the paragraphs nearest to a question. Libraries take turns. */
  async nearest(scan: Scan): Promise<readonly NearParagraph[]> {
    const answer = await this.#scanning.run(scan.path, scan);
    return answer.kind === 'found' ? answer.found : fail(answer);
  }

  /** To be called when no library is open any more. */
  async close(): Promise<void> {
    await Promise.all([this.#changing.close(), this.#scanning.close()]);
  }
}

function fail(answer: Answer): never {
  if (answer.kind === 'failed') throw errorOf(answer.error);
  if (answer.kind === 'refused') throw new StorageError(answer.problem, { cause: errorOf(answer.cause) });
  throw new TypeError(`A SQLite thread gave another kind of answer: ${answer.kind}.`);
}

function errorOf({ message, ...rest }: Thrown): Error {
  return Object.assign(new Error(message), rest);
}
