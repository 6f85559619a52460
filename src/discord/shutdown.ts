import type { Logger } from 'pino';
import { describe } from './errors.ts';
import { ending } from './shards.ts';

/** Answers in hand have ten seconds of these. */
const longestEnding = 20_000;

/** Ends the process once and in good order, whoever asks for it. */
export class Shutdown {
  readonly #log: Logger;
  readonly #closers: (() => Promise<void>)[] = [];
  #isEnding = false;
  #hasFailed = false;
  #code = 0;

  constructor(log: Logger) {
    this.#log = log;
  }

  get isEnding(): boolean {
    return this.#isEnding;
  }

  /** What was opened later is closed first. */
  afterwards(close: () => Promise<void>): void {
    this.#closers.unshift(close);
  }

  /** Closes everything, then leaves with this code; a higher one that is asked for meanwhile goes before. */
  async end(code: number): Promise<void> {
    this.#code = Math.max(this.#code, code);
    if (this.#isEnding) return;
    this.#isEnding = true;
    setTimeout(() => process.exit(1), longestEnding).unref();
    for (const close of this.#closers) await close().catch((error: unknown) => this.#failClosing(error));
    process.exit(this.#code);
  }

  /** At SIGTERM and SIGINT the end, with code 0; at a second one it does not wait. */
  listen(): void {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (this.#isEnding) process.exit(1);
        void this.end(0);
      });
    }
    // Rejections that nobody handles come here, too.
    process.on('uncaughtException', error => this.#fail(error));
  }

  /**
   * For a process that another one started for a shard: the end where that one says so, or is gone. It is not told by a signal, which a
   * terminal sends to both, and a second one does not wait. Nor does this one when it is ending already: the other one had a second signal.
   */
  listenToParent(): void {
    process.on('message', message => {
      if (message === ending) void this.end(0);
    });
    process.on('disconnect', () => {
      if (this.#isEnding) process.exit(1);
      void this.end(1);
    });
    // discord.js goes on telling a parent that is gone what becomes of the connection.
    process.on('error', error => {
      if (process.connected) this.#fail(error);
    });
  }

  /** What follows from a first error is not told: the end comes anyway. */
  #fail(error: unknown): void {
    if (!this.#hasFailed)
      this.#log.fatal({ error: describe(error) }, 'Something broke that nobody expected: the bot ends');
    this.#hasFailed = true;
    void this.end(1);
  }

  #failClosing(error: unknown): void {
    this.#log.error({ error: describe(error) }, 'Something could not be closed');
    this.#code = 1;
  }
}
