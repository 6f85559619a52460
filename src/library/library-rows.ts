import { createHash } from 'node:crypto';
import type { Row, Store } from './store.ts';
import { storeText } from './stored.ts';

/** What is read of a library to copy it. */
export type Readable = Pick<Store, 'count' | 'numbersAfter' | 'rows'>;

/** How many articles of a library are whole, and a checksum of them all in their order. */
export interface Sum {
  readonly articles: number;
  readonly checksum: string;
}

const ROWS_AT_ONCE = 32;

/** What is in the library after a number, oldest first. */
export async function* rowsAfter(store: Readable, number: number): AsyncGenerator<Row | 'damaged', undefined> {
  const after = (last: number) => store.numbersAfter(last, ROWS_AT_ONCE);
  for (let numbers = await after(number); numbers.length > 0; numbers = await after(numbers.at(-1) ?? 0)) {
    // One that is damaged tells no number: it must not change the order of the others.
    const rows = await store.rows(numbers);
    const whole = rows.filter(row => row !== 'damaged').sort((one, other) => one.number - other.number);
    yield* whole;
    for (let damaged = rows.length - whole.length; damaged > 0; damaged -= 1) yield 'damaged';
  }
}

/** Alike for two rows only where they are the same article with the same words. */
export function printOf({ text, keys }: Row): string {
  const { id, updated, checksum } = storeText(text);
  return JSON.stringify([id, updated, checksum, keys.link, keys.text]);
}

/** Alike for two libraries, in whichever store, only where they hold the same articles in the same order. */
export async function sumOf(store: Readable): Promise<Sum> {
  const hash = createHash('sha256');
  let articles = 0;
  for await (const row of rowsAfter(store, 0)) {
    if (row === 'damaged') continue;
    hash.update(`${printOf(row)}\n`);
    articles += 1;
  }
  return { articles, checksum: hash.digest('hex') };
}
