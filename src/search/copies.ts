import type { AttributedArticle } from '../attribution/attribution.ts';
import { isStory, paragraphStory } from '../indexing/stories.ts';
import type { Library } from '../library/library.ts';
import { NO_FILTER } from '../library/store/library-index.ts';
import type { Paragraph } from '../news/article.ts';
import { overlaps } from '../news/span.ts';
import { wordsOf } from '../words/words.ts';
import { findPassages, type Passage } from './passages.ts';

/** Number of words of a paragraph that are searched for, to find its copies. */
const MOST_SEARCHED = 16;
/** Maximum number of copies to look for, not counting those in the same article. */
const MOST_COPIES = 10;

/** A place of an article. */
interface Place {
  readonly from: AttributedArticle;
  readonly paragraph: Paragraph;
}

/** Returns what copies of a paragraph have in common; `undefined` if it has too few words. */
function storyOf({ from: { article, attributions }, paragraph }: Place): string | undefined {
  const speaking = attributions.filter(({ content }) => content.some(span => overlaps(span, paragraph)));
  const { words, shared } = paragraphStory(article.text, paragraph, speaking);
  return isStory(words.length) ? shared : undefined;
}

/** Returns a number for each story. Reads each paragraph once: it may be long, and have thousands of statements. */
function numberStories(): (place: Place) => number | undefined {
  const numbers = new Map<string, number>();
  const known = new Map<Paragraph, number | undefined>();
  return place => {
    if (known.has(place.paragraph)) return known.get(place.paragraph);
    const story = storyOf(place);
    const number = story === undefined ? undefined : (numbers.get(story) ?? numbers.size);
    if (story !== undefined && number !== undefined) numbers.set(story, number);
    known.set(place.paragraph, number);
    return number;
  };
}

/** Keeps the first of those that are copies of each other, with the other articles that have it. */
export function withoutCopies<Found extends Pick<Place, 'from'>>(
  all: readonly Found[],
  placeOf: (found: Found) => (Place & Partial<Pick<Passage, 'excerpt'>>) | undefined,
): readonly (Found & { readonly also: readonly AttributedArticle[] })[] {
  const numberOf = numberStories();
  const stories = Map.groupBy(all, (found): unknown => {
    const place = placeOf(found);
    const story = place && numberOf(place);
    if (place === undefined || story === undefined) return found;
    return `${story}\n${(place.excerpt?.start ?? place.paragraph.start) - place.paragraph.start}`;
  });
  return [...stories.values()].flatMap(([first, ...copies]) => {
    const others = new Set(copies.map(({ from }) => from).filter(from => from !== first?.from));
    return first === undefined ? [] : [{ ...first, also: [...others] }];
  });
}

/** Returns other articles that have the same paragraph, each once. */
export async function findCopies(library: Library, place: Place): Promise<readonly AttributedArticle[]> {
  const story = storyOf(place);
  if (story === undefined) return [];
  const { article } = place.from;
  const words = wordsOf(article.text, place.paragraph).slice(0, MOST_SEARCHED);
  const searched = article.text.slice(words[0]?.start, words.at(-1)?.end);
  const found = new Map<string, AttributedArticle>();
  for (const other of await findPassages(library, searched, NO_FILTER, MOST_COPIES)) {
    if (other.from.article.id !== article.id && storyOf(other) === story) found.set(other.from.article.id, other.from);
  }
  return [...found.values()];
}
