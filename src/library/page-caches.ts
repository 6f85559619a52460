/** What keeps pages of its file in memory. */
interface Cache {
  /** How many bytes it may come to hold. */
  extent(): number;
  /** Gives back all that it holds. */
  shrink(): void;
}

/**
 * Bounds what all open files of a process hold in memory together: before one that was not used for a while is used again, those that
 * were not used for longest give theirs back. What is given back is read again from the system's own cache of files. Memory
 * that is free is used by the next one, though it is not returned to the system: so the bound holds at every moment, not on
 * the average.
 */
export class PageCaches {
  readonly #mostBytes: number;
  /** By use, the one that was not used for longest first. */
  readonly #held = new Map<Cache, number>();
  #bytes = 0;
  #newest: Cache | undefined;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Is called before each use. */
  use(cache: Cache): void {
    if (this.#newest === cache) return;
    this.forget(cache);
    const bytes = cache.extent();
    this.#newest = cache;
    this.#held.set(cache, bytes);
    this.#bytes += bytes;
    for (const oldest of this.#held.keys()) {
      if (this.#bytes <= this.#mostBytes || oldest === cache) return;
      this.forget(oldest);
      oldest.shrink();
    }
  }

  /** It holds nothing any more. */
  forget(cache: Cache): void {
    this.#bytes -= this.#held.get(cache) ?? 0;
    this.#held.delete(cache);
    if (this.#newest === cache) this.#newest = undefined;
  }
}
