/**
 * Cues that readers take for speech although PolNeAR, which the model learned from, flags them otherwise: for these its
 * odds of "some other attribution" count as speech.
 */
const POINT = new Set(['point', 'points', 'pointed', 'pointing']);
const MAKE = new Set(['make', 'makes', 'made', 'making']);
const ALONE = new Set([
  'reminded',
  'reminds',
  'reminding',
  'vowed',
  'vows',
  'vowing',
  'recalled',
  'recalls',
  'recalling',
]);

/** What documents do: a report, a study, records. */
const FIND = new Set(['found', 'finds', 'find', 'show', 'shows', 'showed', 'shown', 'showing']);

/** `words` as the vocabularies spell them. */
export function isSpokenCue(words: readonly string[], head: number): boolean {
  const word = words[head] ?? '';
  if (ALONE.has(word)) return true;
  if (FIND.has(word)) return words[head + 1] === 'that';
  if (POINT.has(word)) return words[head + 1] === 'out';
  if (word === 'out') return POINT.has(words[head - 1] ?? '');
  if (MAKE.has(word)) return words.slice(head + 1, head + 4).includes('clear');
  return word === 'clear' && words.slice(Math.max(0, head - 3), head).some(before => MAKE.has(before));
}
