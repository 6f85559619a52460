/** Things that wait, each in its owner's own queue; owners take turns, so that nobody waits behind all that another one brought. */
export class Turns<Item> {
  /** Whoever's turn is next is first. None is empty. */
  readonly #queues = new Map<string, Item[]>();

  push(owner: string, item: Item): void {
    this.#queueOf(owner).push(item);
  }

  /** To the front of its owner's queue: it had its turn before. */
  unshift(owner: string, item: Item): void {
    this.#queueOf(owner).unshift(item);
  }

  /** The next one of the first owner that `mayTake`. */
  take(mayTake: (owner: string) => boolean): Item | undefined {
    for (const [owner, queue] of this.#queues) {
      if (!mayTake(owner)) continue;
      const item = queue.shift();
      this.#queues.delete(owner);
      if (queue.length > 0) this.#queues.set(owner, queue);
      return item;
    }
    return undefined;
  }

  /** Takes out all. */
  clear(): readonly Item[] {
    const all = [...this.#queues.values()].flat();
    this.#queues.clear();
    return all;
  }

  #queueOf(owner: string): Item[] {
    const queue = this.#queues.get(owner) ?? [];
    this.#queues.set(owner, queue);
    return queue;
  }
}
