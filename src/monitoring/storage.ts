import type { Logger } from 'pino';
import type { Metrics } from './metrics.ts';

/** In milliseconds. After three statements of this length, an answer has to be deferred (`patience` in `responding.ts`). */
const slow = 500;
/** Enough characters to recognise a statement. */
const shown = 120;

/** Returns a monitor that counts and logs slow statements, and how long queries wait for a connection. */
export function monitorStorage(log: Logger, metrics: Metrics | undefined) {
  return {
    waited: (milliseconds: number) => metrics?.waitedForDatabase(milliseconds),
    ran: (sql: string, milliseconds: number) => {
      if (milliseconds < slow) return;
      metrics?.slowStatement();
      const statement = sql.trim().replaceAll(/\s+/gv, ' ').slice(0, shown);
      log.info({ statement, milliseconds: Math.round(milliseconds) }, 'Slow database statement');
    },
  };
}
