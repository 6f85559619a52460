import type { Drawer } from '../cards/card-drawer.ts';
import type { Owner } from '../library/owner.ts';
import { notice, type Reply } from '../replies/reply.ts';
import type { ViewContext } from '../replies/views/view.ts';
import type { RequestContext, User } from './command.ts';

/** What is so much work that one person or server could slow down all others. */
type LimitedAction = 'adding' | 'previewing' | 'drawing' | 'exporting' | 'erasing' | 'mentions';

interface Limit {
  /** In ten minutes. */
  readonly person: number;
  readonly server: number;
}

/** A newsroom that pastes all day stays below; more is for `npm run import`. */
const LIMITS: Readonly<Record<LimitedAction | 'refusals', Limit>> = {
  adding: { person: 30, server: 60 },
  previewing: { person: 5, server: 20 },
  drawing: { person: 60, server: 240 },
  exporting: { person: 3, server: 5 },
  erasing: { person: 3, server: 5 },
  // Discord limits how often people use commands, but not how often they write.
  mentions: { person: 60, server: 240 },
  // How many messages above that limit get an answer that says so.
  refusals: { person: 1, server: 5 },
};
const PERIOD = 10 * 60_000;

/** Whose limit was reached, and until when. */
interface Refusal {
  readonly of: 'person' | 'server';
  /** Milliseconds since 1970. */
  readonly until: number;
}

interface Count {
  readonly of: Refusal['of'];
  readonly key: string;
  readonly most: number;
}

function countsOf(kind: keyof typeof LIMITS, user: User, owner: Owner): readonly Count[] {
  const { person, server } = LIMITS[kind];
  const own = { of: 'person', key: `${kind} person ${user.id}`, most: person } as const;
  const shared = { of: 'server', key: `${kind} server ${owner.id}`, most: server } as const;
  return owner.kind === 'server' ? [own, shared] : [own];
}

/**
 * Limits actions by person and server over ten minutes, in memory, with the generic cell rate algorithm (ITU-T I.371):
 * one time for each limit, so that all may come at once and then one after the other.
 */
export class RateLimiter {
  /** Times at which everything so far will be worked off, in milliseconds since 1970. */
  readonly #workedOff = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Counts an action and returns `undefined`, unless the person or the server has reached the limit. */
  take(kind: keyof typeof LIMITS, user: User, owner: Owner): Refusal | undefined {
    const now = this.#now();
    this.#forget(now);
    const after = countsOf(kind, user, owner).map(({ of, key, most }) => {
      const moment = Math.max(this.#workedOff.get(key) ?? 0, now) + PERIOD / most;
      return { of, key, moment, until: moment - PERIOD };
    });
    const [longest] = after.filter(({ until }) => until > now).toSorted((one, other) => other.until - one.until);
    if (longest !== undefined) return longest;
    for (const { key, moment } of after) this.#workedOff.set(key, moment);
    return undefined;
  }

  #forget(now: number): void {
    for (const [key, moment] of this.#workedOff) if (moment <= now) this.#workedOff.delete(key);
  }
}

type LimitContext = Pick<RequestContext, 'rateLimiter' | 'user' | 'owner' | 'say'>;

/** Counts an action, or returns in Markdown why it has to wait and until when. */
export function rateLimitReason(
  kind: LimitedAction,
  { rateLimiter, user, owner, say }: LimitContext,
): string | undefined {
  const refusal = rateLimiter.take(kind, user, owner);
  if (refusal === undefined) return undefined;
  // A time of day, since a countdown would say “33 seconds ago” later.
  const seconds = Math.ceil(refusal.until / 1000);
  const limit = say(`too-often.${kind}`, { most: LIMITS[kind][refusal.of] });
  return say(`too-often.${refusal.of}`, { limit, when: `<t:${seconds}:T>` });
}

/** Counts an action, or returns the refusal. */
export function refuseAboveLimit(kind: LimitedAction, limited: LimitContext): Reply | undefined {
  const reason = rateLimitReason(kind, limited);
  return reason === undefined ? undefined : notice(reason);
}

/** Returns what draws for this user, up to the limit. */
export function drawUpToLimit(drawer: Drawer, limited: LimitContext): ViewContext['draw'] {
  return async picture => {
    const reason = rateLimitReason('drawing', limited);
    return reason === undefined ? { kind: 'drawn', bytes: await drawer.draw(picture) } : { kind: 'refused', reason };
  };
}
