import type { Dispute } from '../attribution/attribution.ts';
import { message } from '../wording/say.ts';
import { childProcess, TimedOut, WorkerPool } from '../workers.ts';
import type { ArticleText } from './store/derived.ts';
import { StorageError } from './store/errors.ts';
import type { Derivation } from './store/store.ts';

/** How many processes attribute articles, in total and at most for one owner. */
export interface Processes {
  readonly most: number;
  readonly mostForOne: number;
  /** How many milliseconds a text of this length may take. Default: `timeoutFor` */
  readonly timeout?: (length: number) => number;
}

/** What libraries need of an attributor. */
export type Derives = Pick<Attributor, 'derive' | 'close'>;

interface How {
  /** What `encodeDerived` wrote of the text: then it's only indexed. */
  readonly derived?: string | undefined;
  /** What the index takes as disputed. */
  readonly disputes?: readonly Dispute[];
  /** Whether to make no attributions. */
  readonly isUnattributed?: boolean;
  /** Whether nobody waits for it. */
  readonly isBackground?: boolean;
}

export interface DeriveRequest extends How {
  readonly text: ArticleText;
}

/** The text takes longer than an article may. */
export class TooSlow extends StorageError {
  constructor(options?: ErrorOptions) {
    super(message('adding.too-slow'), options);
  }
}

/** In UTF-16 units: of ordinary news, a second. Longer texts never keep shorter ones waiting. */
const LONGEST_SHORT = 20_000;

const START_MILLISECONDS = 30_000;
/** Ordinary news takes 0.05 ms on an idle core, and the slowest texts known 0.3 ms (`npm run bench:attribution`). */
const MILLISECONDS_PER_CHARACTER = 0.4;
const MOST_MILLISECONDS = 5 * 60_000;

function timeoutFor(length: number): number {
  return Math.min(MOST_MILLISECONDS, START_MILLISECONDS + MILLISECONDS_PER_CHARACTER * length);
}

/**
 * Attributes articles in child processes: 2 MB of text takes two minutes, and hostile text exceeds the limit. One process
 * is left for short texts. Not in threads: Node strips the types of each thread's modules with WebAssembly, in which V8
 * crashed with many threads, and a crash there would end the bot.
 */
export class Attributor {
  readonly #pool: WorkerPool<DeriveRequest, Derivation>;

  constructor(
    { most, mostForOne, timeout = timeoutFor }: Processes,
    program = new URL('./attribute-in-process.ts', import.meta.url),
  ) {
    this.#pool = new WorkerPool({
      // Commands take milliseconds and go first when all cores are busy.
      start: childProcess({ name: 'attribution process', program, priority: 'below normal' }),
      most,
      mostLong: Math.max(1, most - 1),
      mostPerOwner: mostForOne,
      laneOf: requests => ({
        isLong: lengthOf(requests) > LONGEST_SHORT,
        isBackground: requests.some(({ isBackground }) => isBackground),
      }),
      timeout: requests => timeout(lengthOf(requests)),
      attempts: 2,
      closed: () => new StorageError(message('keeping.stopping')),
    });
  }

  /** Returns everything that is derived from an article. Owners take turns. Throws `TooSlow` if it takes too long. */
  async derive(owner: string, text: ArticleText, how: How = {}): Promise<Derivation> {
    try {
      return await this.#pool.run(owner, { text, ...how });
    } catch (error) {
      throw error instanceof TimedOut ? new TooSlow({ cause: error }) : error;
    }
  }

  /** Cancels what is in progress, which throws `StorageError`. */
  async close(): Promise<void> {
    await this.#pool.close();
  }
}

function lengthOf(requests: readonly DeriveRequest[]): number {
  return requests.reduce((sum, { text }) => sum + text.text.length, 0);
}
