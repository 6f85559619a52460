import { createHash } from 'node:crypto';
import { damageError } from '../errors.ts';

const BYTES_EACH = 4;

/** Numbers of up to 32 bits. */
export function packNumbers(numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * BYTES_EACH);
  for (const [at, number] of numbers.entries()) bytes.writeUInt32LE(number, at * BYTES_EACH);
  return bytes;
}

export function unpackNumbers(column: unknown): Uint32Array {
  if (!(column instanceof Uint8Array))
    throw damageError(new TypeError('A column that must hold bytes holds something else.'));
  const bytes = Buffer.from(column.buffer, column.byteOffset, column.byteLength);
  const numbers = new Uint32Array(Math.floor(bytes.length / BYTES_EACH));
  for (let at = 0; at < numbers.length; at += 1) numbers[at] = bytes.readUInt32LE(at * BYTES_EACH);
  return numbers;
}

/** Identifies a library in an index over all, by 30 bits of its name's hash. Its rows tell collisions apart. */
export function markOf(library: string): string {
  const digits = createHash('sha256').update(library).digest('hex').slice(0, 12);
  return BigInt(`0x${digits}`).toString(36).slice(0, 6).padStart(6, '0');
}
