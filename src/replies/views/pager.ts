import { shapes, themes } from '../../cards/card.ts';
import type { Say } from '../../wording/say.ts';
import { encode, type FoundCode } from '../custom-id.ts';
import { type Button, type ButtonRow, button, rowsOf, weight, weightOfDisplay } from '../reply.ts';
import type { View } from './view.ts';

/** Previous, where one is, Next: at the ends the ids are signs of their own, as Discord refuses the same id twice. */
function turning(view: View, pages: number, say: Say): Button[] {
  if (pages < 2) return [];
  const first = view.page === 0;
  const last = view.page === pages - 1;
  const to = (page: number) => encode({ action: 'turn', view: { ...view, page } });
  return [
    button(say('button.previous'), first ? '-' : to(view.page - 1), 'step', first),
    button(`${view.page + 1} / ${pages}`, '=', 'step', true),
    button(say('button.next'), last ? '+' : to(view.page + 1), 'step', last),
  ];
}

/** What was found that a card can be made of: the quotation that is shown, the best of several. */
function onCard(view: View): FoundCode | undefined {
  const found = view.kind === 'quote' || view.kind === 'said' ? view.found[view.page] : undefined;
  return found?.attribution === undefined ? undefined : found;
}

/** The buttons below a view: its pages, the context of a quotation, its card and what is like it, and Share below what only one person sees. */
export function buttonsOf(view: View, pages: number, isPrivate: boolean, say: Say): readonly ButtonRow[] {
  const components = turning(view, pages, say);
  if (view.kind === 'quote') {
    const other: View = { ...view, context: !view.context };
    components.push(
      button(say(view.context ? 'button.no-context' : 'button.context'), encode({ action: 'turn', view: other })),
    );
  }
  const found = onCard(view);
  if (found !== undefined) {
    const card: View = { kind: 'card', page: 0, found, theme: themes[0], shape: shapes[0] };
    components.push(button(say('button.card'), encode({ action: 'open', view: card })));
    const like: View = { kind: 'like', page: 0, found };
    if (view.kind === 'quote') components.push(button(say('button.like'), encode({ action: 'open', view: like })));
  }
  if (isPrivate) components.push(button(say('button.share'), encode({ action: 'share', view })));
  return rowsOf(components);
}

/**
 * Texts put together to pages, in order: as many on a page as weigh at most `room` and number at most `most`. Each text
 * alone must fit.
 */
export function paginate(texts: readonly string[], room: number, most: number): readonly (readonly string[])[] {
  const pages: string[][] = [];
  let taken = 0;
  for (const text of texts) {
    const more = weight(text) + weightOfDisplay;
    const page = pages.at(-1);
    if (page === undefined || page.length === most || taken + more > room) {
      pages.push([text]);
      taken = more;
    } else {
      page.push(text);
      taken += more;
    }
  }
  return pages;
}
