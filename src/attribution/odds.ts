/** Returns the log-odds of a probability, which is clipped to `most` and its complement. */
export function logOdds(share: number, most: number): number {
  const kept = Math.min(most, Math.max(1 - most, share));
  return Math.log(kept / (1 - kept));
}

/** Returns the probability that has these log-odds. */
export function probabilityOf(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

/** Returns the feature that something holds. */
export function flag(holds: boolean): number {
  return holds ? 1 : 0;
}
