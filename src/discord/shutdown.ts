import type { Logger } from 'pino';
import { describe } from './errors.ts';
import { SHUT_DOWN_MESSAGE } from './shards.ts';

/** Milliseconds, of which answers in progress have ten seconds. */
const LONGEST_ENDING = 20_000;

/** Shuts the process down, once. */
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

  /** Registers what to close at shutdown, even while it goes on. The last registered is closed first. */
  afterwards(close: () => Promise<void>): void {
    this.#closers.push(close);
  }

  /** Closes everything, then exits with this code, or a higher one that was asked for meanwhile. */
  async end(code: number): Promise<void> {
    this.#code = Math.max(this.#code, code);
    if (this.#isEnding) return;
    this.#isEnding = true;
    setTimeout(() => process.exit(1), LONGEST_ENDING).unref();
    for (let close = this.#closers.pop(); close !== undefined; close = this.#closers.pop())
      await close().catch((error: unknown) => this.#failClosing(error));
    process.exit(this.#code);
  }

  /** Shuts down with code 0 at SIGTERM and SIGINT; a second one exits at once. */
  listen(): void {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (this.#isEnding) process.exit(1);
        void this.end(0);
      });
    }
    // Also for unhandled rejections.
    process.on('uncaughtException', error => this.#fail(error));
  }

  /**
   * Shuts a shard's process down when its parent says so or is gone. Not by signals, since a terminal sends them to
   * both. A parent that is gone during shutdown had a second signal, so this process exits at once too.
   */
  listenToParent(): void {
    process.on('message', message => {
      if (message === SHUT_DOWN_MESSAGE) void this.end(0);
    });
    process.on('disconnect', () => {
      if (this.#isEnding) process.exit(1);
      void this.end(1);
    });
    // discord.js keeps sending to a parent that is gone.
    process.on('error', error => {
      if (process.connected) this.#fail(error);
    });
  }

  /** Logs only the first error, since others follow from it. */
  #fail(error: unknown): void {
    if (!this.#hasFailed) this.#log.fatal({ error: describe(error) }, 'Unexpected error: shutting down');
    this.#hasFailed = true;
    void this.end(1);
  }

  #failClosing(error: unknown): void {
    this.#log.error({ error: describe(error) }, 'Error while shutting down');
    this.#code = 1;
  }
}
