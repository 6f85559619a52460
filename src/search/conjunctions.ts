import type { Asked } from './query.ts';
import { frequencyOf } from './same-word.ts';

/** Of more words than these, the commonest tell nothing. */
const mostWords = 8;

/** Some words together, by their places in a list, with how many units may hold them. */
interface Together {
  readonly places: readonly number[];
  readonly expected: number;
}

/**
 * Which of these words to look for together so that about `most` units of `size` come in: pairs of the rarest, and threes or more where
 * pairs are too common. `asked` has the rarest first. Words are taken for independent, which they are not: it is only for the order.
 * Each of the conjunctions is a question of its own to the index.
 */
export function conjunctionsOf(
  asked: readonly Asked[],
  size: number,
  most: number,
  mostConjunctions: number,
): Asked[][] {
  const considered = asked.slice(0, mostWords);
  const shares = considered.map(({ alternatives }) => Math.min(1, frequencyOf(alternatives) / size));
  const fitting = subsetsOf(shares, size)
    .filter(({ expected }) => expected <= most)
    .sort((one, other) => one.places.length - other.places.length || one.expected - other.expected);
  const chosen: Together[] = [];
  let expected = 0;
  for (const together of fitting) {
    const more = !chosen.some(({ places }) => places.every(place => together.places.includes(place)));
    if (!more || chosen.length === mostConjunctions || expected + together.expected > most) continue;
    chosen.push(together);
    expected += together.expected;
  }
  // Where all of them together are still common, any units with all of them do.
  if (chosen.length === 0 && considered.length > 1) chosen.push({ places: [...considered.keys()], expected: most });
  return chosen.map(({ places }) => considered.filter((_, place) => places.includes(place)));
}

/** All choices of two or more: at most 2 ^ `mostWords`. */
function subsetsOf(shares: readonly number[], size: number): Together[] {
  let subsets: Together[] = [{ places: [], expected: size }];
  for (const [place, share] of shares.entries()) {
    const longer = subsets.map(({ places, expected }) => ({ places: [...places, place], expected: expected * share }));
    subsets = [...subsets, ...longer];
  }
  return subsets.filter(({ places }) => places.length > 1);
}
