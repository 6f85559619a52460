import type { Say } from '../../wording/say.ts';
import { citation } from '../parts/citation.ts';
import { showExcerpt } from '../parts/excerpt.ts';
import { inline, small } from '../parts/markdown.ts';
import { type Found, ownVoiceOf } from '../parts/statement.ts';
import { accents, type Reply, reply, room } from '../reply.ts';
import { buttonsOf, paginate } from './pager.ts';
import { accentOfFound, showFound, voiceInline } from './quote.ts';
import type { View } from './view.ts';

const mostShown = 5;
const roomForBest = 2600;
const roomForOther = 600;

/** One of several candidates, in brief: who, the words and where. */
function brief(found: Found, heading: string, say: Say): string {
  const { article } = found.from;
  return [
    heading,
    voiceInline(found, say),
    showExcerpt({ ...found, article, span: found.excerpt }, roomForOther, say),
    citation(article, found.paragraph.number, found.excerpt, say),
  ]
    .filter(line => line !== '')
    .join('\n');
}

/** Whether the article says it itself, and quotes nobody in those sentences. */
function isNarration(found: Found): boolean {
  return found.attribution === undefined && ownVoiceOf(found).kind === 'alone';
}

function narration(found: Found, all: readonly Found[], say: Say): string {
  const articles = new Set(all.filter(isNarration).map(each => each.from.article.id)).size;
  return [
    say('said.own-voice', { articles }),
    showExcerpt({ ...found, article: found.from.article, span: found.excerpt }, roomForBest / 2, say),
    citation(found.from.article, found.paragraph.number, found.excerpt, say),
  ].join('\n');
}

/** Who said the words: the best candidate in full, the others in brief below. */
export function whoSaidReply(
  found: readonly [Found, ...Found[]],
  view: View & { kind: 'said' },
  isPrivate: boolean,
  say: Say,
): Reply {
  const [best, ...others] = found;
  const first = isNarration(best) ? narration(best, found, say) : showFound(best, roomForBest, say);
  const texts = others
    .slice(0, mostShown - 1)
    .map((other, at) => brief(other, at === 0 ? small(say('said.also')) : '', say));
  return reply({
    accent: accentOfFound(best),
    texts: paginate([first, ...texts], room, mostShown)[0] ?? [first],
    buttons: buttonsOf(view, 1, isPrivate, say),
    private: isPrivate,
  });
}

/** Nobody said just that, but somebody said something like it. */
export function didYouMeanReply(words: string, near: readonly Found[], say: Say): Reply {
  const head = say('said.did-you-mean', { words: inline(words, 120) });
  const texts = near.slice(0, mostShown).map(each => brief(each, '', say));
  return reply({
    accent: accents.unclear,
    texts: paginate([head, ...texts], room, mostShown + 1)[0] ?? [head],
    buttons: undefined,
    private: true,
  });
}
