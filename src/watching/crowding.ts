import type { Logger } from 'pino';

const minute = 60_000;

/** Warns at most once a minute that interactions were given up: a line for each would be work, when there is too much of it. */
export class Crowding {
  readonly #log: Logger;
  #warned = Number.NEGATIVE_INFINITY;
  #number = 0;

  constructor(log: Logger) {
    this.#log = log;
  }

  givenUp(now = performance.now()): void {
    this.#number += 1;
    if (now - this.#warned < minute) return;
    this.#log.warn({ number: this.#number }, 'Interactions came too late, or faster than they could be answered');
    this.#warned = now;
    this.#number = 0;
  }
}
