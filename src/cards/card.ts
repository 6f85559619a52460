/** Wide for link previews, square for image feeds. */
export const SHAPES = ['wide', 'square'] as const;
export type Shape = (typeof SHAPES)[number];

export const THEMES = ['paper', 'night', 'forest'] as const;
export type Theme = (typeof THEMES)[number];

/** Words cut from an article. */
export interface CardPart {
  readonly text: string;
  /** Whether the article has other words before this part, usually the attribution. */
  readonly afterOmission: boolean;
}

/** The contents of a card, ready to print. Drawing changes no word. */
export interface Card {
  /** True if the speaker said these words; false if the article reports them. */
  readonly isQuotation: boolean;
  readonly parts: readonly CardPart[];
  /** `undefined` if it isn't known who it is. */
  readonly speaker: string | undefined;
  readonly role: string | undefined;
  /** Qualifications: that the speaker is inferred, who reports it. */
  readonly notes: readonly string[];
  /** Outlet, date and paragraph, if known. */
  readonly source: readonly string[];
  /** The article's address, shortened for display. */
  readonly link: string | undefined;
  readonly shape: Shape;
  readonly theme: Theme;
}

/** Returns every text of a card. */
export function textsOfCard({ parts, speaker, role, notes, source, link }: Card): readonly string[] {
  return [...parts.map(({ text }) => text), speaker ?? '', role ?? '', ...notes, ...source, link ?? ''];
}

/** Maximum length of the words, in UTF-16 units. */
export const MOST_CHARACTERS = 900;

/** All are legible on the background. */
export type Colour = 'words' | 'muted' | 'accent';

/** Colours as `#rrggbb`. */
export type Palette = Readonly<Record<Colour | 'background', string>>;

export const PALETTES: Readonly<Record<Theme, Palette>> = {
  paper: { background: '#faf6ee', words: '#211c16', muted: '#655c50', accent: '#9c3a22' },
  night: { background: '#13171f', words: '#f3efe6', muted: '#a5adba', accent: '#e6b45c' },
  forest: { background: '#163d37', words: '#f7f2e3', muted: '#bdd0c6', accent: '#f3bd80' },
};
