import type { Theme } from './card.ts';

/** What something is drawn with: `faint` is for decoration alone, the others can be read on the ground. */
export type Ink = 'words' | 'muted' | 'accent';

/** Colours as `#rrggbb`. */
export type Palette = Readonly<Record<Ink | 'ground', string>>;

export const palettes: Readonly<Record<Theme, Palette>> = {
  paper: { ground: '#faf6ee', words: '#211c16', muted: '#655c50', accent: '#9c3a22' },
  night: { ground: '#13171f', words: '#f3efe6', muted: '#a5adba', accent: '#e6b45c' },
  forest: { ground: '#163d37', words: '#f7f2e3', muted: '#bdd0c6', accent: '#f3bd80' },
};
