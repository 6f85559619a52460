import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import { foldPhrase } from '../indexing/words.ts';
import type { LibraryIndex, SpeakerRow, Where } from '../library/library-index.ts';
import { whoIsMeant } from './bearers.ts';
import { findOutlet } from './outlets.ts';
import type { Scope } from './passage.ts';

/** Whose words alone count: by an article's id the places of speakers in its list. `undefined`: everybody's, and nobody's. */
export type Voices = ReadonlyMap<string, ReadonlySet<number>> | undefined;

/** Where to look, in terms of the library. */
export interface Ground {
  readonly where: Where;
  readonly voices: Voices;
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
  const rows = await whoIsMeant(scope.speaker, index, where);
  if (rows.length === 0) return undefined;
  return { where: { ...where, speakers: rows.map(({ number }) => number) }, voices: voicesOf(rows) };
}

export function isBy(attribution: Attribution | undefined, from: AttributedArticle, voices: Voices): boolean {
  if (voices === undefined) return true;
  const places = voices.get(from.article.id);
  const speaker = attribution?.speaker;
  return places !== undefined && speaker !== undefined && places.has(from.speakers.indexOf(speaker));
}

export function voicesOf(rows: readonly SpeakerRow[]): Voices {
  const voices = new Map<string, Set<number>>();
  for (const { article, place } of rows) {
    const places = voices.get(article) ?? new Set();
    voices.set(article, places.add(place));
  }
  return voices;
}
