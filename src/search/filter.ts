import type { AttributedArticle, Attribution, Speaker } from '../attribution/attribution.ts';
import { speakersOf } from '../attribution/tallies.ts';
import { personKeys } from '../indexing/people.ts';
import type { Library } from '../library/library.ts';
import { type Filter, NO_FILTER, type SpeakerFilter } from '../library/store/library-index.ts';
import type { Run } from '../library/store/script.ts';
import { foldPhrase } from '../words/words.ts';
import { findOutlet } from './names.ts';
import { findSpeakerFilter } from './people.ts';

/** What narrows a search, as the user typed or chose it; all of it must hold. The outlet is as typed. */
export interface FilterOptions extends Omit<Filter, 'speakers'> {
  /** Only this person's words. */
  readonly speaker: string | undefined;
}

const { speakers: _, ...noArticleFilter } = NO_FILTER;
export const NO_FILTER_OPTIONS: FilterOptions = { ...noArticleFilter, speaker: undefined };

/** Resolves all options but the speaker. */
export async function resolveArticleFilter(
  { speaker: _, outlet, ...options }: FilterOptions,
  read: Run,
): Promise<Filter> {
  const resolved = outlet === undefined ? undefined : ((await findOutlet(outlet, read)) ?? foldPhrase(outlet));
  return { ...options, speakers: undefined, outlet: resolved };
}

/** Returns `undefined` if nobody has the speaker's name, so that nothing can be found. */
export async function resolveFilter(options: FilterOptions, library: Library): Promise<Filter | undefined> {
  const filter = await resolveArticleFilter(options, library.read);
  if (options.speaker === undefined) return filter;
  const speakers = await findSpeakerFilter(library, options.speaker, filter);
  return speakers && { ...filter, speakers };
}

/** True if a filter's speakers include the credited one, or one of two who say something together. */
export function isBy(
  attribution: Attribution | undefined,
  from: AttributedArticle,
  { speakers: wanted }: Pick<Filter, 'speakers'>,
): boolean {
  if (wanted === undefined) return true;
  return speakersOf(from, attribution).some(each => each !== undefined && isAmong(each, from, wanted));
}

function isAmong(speaker: Speaker, { article, speakers }: AttributedArticle, { keys, rows }: SpeakerFilter): boolean {
  const place = speakers.indexOf(speaker);
  const isListed = rows.some(row => row.article === article.id && row.place === place);
  return isListed || personKeys(article.text, speaker).some(key => keys.includes(key));
}

interface Speaking {
  readonly from: AttributedArticle;
  readonly attribution: Attribution | undefined;
}

/** True if the same person says both, as far as names can tell. */
export function areBySame(one: Speaking, other: Speaking): boolean {
  const speaker = one.attribution?.speaker;
  if (speaker === undefined) return false;
  const keys = personKeys(one.from.article.text, speaker);
  return (
    other.attribution?.speaker === speaker || isBy(other.attribution, other.from, { speakers: { keys, rows: [] } })
  );
}
