import type { Reading } from '../reading/reading.ts';
import { tell } from '../wording/say.ts';

/** What came of a file or a line, for whoever runs the bot: what refuses it is an English sentence. */
export type ReadItem =
  | Extract<Reading, { readonly kind: 'article' }>
  | { readonly kind: 'refused'; readonly reason: string };

export function refuse(reason: string): ReadItem {
  return { kind: 'refused', reason };
}

/** The same reading, for whoever runs the bot. */
export function inEnglish(reading: Reading): ReadItem {
  return reading.kind === 'refused' ? refuse(tell(reading.reason, 'en')) : reading;
}
