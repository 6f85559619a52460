import { Worker } from 'node:worker_threads';
import type { Text } from './derived.ts';

interface Task {
  readonly text: Text;
  readonly resolve: (derived: string) => void;
  readonly reject: (error: unknown) => void;
}

const THREAD = new URL('./attribute-in-thread.ts', import.meta.url);

/** Reads articles in threads of their own: 2 MB of text take seconds, and nobody's command may wait for them. */
export class Attributor {
  readonly #mostThreads: number;
  readonly #waiting: Task[] = [];
  readonly #working = new Map<Worker, Task>();
  #idle: Worker[] = [];

  constructor(mostThreads: number) {
    this.#mostThreads = mostThreads;
  }

  /** What `writeDerived` writes of the article. First come, first served. */
  derive(text: Text): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.#waiting.push({ text, resolve, reject });
    this.#assign();
    return promise;
  }

  async close(): Promise<void> {
    const workers = [...this.#idle, ...this.#working.keys()];
    this.#idle = [];
    await Promise.all(workers.map(worker => worker.terminate()));
  }

  #assign(): void {
    while (this.#waiting.length > 0 && this.#working.size < this.#mostThreads) {
      const task = this.#waiting.shift();
      const worker = this.#idle.pop() ?? this.#start();
      if (task === undefined) return;
      this.#working.set(worker, task);
      worker.ref();
      worker.postMessage(task.text);
    }
  }

  #start(): Worker {
    const worker = new Worker(THREAD);
    let failure: unknown = new Error('The thread that reads articles has ended.');
    worker.on('message', (derived: string) => {
      this.#finish(worker)?.resolve(derived);
      this.#idle.push(worker);
      // A thread that waits keeps no process from ending.
      worker.unref();
      this.#assign();
    });
    worker.on('error', error => {
      failure = error;
    });
    worker.on('exit', () => {
      this.#idle = this.#idle.filter(each => each !== worker);
      this.#finish(worker)?.reject(failure);
      this.#assign();
    });
    return worker;
  }

  #finish(worker: Worker): Task | undefined {
    const task = this.#working.get(worker);
    this.#working.delete(worker);
    return task;
  }
}
