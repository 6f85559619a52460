import type { SpeakerRow } from './library-index.ts';

/** So many rows are read for each person that is wanted: somebody may have several keys. */
export const rowsEach = 3;

/** Of rows of speakers the first one of each person, at most so many; whoever has no key is a person for each row. */
export function eachPerson(rows: Iterable<SpeakerRow>, most: number): SpeakerRow[] {
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
