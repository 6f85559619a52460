import type { Clock } from './clock.ts';
import type { Gateway } from './gateway.ts';

/**
 * How one request goes wrong: `429` asks to retry later, `500` and `502` fail before anything is done, `late` arrives only
 * after `milliseconds`, `lost` is carried out though its answer never arrives, `reset` breaks the connection before anything is done.
 */
export type Fault = '429' | '500' | '502' | 'late' | 'lost' | 'reset';

interface FaultOptions {
  /** How many requests; 1 when left out. */
  readonly times?: number;
  /** Part of a route's name, such as `callback`; any route when left out. */
  readonly route?: string;
  /** For `429` (when to retry) and `late`. */
  readonly milliseconds?: number;
}

export interface Faults {
  next(fault: Fault, options?: FaultOptions): void;
  /** How many requests have gone wrong so far. */
  readonly met: number;
  /** Breaks the gateway's connections; the client may resume. */
  dropSocket(): void;
  invalidSession(resumable: boolean): void;
  /** Breaks the connections, and the client's attempt to resume fails. */
  dropSession(): void;
  /** The next logins get their guilds that many milliseconds late. */
  lateGuilds(milliseconds: number): void;
  /** The next interactions, one where left out, are delivered twice. */
  duplicate(times?: number): void;
  /** The next interaction is delivered that many milliseconds late. */
  lateInteraction(milliseconds: number): void;
}

export interface PlannedFault {
  readonly fault: Fault;
  readonly milliseconds: number;
}

export interface FaultPlan extends Faults {
  take(route: string): PlannedFault | undefined;
}

export function createFaults(gateway: Gateway): FaultPlan {
  const planned: { fault: Fault; route: string; milliseconds: number; left: number }[] = [];
  let met = 0;
  return {
    get met() {
      return met;
    },
    next(fault, { times = 1, route = '', milliseconds = 250 } = {}) {
      planned.push({ fault, route, milliseconds, left: times });
    },
    take(route) {
      const index = planned.findIndex(one => route.includes(one.route));
      const found = planned[index];
      if (found === undefined) return undefined;
      met += 1;
      found.left -= 1;
      if (found.left <= 0) planned.splice(index, 1);
      return found;
    },
    dropSocket: () => gateway.dropSockets(),
    dropSession() {
      gateway.forgetSessions();
      gateway.dropSockets();
    },
    invalidSession: resumable => gateway.invalidateSessions(resumable),
    lateGuilds: milliseconds => gateway.delayGuilds(milliseconds),
    duplicate: (times = 1) => gateway.duplicateNext(times),
    lateInteraction: milliseconds => gateway.delayNext(milliseconds),
  };
}

export function pause(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise(resolve => {
    clock.after(milliseconds, resolve);
  });
}
