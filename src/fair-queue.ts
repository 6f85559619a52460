/** A queue in which owners take turns. The entries of one owner stay in order. */
export class FairQueue<Entry extends { readonly owner: string }> {
  /** By owner, the owner whose turn is next first. No list is empty. */
  readonly #waiting = new Map<string, Entry[]>();

  /** Adds an entry to those of its owner. */
  push(entry: Entry): void {
    this.#entriesOf(entry.owner).push(entry);
  }

  /** Adds an entry before those of its owner. */
  unshift(entry: Entry): void {
    this.#entriesOf(entry.owner).unshift(entry);
  }

  /** Removes and returns the next entry of the first owner who has fewer than `mostPerOwner` of those `underWay`. */
  take(underWay: Iterable<Entry>, mostPerOwner: number): Entry | undefined {
    const owners = [...underWay].map(({ owner }) => owner);
    for (const [owner, entries] of this.#waiting) {
      if (owners.filter(each => each === owner).length >= mostPerOwner) continue;
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
  readonly begin: () => void;
}

interface TurnsOptions {
  readonly most: number;
  readonly mostPerOwner: number;
  /** How long an owner waits after each turn, in milliseconds; others don't. Default: 0 */
  readonly rest?: number;
}

/** Runs a few tasks at once; their owners take turns. */
export class Turns {
  readonly #options: TurnsOptions;
  readonly #waiting = new FairQueue<Turn>();
  readonly #running = new Set<Turn>();
  readonly #resting = new Set<Turn>();

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /** Returns what `work` does, or `undefined` if its turn doesn't come within the given time. */
  async run<Result>(owner: string, milliseconds: number, work: () => Promise<Result>): Promise<Result | undefined> {
    const { promise: isTurn, resolve } = Promise.withResolvers<boolean>();
    const turn: Turn = { owner, begin: () => resolve(true) };
    const timer = setTimeout(() => {
      this.#waiting.delete(turn);
      resolve(false);
    }, milliseconds);
    this.#waiting.push(turn);
    this.#beginNext();
    if (!(await isTurn)) return undefined;
    clearTimeout(timer);
    return await work().finally(() => this.#end(turn));
  }

  #end(turn: Turn): void {
    const { rest = 0 } = this.#options;
    this.#running.delete(turn);
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
    const { most, mostPerOwner } = this.#options;
    if (this.#running.size >= most) return;
    const turn = this.#waiting.take([...this.#running, ...this.#resting], mostPerOwner);
    if (turn === undefined) return;
    this.#running.add(turn);
    turn.begin();
  }
}
