import { createHash } from 'node:crypto';

const BYTES_EACH = 4;

/** A text as a column holds it: PostgreSQL's own can hold neither half a character nor a NUL, which JSON writes as `\ud800` and `\u0000`. */
export function toColumn(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** The text that `toColumn` made a column of. */
export function fromColumn(column: string): string {
  const text: string = JSON.parse(`"${column}"`);
  return text;
}

/** Numbers of up to 32 bits. */
export function packNumbers(numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * BYTES_EACH);
  for (const [at, number] of numbers.entries()) bytes.writeUInt32LE(number, at * BYTES_EACH);
  return bytes;
}

/** Numbers that `packNumbers` packed. */
export function unpackNumbers(bytes: Buffer): Uint32Array {
  const numbers = new Uint32Array(Math.floor(bytes.length / BYTES_EACH));
  for (let at = 0; at < numbers.length; at += 1) numbers[at] = bytes.readUInt32LE(at * BYTES_EACH);
  return numbers;
}

/** How one index over all libraries tells them apart: 30 bits of a library's name. Where two agree their rows still do not. */
export function markOf(library: string): string {
  const digits = createHash('sha256').update(library).digest('hex').slice(0, 12);
  return BigInt(`0x${digits}`).toString(36).slice(0, 6).padStart(6, '0');
}

/** Whether a number that came from elsewhere can be one of ours at all. */
export function isNumber(number: number): boolean {
  return Number.isSafeInteger(number) && number >= 0;
}
