import { formsOf } from '../grammar/words.ts';

/**
 * Cues that count as speech although PolNeAR, the training data, marks them as other attributions: for these, the odds
 * of "some other attribution" count as speech.
 */
const POINT = new Set(formsOf('point'));
const MAKE = new Set(formsOf('make'));
/** Not as infinitives. */
const ALONE = new Set(['remind', 'vow', 'recall'].flatMap(verb => formsOf(verb).slice(1)));

/** What documents (a report, a study, records) do. */
const FIND = new Set(['found', 'finds', 'find', 'show', 'shows', 'showed', 'shown', 'showing']);

/** `words` as the vocabulary spells them. */
export function isSpokenCue(words: readonly string[], head: number): boolean {
  const word = words[head] ?? '';
  if (ALONE.has(word)) return true;
  if (FIND.has(word)) return words[head + 1] === 'that';
  if (POINT.has(word)) return words[head + 1] === 'out';
  if (word === 'out') return POINT.has(words[head - 1] ?? '');
  if (MAKE.has(word)) return words.slice(head + 1, head + 4).includes('clear');
  return word === 'clear' && words.slice(Math.max(0, head - 3), head).some(before => MAKE.has(before));
}
