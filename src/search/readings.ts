import type { Attribution } from '../attribution/attribution.ts';
import { foldPhrase } from '../indexing/words.ts';
import { slice } from '../news/span.ts';
import type { Appearance, PersonMatch } from './people.ts';

/** How sure it is that a phrase means somebody, in the articles where it does, and whom else it may mean there. */
export interface Readings {
  /** The articles name them so; else it was concluded that the phrase means them. */
  readonly isStated: boolean;
  readonly others: readonly Appearance[];
}

/** "the official" may be one official in one paragraph and another in the next. */
export function readingsOf(phrase: string, { appearances }: PersonMatch): Readings {
  const asked = foldPhrase(phrase);
  const others = new Map<string, Appearance>();
  let isConcluded = false;
  for (const { from, speaker } of appearances) {
    for (const attribution of from.attributions.filter(each => isCalled(asked, each, from.article.text))) {
      const means = attribution.speaker;
      if (means === speaker && attribution.certainty !== 'stated') isConcluded = true;
      if (means === undefined || means === speaker) continue;
      const attributions = from.attributions.filter(each => each.speaker === means);
      others.set(`${from.article.id} ${means.id}`, { from, speaker: means, attributions });
    }
  }
  return { isStated: !isConcluded && others.size === 0, others: [...others.values()] };
}

function isCalled(asked: string, { source }: Attribution, text: string): boolean {
  return source !== undefined && foldPhrase(slice(text, source)) === asked;
}
