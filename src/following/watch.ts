import { setImmediate } from 'node:timers/promises';
import type { AttributedArticle, Attribution, Speaker } from '../attribution/attribution.ts';
import { denialOf } from '../attribution/denials.ts';
import type { IndexedArticle } from '../indexing/index-article.ts';
import { peopleOf } from '../indexing/people.ts';
import { termsOf } from '../indexing/words.ts';
import type { NewArticle } from '../library/context.ts';
import { type Filter, noFilter, type SpeakerFilter } from '../library/store/library-index.ts';
import type { WatchHit } from '../library/store/outbox.ts';
import type { TextIndex } from '../library/store/text-index.ts';
import type { Watch } from '../library/store/watches.ts';
import { isBy } from '../search/filter.ts';
import { findPassages } from '../search/passages.ts';
import { readWords } from '../search/query.ts';
import { compareForms, formsToFind, readForms } from '../search/same-word.ts';
import { ArticleIndex, type LibraryWords } from './article-index.ts';

/**
 * The least score of a quote that is like the words. Higher than for `/quote`, which somebody asked: of the quotes in
 * `npm run bench:watch` that reach this one, nine in ten are right, at `/quote`'s two in three.
 */
export const leastScore = 0.8;

/** Returns what the watches find, each at most one quote. `index` is that of the library. */
export async function matchWatches(
  article: NewArticle,
  watches: readonly (Looks & Pick<Watch, 'id'>)[],
  index: TextIndex,
): Promise<readonly WatchHit[]> {
  const { from } = article;
  if (watches.length === 0 || from.attributions.length === 0) return [];
  const library = await wordsIn(
    index,
    watches.map(({ words }) => words ?? ''),
  );
  const own = new ArticleIndex(from.article.id, article.indexed, library);
  const certain = new Set(from.attributions.filter(attribution => isCertain(attribution, from)));
  const hits: WatchHit[] = [];
  for (const watch of watches) {
    // Let commands run.
    await setImmediate();
    const [best, ...others] = await quotesFor(watch, { ...article, own, certain });
    if (best !== undefined) {
      hits.push({ watch: watch.id, passage: from.attributions.indexOf(best), others: others.length });
    }
  }
  return hits;
}

/** Returns what the library has of the words, to rank by. */
export async function wordsIn(index: TextIndex, texts: readonly string[]): Promise<LibraryWords> {
  const { asked, bare } = formsToFind(texts.flatMap(text => readWords(text)).map(({ term }) => term));
  return { size: await index.size(), terms: await index.terms('text', asked, bare) };
}

type Looks = Pick<Watch, 'speaker' | 'words'>;

interface Searched extends NewArticle {
  readonly own: ArticleIndex;
  /** The attributions that may be posted. */
  readonly certain: ReadonlySet<Attribution>;
}

/** Returns the quotes that a watch is for, the best first. */
async function quotesFor(
  { speaker, words }: Looks,
  { from, indexed, own, certain }: Searched,
): Promise<readonly Attribution[]> {
  const speakers = speaker === undefined ? undefined : speakersNamed(speaker, from, indexed);
  const filter = { ...noFilter, speakers, article: from.article.id };
  if (words === undefined) {
    const said = [...certain].filter(each => isBy(each, from, filter));
    return said.sort((one, other) => standing(one) - standing(other));
  }
  const found = (await quotesLike(words, from, own, filter)).filter(({ score }) => score >= leastScore);
  return [...new Set(found.map(({ attribution }) => attribution))].filter(each => certain.has(each));
}

/** A quote that is like some words, by how much: 0 to 1. */
interface ScoredQuote {
  readonly attribution: Attribution;
  readonly score: number;
}

/** Returns the quotes that `/quote` would find in an article, the best first. */
export async function quotesLike(
  words: string,
  from: AttributedArticle,
  index: ArticleIndex,
  filter: Filter,
): Promise<readonly ScoredQuote[]> {
  const passages = await findPassages({ index, articles: () => Promise.resolve([from]) }, words, filter);
  return passages.flatMap(({ attribution, score }) => (attribution === undefined ? [] : [{ attribution, score }]));
}

/**
 * Returns the speakers who have the name, with or without an ending. Unlike in answers, a misspelt name is nobody's:
 * Sara Lee may be somebody else than Mara Lee, and nobody looks at what is posted first.
 */
function speakersNamed(name: string, { article }: AttributedArticle, { speakers }: IndexedArticle): SpeakerFilter {
  const isMeant = readName(name);
  const named = speakers.filter(({ names }) => names.some(({ terms }) => isMeant(terms)));
  const rows = named.map(each => ({ ...each, number: each.place, article: article.id, published: undefined }));
  return { keys: [], rows };
}

/** Returns a test of whether a name, in terms, has all words of this one. */
function readName(name: string): (terms: readonly string[]) => boolean {
  const typed = readWords(name).map(({ term }) => readForms(term));
  return terms => typed.length > 0 && typed.every(form => terms.some(term => compareForms(form, term) > 0));
}

/** True if a watch for this name finds somebody by the names that an article has for them. */
export function isCalled(name: string, from: AttributedArticle, speaker: Speaker): boolean {
  const isMeant = readName(name);
  const place = from.speakers.indexOf(speaker);
  return peopleOf(from).some(each => each.place === place && each.names.some(({ text }) => isMeant(termsOf(text))));
}

/** True if it is known who said it, and that they did. What the article only infers counts, and is shown as such. */
function isCertain(attribution: Attribution, from: AttributedArticle): boolean {
  const { speaker, certainty, doubtful } = attribution;
  return speaker !== undefined && certainty !== 'unclear' && !doubtful && denialOf(from, attribution) === undefined;
}

/** Somebody's own words that are certainly theirs come first. */
function standing({ certainty, type, reportedBy }: Attribution): number {
  return (certainty === 'stated' && reportedBy === undefined ? 0 : 2) + (type === 'indirect' ? 1 : 0);
}
