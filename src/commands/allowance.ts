import type { Owner } from '../library/library.ts';
import { notice, type Reply } from '../replies/reply.ts';
import type { Asker, Desk } from './command.ts';

/** What is so much work that one person, or one server, could take it away from all others. */
type Costly = 'adding' | 'drawing' | 'exporting' | 'erasing';

interface Bound {
  /** In ten minutes. */
  readonly person: number;
  readonly server: number;
}

/** A newsroom that pastes all day stays below; what is more is for `npm run import`. */
const bounds: Readonly<Record<Costly, Bound>> = {
  adding: { person: 30, server: 60 },
  drawing: { person: 60, server: 240 },
  exporting: { person: 3, server: 5 },
  erasing: { person: 3, server: 5 },
};
const period = 10 * 60_000;

/** What was too much, and when it will not be. */
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

function countsOf(kind: Costly, asker: Asker, owner: Owner): readonly Count[] {
  const { person, server } = bounds[kind];
  const own = { of: 'person', key: `${kind} person ${asker.id}`, most: person } as const;
  const shared = { of: 'server', key: `${kind} server ${owner.id}`, most: server } as const;
  return owner.kind === 'server' ? [own, shared] : [own];
}

/**
 * Remembers what was done in the last ten minutes, in memory: for each count one moment, at which all of it will be worked off
 * (the generic cell rate algorithm, ITU-T I.371). So it may come at once, and then one after the other.
 */
export class Allowances {
  readonly #workedOff = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Counts it, where neither this person nor this server has done it too often; `undefined`: go on. */
  take(kind: Costly, asker: Asker, owner: Owner): Refusal | undefined {
    const now = this.#now();
    this.#forget(now);
    const after = countsOf(kind, asker, owner).map(({ of, key, most }) => {
      const moment = Math.max(this.#workedOff.get(key) ?? 0, now) + period / most;
      return { of, key, moment, until: moment - period };
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

type Counted = Pick<Desk, 'allowances' | 'asker' | 'owner' | 'say'>;

/** Why this has to wait, and until when; `undefined`: go on, it is counted. Markdown. */
export function tooOften(kind: Costly, { allowances, asker, owner, say }: Counted): string | undefined {
  const refusal = allowances.take(kind, asker, owner);
  if (refusal === undefined) return undefined;
  // A time of day: what counts down would say “33 seconds ago” to whoever reads it later.
  const seconds = Math.ceil(refusal.until / 1000);
  return say(`too-often.${kind}-by-${refusal.of}`, { most: bounds[kind][refusal.of], when: `<t:${seconds}:T>` });
}

/** The same as an answer. */
export function refuseTooOften(kind: Costly, desk: Counted): Reply | undefined {
  const sentence = tooOften(kind, desk);
  return sentence === undefined ? undefined : notice(sentence);
}
