import { message } from '../wording/say.ts';
import { childProcess, WorkerPool } from '../workers.ts';
import type { ArticleText } from './store/derived.ts';
import { StorageError } from './store/errors.ts';
import type { Derivation } from './store/store.ts';

/** How many processes attribute articles, in total and at most for one owner. */
export interface Processes {
  readonly most: number;
  readonly mostForOne: number;
}

/** What libraries need of an attributor. */
export type Derives = Pick<Attributor, 'derive' | 'close'>;

/** A text, and what `encodeDerived` wrote of it: if this is known, the text is only indexed. */
export interface DeriveRequest {
  readonly text: ArticleText;
  readonly derived: string | undefined;
}

/**
 * Attributes articles in child processes: 2 MB of text take a minute, hostile ones several. Not in threads: Node strips
 * the types of each thread's modules with WebAssembly, in which V8 crashed with many threads, and a crash there would
 * end the bot.
 */
export class Attributor {
  readonly #pool: WorkerPool<DeriveRequest, Derivation>;

  constructor({ most, mostForOne }: Processes, program = new URL('./attribute-in-process.ts', import.meta.url)) {
    this.#pool = new WorkerPool({
      // Commands take milliseconds and go first when all cores are busy.
      start: childProcess({ name: 'attribution process', program, priority: 'below normal' }),
      most,
      mostPerOwner: mostForOne,
      attempts: 2,
      closed: () => new StorageError(message('keeping.stopping')),
    });
  }

  /** Returns everything that is derived from an article. Owners take turns. */
  derive(owner: string, text: ArticleText, derived?: string): Promise<Derivation> {
    return this.#pool.run(owner, { text, derived });
  }

  /** Cancels what is in progress, which throws `StorageError`. */
  async close(): Promise<void> {
    await this.#pool.close();
  }
}
