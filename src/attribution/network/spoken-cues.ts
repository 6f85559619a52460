import { formsOf } from '../grammar/words.ts';
import type { Stretch } from './features.ts';

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

export function isSpokenCue(tokens: Stretch, head: number): boolean {
  const { word = '' } = tokens[head] ?? {};
  const next = tokens[head + 1]?.word;
  if (ALONE.has(word)) return true;
  if (FIND.has(word)) return next === 'that';
  if (POINT.has(word)) return next === 'out';
  if (word === 'out') return POINT.has(tokens[head - 1]?.word ?? '');
  if (MAKE.has(word)) return tokens.slice(head + 1, head + 4).some(after => after.word === 'clear');
  return word === 'clear' && tokens.slice(Math.max(0, head - 3), head).some(before => MAKE.has(before.word));
}
