import { looksLikeWarning, readColour, writeColour } from '../replies/colour.ts';
import type { Say } from '../wording/say.ts';
import type { Choice } from './command.ts';

const none = 'none';

const colours = {
  blurple: 0x5865f2,
  blue: 0x3498db,
  teal: 0x1abc9c,
  green: 0x2ecc71,
  red: 0xed4245,
  pink: 0xeb459e,
  purple: 0x9b59b6,
  black: 0x000000,
  white: 0xffffff,
} as const;
const names = ['blurple', 'blue', 'teal', 'green', 'red', 'pink', 'purple', 'black', 'white'] as const;

/** What somebody means by an accent colour: one, to have none, or nothing that can be read. */
type Meant =
  | { readonly kind: 'colour' | 'warning'; readonly colour: number }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

/** A colour as digits or by its name, in English or in the language that it was offered in. */
export function meantColour(typed: string, say: Say): Meant {
  const folded = typed.trim().toLowerCase();
  if (folded === none) return { kind: 'none' };
  const named = names.find(name => [name, say(`settings.colour.${name}`).toLowerCase()].includes(folded));
  const colour = named === undefined ? readColour(folded) : colours[named];
  if (colour === undefined) return { kind: 'unknown' };
  return { kind: looksLikeWarning(colour) ? 'warning' : 'colour', colour };
}

/** A few colours by name, after the one that was typed as digits. */
export function colourChoices(typed: string, say: Say): readonly Choice[] {
  const folded = typed.trim().toLowerCase();
  const named = names.map(name => {
    const colour = writeColour(colours[name]);
    return { name: `${say(`settings.colour.${name}`)} · ${colour}`, value: colour, called: name };
  });
  const digits = readColour(folded);
  const own = digits === undefined ? [] : [{ name: writeColour(digits), value: writeColour(digits), called: folded }];
  const all = [...own, ...named, { name: say('settings.colour.none'), value: none, called: none }];
  const like = all.filter(({ name, called }) => called.startsWith(folded) || name.toLowerCase().includes(folded));
  return like.map(({ name, value }) => ({ name, value }));
}
