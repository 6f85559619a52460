import type { Card } from '../cards/card.ts';
import { shapes, themes } from '../cards/card.ts';
import type { Say } from '../wording/say.ts';
import { type Button, button, rowsOf } from './buttons.ts';
import { citation } from './citation.ts';
import { encode } from './custom-id.ts';
import type { Found } from './found.ts';
import { limits } from './limits.ts';
import { clip } from './markdown.ts';
import { type Reply, reply } from './reply.ts';
import { accentOf } from './speaker.ts';
import type { View } from './view.ts';

type CardView = View & { readonly kind: 'card' };

const themeNames = { paper: 'card.paper', night: 'card.night', forest: 'card.forest' } as const;
const shapeNames = { wide: 'card.wide', square: 'card.square' } as const;

/** All that can be read on a card, the words first and whole. */
export function altTextOf({ parts, isQuotation, speaker, role, notes, source, link }: Card, say: Say): string {
  const words = parts.map(({ text, afterOmission }) => (afterOmission ? `[…] ${text}` : text)).join(' ');
  const clause = say('list.clause');
  const who = [speaker, role].filter(each => each !== undefined).join(clause);
  const all = [who, ...notes, source.join(clause), link].filter(each => each !== undefined);
  const credit = all.join(say('list.sentence'));
  return clip(say(isQuotation ? 'card.described-quotation' : 'card.described', { words, credit }), limits.description);
}

/** The same card in its other looks, each by a button, and Share below what only one person sees. */
function lookButtons(view: CardView, isPrivate: boolean, say: Say): Button[] {
  const turn = (look: Partial<CardView>) => encode({ action: 'turn', view: { ...view, ...look } });
  const [otherShape] = shapes.filter(shape => shape !== view.shape);
  const buttons = themes.map(theme => button(say(themeNames[theme]), turn({ theme }), 'step', theme === view.theme));
  if (otherShape !== undefined) buttons.push(button(say(shapeNames[otherShape]), turn({ shape: otherShape })));
  if (isPrivate) buttons.push(button(say('button.share'), encode({ action: 'share', view })));
  return buttons;
}

/** The picture, described in full, and below it where the words stand. */
export function cardReply(
  card: Card,
  bytes: Buffer,
  found: Found,
  view: CardView,
  isPrivate: boolean,
  say: Say,
): Reply {
  const { from, paragraph, excerpt, attribution } = found;
  return reply({
    accent: accentOf(attribution),
    picture: { name: 'card.png', bytes, description: altTextOf(card, say) },
    texts: [citation(from.article, paragraph.number, excerpt, say)],
    buttons: rowsOf(lookButtons(view, isPrivate, say)),
    private: isPrivate,
  });
}
