import type { IndexedUnit } from '../../../indexing/index-article.ts';
import { thread, WorkerPool } from '../../../workers.ts';
import { piecesOf } from '../../in-pieces.ts';
import { StorageError } from '../errors.ts';
import { type Change, type Changed, takeUnits } from './changes.ts';

/**
 * A change of the library in this file. An article's units come before it in batches, since sending them all at once
 * blocks the event loop.
 */
export type Message =
  | { readonly kind: 'units'; readonly units: readonly IndexedUnit[] }
  | { readonly kind: 'change'; readonly path: string; readonly change: Change }
  | { readonly kind: 'migrate'; readonly path: string };

export type Answer =
  | { readonly kind: 'changed'; readonly changed: Changed }
  | { readonly kind: 'migrated' }
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
 * Makes changes and migrations that would block the event loop for long: each on its own connection in one transaction, while others
 * still read the library as it was. Not in processes: one that outlives the bot would still write, and SQLite's log is
 * deleted by name.
 */
export class SqliteThreads {
  readonly #pool: WorkerPool<Message, Answer>;

  constructor(program = new URL('./change-in-thread.ts', import.meta.url)) {
    this.#pool = new WorkerPool({
      start: thread('SQLite thread', program),
      most: maxThreads,
      mostPerOwner: maxThreads,
      // It is unknown whether a change was committed when its thread ended.
      attempts: 1,
      closed: () => new Error('The SQLite threads are closed.'),
    });
  }

  /** Makes a change. The caller makes sure that a library has one at a time. */
  async make(path: string, change: Change): Promise<Changed> {
    const { units, rest } = takeUnits(change);
    const batches = piecesOf(units).map((piece): Message => ({ kind: 'units', units: piece }));
    const answer = await this.#run(...batches, { kind: 'change', path, change: rest });
    if (answer.kind === 'changed') return answer.changed;
    throw new Error(`A change was answered with ${answer.kind}.`);
  }

  /** Migrates a file that isn't open. */
  async migrate(path: string): Promise<void> {
    await this.#run({ kind: 'migrate', path });
  }

  /** To be called when no library is open any more. */
  async close(): Promise<void> {
    await this.#pool.close();
  }

  async #run(...messages: readonly Message[]): Promise<Exclude<Answer, { kind: 'failed' | 'refused' }>> {
    const answer = await this.#pool.run('all', ...messages);
    if (answer.kind === 'failed') throw errorOf(answer.error);
    if (answer.kind === 'refused') throw new StorageError(answer.problem, { cause: errorOf(answer.cause) });
    return answer;
  }
}

function errorOf({ message, ...rest }: Thrown): Error {
  return Object.assign(new Error(message), rest);
}
