import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import { denialOf } from '../attribution/denials.ts';
import { wordsOf } from '../indexing/words.ts';
import type { Library } from '../library/library.ts';
import { noFilter } from '../library/store/library-index.ts';
import { lengthOf, overlaps, slice } from '../news/span.ts';
import { findPassages } from './find-passages.ts';
import type { Statement } from './find-statements.ts';
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
/** What a quote shares with another may be any part of it; each part is a search of its own. */
const mostRows = 3;
/** Words of so great a share of all units tell nothing of what one is about. */
const everyday = 0.05;
/** In a small library few words are rare. */
const leastEveryday = 12;

type Place = Pick<Passage, 'from' | 'excerpt' | 'attribution'>;

/** A word of what was said as it stands there, and in how many units of the library it is. */
interface Telling {
  readonly word: string;
  readonly frequency: number;
}

/** Words of what was said that other passages have too, in their order. */
async function tellingWords({ from, excerpt, attribution }: Place, { index }: Library): Promise<readonly Telling[]> {
  const { text } = from.article;
  const spans = attribution?.content.filter(span => overlaps(span, excerpt)) ?? [excerpt];
  const words = new Map(
    spans.flatMap(span => wordsOf(text, span)).map(word => [word.term, slice(text, word)] as const),
  );
  const asked = [...words.keys()].filter(({ length }) => length >= shortestWord);
  const mostFrequent = Math.max(leastEveryday, (await index.size()) * everyday);
  const frequencies = new Map((await index.terms('text', asked, [])).map(({ term, frequency }) => [term, frequency]));
  // In the order of the text: the index has them in none.
  return asked
    .map(term => ({ word: words.get(term) ?? term, frequency: frequencies.get(term) ?? 0 }))
    .filter(({ frequency }) => frequency > 1 && frequency <= mostFrequent);
}

function rarestFirst(some: readonly Telling[]): Telling[] {
  return some.toSorted((one, other) => one.frequency - other.frequency);
}

function frequencyOf(some: readonly Telling[]): number {
  return some.reduce((sum, { frequency }) => sum + frequency, 0);
}

/** So many words to look for: the rarest of all, then such as stand side by side, the rarest first. */
function choices(telling: readonly Telling[], number: number): readonly (readonly Telling[])[] {
  if (telling.length < number) return [];
  const rows = telling.slice(number - 1).map((_, at) => telling.slice(at, at + number));
  const rarestRows = rows.sort((one, other) => frequencyOf(one) - frequencyOf(other)).slice(0, mostRows);
  return [rarestFirst(telling).slice(0, number), ...rarestRows];
}

/** Other quotes with the same telling words, as many of them as any other has; at most 5. */
export async function findLike(library: Library, place: Place): Promise<Alike> {
  const { from, excerpt } = place;
  const telling = await tellingWords(place, library);
  for (const chosen of numbersOfWords.flatMap(number => choices(telling, number))) {
    const words = chosen.map(({ word }) => word).join(' ');
    const found = await findPassages(library, words, noFilter);
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

/** In UTF-16 units: less says nothing, more is no single quote. */
const [shortest, longest] = [30, 600];

function isSure({ certainty, doubtful, reportedBy }: Attribution): boolean {
  return certainty === 'stated' && !doubtful && (reportedBy === undefined || isSure(reportedBy));
}

/** Whether it can stand alone: somebody's own words, and no doubt whose, nor that they said them. */
export function isPlainQuote({ from, attribution }: Statement): boolean {
  const { type, speaker, content } = attribution;
  const length = lengthOf(content);
  const isOwn = type === 'direct' && speaker !== undefined && isSure(attribution);
  return isOwn && length >= shortest && length <= longest && denialOf(from, attribution) === undefined;
}

/** The quotes of an article that can stand alone. */
export function plainQuotesIn(from: AttributedArticle): readonly Statement[] {
  return from.attributions.map(attribution => ({ from, attribution })).filter(isPlainQuote);
}
