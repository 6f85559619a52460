import { setImmediate } from 'node:timers/promises';
import { attributionVersion } from '../attribution/attribution.ts';
import type { ArticleFile, Row } from './article-file.ts';
import type { Attributor } from './attributor.ts';
import { readDerived } from './derived.ts';
import { Entries } from './entries.ts';

interface Read {
  readonly entries: Entries;
  /** Ids of those that other code attributed than runs now. */
  readonly stale: readonly string[];
  /** How many are left out since their words are not those that were stored. */
  readonly damaged: number;
}

/** So many are read before somebody else's command gets its turn. */
const READ_AT_ONCE = 32;

/** Reads all articles of a library's file into memory. */
export async function readEntries(file: ArticleFile, attributor: Attributor): Promise<Read> {
  const entries = new Entries();
  const stale: string[] = [];
  const underived: Row[] = [];
  let damaged = 0;
  let read = 0;
  for (const row of file.rows()) {
    read += 1;
    if (read % READ_AT_ONCE === 0) await setImmediate();
    if (row === 'damaged') damaged += 1;
    else if (row.derived === undefined) underived.push(row);
    else entries.put({ ...row, article: readDerived(row.text, row.derived) });
    if (row !== 'damaged' && row.derived !== undefined && row.madeBy !== attributionVersion) stale.push(row.text.id);
  }
  for (const row of underived) {
    const derived = await attributor.derive(row.text);
    file.setDerived(row.number, derived, attributionVersion);
    entries.put({ ...row, article: readDerived(row.text, derived) });
  }
  return { entries, stale, damaged };
}
