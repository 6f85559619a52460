import { setTimeout as pause } from 'node:timers/promises';
import { type REST, RESTEvents } from 'discord.js';
import type { Logger } from 'pino';
import { fieldOf } from '../library/store/json.ts';

/** Logins that remain for all of the bot's shards and processes. */
export interface LoginBudget {
  readonly total: number;
  readonly remaining: number;
  /** Milliseconds until `remaining` is `total` again. */
  readonly resetAfter: number;
}

const SECOND = 1000;

/** Returns the budget in Discord's answer to `GET /gateway/bot`; undefined if there is none. */
export function budgetIn(answer: unknown): LoginBudget | undefined {
  const limit = fieldOf(answer, 'session_start_limit');
  const [total, remaining, resetAfter] = ['total', 'remaining', 'reset_after'].map(key => fieldOf(limit, key));
  if (typeof total !== 'number' || typeof remaining !== 'number' || typeof resetAfter !== 'number') return undefined;
  return { total, remaining, resetAfter };
}

/** A session that Discord doesn't resume costs one more login, which is normal. */
const USUAL_LOGINS = 2;
const LONGEST_PAUSE = 60 * SECOND;

/**
 * Returns the milliseconds to wait before a shard logs in again after `logins` recent logins. The last tenth of the
 * budget is kept for restarts; from one half on, what remains is spread over twice the remaining time.
 */
export function pauseBeforeLogin(logins: number, budget: LoginBudget | undefined): number {
  const backoff = logins < USUAL_LOGINS ? 0 : Math.min(SECOND * 2 ** (logins - USUAL_LOGINS), LONGEST_PAUSE);
  if (budget === undefined) return backoff;
  const { total, remaining, resetAfter } = budget;
  if (remaining <= total / 10) return Math.max(backoff, resetAfter);
  return remaining > total / 2 ? backoff : Math.max(backoff, (2 * resetAfter) / remaining);
}

const TOO_MANY_REQUESTS = 429;

/** Knows how often the bot may log in and what its start is waiting for, and logs both. */
export class Logins {
  readonly #log: Logger;
  #budget: LoginBudget | undefined;
  #waiting: { readonly reason: string; readonly until: number } | undefined;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Discord's last figures, minus the logins since; undefined before the first. */
  get budget(): LoginBudget | undefined {
    return this.#budget;
  }

  /** Why the bot isn't connected yet, and for how long; undefined if Discord doesn't make it wait. */
  get waiting(): string | undefined {
    const left = this.#waiting === undefined ? 0 : this.#waiting.until - performance.now();
    return left > 0 ? `${this.#waiting?.reason}, ${Math.ceil(left / SECOND)} s left` : undefined;
  }

  /** Logs and remembers what these requests are delayed by, until `signal` is aborted. */
  follow(rest: REST, signal: AbortSignal): void {
    const limited = ({ route }: { readonly route: string }, response: Pick<Response, 'status' | 'headers'>) => {
      if (response.status !== TOO_MANY_REQUESTS) return;
      const seconds = Number(response.headers.get('retry-after'));
      this.#begin('rate-limited by Discord', seconds * SECOND);
      this.#log.warn({ route, seconds }, 'Discord limits requests at the start: waiting');
    };
    rest.on(RESTEvents.Response, limited);
    signal.addEventListener('abort', () => rest.off(RESTEvents.Response, limited), { once: true });
  }

  /** Takes the budget from Discord's answer to `GET /gateway/bot`. */
  update(answer: unknown): LoginBudget | undefined {
    this.#budget = budgetIn(answer) ?? this.#budget;
    return this.#budget;
  }

  /** Notes that a shard logs in. */
  spend(): void {
    if (this.#budget === undefined) return;
    this.#budget = { ...this.#budget, remaining: Math.max(0, this.#budget.remaining - 1) };
  }

  /** Asks until the budget is enough for this many logins, waiting for Discord to reset it. Returns the last answer. */
  async untilEnough<Answer>(logins: number, ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
    for (;;) {
      const answer = await ask();
      const budget = this.update(answer);
      // Without a time to wait for, Discord decides.
      if (budget === undefined || budget.remaining >= logins || budget.resetAfter <= 0) return answer;
      const { total, remaining, resetAfter } = budget;
      const seconds = Math.ceil(resetAfter / SECOND);
      this.#begin('login limit used up', resetAfter);
      this.#log.warn({ total, remaining, needed: logins, seconds }, "Discord's login limit is used up: waiting");
      await pause(seconds * SECOND, undefined, { signal });
    }
  }

  #begin(reason: string, milliseconds: number): void {
    this.#waiting = { reason, until: performance.now() + milliseconds };
  }
}
