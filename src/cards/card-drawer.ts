import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Picture } from './draw-picture.ts';

/** What draws cards and charts. */
export interface Drawer {
  /** The picture as a PNG. */
  draw(picture: Picture): Promise<Buffer>;
}

interface Drawing {
  readonly number: number;
  readonly bytes: Uint8Array;
}

interface Waiting {
  readonly picture: Picture;
  readonly resolve: (bytes: Buffer) => void;
  readonly reject: (error: unknown) => void;
  /** How many processes have ended over it. */
  failures: number;
}

const PROGRAM = new URL('./draw-in-process.ts', import.meta.url);
const MOST_FAILURES = 2;
/** It holds a canvas and typefaces: about 100 MB. */
const IDLE_MILLISECONDS = 60_000;

/**
 * Draws outside of this process, one picture after the other: each takes a tenth of a second, for which nobody's command may
 * wait, and a canvas that stumbles over a stranger's letters must not take the bot along.
 */
export class CardDrawer implements Drawer {
  readonly #program: URL;
  readonly #waiting = new Map<number, Waiting>();
  #child: ChildProcess | undefined;
  #idle: NodeJS.Timeout | undefined;
  #last = 0;

  constructor(program = PROGRAM) {
    this.#program = program;
  }

  draw(picture: Picture): Promise<Buffer> {
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
    this.#last += 1;
    this.#waiting.set(this.#last, { picture, resolve, reject, failures: 0 });
    clearTimeout(this.#idle);
    if (this.#child === undefined) this.#start();
    else this.#send(this.#child, this.#last, picture);
    return promise;
  }

  async close(): Promise<void> {
    for (const { reject } of this.#waiting.values()) reject(new Error('No card is drawn any more.'));
    this.#waiting.clear();
    clearTimeout(this.#idle);
    const child = this.#child;
    if (child === undefined) return;
    const ended = once(child, 'exit');
    child.ref();
    child.kill('SIGKILL');
    await ended;
  }

  /** A process, with all that waits. */
  #start(): void {
    // Nothing of the environment: no token is near what draws strangers' words. Nor is anything printed: the message of an error that
    // nobody expected may hold them.
    const child = fork(this.#program, {
      execArgv: [],
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child = child;
    child.on('message', (drawing: Drawing) => this.#finish(child, drawing));
    const drop = (error: unknown) => this.#drop(child, error);
    child.on('error', drop);
    child.on('exit', (code, signal) => drop(new Error(`The process that draws cards ended with ${code ?? signal}.`)));
    for (const [number, { picture }] of this.#waiting) this.#send(child, number, picture);
  }

  #send(child: ChildProcess, number: number, picture: Picture): void {
    child.ref();
    child.channel?.ref();
    // Where it cannot be sent, the process has ended, which is told by its exit.
    child.send({ number, picture }, () => undefined);
  }

  #finish(child: ChildProcess, { number, bytes }: Drawing): void {
    this.#waiting.get(number)?.resolve(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    this.#waiting.delete(number);
    if (this.#waiting.size > 0) return;
    // The bot runs on without it, and ends while it waits for work.
    child.unref();
    child.channel?.unref();
    this.#idle = setTimeout(() => child.kill('SIGKILL'), IDLE_MILLISECONDS).unref();
  }

  /** A process has ended: over the card that was in hand, the first that waits. The others are given to the next one. */
  #drop(child: ChildProcess, error: unknown): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    clearTimeout(this.#idle);
    const [first] = this.#waiting;
    if (first === undefined) return;
    const [number, inHand] = first;
    inHand.failures += 1;
    if (inHand.failures >= MOST_FAILURES) {
      this.#waiting.delete(number);
      inHand.reject(error);
    }
    if (this.#waiting.size > 0) this.#start();
  }
}
