import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import { isChinese } from '../news/chinese.ts';
import { contains, lengthOf, overlaps, type Span } from '../news/span.ts';
import type { Found } from './found.ts';

/** What words are that stand in nobody's content. */
export type OwnVoice =
  /** They name who speaks there, or tell that somebody does. */
  | { readonly kind: 'naming'; readonly attribution: Attribution }
  /** The article's, in sentences that hold somebody's words as well. */
  | { readonly kind: 'beside'; readonly attributions: readonly Attribution[] }
  /** Of an article in Chinese: what reads who speaks reads English. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'alone' };

type Place = Pick<Found, 'from' | 'excerpt' | 'matches'>;

/** How much of what was found names this speaker or tells that they speak. */
function framedIn({ source, cue }: Attribution, matches: readonly Span[]): number {
  return lengthOf(matches.filter(match => [source, cue].some(span => span !== undefined && contains(span, match))));
}

/** Whether nobody is known to speak in an article because it is in Chinese. */
export function isUnread({ article, attributions }: AttributedArticle): boolean {
  return attributions.length === 0 && isChinese(article.text);
}

/** Of sentences shown for words that nobody is known to say: whether somebody else's words stand in them, and whose. */
export function ownVoiceOf({ from, excerpt, matches }: Place): OwnVoice {
  const shown = from.attributions.filter(({ content }) => content.some(span => overlaps(span, excerpt)));
  if (shown.length === 0) return { kind: isChinese(from.article.text) ? 'unread' : 'alone' };
  const framing = shown.map(attribution => ({ attribution, framed: framedIn(attribution, matches) }));
  const [best] = framing.sort((one, other) => other.framed - one.framed);
  const isNaming = best !== undefined && best.framed > 0 && 2 * best.framed >= lengthOf(matches);
  return isNaming ? { kind: 'naming', attribution: best.attribution } : { kind: 'beside', attributions: shown };
}
