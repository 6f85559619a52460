import type { Gateway } from './gateway/gateway.ts';
import type { Packet } from './gateway/sessions.ts';
import type { Clock } from './world/clock.ts';
import type { Interactions } from './world/interactions.ts';

/**
 * How a request fails. `302`, `429`, `500` and `502` are returned without doing anything. `late` is delayed by
 * `milliseconds`. `reset` breaks the connection before anything is done. The others are processed: `lost` resets the
 * connection before the response, `closed` closes it (FIN), `cut` closes it halfway through the body, and `held` never
 * answers.
 */
export type Fault = '302' | '429' | '500' | '502' | 'closed' | 'cut' | 'held' | 'late' | 'lost' | 'reset';

interface FaultOptions {
  /** Number of requests. Default: 1 */
  readonly times?: number;
  /** Part of a route's name, such as `callback`, or of the path that is requested. Default: any route */
  readonly route?: string;
  /** Number of such requests that succeed first. Default: 0 */
  readonly after?: number;
  /** The delay for `late`, and the time to retry after for `429`. */
  readonly milliseconds?: number;
}

export interface Faults {
  next(fault: Fault, options?: FaultOptions): void;
  /** Number of requests that have failed so far. */
  readonly met: number;
  /** Breaks the gateway connections. Clients may resume. */
  dropSocket(): void;
  invalidSession(resumable: boolean): void;
  /** Breaks the gateway connections and rejects the clients' attempt to resume. */
  dropSession(): void;
  /** Answers the next attempts to connect to the gateway with HTTP 500. Default: 1 */
  failConnections(times?: number): void;
  /** Closes the connections of the next logins (IDENTIFY) with a code. Default: 1 */
  closeLogins(code: number, times?: number): void;
  /** Allows this many more logins until the limit resets to `total`, after `milliseconds`. */
  limitLogins(limit: { readonly total: number; readonly remaining: number; readonly milliseconds: number }): void;
  /** Delays GUILD_CREATE for the next login. */
  lateGuilds(milliseconds: number): void;
  /** Delivers the next interactions or messages of people twice. Default: 1 */
  duplicate(times?: number): void;
  /** Delays the next interaction. */
  lateInteraction(milliseconds: number): void;
  /** Dates the id of the next interaction this far ahead. */
  dateAhead(milliseconds: number): void;
  /** Returns the last 1,000 packets that each connected shard was sent. */
  packets(): readonly Packet[];
  /** Forgets the nonces of a channel's messages, as if some minutes had passed. */
  forgetNonces(channelId: string): void;
  /** Sends all shards a packet, whatever it contains. */
  sendPacket(packet: Packet): void;
}

export interface PlannedFault {
  readonly fault: Fault;
  readonly milliseconds: number;
}

export interface FaultPlan extends Faults {
  take(route: string): PlannedFault | undefined;
}

export function createFaults(
  gateway: Gateway,
  interactions: Interactions,
  forgetNonces: Faults['forgetNonces'],
): FaultPlan {
  const planned: { fault: Fault; route: string; after: number; milliseconds: number; left: number }[] = [];
  let met = 0;
  return {
    get met() {
      return met;
    },
    next(fault, { times = 1, route = '', after = 0, milliseconds = 250 } = {}) {
      planned.push({ fault, route, after, milliseconds, left: times });
    },
    take(route) {
      const index = planned.findIndex(one => route.includes(one.route));
      const found = planned[index];
      if (found === undefined) return undefined;
      if (found.after > 0) {
        found.after -= 1;
        return undefined;
      }
      met += 1;
      found.left -= 1;
      if (found.left <= 0) planned.splice(index, 1);
      return found;
    },
    forgetNonces,
    dropSocket: () => gateway.dropSockets(),
    dropSession() {
      gateway.forgetSessions();
      gateway.dropSockets();
    },
    invalidSession: resumable => gateway.invalidateSessions(resumable),
    failConnections: (times = 1) => gateway.failConnections(times),
    closeLogins: (code, times = 1) => gateway.closeLogins(code, times),
    limitLogins: limit => gateway.limitLogins(limit),
    lateGuilds: milliseconds => gateway.delayGuilds(milliseconds),
    duplicate: (times = 1) => gateway.duplicateNext(times),
    lateInteraction: milliseconds => gateway.delayNext(milliseconds),
    dateAhead: milliseconds => interactions.dateNextAhead(milliseconds),
    packets: () => gateway.online().flatMap(({ sent }) => sent),
    sendPacket: packet => gateway.send(packet),
  };
}

export function pause(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise(resolve => {
    clock.after(milliseconds, resolve);
  });
}
