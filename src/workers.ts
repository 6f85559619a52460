import { fork, type Serializable } from 'node:child_process';
import { flushCompileCache } from 'node:module';
import { constants, setPriority } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Worker as Thread } from 'node:worker_threads';
import { FairQueue } from './fair-queue.ts';

/** A child process or a thread that answers requests, one at a time. */
interface Worker<Request> {
  /** Resolves once it runs; a process, once it has loaded its modules. */
  readonly ready: Promise<void>;
  /** Resolves with the reason once it has ended. */
  readonly ended: Promise<Error>;
  /** Does nothing if it has ended. */
  post(request: Request): void;
  /** Sets whether this process stays alive for it. */
  keepAlive(isNeeded: boolean): void;
  end(): void;
}

/** Starts a worker that passes its answers to `take`. */
type Start<Request, Answer> = (take: (answer: Answer) => void) => Worker<Request>;

interface ProcessOptions {
  /** Used in the message of the error that says how it ended. */
  readonly name: string;
  readonly program: URL;
  readonly priority: 'normal' | 'below normal';
  /** Limit of its heap. */
  readonly megabytes?: number;
}

/** Returns what starts `program` as a child process; see `answerParent`. */
export function childProcess<Request extends Serializable, Answer>({
  name,
  program,
  priority,
  megabytes,
}: ProcessOptions): Start<Request, Answer> {
  return take => {
    const { promise: ready, resolve: beReady } = Promise.withResolvers<void>();
    const { promise: ended, resolve: end } = Promise.withResolvers<Error>();
    // It handles strangers' text. The environment holds the token, so it gets only Node's compile cache of it. It has no
    // output, since an unexpected error may quote that text.
    const child = fork(program, {
      execArgv: megabytes === undefined ? [] : [`--max-old-space-size=${megabytes}`],
      env: { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    if (priority === 'below normal') lowerPriority(child.pid);
    child.once('message', () => {
      beReady();
      child.on('message', take);
    });
    child.on('error', end);
    child.on('exit', (code, signal) => end(new Crashed(`The ${name} ended with ${code ?? signal}.`)));
    return {
      ready,
      ended,
      // Without a channel, the process couldn't be started.
      post: request => {
        if (child.connected) child.send(request, () => undefined);
      },
      keepAlive: isNeeded => {
        for (const each of [child, child.channel]) isNeeded ? each?.ref() : each?.unref();
      },
      end: () => child.kill('SIGKILL'),
    };
  };
}

function lowerPriority(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, or the system doesn't allow this.
  }
}

/** To be called in a child process: says that it is ready, then sends back what `answer` returns for each request. */
export function answerParent<Request, Answer extends Serializable>(
  answer: (request: Request) => Answer | Promise<Answer>,
): void {
  // A signal from the terminal reaches this process, too, but the parent decides when it ends.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('message', async (request: Request) => {
    const answered = await answer(request);
    // The parent may have ended, so a failure to send is ignored.
    process.send?.(answered, () => undefined);
    // At the latest now: the parent kills this process in the end.
    flushCompileCache();
  });
  process.send?.('ready', () => undefined);
}

/** Returns what starts `program` as a thread. */
export function thread<Request, Answer>(name: string, program: URL): Start<Request, Answer> {
  return take => {
    const { promise: ready, resolve: beReady } = Promise.withResolvers<void>();
    const { promise: ended, resolve: end } = Promise.withResolvers<Error>();
    const started = new Thread(program, { execArgv: [], env: {} });
    let failure: Error | undefined;
    started.on('online', beReady);
    started.on('message', take);
    started.on('error', (error: Error) => {
      failure = error;
    });
    started.on('exit', code => end(failure ?? new Error(`The ${name} ended with ${code}.`)));
    return {
      ready,
      ended,
      post: request => started.postMessage(request),
      keepAlive: isNeeded => (isNeeded ? started.ref() : started.unref()),
      end: () => void started.terminate(),
    };
  };
}

/** A child process ended during a task. */
export class Crashed extends Error {}

/** A worker was killed because a task took longer than its time limit. */
export class TimedOut extends Error {
  constructor(milliseconds: number) {
    super(`A worker took longer than ${milliseconds} ms.`);
  }
}

interface PoolOptions<Request, Answer> {
  readonly start: Start<Request, Answer>;
  /** How many workers run at once. They start on demand. */
  readonly most: number;
  /**
   * How many of them may run long tasks; none by default. One is always left for short tasks: an extra one, if `most`
   * isn't higher than this.
   */
  readonly mostLong?: number;
  /** Short and urgent by default. */
  readonly laneOf?: (requests: readonly Request[]) => Lane;
  /** How many of them may run short tasks for one owner at once, and how many long ones. */
  readonly mostPerOwner: number;
  /** How many workers may end over a task before it fails. */
  readonly attempts: number;
  /**
   * How many milliseconds a worker may take over a task, once it is ready; unlimited by default. A worker that takes
   * longer, or half a minute to start, is killed, and the task fails with `TimedOut` without another attempt.
   */
  readonly timeout?: (requests: readonly Request[]) => number;
  /** Makes the error for tasks that closing cancels or that come after it. */
  readonly closed: () => Error;
}

/** A queue of tasks. */
export interface Lane {
  readonly isLong: boolean;
  /** Starts only when no urgent task can. */
  readonly isBackground: boolean;
}

/** By precedence. Long tasks come first, or short ones, which may take all workers, could keep them waiting for ever. */
const LANES: readonly Lane[] = [
  { isLong: true, isBackground: false },
  { isLong: false, isBackground: false },
  { isLong: true, isBackground: true },
  { isLong: false, isBackground: true },
];

interface Task<Request, Answer> extends Lane {
  readonly owner: string;
  readonly requests: readonly Request[];
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
  failures: number;
  /** Ends its worker at the time limit. */
  timer?: NodeJS.Timeout | undefined;
  timedOut?: TimedOut | undefined;
}

const IDLE_MILLISECONDS = 60_000;
const START_MILLISECONDS = 30_000;

/**
 * Runs tasks in workers. In each lane, owners take turns, and tasks of one owner start in order. A worker that was idle
 * for a minute ends.
 */
export class WorkerPool<Request, Answer> {
  readonly #options: PoolOptions<Request, Answer>;
  /** For each of `LANES`. */
  readonly #waiting = LANES.map(() => new FairQueue<Task<Request, Answer>>());
  readonly #busy = new Map<Worker<Request>, Task<Request, Answer>>();
  /** With the timer that ends each. */
  readonly #idle = new Map<Worker<Request>, NodeJS.Timeout>();
  #isClosed = false;

  constructor(options: PoolOptions<Request, Answer>) {
    this.#options = options;
  }

  /**
   * Sends the requests to one worker and returns its answer to the last one. Yields to the event loop between requests.
   */
  run(owner: string, ...requests: readonly Request[]): Promise<Answer> {
    if (this.#isClosed) return Promise.reject(this.#options.closed());
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const { isLong, isBackground } = this.#options.laneOf?.(requests) ?? { isLong: false, isBackground: false };
    const task = { owner, isLong, isBackground, requests, resolve, reject, failures: 0 };
    this.#queueOf(task)?.push(task);
    this.#assign();
    return promise;
  }

  /** Cancels all tasks; returns when every worker has ended. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const waiting = this.#waiting.flatMap(queue => [...queue.clear()]);
    for (const task of [...waiting, ...this.#busy.values()]) task.reject(this.#options.closed());
    for (const { timer } of this.#busy.values()) clearTimeout(timer);
    const workers = [...this.#idle.keys(), ...this.#busy.keys()];
    this.#busy.clear();
    for (const worker of workers) {
      worker.keepAlive(true);
      worker.end();
    }
    await Promise.all(workers.map(({ ended }) => ended));
  }

  #queueOf(task: Lane): FairQueue<Task<Request, Answer>> | undefined {
    return this.#waiting[
      LANES.findIndex(({ isLong, isBackground }) => isLong === task.isLong && isBackground === task.isBackground)
    ];
  }

  #assign(): void {
    for (let task = this.#next(); task !== undefined; task = this.#next()) {
      const worker = this.#wake() ?? this.#start();
      this.#busy.set(worker, task);
      worker.keepAlive(true);
      this.#limit(worker, task);
      void post(worker, task.requests);
    }
  }

  /** Takes the next task that may start. */
  #next(): Task<Request, Answer> | undefined {
    const { most, mostLong = 0, mostPerOwner } = this.#options;
    if (this.#busy.size >= Math.max(most, mostLong + 1)) return undefined;
    for (const [at, { isLong }] of LANES.entries()) {
      const alike = [...this.#busy.values()].filter(task => task.isLong === isLong);
      if (alike.length >= (isLong ? mostLong : most)) continue;
      const task = this.#waiting[at]?.take(alike, mostPerOwner);
      if (task !== undefined) return task;
    }
    return undefined;
  }

  #wake(): Worker<Request> | undefined {
    const [worker] = this.#idle.keys();
    if (worker !== undefined) this.#stopIdling(worker);
    return worker;
  }

  #start(): Worker<Request> {
    const worker = this.#options.start(answer => this.#finish(worker, answer));
    void worker.ended.then(error => this.#replace(worker, error));
    return worker;
  }

  #limit(worker: Worker<Request>, task: Task<Request, Answer>): void {
    const milliseconds = this.#options.timeout?.(task.requests);
    if (milliseconds === undefined) return;
    const limit = (most: number) => {
      clearTimeout(task.timer);
      task.timer = setTimeout(kill, most, most).unref();
    };
    const kill = async (most: number) => {
      // If the event loop was blocked, the answer may be there already.
      await setImmediate();
      if (this.#busy.get(worker) !== task) return;
      task.timedOut = new TimedOut(most);
      worker.end();
    };
    limit(START_MILLISECONDS);
    void worker.ready.then(() => {
      if (this.#busy.get(worker) === task && task.timedOut === undefined) limit(milliseconds);
    });
  }

  #finish(worker: Worker<Request>, answer: Answer): void {
    const task = this.#busy.get(worker);
    // The answer may arrive after the worker was killed or the pool was closed.
    if (task === undefined || task.timedOut !== undefined) return;
    this.#busy.delete(worker);
    clearTimeout(task.timer);
    task.resolve(answer);
    worker.keepAlive(false);
    const end = () => {
      this.#idle.delete(worker);
      worker.end();
    };
    this.#idle.set(worker, setTimeout(end, IDLE_MILLISECONDS).unref());
    this.#assign();
  }

  /** Gives the task of a worker that has ended to another one, unless it ended too many. */
  #replace(worker: Worker<Request>, error: Error): void {
    this.#stopIdling(worker);
    const task = this.#busy.get(worker);
    if (task === undefined) return;
    this.#busy.delete(worker);
    clearTimeout(task.timer);
    task.failures += 1;
    if (task.timedOut === undefined && task.failures < this.#options.attempts) this.#queueOf(task)?.unshift(task);
    else task.reject(task.timedOut ?? error);
    this.#assign();
  }

  #stopIdling(worker: Worker<Request>): void {
    clearTimeout(this.#idle.get(worker));
    this.#idle.delete(worker);
  }
}

async function post<Request>(worker: Worker<Request>, requests: readonly Request[]): Promise<void> {
  for (const [at, request] of requests.entries()) {
    if (at > 0) await setImmediate();
    worker.post(request);
  }
}
