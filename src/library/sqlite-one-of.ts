import type { SQLOutputValue } from 'node:sqlite';
import type { Speakers } from './library-index.ts';
import { listFromJson } from './sqlite-values.ts';

type Value = SQLOutputValue | undefined;

/** Tells of columns `units.speaker` and `speakers.keys` whether this speaker's words count: a look-up, however many count. */
export function isOneOf(speakers: Speakers | undefined): (number: Value, keys: Value) => boolean {
  if (speakers === undefined) return () => true;
  const numbers = new Set<unknown>(speakers.numbers);
  const keys = new Set(speakers.keys);
  /** One person's keys are written alike nearly everywhere. */
  const known = new Map<Value, boolean>();
  return (number, listed) => {
    if (typeof number !== 'number' || typeof listed !== 'string') return false;
    const isKnown = known.get(listed) ?? listFromJson(listed).some(key => keys.has(key));
    known.set(listed, isKnown);
    return isKnown || numbers.has(number);
  };
}
