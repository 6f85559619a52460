import * as z from 'zod/mini';
import type { Picture } from '../../cards/draw-picture.ts';
import type { FollowReport } from '../../following/following.ts';
import type { Library, OpenLibrary } from '../../library/library.ts';
import type { Search } from '../../search/search.ts';
import type { Say } from '../../wording/say.ts';
import { fittingWords, type PassageCode, type PersonCode, readNumber, writeNumber } from '../custom-id.ts';
import { LIMITS, ROOM, WEIGHT_OF_DISPLAY, weight } from '../limits.ts';
import { type Audience, arrange, type Button, button, type Controls, entry, type Reply, type reply } from '../reply.ts';

/** A PNG, or why none was drawn, in Markdown without user input. */
export type Drawing =
  | { readonly kind: 'drawn'; readonly bytes: Buffer }
  | { readonly kind: 'refused'; readonly reason: string };

/** What a view needs to show itself. */
export interface ViewContext extends Audience {
  readonly library: Library & Pick<OpenLibrary, 'owner'>;
  readonly search: Search;
  readonly user: { readonly id: string };
  /** Ids by command name, as Discord assigned them. */
  readonly commandIds: ReadonlyMap<string, string>;
  /** Returns the feeds that the library follows, and their states. */
  follows(): Promise<readonly FollowReport[]>;
  /** Draws a picture unless the user or the server has drawn too many lately. */
  draw(picture: Picture): Promise<Drawing>;
}

/** What views remember: all of them the page, and some whom and what they show. */
export interface ViewState {
  readonly page: number;
  /** The words that were searched for. */
  readonly words?: string;
  /** The code of its id. */
  readonly article?: string | undefined;
  readonly person?: PersonCode | undefined;
  readonly people?: readonly PersonCode[];
  readonly passage?: PassageCode;
  readonly passages?: readonly PassageCode[];
}

/**
 * What a press does: replaces the message, posts it for everybody, posts another, or shows another to the user alone.
 * Ids have the first letter.
 */
const MODES = ['turn', 'share', 'open', 'peek'] as const;
export type Mode = (typeof MODES)[number];

/** A press on a button, or a choice from a menu, that shows a view. */
export interface Press {
  readonly mode: Mode;
  readonly view: string;
  readonly state: ViewState;
  /** Returns `undefined` if the library no longer has what the view shows. */
  show(context: ViewContext): Promise<Reply | undefined>;
}

/** How a view's state is written into an id. */
export interface ViewId<State extends ViewState> {
  /** The view's name in logs and metrics. */
  readonly name: string;
  /** Base-64 digits of the page number: 3 if there can be more than 4,096 pages. Default: 2 */
  readonly pageDigits?: 2 | 3;
  /** Reads the page and the named groups of `form`, and writes them, in the order of its keys. */
  readonly state: z.ZodMiniType<State, Readonly<Record<string, unknown>>>;
  /** Matches an id without mode and page. Its first letter identifies the view. */
  readonly form: RegExp;
  /** That letter, unless it is a part of the state. */
  readonly letter: string;
}

interface Definition<State extends ViewState> extends ViewId<State> {
  /** Returns `undefined` if the library no longer has what the state points to. */
  show(state: State, context: ViewContext): Promise<Reply | undefined>;
}

/** A message with buttons that carry its state, so that they work after a restart and for years. */
export interface View<State extends ViewState> {
  /** Returns the `custom_id` of a button: at most 100 characters. */
  encode(mode: Mode, state: State): string;
  /** Returns `undefined` if `encode` never wrote this id. The library may no longer have what it points to. */
  decode(id: string): (Press & { readonly state: State }) | undefined;
  show: Definition<State>['show'];
}

/** Returns the `custom_id` that shows a view: letter, mode, page, state and words. At most 100 characters. */
export function encodeView<State extends ViewState>(
  { letter, pageDigits = 2, state: shape }: ViewId<State>,
  mode: Mode,
  state: State,
): string {
  const { page: _page, words: _words, ...own } = z.encode(shape, state);
  const written = [letter, ...Object.values(own)].join('');
  const id = `${written.slice(0, 1)}${mode.charAt(0)}${writeNumber(state.page, pageDigits)}${written.slice(1)}`;
  return state.words === undefined ? id : id + fittingWords(state.words, LIMITS.customId - id.length);
}

export function defineView<State extends ViewState>(definition: Definition<State>): View<State> {
  const { name, pageDigits = 2, form, state: shape, show } = definition;
  const stateAt = 2 + pageDigits;
  return {
    show,
    encode: (mode, state) => encodeView(definition, mode, state),
    decode(id) {
      const mode = MODES.find(each => each.charAt(0) === id.charAt(1));
      const page = id.slice(2, stateAt);
      const isWritten = id.length >= stateAt && id.length <= LIMITS.customId && /^[\w\-]+$/v.test(page);
      const groups = form.exec(id.charAt(0) + id.slice(stateAt))?.groups;
      if (mode === undefined || !isWritten || groups === undefined) return undefined;
      const state = shape.safeParse({ ...groups, page: readNumber(page) }).data;
      return state && { mode, view: name, state, show: context => show(state, context) };
    },
  };
}

/**
 * Returns Previous, the page number and Next. Disabled ones have one-character ids, since Discord refuses the same id
 * twice.
 */
export function turning(to: (page: number) => string, page: number, pages: number, say: Say): Button[] {
  if (pages < 2) return [];
  const first = page === 0;
  const last = page === pages - 1;
  return [
    button(say('button.previous'), first ? '-' : to(page - 1), 'step', first),
    button(`${page + 1} / ${pages}`, '=', 'step', true),
    button(say('button.next'), last ? '+' : to(page + 1), 'step', last),
  ];
}

/** Returns what can be done with a view: turning its pages, its own controls, and Share if only the user sees it. */
export function controlsOf<State extends ViewState>(
  view: View<State>,
  state: State,
  pages: number,
  { say, isPrivate }: Audience,
  { buttons = [], more = [], isShareable = true }: Partial<Controls & { readonly isShareable: boolean }> = {},
): Pick<Parameters<typeof reply>[0], 'buttons' | 'more' | 'private'> & { readonly about: string } {
  const share = entry(say('button.share'), view.encode('share', state));
  const controls = { buttons, more: isPrivate && isShareable ? [...more, share] : more };
  const to = (page: number) => view.encode('turn', { ...state, page });
  return {
    ...arrange(turning(to, state.page, pages, say), controls, say),
    private: isPrivate,
    about: view.encode('turn', state),
  };
}

/** Puts texts into pages, in order, of at most `room` weight and `most` texts. Each text alone must fit. */
export function paginate(texts: readonly string[], room: number, most: number): readonly (readonly string[])[] {
  const pages: string[][] = [];
  let taken = 0;
  for (const text of texts) {
    const more = weight(text) + WEIGHT_OF_DISPLAY;
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

/** Returns the first texts, as many as fit into one message. */
export function firstPage(texts: readonly string[], most: number): readonly string[] {
  return paginate(texts, ROOM, most)[0] ?? [];
}

/** Returns a page number that exists. */
export function pageWithin(page: number, pages: number): number {
  return Math.max(Math.min(page, pages - 1), 0);
}
