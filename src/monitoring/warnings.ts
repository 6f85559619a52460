import type { Logger } from 'pino';
import type { Metrics } from './metrics.ts';

const MINUTE = 60_000;

/** Warns at most once a minute of dropped interactions: under overload, a line for each would add to the load. */
export class DropWarning {
  readonly #log: Logger;
  #warned = Number.NEGATIVE_INFINITY;
  #number = 0;

  constructor(log: Logger) {
    this.#log = log;
  }

  dropped(now = performance.now()): void {
    this.#number += 1;
    if (now - this.#warned < MINUTE) return;
    this.#log.warn({ number: this.#number }, 'Interactions dropped: too late, or too many at once');
    this.#warned = now;
    this.#number = 0;
  }
}

/**
 * In milliseconds. After three statements of this length, an answer has to be deferred (`DEFER_AFTER` in
 * discord/responding.ts).
 */
const SLOW_STATEMENT = 500;
/** Enough characters to recognise a statement. */
const SHOWN_STATEMENT = 120;

/** Returns a monitor that counts and logs slow statements, and how long queries wait for a connection. */
export function monitorStorage(log: Logger, metrics: Metrics | undefined) {
  return {
    waited: (milliseconds: number) => metrics?.waits.observe(milliseconds / 1000),
    ran: (sql: string, milliseconds: number) => {
      if (milliseconds < SLOW_STATEMENT) return;
      metrics?.slowStatements.inc();
      const statement = sql.trim().replaceAll(/\s+/gv, ' ').slice(0, SHOWN_STATEMENT);
      log.info({ statement, milliseconds: Math.round(milliseconds) }, 'Slow database statement');
    },
  };
}
