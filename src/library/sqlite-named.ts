import type { SQLOutputValue } from 'node:sqlite';
import { packNumbers, unpackNumbers } from './sqlite-values.ts';

/** A spelling by which somebody or something goes. */
export interface Named {
  readonly form: number;
  readonly weight: number;
}

/** Weights are kept as whole thousandths. */
const parts = 1000;

export function toParts(weight: number): number {
  return Math.round(weight * parts);
}

export function fromParts(weight: SQLOutputValue | undefined): number {
  return Number(weight) / parts;
}

export function packNames(names: readonly Named[]): Uint8Array {
  return packNumbers(names.flatMap(({ form, weight }) => [form, toParts(weight)]));
}

export function unpackNames(value: SQLOutputValue | undefined): Named[] {
  const packed = unpackNumbers(value);
  return Array.from({ length: packed.length / 2 }, (_, at) => ({
    form: packed[2 * at] ?? 0,
    weight: fromParts(packed[2 * at + 1]),
  }));
}
