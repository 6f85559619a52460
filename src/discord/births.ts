/** In milliseconds. A smallest age is believed for one to two of these: clocks drift, and are set. */
const period = 60_000;

/**
 * Finds out when interactions were made, by the clock of this process. Their ids say it by Discord's clock, which may differ from
 * ours by anything; but the smallest difference of late is that of one that came at once, and what is above it is its age. Where
 * all came late, they seem younger than they are: then one is answered in vain, and none is given up for nothing.
 */
export class Births {
  #since = Number.NEGATIVE_INFINITY;
  #smallest = Number.POSITIVE_INFINITY;
  #smallestBefore = Number.POSITIVE_INFINITY;

  /** When one was made that Discord dates `dated` and that came `now`: then or earlier. `now` never goes back. */
  of(dated: number, now: number): number {
    if (now - this.#since >= period) {
      this.#smallestBefore = now - this.#since < 2 * period ? this.#smallest : Number.POSITIVE_INFINITY;
      this.#smallest = Number.POSITIVE_INFINITY;
      this.#since = now;
    }
    this.#smallest = Math.min(this.#smallest, now - dated);
    return dated + Math.min(this.#smallest, this.#smallestBefore);
  }
}
