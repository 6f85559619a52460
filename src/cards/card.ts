/** How wide and high a card is: for a link's preview, or for a feed of pictures. */
export const shapes = ['wide', 'square'] as const;
export type Shape = (typeof shapes)[number];

export const themes = ['paper', 'night', 'forest'] as const;
export type Theme = (typeof themes)[number];

/** Words cut from an article. */
export interface Part {
  readonly text: string;
  /** Whether the article has other words between the part before and this one: who says it, most of the time. */
  readonly afterOmission: boolean;
}

/** What a card shows. All of it is ready to be read; drawing adds and changes no word. */
export interface Card {
  /** Whether the words are the speaker's own, not the article's report of them. */
  readonly isQuotation: boolean;
  readonly parts: readonly Part[];
  readonly speaker: string;
  readonly role: string | undefined;
  /** What must be known with it: that the speaker is inferred, who reports it. */
  readonly notes: readonly string[];
  /** Outlet, date and paragraph, as far as they are known. */
  readonly source: readonly string[];
  /** The article's address, short enough to be read. */
  readonly link: string | undefined;
  readonly shape: Shape;
  readonly theme: Theme;
}

/** The most characters, in UTF-16 units, that a card has room for. */
export const mostCharacters = 900;

/** What something is drawn with: `faint` is for decoration alone, the others can be read on the ground. */
export type Ink = 'words' | 'muted' | 'accent';

/** Colours as `#rrggbb`. */
export type Palette = Readonly<Record<Ink | 'ground', string>>;

export const palettes: Readonly<Record<Theme, Palette>> = {
  paper: { ground: '#faf6ee', words: '#211c16', muted: '#655c50', accent: '#9c3a22' },
  night: { ground: '#13171f', words: '#f3efe6', muted: '#a5adba', accent: '#e6b45c' },
  forest: { ground: '#163d37', words: '#f7f2e3', muted: '#bdd0c6', accent: '#f3bd80' },
};
