import { SHAPES, type Shape, THEMES, type Theme } from '../../cards/card.ts';
import type { Say } from '../../wording/say.ts';
import { citation } from '../parts/citation.ts';
import { capitalized, small } from '../parts/markdown.ts';
import { accentOfPassage, findPassage, type ShownPassage } from '../parts/passage.ts';
import { altTextOf, cardOf, type Look } from '../parts/passage-card.ts';
import { type Audience, type Entry, entry, notice, type Reply, reply } from '../reply.ts';
import { CARD_ID, type CardState, excerptControls } from './excerpts.ts';
import { controlsOf, defineView, type View, type ViewContext } from './view.ts';

/** A passage as a picture. */
export const cardView: View<CardState> = defineView({
  ...CARD_ID,
  async show(state, context) {
    const passage = await findPassage(state.passage, '', context);
    return passage && (await showCard(passage, state, context));
  },
});

/** Returns the menu entries that draw the passage in another look. */
function otherLooks(state: CardState, say: Say): readonly Entry[] {
  const lookEntry = (name: Theme | Shape, look: Partial<Look>) =>
    entry(capitalized(say(`choice.${name}`)), cardView.encode('turn', { ...state, ...look }));
  return [
    ...THEMES.filter(theme => theme !== state.theme).map(theme => lookEntry(theme, { theme })),
    ...SHAPES.filter(shape => shape !== state.shape).map(shape => lookEntry(shape, { shape })),
  ];
}

/** Returns the picture, described in full, and the citation; a notice to the user if there can be none. */
export async function showCard(
  passage: ShownPassage,
  state: CardState,
  context: Audience & Pick<ViewContext, 'draw'>,
  told: readonly string[] = [],
): Promise<Reply> {
  const { draw, say } = context;
  const outcome = cardOf(passage, state, say);
  if (outcome.kind === 'none') return notice(outcome.reason);
  const drawn = await draw(outcome.card);
  if (drawn.kind === 'refused') return notice(drawn.reason);
  const { from, paragraph, excerpt } = passage;
  const notes = [...told, ...(outcome.card.speaker === undefined ? [say('voices.unread')] : [])];
  const { buttons, more } = excerptControls([passage], say);
  return reply({
    accent: accentOfPassage(passage),
    picture: { name: 'card.png', bytes: drawn.bytes, description: altTextOf(outcome.card, say) },
    texts: [...notes.map(small), citation(from.article, paragraph.number, excerpt, say)],
    ...controlsOf(cardView, state, 1, context, {
      buttons: otherLooks(state, say),
      more: [...buttons, ...more].filter(({ value }) => !value.startsWith(CARD_ID.letter)),
    }),
  });
}
