import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import { keysOf } from '../indexing/people.ts';
import { foldPhrase } from '../indexing/words.ts';
import type { LibraryIndex, Where } from '../library/store/library-index.ts';
import { type WhoIsMeant, whoIsMeant } from './find-people.ts';
import { findOutlet } from './names.ts';
import type { Scope } from './passage.ts';

/** Whose words alone count. */
export interface Voices {
  /** Of people, in whatever article. */
  readonly keys: ReadonlySet<string>;
  /** By an article's id the places of speakers in its list. */
  readonly places: ReadonlyMap<string, ReadonlySet<number>>;
}

/** Where to look, in terms of the library. */
export interface Ground {
  readonly where: Where;
  /** `undefined`: everybody's words count, and nobody's. */
  readonly voices: Voices | undefined;
}

/** What a scope means in this library, but for its speaker. */
export async function whereOf({ article, outlet, after, before }: Scope, index: LibraryIndex): Promise<Where> {
  const meant = outlet === undefined ? undefined : ((await findOutlet(outlet, index)) ?? foldPhrase(outlet));
  return { article, speakers: undefined, outlet: meant, after, before };
}

/** `undefined`: nobody goes by the scope's speaker, so nothing is to be found. */
export async function groundOf(scope: Scope, index: LibraryIndex): Promise<Ground | undefined> {
  const where = await whereOf(scope, index);
  if (scope.speaker === undefined) return { where, voices: undefined };
  const meant = await whoIsMeant(scope.speaker, index, where);
  return meant === undefined ? undefined : groundBy(meant, where);
}

/** Where the words of some alone count. */
export function groundBy({ keys, alone }: WhoIsMeant, where: Where): Ground {
  const places = new Map<string, Set<number>>();
  for (const { article, place } of alone) {
    const known = places.get(article) ?? new Set();
    places.set(article, known.add(place));
  }
  const speakers = { keys, numbers: alone.map(({ number }) => number) };
  return { where: { ...where, speakers }, voices: { keys: new Set(keys), places } };
}

export function isBy(
  attribution: Attribution | undefined,
  { article, speakers }: AttributedArticle,
  voices: Voices | undefined,
): boolean {
  if (voices === undefined) return true;
  const speaker = attribution?.speaker;
  if (speaker === undefined) return false;
  const isThere = voices.places.get(article.id)?.has(speakers.indexOf(speaker)) ?? false;
  return isThere || keysOf(article.text, speaker).some(key => voices.keys.has(key));
}
