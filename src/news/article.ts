import type { Span } from './span.ts';

/** One line of the text that holds words; `number` counts from 1 and is what a citation calls `¶4`. */
export interface Paragraph extends Span {
  readonly number: number;
  readonly sentences: readonly Span[];
}

/** What the publisher says of an article. Nothing here is guessed: what is not known is `undefined`. */
export interface Masthead {
  readonly title: string;
  /** True where the title is a description by whoever stored the article, not the publisher's headline. */
  readonly titleIsDescriptive: boolean;
  readonly outlet: string | undefined;
  readonly byline: string | undefined;
  /** ISO 8601: a date (`2022-03-14`) or a date with time. */
  readonly published: string | undefined;
  /** http or https, already checked. */
  readonly url: string | undefined;
}

/** Of a text of which nothing else is known. */
export const unknownMasthead: Masthead = {
  title: '',
  titleIsDescriptive: true,
  outlet: undefined,
  byline: undefined,
  published: undefined,
  url: undefined,
};

/** An article as it was published. `text` is stored once and never rewritten; all else is a span into it. */
export interface Article extends Masthead {
  /** Stable and unique within a library: the file's name without its ending. */
  readonly id: string;
  /** True where this text replaced an earlier one of the same address. */
  readonly updated: boolean;
  readonly text: string;
  readonly paragraphs: readonly Paragraph[];
}
