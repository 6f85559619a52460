import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import type { PassageSearch } from '../../src/checking/check.ts';
import { type Unit, unitsOf } from '../../src/indexing/units.ts';
import type { Passage } from '../../src/search/passages.ts';
import { weighWord } from '../../src/words/likeness.ts';
import { termsOf } from '../../src/words/words.ts';

const most = 25;
/** Terms that more units contain than this yield no candidates. */
const common = 2_000;

/**
 * A simple stand-in for the search that ranks passages by the weight of shared words, so that checking is tested on its
 * own.
 */
export function candidatesIn(articles: readonly AttributedArticle[]): PassageSearch {
  const units: Unit[] = [];
  const holders = new Map<string, number[]>();
  for (const { unit, words } of articles.flatMap(unitsOf)) {
    for (const term of new Set(words.map(({ term }) => term))) {
      holders.set(term, [...(holders.get(term)?.slice(-common) ?? []), units.length]);
    }
    units.push(unit);
  }
  const rank = (words: string) => {
    const weights = new Map<number, number>();
    const asked = new Set(termsOf(words));
    for (const term of asked) {
      const held = holders.get(term) ?? [];
      if (held.length > common) continue;
      for (const at of held) weights.set(at, (weights.get(at) ?? 0) + weighWord(term, held.length, units.length));
    }
    return [...weights].sort(([, one], [, other]) => other - one).slice(0, most);
  };
  return {
    passages: (words, { speaker }) =>
      Promise.resolve(speaker === undefined ? rank(words).flatMap(([at, score]) => toPassage(units[at], score)) : []),
  };
}

function toPassage(unit: Unit | undefined, score: number): Passage[] {
  if (unit === undefined) return [];
  const { from, paragraph, span, attribution } = unit;
  return [{ from, paragraph, excerpt: span, matches: [span], attribution, closeness: 'match', score }];
}
