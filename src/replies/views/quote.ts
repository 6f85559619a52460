import * as z from 'zod/mini';
import { SHAPES, THEMES } from '../../cards/card.ts';
import { contains, type Span } from '../../news/span.ts';
import type { Say } from '../../wording/say.ts';
import { part, parts, passageCode } from '../custom-id.ts';
import { ROOM, WEIGHT_OF_DISPLAY, weight } from '../limits.ts';
import { showExcerpt } from '../parts/excerpt.ts';
import { small } from '../parts/markdown.ts';
import { accentOfPassage, findPassage, type ShownPassage, showPassage } from '../parts/passage.ts';
import { type Button, button, notice, type Reply, reply } from '../reply.ts';
import { cardOf, cardView } from './card.ts';
import { controlsOf, defineView, type View } from './view.ts';

/** Passages that a search found, one a page. */
const shape = z.object({
  page: parts.page,
  /** True if the text before and after is shown too. */
  context: part(
    letter => letter === 'c',
    (context: boolean) => (context ? 'c' : 'q'),
  ),
  passages: parts.passages,
  words: parts.words,
});
type QuoteState = z.infer<typeof shape>;

export const quoteView: View<QuoteState> = defineView({
  name: 'quote',
  pageDigits: 2,
  letter: '',
  form: /^(?<context>[qc])(?<passages>[^~]*~)(?<words>.*)$/sv,
  state: shape,
  async show(state, context, isPrivate) {
    const passage = await findPassage(state.passages[state.page], state.words, context);
    return passage && quoteReply(passage, state, isPrivate, context.say);
  },
});

/** Other quotes like one. */
const likeShape = z.object({ page: parts.page, passage: parts.passage });

export const likeView: View<z.infer<typeof likeShape>> = defineView({
  name: 'like',
  pageDigits: 2,
  letter: 'm',
  form: /^m(?<passage>[\w\-]{13})$/v,
  state: likeShape,
  async show(state, context, isPrivate) {
    const passage = await findPassage(state.passage, '', context);
    if (passage === undefined) return undefined;
    const { passages, words } = await context.search.similar(passage);
    const [best] = passages;
    if (best === undefined) return notice(context.say('quote.nothing-like'));
    const found = { page: 0, context: false, passages: passages.map(passageCode), words };
    return quoteReply(best, found, isPrivate, context.say);
  },
});

interface Neighbour {
  readonly number: number;
  readonly part: Span;
}

/** Returns the text just before and after: the rest of the paragraph, and the neighbouring ones. */
function around({ from, paragraph, excerpt }: ShownPassage): { before: Neighbour[]; after: Neighbour[] } {
  const { paragraphs, text } = from.article;
  const neighbour = (number: number) =>
    paragraphs
      .filter(each => each.number === number)
      .map(each => ({ number, part: { start: each.start, end: each.end } }));
  const here = (start: number, end: number): Neighbour[] => {
    const words = text.slice(start, end);
    const first = start + words.length - words.trimStart().length;
    return words.trim() === ''
      ? []
      : [{ number: paragraph.number, part: { start: first, end: first + words.trim().length } }];
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
  const shown = parts.flatMap(({ number, part }) => {
    const head = small(say(label, { paragraph: `${number}` }));
    const paragraph = article.paragraphs.find(each => contains(each, part));
    if (paragraph === undefined) return [];
    return [`${head}\n${showExcerpt({ article, paragraph, span: part, matches: [] }, space - weight(head), say)}`];
  });
  return shown.length === 0 ? [] : [shown.join('\n')];
}

/** Returns the button that makes a card of what somebody said. None if it would be refused. */
export function cardButtons(passage: ShownPassage, say: Say): Button[] {
  const look = { theme: THEMES[0], shape: SHAPES[0] };
  if (passage.attribution === undefined || cardOf(passage, look, say).kind === 'none') return [];
  return [button(say('button.card'), cardView.encode('open', { page: 0, passage: passageCode(passage), ...look }))];
}

function ownButtons(passage: ShownPassage, state: QuoteState, say: Say): Button[] {
  const other = quoteView.encode('turn', { ...state, context: !state.context });
  const buttons = [
    button(say(state.context ? 'button.no-context' : 'button.context'), other),
    ...cardButtons(passage, say),
  ];
  if (passage.attribution !== undefined) {
    buttons.push(button(say('button.like'), likeView.encode('open', { page: 0, passage: passageCode(passage) })));
  }
  return buttons;
}

/** Returns a page of `/quote`: one passage, and the text around it if the state asks for that. */
export function quoteReply(passage: ShownPassage, state: QuoteState, isPrivate: boolean, say: Say, note = ''): Reply {
  const { before, after } = state.context ? around(passage) : { before: [], after: [] };
  const noted = note === '' ? [] : [small(note)];
  const space = ROOM - weight(noted.join('')) - 4 * WEIGHT_OF_DISPLAY;
  const main = showPassage(passage, space, say);
  const left = space - weight(main);
  const each = Math.floor(left / (before.length + after.length)) - 2;
  return reply({
    accent: accentOfPassage(passage),
    texts: [
      ...noted,
      ...showAround(passage, before, 'quote.before', each, say),
      main,
      ...showAround(passage, after, 'quote.after', each, say),
    ],
    ...controlsOf(quoteView, state, state.passages.length, isPrivate, say, ownButtons(passage, state, say)),
  });
}
