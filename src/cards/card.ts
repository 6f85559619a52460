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
