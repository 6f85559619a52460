/** How often what is looked for is there. */
export interface Counts {
  /** Units of the library. */
  readonly all: number;
  /** For each of the groups of words, units with one of them. */
  readonly held: readonly number[];
  /** Units in which the speakers say something. */
  readonly said: number;
}

/** Looking through what speakers say costs about so much more a unit than looking through what holds the words. */
const costOfSpeakers = 3;

/**
 * Whether so many units that hold words and are somebody's are found sooner among those with the words than among what they say. Both
 * are taken for spread evenly, which they are not: it is only for the speed.
 */
export function areSoonerByWords({ all, held, said }: Counts, most: number): boolean {
  if (all === 0) return true;
  const holding = held.reduce((expected, group) => expected * Math.min(1, group / all), all);
  const byWords = Math.min(holding, (most * all) / Math.max(1, said));
  const bySpeakers = Math.min(said, (most * all) / Math.max(1, holding));
  return byWords <= costOfSpeakers * bySpeakers;
}
