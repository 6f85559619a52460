/** An interaction that waits to be answered. */
export interface QueuedRequest {
  /** In milliseconds, by the queue's clock. */
  readonly madeAt: number;
  /** Who completes which option; `undefined` for all but autocompletion. */
  readonly typing: string | undefined;
}

/** Why a request was dropped: Discord would no longer take a response, or the same person has typed on. */
export type DropReason = 'expired' | 'superseded';

interface Entry extends QueuedRequest {
  readonly resolve: (turn: 'start' | DropReason) => void;
}

// All in milliseconds.
/** Discord waits 3 seconds for a first response; a request started after this would hardly make it. */
const LONGEST_WAIT = 2500;
/** A request that waits for a website or a database gives up its slot after this. */
const LONGEST_SLOT = 1500;
/** Until somebody has waited this long, requests start in order. */
const FAIR_WAIT = 1000;
/** Maximum number of requests in progress: together they take less time than Discord waits. */
const MOST_IN_PROGRESS = 50;

/**
 * Starts one request per turn of the event loop, so that other events are handled in between. Under overload, the newest
 * starts first, and those that would be late anyway are dropped: in order of arrival, all would be late. Commands go
 * before autocompletion.
 */
export class RequestQueue {
  readonly #clock: () => number;
  readonly #commands: Entry[] = [];
  readonly #completions: Entry[] = [];
  #inProgress = 0;
  #isStarting = false;

  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /** Runs the work when it is its turn, or resolves to why it was dropped. */
  async run<Result>(request: QueuedRequest, work: () => Promise<Result>): Promise<Result | DropReason> {
    const { promise, resolve } = Promise.withResolvers<'start' | DropReason>();
    if (request.typing !== undefined) this.#supersede(request.typing);
    (request.typing === undefined ? this.#commands : this.#completions).push({ ...request, resolve });
    this.#startSoon();
    const turn = await promise;
    if (turn !== 'start') return turn;
    let isOver = false;
    const freeSlot = () => {
      if (isOver) return;
      isOver = true;
      this.#inProgress -= 1;
      this.#startSoon();
    };
    const timer = setTimeout(freeSlot, LONGEST_SLOT);
    return await work().finally(() => {
      clearTimeout(timer);
      freeSlot();
    });
  }

  #startSoon(): void {
    const isEmpty = this.#commands.length + this.#completions.length === 0;
    if (this.#isStarting || this.#inProgress >= MOST_IN_PROGRESS || isEmpty) return;
    this.#isStarting = true;
    setImmediate(() => {
      this.#isStarting = false;
      this.#startNext();
      this.#startSoon();
    });
  }

  #startNext(): void {
    const now = this.#clock();
    for (const queue of [this.#commands, this.#completions]) {
      while (queue[0] !== undefined && now - queue[0].madeAt >= LONGEST_WAIT) queue.shift()?.resolve('expired');
    }
    const queue = this.#commands.length > 0 ? this.#commands : this.#completions;
    const [first] = queue;
    const isFair = first !== undefined && now - first.madeAt < FAIR_WAIT;
    const next = isFair ? queue.shift() : queue.pop();
    if (next === undefined) return;
    const isExpired = now - next.madeAt >= LONGEST_WAIT;
    if (!isExpired) this.#inProgress += 1;
    next.resolve(isExpired ? 'expired' : 'start');
  }

  /** Drops what the same person typed before. */
  #supersede(typing: string): void {
    const at = this.#completions.findIndex(entry => entry.typing === typing);
    if (at >= 0) this.#completions.splice(at, 1)[0]?.resolve('superseded');
  }
}

/** A few minutes of a busy bot. */
const MOST_IDS = 10_000;

/** The ids added last. */
export class RecentIds {
  readonly #ids = new Set<string>();

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** Returns true if the id wasn't there. */
  add(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    const [oldest] = this.#ids;
    if (this.#ids.size > MOST_IDS && oldest !== undefined) this.#ids.delete(oldest);
    return true;
  }
}
