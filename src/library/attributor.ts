import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { message } from '../wording/say.ts';
import type { Text } from './store/derived.ts';
import { CannotKeep } from './store/faults.ts';
import type { Derivation } from './store/store.ts';

/** Things that wait, each in its owner's own queue; owners take turns, so that nobody waits behind all that another one brought. */
export class Turns<Item> {
  /** Whoever's turn is next is first. None is empty. */
  readonly #queues = new Map<string, Item[]>();

  push(owner: string, item: Item): void {
    this.#queueOf(owner).push(item);
  }

  /** To the front of its owner's queue: it had its turn before. */
  unshift(owner: string, item: Item): void {
    this.#queueOf(owner).unshift(item);
  }

  /** The next one of the first owner that `mayTake`. */
  take(mayTake: (owner: string) => boolean): Item | undefined {
    for (const [owner, queue] of this.#queues) {
      if (!mayTake(owner)) continue;
      const item = queue.shift();
      this.#queues.delete(owner);
      if (queue.length > 0) this.#queues.set(owner, queue);
      return item;
    }
    return undefined;
  }

  /** Takes out all. */
  clear(): readonly Item[] {
    const all = [...this.#queues.values()].flat();
    this.#queues.clear();
    return all;
  }

  #queueOf(owner: string): Item[] {
    const queue = this.#queues.get(owner) ?? [];
    this.#queues.set(owner, queue);
    return queue;
  }
}

interface Task {
  readonly owner: string;
  readonly text: Text;
  readonly resolve: (derivation: Derivation) => void;
  readonly reject: (error: unknown) => void;
  /** How many processes have ended over it. */
  failures: number;
}

const PROGRAM = new URL('./attribute-in-process.ts', import.meta.url);
const MOST_FAILURES = 2;
/** Each holds the weights in memory. */
const IDLE_MILLISECONDS = 60_000;

/** How many processes attribute, and how many of them may work for one owner at once. */
export interface Processes {
  readonly most: number;
  readonly mostForOne: number;
}

/**
 * Attributes articles outside of this process: 2 MB of text take a minute, hostile ones several, and nobody's command may wait for them. Not in
 * threads: Node strips the types of each thread's modules with WebAssembly, in which V8 crashed with many threads, and
 * a crash there would take the bot along.
 */
export class Attributor {
  readonly #processes: Processes;
  readonly #program: URL;
  readonly #waiting = new Turns<Task>();
  readonly #working = new Map<ChildProcess, Task>();
  /** With what ends them when nothing comes for long. */
  readonly #idle = new Map<ChildProcess, NodeJS.Timeout>();
  #isClosed = false;

  constructor(processes: Processes, program = PROGRAM) {
    this.#processes = processes;
    this.#program = program;
  }

  /** All that is read out of the article. Owners take turns; of one owner the first comes first. */
  derive(owner: string, text: Text): Promise<Derivation> {
    if (this.#isClosed) return Promise.reject(closed());
    const { promise, resolve, reject } = Promise.withResolvers<Derivation>();
    this.#waiting.push(owner, { owner, text, resolve, reject, failures: 0 });
    this.#assign();
    return promise;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const task of [...this.#waiting.clear(), ...this.#working.values()]) task.reject(closed());
    const children = [...this.#idle.keys(), ...this.#working.keys()];
    this.#working.clear();
    await Promise.all(
      children.map(child => {
        const ended = once(child, 'exit');
        keepRunning(child, true);
        child.kill('SIGKILL');
        return ended;
      }),
    );
  }

  #assign(): void {
    while (this.#working.size < this.#processes.most) {
      const task = this.#waiting.take(owner => this.#countFor(owner) < this.#processes.mostForOne);
      if (task === undefined) return;
      const child = this.#wake() ?? this.#start();
      this.#working.set(child, task);
      keepRunning(child, true);
      // Where it cannot be sent, the process has ended, which is told below.
      child.send(task.text, () => undefined);
    }
  }

  #countFor(owner: string): number {
    return [...this.#working.values()].filter(task => task.owner === owner).length;
  }

  #wake(): ChildProcess | undefined {
    const [child] = this.#idle.keys();
    if (child === undefined) return undefined;
    clearTimeout(this.#idle.get(child));
    this.#idle.delete(child);
    return child;
  }

  #start(): ChildProcess {
    // Nothing of the environment: no token is near what reads strangers' texts. Nor is anything printed: the message of an error that
    // nobody expected may hold them.
    const stdio = ['ignore', 'ignore', 'ignore', 'ipc'] as const;
    const child = fork(this.#program, { execArgv: [], env: {}, serialization: 'advanced', stdio: [...stdio] });
    giveWay(child);
    child.on('message', (derivation: Derivation) => this.#take(child, derivation));
    const drop = (error: unknown) => this.#drop(child, error);
    child.on('error', drop);
    child.on('exit', (code, signal) => drop(new Error(`The process that attributes ended with ${code ?? signal}.`)));
    return child;
  }

  #take(child: ChildProcess, derivation: Derivation): void {
    const task = this.#finish(child);
    // An answer may still be in the pipe when its process is gone, or is being ended.
    if (task === undefined) return;
    task.resolve(derivation);
    keepRunning(child, false);
    const end = () => {
      // Until it has ended nobody may be given it any more.
      this.#idle.delete(child);
      child.kill('SIGKILL');
    };
    this.#idle.set(child, setTimeout(end, IDLE_MILLISECONDS).unref());
    this.#assign();
  }

  #drop(child: ChildProcess, error: unknown): void {
    clearTimeout(this.#idle.get(child));
    this.#idle.delete(child);
    const task = this.#finish(child);
    if (task === undefined) return;
    task.failures += 1;
    if (task.failures < MOST_FAILURES) this.#waiting.unshift(task.owner, task);
    else task.reject(error);
    this.#assign();
  }

  #finish(child: ChildProcess): Task | undefined {
    const task = this.#working.get(child);
    this.#working.delete(child);
    return task;
  }
}

/** Whoever waits for an article to be read is told that the bot is ending. */
function closed(): CannotKeep {
  return new CannotKeep(message('keeping.stopping'));
}

/** Where all cores are busy whoever asks goes first: they wait for milliseconds, whoever adds for as long as reading takes. */
function giveWay({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, which is told elsewhere, or the system allows nobody to give way.
  }
}

/** Whether this process runs on as long as that one: not while it only waits for work. */
function keepRunning(child: ChildProcess, isNeeded: boolean): void {
  if (isNeeded) {
    child.ref();
    child.channel?.ref();
    return;
  }
  child.unref();
  child.channel?.unref();
}
