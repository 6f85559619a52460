import { setImmediate } from 'node:timers/promises';
import type { AttributedArticle, Attribution, Speaker } from '../attribution/attribution.ts';
import { denialOf } from '../attribution/denials.ts';
import { isCalled, type NamedSpeakerOf, readTypedPerson, readWholeName, wholeNamesIn } from '../indexing/names.ts';
import { personKeys } from '../indexing/people.ts';
import type { OpenLibrary } from '../library/library.ts';
import { StorageError } from '../library/store/errors.ts';
import { newPost, readUnmatched, saveMatches, type WatchHit } from '../library/store/following/outbox.ts';
import { type Period, readWatches, type Watch } from '../library/store/following/watches.ts';
import { type Filter, NO_FILTER, type SpeakerFilter, type SpeakerRow } from '../library/store/library-index.ts';
import { readTopSpeakers } from '../library/store/people.ts';
import type { Run } from '../library/store/script.ts';
import type { Reporter } from '../library/store/store.ts';
import { isBy } from '../search/filter.ts';
import { findPassages } from '../search/passages.ts';
import { compareSpelling } from '../words/likeness.ts';

/**
 * The lowest score at which a quote counts as a match. Higher than `/quote`'s, since nobody asked for a post: in
 * `npm run bench:watch`, nine in ten quotes above it are right, against two in three above `/quote`'s.
 */
export const LEAST_SCORE = 0.8;

/** The most articles to match in a row, which takes a few seconds with many watches: other libraries have to post, too. */
const MOST_AT_ONCE = 50;
/** The most speakers of an article, more than news has. */
const MOST_SPEAKERS = 10_000;

type WatchedLibrary = Pick<OpenLibrary, 'articles' | 'read' | 'write'>;

/**
 * Matches the watches of a library with its new articles, and puts what they find into its outbox, exactly once even if
 * interrupted. An article whose text was replaced meanwhile isn't matched.
 */
export async function matchNewArticles(library: WatchedLibrary, report: Reporter): Promise<void> {
  const unmatched = await library.read(readUnmatched, MOST_AT_ONCE);
  if (unmatched.length === 0) return;
  const watches = (await library.read(readWatches)).filter(({ disabled }) => disabled === undefined);
  const byId = new Map(watches.map(watch => [watch.id, watch]));
  for (const { article, since } of unmatched) {
    const [from] = await library.articles([article]);
    const isNew = from?.article.updated === false;
    const hits = isNew ? await unlessItFails(matchWatches(from, watches, library), report) : [];
    const posts = hits.flatMap(hit => {
      const watch = byId.get(hit.watch);
      if (watch === undefined) return [];
      const { channel, every } = watch;
      return [{ ...newPost(channel, article, { kind: 'watch', ...hit, every }), since: dueAt(watch, since) }];
    });
    await library.write(saveMatches, article, posts);
  }
}

// In milliseconds.
const DAY = 24 * 60 * 60 * 1000;
const PERIODS: Readonly<Record<Period, number>> = { day: DAY, week: 7 * DAY };

/** Returns when what a watch found at a moment is due: at once, or in its next digest. */
function dueAt({ every, addedAt }: Watch, found: number): number {
  if (every === undefined) return found;
  const period = PERIODS[every];
  return addedAt + Math.ceil(Math.max(1, found - addedAt) / period) * period;
}

/** A bug must not keep a library from posting anything else. */
async function unlessItFails(hits: Promise<readonly WatchHit[]>, report: Reporter): Promise<readonly WatchHit[]> {
  try {
    return await hits;
  } catch (error) {
    if (error instanceof StorageError) throw error;
    report('Cannot match watches with an article', error);
    return [];
  }
}

/** Returns what the watches find in an article of a library, each at most one quote. */
export async function matchWatches(
  from: AttributedArticle,
  watches: readonly (WatchQuery & Pick<Watch, 'id'>)[],
  { read }: Pick<OpenLibrary, 'read'>,
): Promise<readonly WatchHit[]> {
  const certain = from.attributions.filter(attribution => isCertain(attribution, from));
  if (watches.length === 0 || certain.length === 0) return [];
  const speakers = await read(readTopSpeakers, { ...NO_FILTER, article: from.article.id }, MOST_SPEAKERS);
  const searched = { from, read, speakers, certain, names: wholeNamesIn(from) };
  const hits: WatchHit[] = [];
  for (const watch of watches) {
    // Let commands run.
    await setImmediate();
    const [best, ...others] = await quotesFor(watch, searched);
    if (best !== undefined) {
      hits.push({ watch: watch.id, passage: from.attributions.indexOf(best), others: others.length });
    }
  }
  return hits;
}

type WatchQuery = Pick<Watch, 'speaker' | 'words'>;

interface SearchedArticle {
  readonly from: AttributedArticle;
  readonly read: Run;
  /** Those of the article. */
  readonly speakers: readonly SpeakerRow[];
  /** The attributions that may be posted. */
  readonly certain: readonly Attribution[];
  readonly names: readonly NamedSpeakerOf[];
}

/** Returns the quotes that a watch is for, the best first. */
async function quotesFor({ speaker, words }: WatchQuery, searched: SearchedArticle): Promise<readonly Attribution[]> {
  const { from, read, certain } = searched;
  const named = speaker === undefined ? undefined : speakersNamed(speaker, searched);
  const filter = { ...NO_FILTER, speakers: named, article: from.article.id };
  const theirs = certain.filter(each => isBy(each, from, filter));
  if (words === undefined) return theirs.sort((one, other) => rankOf(one) - rankOf(other));
  if (theirs.length === 0) return [];
  const found = (await quotesLike(words, from, read, filter)).filter(({ score }) => score >= LEAST_SCORE);
  return [...new Set(found.map(({ attribution }) => attribution))].filter(each => certain.includes(each));
}

/** Returns the quotes that `/quote` would find in an article, the best first, each with its score: 0 to 1. */
export async function quotesLike(words: string, from: AttributedArticle, read: Run, filter: Filter) {
  const passages = await findPassages({ read, articles: () => Promise.resolve([from]) }, words, filter);
  return passages.flatMap(({ attribution, score }) => (attribution === undefined ? [] : [{ attribution, score }]));
}

/**
 * Returns the speakers of an article who have the name. Unlike in answers, a misspelt name matches nobody: Sara Lee may
 * not be Mara Lee, and nobody checks posts before they are sent.
 */
function speakersNamed(name: string, { from, names, speakers }: SearchedArticle): SpeakerFilter {
  const typed = readTypedPerson(name);
  const called = new Set(names.flatMap((each, place) => (isCalled(typed, each) ? [place] : [])));
  const rows = speakers.filter(({ keys, place }) => keys.length === 0 && called.has(place));
  const keys = [...called].flatMap(place => {
    const speaker = from.speakers[place];
    return speaker === undefined ? [] : personKeys(from.article.text, speaker);
  });
  return { keys, rows };
}

/** True if a watch for this name finds somebody by the names that an article has for them. */
export function isWatched(name: string, from: AttributedArticle, speaker: Speaker): boolean {
  const typed = readTypedPerson(name);
  return wholeNamesIn(from).some(each => each.speaker === speaker && isCalled(typed, each));
}

/** True if a typed name has the same words as another, perhaps misspelt. */
export function isSpelling(typedName: string, name: string): boolean {
  const [asked, words] = [readTypedPerson(typedName).words.flat(), readWholeName(name).words.flat()];
  return asked.length === words.length && asked.every((word, at) => compareSpelling(word, words[at] ?? '') > 0);
}

/** True if it is known who said it, and that they did. What the article only infers counts, and is shown as such. */
function isCertain(attribution: Attribution, from: AttributedArticle): boolean {
  const { speaker, certainty, doubtful } = attribution;
  return speaker !== undefined && certainty !== 'unclear' && !doubtful && denialOf(from, attribution) === undefined;
}

/** Somebody's own words that are certainly theirs come first. */
function rankOf({ certainty, type, reportedBy }: Attribution): number {
  return (certainty === 'stated' && reportedBy === undefined ? 0 : 2) + (type === 'indirect' ? 1 : 0);
}
