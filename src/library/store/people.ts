import type { SpeakerRow, TimelineRange, TimeOrder } from './library-index.ts';

/** Rows to read for each person wanted, since a person can have several keys. */
export const rowsPerPerson = 3;

/** Returns the first row of each person, up to `limit`. Each row without a key is a person of its own. */
export function distinctPeople(rows: Iterable<SpeakerRow>, limit: number): SpeakerRow[] {
  const found: SpeakerRow[] = [];
  const known = new Set<string>();
  for (const row of rows) {
    if (found.length >= limit) break;
    const isNew = row.keys.every(key => !known.has(key));
    if (isNew) found.push(row);
    for (const key of row.keys) known.add(key);
  }
  return found;
}

/** A speaker of one article, and how often they are quoted in it. */
export interface QuotedSpeaker {
  readonly speaker: number;
  readonly said: number;
  /** The article's day, if known. */
  readonly published: string | undefined;
}

/** Selects the speakers that a range covers, each once, from all rows up to its end. */
export function takeRange(
  speaking: readonly QuotedSpeaker[],
  { order, offset, limit }: TimelineRange,
): { readonly speakers: readonly number[]; readonly skipped: number } {
  const distinct = [...new Map(speaking.map(each => [each.speaker, each])).values()];
  const speakers: number[] = [];
  let skipped = 0;
  let before = 0;
  for (const { speaker, said } of distinct.sort(inOrder(order))) {
    if (before >= offset + limit) break;
    if (before + said > offset) {
      if (speakers.length === 0) skipped = Math.max(0, offset - before);
      speakers.push(speaker);
    }
    before += said;
  }
  return { speakers, skipped };
}

/** By day, then by order of adding. */
function inOrder(order: TimeOrder): (one: QuotedSpeaker, other: QuotedSpeaker) => number {
  const way = order === 'oldest' ? 1 : -1;
  return (one, other) => {
    if (one.published === other.published) return way * (one.speaker - other.speaker);
    if (one.published === undefined || other.published === undefined) return one.published === undefined ? 1 : -1;
    return one.published > other.published ? way : -way;
  };
}
