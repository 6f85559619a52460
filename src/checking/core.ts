import type { Change } from './changes.ts';

/** Half-open places in a quotation's words. */
interface Core {
  readonly start: number;
  readonly end: number;
}

/** What a word that is not the same takes away. */
const wrong = 1.2;

/**
 * The part of a quotation that has its place where it was laid: the run of steps that is worth most where a word that is
 * the same counts for it, and a change against it (Kadane's maximum subarray).
 */
export function coreOf(changes: readonly Change[]): Core {
  let best = { worth: 0, start: 0, end: 0 };
  let worth = 0;
  let start = 0;
  for (const { kind, step } of changes) {
    worth += worthOf(kind, step.kind === 'same', step.quote.end - step.quote.start);
    if (worth <= 0) {
      worth = 0;
      start = step.quote.end;
    }
    if (worth > best.worth) best = { worth, start, end: step.quote.end };
  }
  return { start: best.start, end: best.end };
}

function worthOf(kind: Change['kind'], isSame: boolean, words: number): number {
  if (isSame) return words;
  return kind === 'altered' || kind === 'cut' ? -wrong * Math.max(words, 1) : 0;
}
