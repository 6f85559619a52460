/** One that waits to be answered. */
export interface Waiter {
  /** In milliseconds, by the line's clock. */
  readonly madeAt: number;
  /** Who completes which option; `undefined` for what is no completion. */
  readonly typing: string | undefined;
}

/** Why one was not begun: Discord would take no answer any more, or the same person has typed on. */
export type GivenUp = 'expired' | 'superseded';

interface Place extends Waiter {
  readonly call: (turn: 'begin' | GivenUp) => void;
}

/** Discord waits 3 seconds for a first answer; one that is begun after this would hardly be there in time. */
const longestWait = 2500;
/** So many are begun and not answered at once: what they need all together is less than what Discord waits. */
const mostBegun = 50;
/** What is begun and waits for something else, a website or a database, gives its place up after this. */
const longestPlace = 1500;
/** Until somebody has waited this long, whoever came first is first. */
const fairWait = 1000;

/**
 * Lets interactions be begun one by one, a turn of the event loop each, so that what comes and goes meanwhile gets its turn. When
 * more come than can be answered, whoever has just come is answered in time, and those who would be late in any case are given up
 * (served in their order, all would be late). Who has asked goes before who is typing.
 */
export class WaitingLine {
  readonly #clock: () => number;
  readonly #asked: Place[] = [];
  readonly #typed: Place[] = [];
  #begun = 0;
  #isCalling = false;

  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /** Does the work when it is its turn, or says why it does not. */
  async run<Result>(waiter: Waiter, work: () => Promise<Result>): Promise<Result | GivenUp> {
    const { promise, resolve: call } = Promise.withResolvers<'begin' | GivenUp>();
    if (waiter.typing !== undefined) this.#supersede(waiter);
    (waiter.typing === undefined ? this.#asked : this.#typed).push({ ...waiter, call });
    this.#callSoon();
    const turn = await promise;
    if (turn !== 'begin') return turn;
    let isOver = false;
    const leave = () => {
      if (isOver) return;
      isOver = true;
      this.#begun -= 1;
      this.#callSoon();
    };
    const timer = setTimeout(leave, longestPlace);
    return await work().finally(() => {
      clearTimeout(timer);
      leave();
    });
  }

  #callSoon(): void {
    if (this.#isCalling || this.#begun >= mostBegun || this.#asked.length + this.#typed.length === 0) return;
    this.#isCalling = true;
    setImmediate(() => {
      this.#isCalling = false;
      this.#callNext();
      this.#callSoon();
    });
  }

  #callNext(): void {
    const now = this.#clock();
    for (const line of [this.#asked, this.#typed]) {
      while (line[0] !== undefined && now - line[0].madeAt >= longestWait) line.shift()?.call('expired');
    }
    const line = this.#asked.length > 0 ? this.#asked : this.#typed;
    const [first] = line;
    const isFair = first !== undefined && now - first.madeAt < fairWait;
    const next = isFair ? line.shift() : line.pop();
    if (next === undefined) return;
    const isExpired = now - next.madeAt >= longestWait;
    if (!isExpired) this.#begun += 1;
    next.call(isExpired ? 'expired' : 'begin');
  }

  /** What somebody typed on from needs no choices any more. */
  #supersede({ typing }: Waiter): void {
    const at = this.#typed.findIndex(place => place.typing === typing);
    if (at >= 0) this.#typed.splice(at, 1)[0]?.call('superseded');
  }
}
