/** Returns the log-odds of a probability, which is clipped to `most` and its complement. */
export function logOdds(share: number, most: number): number {
  const kept = Math.min(most, Math.max(1 - most, share));
  return Math.log(kept / (1 - kept));
}

/** Returns the probability that has these log-odds. */
export function probabilityOf(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

/** Returns the probability by logistic regression: each piece of evidence counts by its weight. */
export function regress(weights: Readonly<Record<string, number>>, evidence: Readonly<Record<string, number>>): number {
  const sum = Object.entries(weights).reduce((total, [name, weight]) => total + weight * (evidence[name] ?? 0), 0);
  return probabilityOf(sum);
}

/** Returns probabilities in proportion to the exponentials of scores. */
export function softmax(scores: readonly number[]): readonly number[] {
  const highest = Math.max(...scores);
  const powers = scores.map(score => Math.exp(score - highest));
  const whole = powers.reduce((total, power) => total + power, 0);
  return powers.map(power => power / whole);
}

/** Returns the feature that something holds. */
export function flag(holds: boolean): number {
  return holds ? 1 : 0;
}
