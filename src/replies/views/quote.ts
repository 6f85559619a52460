import type { Paragraph } from '../../news/article.ts';
import type { Span } from '../../news/span.ts';
import type { Say } from '../../wording/say.ts';
import { passageCode } from '../custom-id.ts';
import { ROOM, WEIGHT_OF_DISPLAY, weight } from '../limits.ts';
import { showExcerpt } from '../parts/excerpt.ts';
import { small } from '../parts/markdown.ts';
import { accentOfPassage, findPassage, type ShownPassage, showPassage, withCopies } from '../parts/passage.ts';
import { type Audience, type Controls, entry, notice, type Reply, reply } from '../reply.ts';
import { excerptControls, LIKE_ID, type LikeState, QUOTE_ID, type QuoteState } from './excerpts.ts';
import { controlsOf, defineView, type View } from './view.ts';

/** Passages that a search found, one a page. */
export const quoteView: View<QuoteState> = defineView({
  ...QUOTE_ID,
  async show(state, context) {
    const passage = await findPassage(state.passages[state.page], state.words, context);
    return passage && quoteReply(await withCopies(passage, context), state, context);
  },
});

/** Other quotes like one. */
export const likeView: View<LikeState> = defineView({
  ...LIKE_ID,
  async show(state, context) {
    const passage = await findPassage(state.passage, '', context);
    if (passage === undefined) return undefined;
    const { passages, words } = await context.search.similar(passage);
    const [best] = passages;
    if (best === undefined) return notice(context.say('quote.nothing-like'));
    const found = { page: 0, context: false, passages: passages.map(passageCode), words };
    return quoteReply(await withCopies(best, context), found, context);
  },
});

/** A paragraph next to a passage, or a part of the passage's own. */
interface Neighbour {
  readonly paragraph: Paragraph;
  readonly part: Span;
}

/** Returns the text just before and after: the rest of the paragraph, and the neighbouring ones. */
function around({ from, paragraph, excerpt }: ShownPassage): { before: Neighbour[]; after: Neighbour[] } {
  const { paragraphs, text } = from.article;
  const neighbour = (number: number) =>
    paragraphs.filter(each => each.number === number).map(each => ({ paragraph: each, part: each }));
  const here = (start: number, end: number): Neighbour[] => {
    const words = text.slice(start, end);
    const first = start + words.length - words.trimStart().length;
    return words.trim() === '' ? [] : [{ paragraph, part: { start: first, end: first + words.trim().length } }];
  };
  return {
    before: [...neighbour(paragraph.number - 1), ...here(paragraph.start, excerpt.start)],
    after: [...here(excerpt.end, paragraph.end), ...neighbour(paragraph.number + 1)],
  };
}

function showAround(
  { from: { article } }: ShownPassage,
  parts: readonly Neighbour[],
  label: 'quote.before' | 'quote.after',
  space: number,
  say: Say,
): string[] {
  const shown = parts.map(({ paragraph, part }) => {
    const head = small(say(label, { paragraph: `${paragraph.number}` }));
    return `${head}\n${showExcerpt({ article, paragraph, span: part, matches: [] }, space - weight(head), say)}`;
  });
  return shown.length === 0 ? [] : [shown.join('\n')];
}

function ownControls(passage: ShownPassage, state: QuoteState, say: Say): Controls {
  const label = say(state.context ? 'button.no-context' : 'button.context');
  const value = quoteView.encode('turn', { ...state, context: !state.context });
  return excerptControls([passage], say, { words: state.words, context: entry(label, value) });
}

/** Returns a passage in at most this weight, with the text just before and after if it has `context`. */
export function passageTexts(passage: ShownPassage, context: boolean, space: number, say: Say): readonly string[] {
  const { before, after } = context ? around(passage) : { before: [], after: [] };
  const main = showPassage(passage, space, say);
  const left = space - weight(main);
  const each = Math.floor(left / (before.length + after.length)) - 2;
  return [
    ...showAround(passage, before, 'quote.before', each, say),
    main,
    ...showAround(passage, after, 'quote.after', each, say),
  ];
}

/** Returns a page of `/quote`: one passage, and the text around it if the state asks for that. */
export function quoteReply(passage: ShownPassage, state: QuoteState, audience: Audience, note = ''): Reply {
  const { say } = audience;
  const space = ROOM - weight(small(note)) - 4 * WEIGHT_OF_DISPLAY;
  return reply({
    accent: accentOfPassage(passage),
    texts: [small(note), ...passageTexts(passage, state.context, space, say)],
    ...controlsOf(quoteView, state, state.passages.length, audience, ownControls(passage, state, say)),
  });
}
