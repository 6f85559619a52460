import { wordsOf } from '../indexing/words.ts';
import type { Library } from '../library/library.ts';
import { everywhere } from '../library/library-index.ts';
import { overlaps, slice } from '../news/span.ts';
import { findPassages } from './find-passages.ts';
import type { Passage } from './passage.ts';

/** Quotes that are about the same as another. */
export interface Alike {
  readonly passages: readonly Passage[];
  /** The words that they share with it. */
  readonly words: string;
}

/** Fewer words find more, which is less alike. */
const numbersOfWords = [6, 4, 3, 2];
const shortestWord = 4;
const most = 5;
/** Words of so great a share of all units tell nothing of what one is about. */
const everyday = 0.05;
/** In a small library few words are rare. */
const leastEveryday = 12;

type Place = Pick<Passage, 'from' | 'excerpt' | 'attribution'>;

/** Words of what was said that other passages have too, the rarest first. */
async function tellingWords({ from, excerpt, attribution }: Place, { index }: Library): Promise<readonly string[]> {
  const { text } = from.article;
  const spans = attribution?.content.filter(span => overlaps(span, excerpt)) ?? [excerpt];
  const words = new Map(
    spans.flatMap(span => wordsOf(text, span)).map(word => [word.term, slice(text, word)] as const),
  );
  const asked = [...words.keys()].filter(({ length }) => length >= shortestWord);
  const mostFrequent = Math.max(leastEveryday, (await index.size()) * everyday);
  const frequencies = new Map((await index.terms('text', asked, [])).map(({ term, frequency }) => [term, frequency]));
  const frequencyOf = (term: string) => frequencies.get(term) ?? 0;
  // Of equals those that come first in the text: the index has them in no order.
  return asked
    .filter(term => frequencyOf(term) > 1 && frequencyOf(term) <= mostFrequent)
    .sort((one, other) => frequencyOf(one) - frequencyOf(other))
    .flatMap(term => words.get(term) ?? []);
}

/** Other quotes with the same telling words, as many of them as any other has; at most 5. */
export async function findLike(library: Library, place: Place): Promise<Alike> {
  const { from, excerpt } = place;
  const telling = await tellingWords(place, library);
  for (const number of numbersOfWords) {
    if (telling.length < number) continue;
    const words = telling.slice(0, number).join(' ');
    const found = await findPassages(library, words, { where: everywhere, voices: undefined });
    const others = found.filter(
      each =>
        each.attribution !== undefined &&
        each.closeness === 'match' &&
        (each.from.article.id !== from.article.id || !overlaps(each.excerpt, excerpt)),
    );
    if (others.length > 0) return { passages: others.slice(0, most), words };
  }
  return { passages: [], words: '' };
}
