import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { IndexedUnit } from '../../../indexing/index-article.ts';
import { piecesOf } from '../../in-pieces.ts';
import { CannotKeep } from '../faults.ts';
import { type Change, type Changed, takeUnits } from './changes.ts';

/** A change of the library in this file. Units of an article come before it, piece by piece: to send all at once holds up everybody. */
export type Message =
  | { readonly kind: 'units'; readonly units: readonly IndexedUnit[] }
  | { readonly kind: 'change'; readonly path: string; readonly change: Change };

export type Answer =
  | { readonly kind: 'changed'; readonly changed: Changed }
  | { readonly kind: 'refused'; readonly problem: CannotKeep['problem']; readonly cause: Thrown }
  | { readonly kind: 'failed'; readonly error: Thrown };

/** What the log tells of an error. */
export interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** SQLite's number. */
  readonly errcode: unknown;
  /** The system's. */
  readonly code: unknown;
}

interface Task {
  readonly path: string;
  readonly change: Change;
  readonly resolve: (changed: Changed) => void;
  readonly reject: (error: unknown) => void;
}

const defaultProgram = new URL('./change-in-thread.ts', import.meta.url);
const mostThreads = 2;
const idleMilliseconds = 60_000;

/**
 * Makes changes that would hold up everybody's commands: each by a connection of its own, in one transaction, while the library is read as it
 * was before. In threads and not in processes: a process that outlives the bot would still write, and SQLite's log is removed by
 * its name. Two at most: with many, V8 crashed (see `Attributor`).
 */
export class SqliteThreads {
  readonly #program: URL;
  readonly #waiting: Task[] = [];
  readonly #working = new Map<Worker, Task>();
  /** With what ends them when nothing comes for long. */
  readonly #idle = new Map<Worker, NodeJS.Timeout>();

  constructor(program = defaultProgram) {
    this.#program = program;
  }

  /** Of one library one change at a time: the caller sees to it. */
  make(path: string, change: Change): Promise<Changed> {
    const { promise, resolve, reject } = Promise.withResolvers<Changed>();
    this.#waiting.push({ path, change, resolve, reject });
    this.#assign();
    return promise;
  }

  /** When no library is open any more. */
  async close(): Promise<void> {
    const threads = [...this.#idle.keys(), ...this.#working.keys()];
    for (const timer of this.#idle.values()) clearTimeout(timer);
    this.#idle.clear();
    await Promise.all(threads.map(thread => thread.terminate()));
  }

  #assign(): void {
    while (this.#working.size < mostThreads) {
      const task = this.#waiting.shift();
      if (task === undefined) return;
      const thread = this.#wake() ?? this.#start();
      this.#working.set(thread, task);
      thread.ref();
      void send(thread, task);
    }
  }

  #wake(): Worker | undefined {
    const [thread] = this.#idle.keys();
    if (thread === undefined) return undefined;
    clearTimeout(this.#idle.get(thread));
    this.#idle.delete(thread);
    return thread;
  }

  #start(): Worker {
    const thread = new Worker(this.#program, { execArgv: [], env: {} });
    thread.on('message', (answer: Answer) => this.#take(thread, answer));
    let failure: unknown;
    thread.on('error', error => {
      failure = error;
    });
    thread.on('exit', code => this.#drop(thread, failure ?? new Error(`A thread ended with ${code}.`)));
    return thread;
  }

  #take(thread: Worker, answer: Answer): void {
    const task = this.#working.get(thread);
    this.#working.delete(thread);
    thread.unref();
    const end = () => {
      // Until it has ended nobody may be given it any more.
      this.#idle.delete(thread);
      void thread.terminate();
    };
    this.#idle.set(thread, setTimeout(end, idleMilliseconds).unref());
    if (answer.kind === 'changed') task?.resolve(answer.changed);
    else if (answer.kind === 'refused') task?.reject(new CannotKeep(answer.problem, { cause: errorOf(answer.cause) }));
    else task?.reject(errorOf(answer.error));
    this.#assign();
  }

  #drop(thread: Worker, error: unknown): void {
    clearTimeout(this.#idle.get(thread));
    this.#idle.delete(thread);
    this.#working.get(thread)?.reject(error);
    this.#working.delete(thread);
    this.#assign();
  }
}

function errorOf({ message, ...rest }: Thrown): Error {
  return Object.assign(new Error(message), rest);
}

/** A thread that has ended takes nothing, which is told elsewhere. */
async function send(thread: Worker, { path, change }: Task): Promise<void> {
  const { units, rest } = takeUnits(change);
  for (const piece of piecesOf(units)) {
    thread.postMessage({ kind: 'units', units: piece } satisfies Message);
    await setImmediate();
  }
  thread.postMessage({ kind: 'change', path, change: rest } satisfies Message);
}
