import type { InTime } from '../library/store/library-index.ts';

/** By days as `2022-03-14`; those of one day stay in their order. */
export function inTime<T>(items: readonly T[], dayOf: (item: T) => string | undefined, order: InTime): readonly T[] {
  const way = order === 'oldest' ? 1 : -1;
  return items.toSorted((one, other) => {
    const [day, otherDay] = [dayOf(one), dayOf(other)];
    if (day === otherDay) return 0;
    if (day === undefined || otherDay === undefined) return day === undefined ? 1 : -1;
    return day > otherDay ? way : -way;
  });
}
