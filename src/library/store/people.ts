import type { SpeakerRow, TimelineRange, TimeOrder } from './library-index.ts';

/** So many rows are read for each person that is wanted: somebody may have several keys. */
export const rowsEach = 3;

/** Of rows of speakers the first one of each person, at most so many; whoever has no key is a person for each row. */
export function distinctPeople(rows: Iterable<SpeakerRow>, most: number): SpeakerRow[] {
  const found: SpeakerRow[] = [];
  const known = new Set<string>();
  for (const row of rows) {
    if (found.length >= most) break;
    const isNew = row.keys.every(key => !known.has(key));
    if (isNew) found.push(row);
    for (const key of row.keys) known.add(key);
  }
  return found;
}

/** Somebody in one article by their number, and how much they say there. */
export interface Speaking {
  readonly speaker: number;
  readonly said: number;
  /** The article's day, where it is known. */
  readonly published: string | undefined;
}

/** Those of a part of what is said, each once, of what comes first in time: `speaking` are enough to fill the part. */
export function takeRange(
  speaking: readonly Speaking[],
  { order, from, most }: TimelineRange,
): { readonly speakers: readonly number[]; readonly skipped: number } {
  const distinct = [...new Map(speaking.map(each => [each.speaker, each])).values()];
  const speakers: number[] = [];
  let skipped = 0;
  let before = 0;
  for (const { speaker, said } of distinct.sort(inOrder(order))) {
    if (before >= from + most) break;
    if (before + said > from) {
      if (speakers.length === 0) skipped = Math.max(0, from - before);
      speakers.push(speaker);
    }
    before += said;
  }
  return { speakers, skipped };
}

/** By day; of one day, by the order of adding. */
function inOrder(order: TimeOrder): (one: Speaking, other: Speaking) => number {
  const way = order === 'oldest' ? 1 : -1;
  return (one, other) => {
    if (one.published === other.published) return way * (one.speaker - other.speaker);
    if (one.published === undefined || other.published === undefined) return one.published === undefined ? 1 : -1;
    return one.published > other.published ? way : -way;
  };
}
