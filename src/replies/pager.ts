import { shapes, themes } from '../cards/card.ts';
import { type Button, type ButtonRow, button, rowsOf } from './buttons.ts';
import type { FoundCode } from './codes.ts';
import { encode, type View } from './custom-id.ts';
import { weight, weightOfDisplay } from './limits.ts';

/** Previous, where one is, Next: at the ends the ids are signs of their own, as Discord refuses the same id twice. */
function turning(view: View, pages: number): Button[] {
  if (pages < 2) return [];
  const first = view.page === 0;
  const last = view.page === pages - 1;
  const to = (page: number) => encode({ action: 'turn', view: { ...view, page } });
  return [
    button('Previous', first ? '-' : to(view.page - 1), 'step', first),
    button(`${view.page + 1} / ${pages}`, '=', 'step', true),
    button('Next', last ? '+' : to(view.page + 1), 'step', last),
  ];
}

/** What was found that a card can be made of: the quotation that is shown, the best of several. */
function onCard(view: View): FoundCode | undefined {
  const found = view.kind === 'quote' || view.kind === 'said' ? view.found[view.page] : undefined;
  return found?.attribution === undefined ? undefined : found;
}

/** The buttons below a view: its pages, the context and the card of a quotation, and Share below what only one person sees. */
export function buttonsOf(view: View, pages: number, isPrivate: boolean): readonly ButtonRow[] {
  const components = turning(view, pages);
  if (view.kind === 'quote') {
    const other: View = { ...view, context: !view.context };
    components.push(button(view.context ? 'Just the quote' : 'Context', encode({ action: 'turn', view: other })));
  }
  const found = onCard(view);
  if (found !== undefined) {
    const card: View = { kind: 'card', page: 0, found, theme: themes[0], shape: shapes[0] };
    components.push(button('Card', encode({ action: 'open', view: card })));
  }
  if (isPrivate) components.push(button('Share', encode({ action: 'share', view })));
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
