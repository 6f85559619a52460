import { createHash } from 'node:crypto';
import { toColumn } from './postgres-values.ts';

/** 128 bits, in base 64. */
const DIGEST_DIGITS = 22;

/** What stands for a text of any length where it is looked up; the same in both stores, and of half a character, too. */
export function digestOf(text: string): string {
  return createHash('sha256').update(toColumn(text)).digest('base64url').slice(0, DIGEST_DIGITS);
}
