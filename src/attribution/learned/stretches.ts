import type { Features } from './features.ts';
import { MOST_STEPS } from './network.ts';

const ENDS_SENTENCE = /^[.?!]$/v;

/** Cuts a long paragraph into stretches that are read apart, at sentence ends where there are any: time stays linear. */
export function cutStretches(features: Features): readonly Features[] {
  const { tokens } = features;
  const stretches: Features[] = [];
  for (let from = 0; from < tokens.length; ) {
    const to = stretchEnd(features, from);
    stretches.push({
      tokens: tokens.slice(from, to),
      words: features.words.slice(from, to),
      suffixes: features.suffixes.slice(from, to),
      shapes: features.shapes.slice(from, to),
      quoting: features.quoting.slice(from, to),
    });
    from = to;
  }
  return stretches;
}

function stretchEnd({ tokens, quoting }: Features, from: number): number {
  const last = from + MOST_STEPS;
  if (last >= tokens.length) return tokens.length;
  for (const outside of [true, false]) {
    for (let to = last; to > from + MOST_STEPS / 2; to -= 1) {
      const ends = ENDS_SENTENCE.test(tokens[to - 1]?.text ?? '') && (!outside || quoting[to - 1] === 0);
      if (ends) return to;
    }
  }
  return last;
}
