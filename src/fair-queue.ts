/** A queue in which owners take turns. The entries of one owner stay in order. */
export class FairQueue<Entry extends { readonly owner: string }> {
  /** By owner, the owner whose turn is next first. No list is empty. */
  readonly #waiting = new Map<string, Entry[]>();

  /** Adds an entry after its owner's others. */
  push(entry: Entry): void {
    this.#entriesOf(entry.owner).push(entry);
  }

  /** Adds an entry before its owner's others. */
  unshift(entry: Entry): void {
    this.#entriesOf(entry.owner).unshift(entry);
  }

  /**
   * Removes and returns the next entry of the first owner who has fewer than `mostPerOwner` of those `underWay` and whose
   * next entry may be taken.
   */
  take(underWay: Iterable<Entry>, mostPerOwner: number, mayBeTaken = (_entry: Entry) => true): Entry | undefined {
    const owners = [...underWay].map(({ owner }) => owner);
    for (const [owner, entries] of this.#waiting) {
      if (owners.filter(each => each === owner).length >= mostPerOwner) continue;
      if (!entries.slice(0, 1).every(mayBeTaken)) continue;
      const entry = entries.shift();
      this.#waiting.delete(owner);
      if (entries.length > 0) this.#waiting.set(owner, entries);
      return entry;
    }
    return undefined;
  }

  /** Removes an entry, if it is still there. */
  delete(entry: Entry): void {
    const left = (this.#waiting.get(entry.owner) ?? []).filter(each => each !== entry);
    if (left.length > 0) this.#waiting.set(entry.owner, left);
    else this.#waiting.delete(entry.owner);
  }

  /** Removes and returns all entries. */
  clear(): readonly Entry[] {
    const all = [...this.#waiting.values()].flat();
    this.#waiting.clear();
    return all;
  }

  #entriesOf(owner: string): Entry[] {
    const entries = this.#waiting.get(owner) ?? [];
    this.#waiting.set(owner, entries);
    return entries;
  }
}

interface Turn {
  readonly owner: string;
  /** The host that it waits for. */
  readonly host: string;
  readonly begin: () => void;
  readonly cancel: () => void;
  /** Fires when it becomes slow. */
  timer?: NodeJS.Timeout | undefined;
}

interface TurnsOptions {
  readonly most: number;
  readonly mostPerOwner: number;
  /** How long an owner waits after each turn, in milliseconds; others don't. Default: 0 */
  readonly rest?: number;
  /**
   * A turn is slow once it takes longer than `after` milliseconds. Then it leaves its place to others, and its host's next
   * turns are among `most` slow ones, until one was fast. Default: none is slow
   */
  readonly slow?: { readonly after: number; readonly most: number };
}

/** How many times as many turns may become slow as may begin on slow hosts. */
const SLOW_EXCESS = 5;
const MOST_SLOW_HOSTS = 10_000;

/** Runs a few tasks at once. Owners take turns, and tasks that wait for slow hosts don't hold up the others. */
export class Turns {
  readonly #options: TurnsOptions;
  readonly #waiting = new FairQueue<Turn>();
  readonly #running = new Set<Turn>();
  readonly #resting = new Set<Turn>();
  /** The slow ones of the running turns. */
  readonly #slow = new Set<Turn>();
  readonly #slowHosts = new Set<string>();

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /**
   * Returns what `work` does, or `undefined` if its turn doesn't come within the given time. `host` is the host
   * that it waits for; default: the owner.
   */
  async run<Result>(
    owner: string,
    milliseconds: number,
    work: () => Promise<Result>,
    host = owner,
  ): Promise<Result | undefined> {
    const { promise: isTurn, resolve } = Promise.withResolvers<boolean>();
    const turn: Turn = { owner, host, begin: () => resolve(true), cancel: () => resolve(false) };
    const timer = setTimeout(() => {
      this.#waiting.delete(turn);
      turn.cancel();
    }, milliseconds);
    this.#waiting.push(turn);
    this.#beginNext();
    const hasTurn = await isTurn;
    clearTimeout(timer);
    if (!hasTurn) return undefined;
    return await work().finally(() => this.#end(turn));
  }

  /** True if the host's latest turn is or was slow. */
  isSlow(host: string): boolean {
    return this.#slowHosts.has(host);
  }

  /** Returns the hosts whose latest turn is or was slow. */
  slowHosts(): readonly string[] {
    return [...this.#slowHosts];
  }

  /** Cancels all waiting turns. */
  cancelWaiting(): void {
    for (const turn of this.#waiting.clear()) turn.cancel();
  }

  #end(turn: Turn): void {
    const { rest = 0 } = this.#options;
    const hasBeenSlow = turn.timer === undefined;
    clearTimeout(turn.timer);
    this.#running.delete(turn);
    this.#slow.delete(turn);
    if (!hasBeenSlow) this.#slowHosts.delete(turn.host);
    if (rest > 0) {
      this.#resting.add(turn);
      setTimeout(() => {
        this.#resting.delete(turn);
        this.#beginNext();
      }, rest).unref();
    }
    this.#beginNext();
  }

  #beginNext(): void {
    const { mostPerOwner } = this.#options;
    const next = () =>
      this.#waiting.take([...this.#running, ...this.#resting], mostPerOwner, turn => this.#mayBegin(turn));
    for (let turn = next(); turn !== undefined; turn = next()) this.#begin(turn);
  }

  #mayBegin({ host }: Turn): boolean {
    const { most, slow } = this.#options;
    if (this.isSlow(host)) return this.#slow.size < (slow?.most ?? 0);
    return this.#running.size - this.#slow.size < most;
  }

  #begin(turn: Turn): void {
    const { slow } = this.#options;
    this.#running.add(turn);
    if (this.isSlow(turn.host)) this.#slow.add(turn);
    if (slow !== undefined) turn.timer = setTimeout(() => this.#slowDown(turn), slow.after).unref();
    turn.begin();
  }

  #slowDown(turn: Turn): void {
    const { slow } = this.#options;
    turn.timer = undefined;
    this.#slowHosts.delete(turn.host);
    this.#slowHosts.add(turn.host);
    const [oldest] = this.#slowHosts;
    if (this.#slowHosts.size > MOST_SLOW_HOSTS && oldest !== undefined) this.#slowHosts.delete(oldest);
    if (slow !== undefined && this.#slow.size < slow.most * SLOW_EXCESS) this.#slow.add(turn);
    this.#beginNext();
  }
}
